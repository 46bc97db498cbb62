"""What stands in the group's log, one sentence for each action. `{by}` and `{about}` are names in the
group, or "the room" and "somebody who left"."""

LOG: dict[str, str] = {
    # --- steps ------------------------------------------------------------------------------------
    "step_warn": "{by} had a private word with {about}.",
    "step_listen": "{by} asked {about} to listen only.",
    "step_leave": "{by} asked {about} to leave for the day.",
    "step_ban": "{by} asked {about} to stay away.",
    # --- reports, notes, patterns -----------------------------------------------------------------
    "report_made": "Something was reported.",
    "report_decided": "{by} decided a report.",
    "report_lapsed": "A report ran out: nobody decided it within a fortnight.",
    "note_written": "{by} wrote a note about {about}.",
    "note_removed": "{by} took back a note about {about}.",
    "pattern_looked": "{by} looked at what repeats around {about}.",
}

# The second half of a line, where there is one: our own words, never anybody's.
DETAILS: dict[str, str] = {
    # --- reports ----------------------------------------------------------------------------------
    "contact": "a way to be reached", "threats": "a threat", "exposing": "saying who somebody is", "graphic": "too much detail",
    "unkind": "unkind", "worried": "worry about somebody", "other": "something else", "solicitation": "asking for contact",
    "nothing_needed": "nothing needed", "spoken_to": "spoken to", "step_taken": "a step was taken", "passed_on": "passed on",
}
