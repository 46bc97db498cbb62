"""Words that tell what somebody comes here for. None of them may stand in a title, an address, a file
name or a discreet calendar; whoever types one where it will be seen by others is told. Pure."""

import re

TELLING = re.compile(
    r"recover|sex|addict|porn|therap|support|compuls|relapse|sober|sobri|abstin|betray|(12|twelve).?step|anonym|partner|affair"
    r"|fellowship|sponsor\b|rehab|detox|craving|\burges?\b|masturb|\blust|infidel|counsel|trauma|psych|escort|hook.?up|intimacy"
    r"|\b(sa|saa|slaa|s-?anon|cosa|itaa|coda)\b",
    re.IGNORECASE,
)


def tells(text: str) -> bool:
    """Whether a stranger who reads this over a shoulder may guess."""
    return TELLING.search(text) is not None
