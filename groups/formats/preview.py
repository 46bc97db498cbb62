"""A format on the clock, and in words. Pure."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from groups.formats.fitting import fit
from groups.formats.modes import Mode
from groups.formats.shape import Segment

SEVEN = time(19)  # when an hour begins unless somebody says otherwise
ANY_DAY = datetime(2026, 1, 1)  # noqa: DTZ001 - a wall clock, of no place
SHORT = "%H:%M"
MODES = {
    Mode.SILENCE: ("Silence", "nobody writes"),
    Mode.NOTICE: ("Notice", "read out or posted by whoever leads; nobody else writes"),
    Mode.READING: ("Reading", "a text for everybody; nobody writes"),
    Mode.EXERCISE: ("Exercise", "in step on every screen; what is written stays on one’s own page"),
    Mode.ROUND: ("Round", "everybody is offered a turn, one after the other"),
    Mode.ONE_VOICE: ("One voice", "whoever raises a hand is called, one at a time"),
    Mode.OPEN_TALK: ("Open talk", "anybody may write, with a pause between"),
    Mode.CLOSING: ("Closing", "the last words; nobody writes"),
}
EXERCISES = {
    "breath": "Breathing in step", "senses": "Grounding by the senses", "urge": "Riding out an urge",
    "body": "Through the body once", "thought": "Looking at a thought", "values": "A values card", "parts": "Greeting one part",
}
ORDERS = {
    "hand": "As hands went up", "arrival": "As people came", "random": "Drawn by the room",
    "least_spoken": "Who has spoken least comes first",
}
OVERFLOWS = {
    "cut_to_next": "The hour goes on; hands are lowered",
    "borrow": "It borrows minutes from a later part",
    "ask": "The chair is asked",
}
LEADS = {
    "chair": "The chair", "door": "Whoever keeps the door", "reader": "A reader", "timekeeper": "A timekeeper",
    "second": "The second",
}


@dataclass(frozen=True)
class Line:
    """One part on the clock. at: '19:03'; minutes: its length in that hour."""

    at: str
    title: str
    minutes: int


def on_the_clock(segments: tuple[Segment, ...], hour: int | None, at: time | None) -> tuple[list[Line], str]:
    """When each part begins in an hour of so many minutes from that time on, and when the last one
    ends. Nothing ([] and '') for parts whose minutes cannot be read."""
    numbers = [hour, *(n for segment in segments for n in (segment.minutes, segment.least))]
    if not segments or not all(isinstance(number, int) and 0 < number <= 1440 for number in numbers):
        return [], ""
    begins = datetime.combine(ANY_DAY, at or SEVEN)
    marks = fit(segments, begins, begins + timedelta(minutes=hour))
    starts = (begins, *marks[:-1])
    lines = [
        Line(f"{start:{SHORT}}", segment.title or "A part without a name", round((end - start).total_seconds() / 60))
        for segment, start, end in zip(segments, starts, marks, strict=True)
    ]
    return lines, f"{marks[-1]:{SHORT}}"


def totals(segments: tuple[Segment, ...]) -> tuple[int, int] | None:
    """(minutes of all parts, their least), or None where one cannot be read."""
    pairs = [(segment.minutes, segment.least) for segment in segments]
    if not all(isinstance(number, int) for pair in pairs for number in pair):
        return None
    return sum(minutes for minutes, _ in pairs), sum(least for _, least in pairs)
