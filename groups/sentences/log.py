"""What stands in the group's log, one sentence for each action. `{by}` and `{about}` are names in the
group, or "the room" and "somebody who left"; `{agreement}` is its number, `{until}` a day and `{detail}`
one of our own words. What a sentence does not say itself stands in a second line below it."""

LOG: dict[str, str] = {
    # steps
    "step_warn": "{by} gave {about} a word of warning.",
    "step_listen": "{by} asked {about} to listen only.",
    "step_leave": "{by} asked {about} to leave for the night.",
    "step_ban": "{by} banned {about}.",
    # reports, notes, patterns
    "report_made": "Something was reported.",
    "report_decided": "{by} decided a report.",
    "report_lapsed": "A report ran out: nobody decided it within a fortnight.",
    "note_written": "{by} wrote a note about {about}.",
    "note_removed": "{by} took back a note about {about}.",
    "pattern_looked": "{by} looked at what repeats around {about}.",
}

# The second half of a line, where there is one: our own words, never anybody's.
DETAILS: dict[str, str] = {
    # reports
    "contact": "a way to be reached", "threats": "a threat", "exposing": "saying who somebody is", "graphic": "too much detail",
    "unkind": "unkind", "worried": "worry about somebody", "other": "something else", "solicitation": "asking for contact",
    "nothing_needed": "nothing needed", "spoken_to": "spoken to", "step_taken": "a step was taken", "passed_on": "passed on",
}
