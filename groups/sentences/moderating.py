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
    "not_your_note": "Somebody else wrote this note. It goes by itself after ninety days.",
    "thanks_for_telling": "Thank you for telling. Those who look after the group read it, and you hear back on the group's page.",
    "you_hear_back": "Decided. What was kept of it is gone, and whoever told of it hears back.",
    "note_kept": "Noted, for ninety days. Only those who look after the group can read it.",
    "note_gone": "The note is gone.",
    "looked_at": "Noted that you looked. Once two have, it is put away until something is added.",
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
    "passed_on": "Passed on to those who run this place",
    "lapsed": "Nobody decided in time",
}

# What whoever told of something hears back: what came of it, never who decided.
HEARD_BACK = {
    "nothing_needed": "It was read with care, and nothing more was needed. Telling was right; do it again if it goes on.",
    "spoken_to": "It was read, and the person was spoken to. Tell again if it goes on.",
    "step_taken": "It was read, and a step was taken. Which one stays between the group and that person.",
    "passed_on": "It was read, and passed on to those who run this place, who can do more.",
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
