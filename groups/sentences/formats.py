"""Formats and readings."""

SENTENCES = {
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
}
