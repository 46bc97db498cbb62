"""What rooms and the calendar need to know of a format: what to call it, what it is for a reader of
the calendar, and how long it takes at least. The live meeting, which builds on us, knows the rest
and registers its formats here when it is loaded."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FormatFacts:
    """key: what a room or meeting stores. title and kind: what people read. needs: the shortest
    hour it fits, in minutes. steps: the parts of the hour, by title."""

    key: str
    title: str
    kind: str
    needs: int
    steps: tuple[str, ...] = ()


FORMATS: dict[str, FormatFacts] = {}


def register_formats(*formats: FormatFacts) -> None:
    """Make formats known, in the order they are to be offered. Registering one again replaces it."""
    FORMATS.update({facts.key: facts for facts in formats})


def facts_of(key: str) -> FormatFacts:
    """The facts of a format; a stored key nobody knows any more reads as a plain meeting."""
    return FORMATS.get(key) or FormatFacts(key, "A meeting", "meeting", 0)


register_formats(
    FormatFacts("sharing-60", "Sharing, one at a time", "sharing", 60),
    FormatFacts("check-in-45", "Check-in round", "check-in", 45),
    FormatFacts("open-talk-60", "Open talk with a topic", "open talk", 60),
)
