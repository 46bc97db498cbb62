"""Whether something may be done once more, as a test asks."""

from groups.errors import TooMany
from groups.limiting.counting import Counts


def asks(counts: Counts, action: str, name: str = "somebody") -> bool | float:
    """True where it may be done once more, which counts; otherwise in how many seconds."""
    try:
        counts.ask(action, name)
    except TooMany as refusal:
        return refusal.facts["seconds"]
    return True
