"""What stands in the group's log, one sentence for each action. `{by}` and `{about}` are names in the
group, or "the room" and "somebody who left"; `{agreement}` is its number, `{until}` a day and `{detail}`
one of our own words. What a sentence does not say itself stands in a second line below it."""

LOG: dict[str, str] = {
    # people come in
    "invited": "{by} made a link that lets people in.",
    "invitation_ended": "{by} ended a link that lets people in.",
    "request_accepted": "{by} said yes to somebody who asked to belong.",
    "request_declined": "{by} said no to somebody who asked to belong.",
    # what the group says of itself
    "group_changed": "{by} changed what the group says of itself: {detail}.",
    "access_changed": "{by} changed who may come. It is now: {detail}.",
    "agreement_added": "{by} added agreement {agreement}.",
    "agreement_changed": "{by} changed agreement {agreement}.",
    "agreement_removed": "{by} took out agreement {agreement}.",
    # roles
    "role_offered": "{by} asked {about} to help look after the group.",
    "role_agreed": "{by} agreed that {about} helps to look after the group.",
    "role_taken": "{about} looks after the group from now on.",
    "role_declined": "{about} would rather not look after the group.",
    "role_offer_withdrawn": "{by} took back what was asked of {about}.",
    "role_handed_over": "{by} handed over to {about}, and looks after the group no longer.",
    "role_given_back": "{by} looks after the group no longer, by their own wish.",
    "role_asked_back": "{by} asked for {about} not to look after the group any longer.",
    "role_removed": "{by} agreed, and {about} looks after the group no longer.",
    # closing
    "closing_asked": "{by} asked for the group to be closed.",
    "closing_taken_back": "{by} took back the asking to close the group.",
    "group_closed": "{by} closed the group.",
    # rooms
    "room_made": "{by} made a room.",
    "room_changed": "{by} changed a room’s settings, from its next meeting on.",
    "room_changed_now": "{by} changed a room’s settings, at once.",
    "room_locked": "{by} locked a room.",
    "room_unlocked": "{by} unlocked a room.",
    "room_archived": "{by} put a room away.",
    "room_reopened": "{by} opened a room again that was put away.",
    # in a meeting
    "step_warn": "{by} gave {about} a word of warning.",
    "step_listen": "{by} asked {about} to listen only.",
    "step_leave": "{by} asked {about} to leave for the day.",
    "step_ban": "{by} banned {about}.",
    "listening_over": "{by} let {about} speak again before the ten minutes were over.",
    "duty_given": "{by} asked {about} to serve in an hour, and they did: {detail}.",
    "duty_ended": "{by} took a duty in an hour back from {about}: {detail}.",
    "share_removed": "{by} took out a share of {about}.",
    "share_released": "{by} let a held share of {about} into the room.",
    "edit_asked": "{by} asked {about} to change a held share.",
    "share_dropped": "{by} kept a held share of {about} out of the room.",
    "hushed": "{by} stopped everything for a moment.",
    "raid_began": "{by} made the door slow: {detail}.",
    "turned_back": "{by} asked everybody who only just came to come another time.",
    "raid_over": "{by} opened the door as usual again.",
    "rules_changed": "{by} changed the room’s settings for an hour that was on.",
    # steps, appeals, incidents, stewards
    "step_confirmed": "{by} agreed, as the second one, to a step about {about}.",
    "step_lifted": "{by} lifted a step about {about}.",
    "appeal_made": "{about} asked for a step to be looked at again.",
    "appeal_stands": "{by} looked at a step about {about} again. It stands.",
    "appeal_shortened": "{by} looked at a step about {about} again, and made it shorter.",
    "appeal_lifted": "{by} looked at a step about {about} again, and lifted it.",
    "incident_kept": "{by} looked at an emergency about {about}. It stays as it was.",
    "incident_lifted": "{by} looked at an emergency about {about}, and lifted the step.",
    "incident_lengthened": "{by} looked at an emergency about {about}, and made the step longer.",
    "appeal_by_stewards": "A steward looked at a step about {about} again, as nobody else in the group could.",
    "incident_by_stewards": "A steward looked at an emergency about {about}, as nobody else in the group could.",
    "stewards_asked": "{by} asked the stewards to keep {about} out of every group.",
    "stewards_barred": "Two stewards decided that no group takes {about} for a while.",
    "stewards_declined": "The stewards left it as it is about {about}.",
    # reports, notes, patterns
    "report_made": "Something was reported.",
    "report_decided": "{by} decided a report.",
    "report_lapsed": "A report ran out: nobody decided it within a fortnight.",
    "note_written": "{by} wrote a note about {about}.",
    "note_removed": "{by} took back a note about {about}.",
    "pattern_looked": "{by} looked at what repeats around {about}.",
    # what the group asks itself
    "vote_opened": "{by} asked the group a question.",
    "vote_withdrawn": "{by} took back a question to the group.",
    "inventory_reviewed": "{by} noted that two poor months were talked over.",
}

# The second half of a line, where there is one: our own words, never anybody's.
DETAILS: dict[str, str] = {
    # reports
    "contact": "a way to be reached", "threats": "a threat", "exposing": "saying who somebody is", "graphic": "too much detail",
    "unkind": "unkind", "worried": "worry about somebody", "other": "something else", "solicitation": "asking for contact",
    # why a door is slow
    "joins": "many came at once", "reports": "many reports at once", "key": "by the key on the desk",
    "shares": "most of what was said came from people here within the hour",
    "hush": "",  # the sentence says it
    # which duty it was
    "chair": "chairing", "door": "keeping the door", "second": "standing beside", "reader": "reading",
    "timekeeper": "keeping the time",
    # what was decided
    "nothing_needed": "nothing needed", "spoken_to": "spoken to", "step_taken": "a step was taken", "passed_on": "passed on",
}
