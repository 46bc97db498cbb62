"""Keeping rooms safe: steps of the ladder, reports, holds, appeals, the group's log."""

SENTENCES: dict[str, str] = {
    # --- reports, notes, patterns -----------------------------------------------------------------
    "was_not_inside": "Only somebody who was let into this hour can tell of what was said in it.",
    "said_is_gone": "What was said there is gone already. You can still tell of the hour from the group's page.",
    "report_own": "This is yours. You can take it out of the room yourself.",
    "reports_wait": "Ten things you told of are still waiting to be read. Once one is answered, you can tell of the next.",
    "nobody_to_read": "Only the person it is about looks after this group, so nobody here could read it. Please turn to those who "
    "run this place.",
    "report_by_you": "You told of this yourself, so somebody else who looks after the group decides it.",
    "report_decided": "This was decided already, or its fortnight is over. What was kept of it is gone.",
    "names_nobody": "This is about nobody by name, and stewards decide about a person. Please say what else came of it.",
    "no_stewards": "This place has no stewards yet, so there is nobody to pass it on to. It stays open here, with what was said.",
    "stewards_first": "Please ask the stewards first, on the page of this person. Until they decided, this stays open and can be "
    "read.",
    "stewards_decide_first": "The stewards were asked and have not decided yet. Until then this stays open and can be read.",
    "not_your_note": "Somebody else wrote this note. It goes by itself after ninety days.",
    "thanks_for_telling": "Thank you for telling. Those who look after the group read it, and you hear back on the group's page.",
    "you_hear_back": "Decided. What was kept of it is gone, and whoever told of it hears back.",
    "note_kept": "Noted, for ninety days. Only those who look after the group can read it.",
    "note_gone": "The note is gone.",
    "looked_at": "Noted that you looked. Once two have, it is put away until something is added.",
    # steps, appeals, incidents, stewards
    "not_oneself": "This is about you, so somebody else decides it.",
    "two_for_a_peer": "They look after this group too, so two others have to agree, and there is only you. Stewards can be asked.",
    "step_first": "Steps are taken in order: first comes {first}, within the last thirty days. What cannot wait is an emergency.",
    "out_already": "They are out already, until {until}. Lift that ban first, or, if it was an emergency, make it longer "
    "where it is looked at again.",
    "second_person": "You took this step, so somebody else looks at it now.",
    "nothing_to_confirm": "Nothing waits for a second person here, or no longer.",
    "lifted_already": "This step was lifted already.",
    "appealed_once": "You asked about this step already. Each can be looked at again once.",
    "someone_else_reads": "You took this step, so these words are for somebody else who looks after the group.",
    "decided_already": "Somebody has decided this already.",
    "group_decides": "Somebody in the group can decide this, so it is theirs.",
    "stewards_own": "You had a part in this, so another steward decides it.",
    "stewards_asked_already": "The stewards were asked about this person already. You read here what comes of it.",
    "proposed_already": "Another steward has proposed an end already. You can agree to it, or not.",
    "no_steward": "This account is no steward, so nothing was changed.",
    "not_proposed": "No steward has proposed an end so far.",
    "second_steward": "You proposed this, so another steward has to agree.",
    "not_shorter": "This is not shorter than it is now. To leave it as it is, choose that it stands.",
    "not_longer": "This is not longer than it is now. To leave it as it is, choose that it stays.",
    "nothing_to_change": "This step has no time left that could be changed.",
    "barred_everywhere": "No group here takes you in before {until}, and you cannot begin one until then.",
}

# --- reports, notes, patterns ---------------------------------------------------------------------

REASONS = {
    "contact": "A way to be reached, or asking for one",
    "threats": "A threat, or pressing somebody",
    "exposing": "Saying who somebody is",
    "graphic": "Told in more detail than is good for the room",
    "unkind": "Unkind, or running somebody down",
    "worried": "I am worried about this person",
    "other": "Something else",
}

OUTCOMES = {
    "nothing_needed": "Nothing needed",
    "spoken_to": "Spoken to",
    "step_taken": "A step was taken",
    "passed_on": "Passed on to the stewards",
    "lapsed": "Nobody decided in time",
}

# What whoever told of something hears back: what came of it, never who decided.
HEARD_BACK = {
    "nothing_needed": "It was read with care, and nothing more was needed. Telling was right; do it again if it goes on.",
    "spoken_to": "It was read, and the person was spoken to. Tell again if it goes on.",
    "step_taken": "It was read, and a step was taken. Which one stays between the group and that person.",
    "passed_on": "It was read, and the stewards of this place were asked about this person. What they decide stays between them "
    "and that person.",
    "lapsed": "Nobody got to it within a fortnight, and what you sent is gone. That should not have happened. "
    "Please tell again, or say it on the private line in the next hour.",
}

PATTERNS = {
    "reported_by_several": "Different people reported something of theirs.",
    "contact_again": "Several of their shares were held as a way to be reached.",
    "after_newcomers": "They raised a hand right after a newcomer's turn, in several hours.",
    "several_kinds": "Things of more than one kind come together.",
}

EXAMPLES = {
    "reported": "Something of theirs was reported",
    "contact_held": "A share was held as a way to be reached",
    "follows_newcomer": "A hand was raised right after a newcomer's turn",
}

# What a step is called: by those who look after the group, and to whom it happened.
STEPS = {"warn": "A word of warning", "listen": "Listening only", "leave": "Leaving for the day", "ban": "A ban"}
YOUR_STEPS = {
    "warn": "You were given a word of warning.",
    "listen": "You were asked to listen only, for a few minutes.",
    "leave": "You were asked to leave for that day.",
    "ban": "You cannot come to this group for a while.",
}
COMES_FIRST = {"warn": "a word of warning", "listen": "listening only", "leave": "leaving for the day"}
EMERGENCIES = {
    "solicitation": "Somebody was asked for contact, or for something private",
    "threats": "Somebody was threatened",
    "exposing": "Somebody was about to be exposed",
    "evasion": "Somebody came back around a ban",
    "reported": "Reported in more than one group",
}
YOUR_EMERGENCIES = {
    "solicitation": "It looked as if somebody was being asked for contact, or for something private.",
    "threats": "It looked as if somebody was being threatened.",
    "exposing": "It looked as if somebody was about to be exposed.",
}
APPEALED = {"stands": "The step stands.", "shortened": "The step was made shorter.", "lifted": "The step was lifted."}
REVIEWED = {"kept": "It stays as it was", "lifted": "It was lifted", "lengthened": "It was made longer"}
DONE = {
    "warned": "They read it on the group’s page.",
    "proposed": "It counts once a second person who looks after the group agrees, within seven days.",
    "banned": "They are out until {until}, and read why and how to ask somebody else.",
    "banned_first": "They are out until {until}. The rest counts once a second person agrees, within seven days.",
    "confirmed": "You agreed. It counts until {until}.",
    "confirmed_warning": "You agreed. They read it on the group’s page.",
    "lifted": "Lifted. They read it too.",
    "appealed": "It is with somebody else now. You read the answer here.",
    "appealed_to_nobody": "Sent. There is nobody who could look at this yet; it waits until there is. You read the answer here.",
    "decided": "Decided. They read your answer on their own page.",
    "reviewed": "Thank you. It is written in the log.",
    "referred": "The stewards have it now. Two of them decide.",
    "referred_to_nobody": "Written down. This place has no stewards yet, so it waits until there are two.",
    "put_forward": "Another steward has to agree.",
    "barred": "No group takes this person until {until}.",
    "left": "Left as it is.",
}
