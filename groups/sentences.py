"""What a person reads when something cannot be done: one sentence or two per reason, the same on
the page, in the ack and on the plain page. Plain, kind, and it says what to do next."""

SENTENCES = {
    # nothing here
    "not_found": "There is nothing here for you, or no longer. The next open hours are below.",
    "refused": "This is not possible just now. Nothing you wrote is lost.",
    "broken": "Something here went wrong, and it is ours to mend. Nothing you wrote is lost: go back, and try again in a moment.",
    "busy": "Very many people arrived at once. Your words are safe here; please try again in a few seconds.",
    "too_fast": "That was a little fast. Your words are safe here; please wait {seconds} seconds and send again.",
    "form_too_old": "This page was open for a long time and had to be renewed. Your words are still here; please send again.",
    "too_big": "This is more than one form can carry. Go back: what you wrote is still there; please shorten it.",
    "sign_in_first": "Please sign in with your seven words first.",
    "signed_out": "You are signed out in this browser. Your words are safe here; sign in again in another tab, then send.",
    "no_such_request": "This page asked for something we do not know. Reload it, please; nothing you wrote is lost.",
    "bad_shape": "Something in this did not arrive whole ({field}). Please check it and send again.",
    "too_long": "This is longer than fits ({limit} characters). Everything you wrote is still here; please shorten it.",
    "empty": "There is nothing written here yet.",
    # accounts
    "words_unknown": "These seven words open nothing. Check each word against your card; the order matters.",
    "words_differ": "These are not quite the words shown. Look once more; the order matters.",
    "words_missing": "An account has seven words. Here are {count}.",
    "word_not_ours": "Word {number} is not one of ours. Check how it is spelt; the other words can stay as they are.",
    "words_renewed": "The earlier words were shown too long ago. These are new ones; please write them down instead.",
    "already_kept": "This account is kept already. Your seven words open it.",
    # groups
    "by_invitation": "This group takes people in by invitation. Somebody who looks after it can send you a link.",
    "invitation_over": "This invitation has been used or has run out. Ask for a new one.",
    "name_taken": "Somebody here already goes by that name, or one that looks like it. Please choose another.",
    "name_unclear": "A name here is 2 to 30 letters from one alphabet. Spaces, dots, hyphens and up to four digits are fine.",
    "name_reserved": "That name sounds like somebody on duty. Please choose another.",
    "agree_first": "Please say yes to the agreements first; they are what keeps the room safe.",
    "for_moderators": "This is for those who look after the group.",
    "last_moderator": "You are the only one looking after this group. Ask somebody to take over first.",
    # calendar
    "unknown_zone": "We do not know this time zone. Choose a city near you from the list.",
    "bad_date": "This is not a date we can read. Write it like 2026-11-22.",
    "too_far": "This is further ahead than the calendar goes.",
    "in_the_past": "This would begin in the past. Choose a day from today on.",
    "hour_too_short": "This format needs at least {needed} minutes, and the meeting has {given}.",
    "room_in_use": "The room is already taken then, by “{title}”. Choose another time or another room.",
    "room_locked": "This room is closed for now. The next open hours are on the calendar.",
    "bad_month": "This is not a month we can read. It looks like 2026-11. Here is this month.",
    "bad_time": "This is not a time we can read. It looks like 19:30.",
    "bad_number": "This needs a whole number, in digits.",
    "out_of_range": "This can be from {low} to {high}.",
    "choose_one": "Please choose one of these.",
    "choose_day": "Tick at least one day of the week.",
    "rule_unclear": "We cannot read this as a rule for days. Choose the days of the week, please.",
    "pause_unclear": "We cannot read this as a pause. Give its first and its last day, please; at most six pauses.",
    "no_dates": "No date within the next year fits this. Choose other days, please.",
    "time_is_missing": "There is no {time} on {day} in {city}: clocks jump to {jump}. We took {taken}.",
    "time_comes_twice": "On {day} {time} comes twice in {city}: clocks go back. We took the first.",
    "enough_rooms": "This group has {limit} rooms, which is as many as we keep. Use one of them again, please.",
    "enough_series": "This room has {limit} weekly hours, which is as many as we keep. Use another room, please.",
    "one_duty": "You serve at this meeting already. Step down first if you would rather do something else.",
    "duty_settled": "This hour has begun. Those on duty settle it in the room now.",
    # reminders
    "push_not_set_up": "Reminders on devices are not set up on this server. Your own calendar can remind you instead.",
    "push_service_unknown": "This browser takes its reminders from a company this server does not talk to. Another browser may do.",
    "device_unclear": "This browser did not say how to reach it. Reload the page, please, and switch reminders on once more.",
    "device_gone": "This browser takes no reminders from here any more. Switch them on once more, please.",
    "enough_devices": "You have reminders on {limit} devices, which is as many as we keep. Remove one of them first.",
    "choose_group": "Tick at least one group whose hours you want to be reminded of.",
    "quiet_needs_both": "Quiet hours need two different times, from and to. Leave both empty for none.",
    "just_shown": "One is on its way already. Please give it {seconds} seconds.",
    "reminder_not_taken": "It could not be handed over just now. Try again in a few minutes; your choices are kept.",
    # formats and readings
    "no_parts": "An hour needs at least two parts: something to do together, and the closing.",
    "too_many_parts": "This has {given} parts, and a format has at most {limit}. Please take some out.",
    "no_closing": "The last part has to be the closing, so that the hour ends kindly. Change this one, or add one below.",
    "closing_is_last": "The closing ends the hour; nothing can come after it. Move it to the end, or choose another kind.",
    "least_above_minutes": "The least is {least} minutes, which is more than the {minutes} this part has.",
    "turn_missing": "Say how many seconds one turn has. Without it nobody could take turns.",
    "hour_runs_out": "Here the hour runs out: the parts make {sum} minutes so far, and it has {hour}. Please shorten some.",
    "nothing_grows": "The parts make {sum} minutes, and the hour has {hour}. Let a part take the rest, or make the hour {sum}.",
    "cannot_lend": "Choose a later part that has minutes to lend: more than its least, and not the closing.",
    "reading_missing": "Choose a reading, or write the words here.",
    "one_text": "There is a reading chosen and a text written here. Please keep one of the two.",
    "source_missing": "Say whose words these are, so that everybody knows they may be read here.",
    "format_put_away": "This format was put away. Copy it, and go on with the copy.",
    "changed_meanwhile": "Somebody else changed this while you were writing. Yours is still here; saving again replaces theirs.",
    "enough_formats": "This group has {limit} formats of its own, which is as many as we keep. Put one away first.",
    "enough_readings": "This group has {limit} readings, which is as many as we keep. Put one away first.",
    # the door
    "not_yet_open": "The door is not open yet. The lobby opens a quarter of an hour before.",
    "meeting_cancelled": "This meeting was cancelled. The next open hours are on the calendar.",
    "meeting_over": "This meeting has ended. The next open hours are on the calendar.",
    "meeting_closed": "The room is closed, so nothing more can be shared. Your words are still here, on your own page.",
    "door_not_open": "The door is not open yet. You can write while you wait.",
    "not_here": "This person is not in the meeting now.",
    "not_let_in": "You are in the lobby. Somebody at the door will let you in.",
    "left_for_tonight": "You were asked to leave this meeting for tonight. The next open hours are on the calendar.",
    "declined_tonight": "The door could not let you in tonight. The next open hours are on the calendar.",
    "too_early": "The hour has not begun yet ({minutes} min to go). You can open the door from a minute before.",
    "room_full": "Every place is taken tonight. The next open hours are on the calendar.",
    "for_those_on_duty": "This is for those on duty tonight.",
    "for_the_chair": "This is for whoever chairs tonight.",
    "not_signed_up": "Somebody else signed up for this tonight. You can offer to help next time, on the calendar.",
    "come_first": "Come to the lobby first; then this is yours to do.",
    "door_shut": "This circle is whole, and its door is shut for tonight. The next open hours are on the calendar.",
    "door_needs_somebody": "With more than {many} people somebody else keeps the door. Ask one of them; it is a small thing to do.",
    "hushed": "Everything rests just now, the door too. Go on first.",
    "duty_taken": "Somebody already does this tonight.",
    "read_tonight": "Nobody was free to lead, so tonight is read together. You can offer to lead next time, on the calendar.",
    "they_serve_too": "They are on duty too; another moderator can look at this.",
    # the floor
    "floor_paused": "The room is resting: nobody on duty is here this moment. Your words are safe here.",
    "floor_hushed": "Everything rests for a moment; somebody on duty stopped the hour. Your words are safe here.",
    "wait_your_turn": "It is not your turn just now. Your words are safe here.",
    "no_words_now": "Nobody writes in this part of the hour. Your words are safe here.",
    "a_moment_between": "Please leave the others a moment: you can share again in {seconds} seconds.",
    "no_hands_now": "No hands in this part of the hour.",
    "no_hand": "No hand is up just now.",
    "hand_is_down": "Their hand is not up any more.",
    "you_have_the_floor": "It is your turn already.",
    "for_those_not_heard": "These minutes are kept for people who have not shared yet tonight.",
    "nobody_has_the_floor": "Nobody has the floor right now.",
    "floor_is_taken": "Someone has the floor. End their turn first, or wait.",
    "enough_added": "Five minutes were added already. Their hand can go up again.",
    "asked_once": "You asked for more time already. Whoever chairs can add a minute.",
    "no_passing": "In this part everyone takes their turn; a word is enough.",
    "came_to_settle": "You came to listen tonight. If you would like to speak after all, say so first.",
    "no_such_share": "This share is not in the room, or was removed already.",
}

# What a device shows before an hour. Whoever stands beside it may read this, and three companies may
# guess at it: it says nothing of where it is from, and there are these three and no others.
REMINDERS = ("Something you planned is coming up.", "A quiet hour is near.", "Time for a pause.")


def sentence(reason: str, **facts) -> str:
    """The sentence for a reason word, with the facts filled in. An unknown word is a mistake of
    ours and reads as the general refusal, never as the bare word."""
    text = SENTENCES.get(reason, SENTENCES["refused"])
    return text.format_map(_Facts(facts))


class _Facts(dict):
    def __missing__(self, name):
        return "…"
