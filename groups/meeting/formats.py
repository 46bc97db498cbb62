"""Formats: how an hour runs, as data. A format is a list of segments; a segment is a timed part of
the hour with one mode, and what a person may do follows from the mode (`modes.py`).

`fit` lays a format onto the minutes there really are. Every line of script is our own."""

from datetime import datetime, timedelta
from math import ceil

import msgspec

from groups.meeting.modes import RULES, Mode

LEAST_OFFER = 20  # seconds everyone gets in a round, however many they are


class Segment(msgspec.Struct, frozen=True, omit_defaults=True):
    """One part of the hour.

    minutes: planned length; least: what it may shrink to when the hour began late.
    turn: seconds for one turn (round, one_voice) or between two posts of one person (open_talk).
    warn: seconds before a turn's end when the sharer alone is told.
    script: what the chair reads or posts; prompt: what everyone sees above the floor.
    grows: takes the time that is to spare, so that the hour stays an hour.
    unheard: hands only from people who have not shared yet.
    """

    title: str
    mode: Mode
    minutes: int
    least: int
    prompt: str = ""
    script: str = ""
    turn: int = 0
    warn: int = 30
    grows: bool = False
    unheard: bool = False
    order: str = "hand"
    newcomers_first: bool = False
    extension: int = 60
    overflow: str = "cut_to_next"
    borrow_from: int | None = None
    exercise: str = ""
    text: str = ""
    source: str = ""
    pass_ok: bool = True
    lead: str = "chair"
    step: bool = False


class Format(msgspec.Struct, frozen=True):
    """A named way to spend an hour. `kind` is the two or three words a calendar line shows."""

    key: str
    title: str
    kind: str
    segments: tuple[Segment, ...]

    @property
    def minutes(self) -> int:
        """The planned length of the whole."""
        return sum(segment.minutes for segment in self.segments)

    @property
    def least(self) -> int:
        """The shortest hour it still fits."""
        return sum(segment.least for segment in self.segments)


def fit(segments: tuple[Segment, ...], begins: datetime, ends: datetime) -> tuple[datetime, ...]:
    """When each segment ends, if the first begins at `begins` and the last is to end by `ends`.

    With time to spare, the segments that grow share it. With too little, what is above the least
    shrinks in proportion; with less than the least of all, everyone still gets their least and the
    hour runs over, because a share cut in half helps nobody. Marks are whole seconds after
    `begins`, rounded down, so that their sum is never later than `ends`."""
    planned = [segment.minutes * 60 for segment in segments]
    least = [segment.least * 60 for segment in segments]
    given = (ends - begins).total_seconds()
    growing = sum(segment.grows for segment in segments)
    extra = max(0.0, given - sum(planned)) / growing if growing else 0.0
    room = sum(planned) - sum(least)
    share = 1.0 if room <= 0 else min(1.0, max(0.0, (given - sum(least)) / room))
    marks, passed = [], 0.0
    for segment, low, full in zip(segments, least, planned, strict=True):
        passed += low + (full - low) * share + extra * segment.grows
        marks.append(begins + timedelta(seconds=int(passed + 1e-7)))  # what floats lose is no second
    return tuple(marks)


def with_room_for(people: int, segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """The segments, each round at least as long as a short offer to so many people takes, so that
    the parts before it leave it the time and a full room does not run over the hour."""
    def widened(segment):
        rules = RULES[segment.mode]
        offers = ceil(people * (LEAST_OFFER + rules.breath) / 60) if rules.offered else 0
        return msgspec.structs.replace(segment, least=max(segment.least, offers), minutes=max(segment.minutes, offers))

    return tuple(map(widened, segments))


_WELCOME = Segment(
    "Welcome", Mode.NOTICE, 3, 2,
    prompt="We speak about our own lives and let each share stand.",
    script="Welcome. You can listen the whole hour; that is taking part. If you want a turn, raise your hand; "
    "you can write while you wait. We speak about our own lives and let each share stand. "
    "If you need one of us, use the private line.",
)
_QUIET = Segment(
    "A quiet minute", Mode.SILENCE, 1, 1,
    prompt="Feet on the floor. Breathe out slowly.",
    script="Let us begin with a quiet minute. Feel the floor under your feet. Nobody needs anything from you now.",
)
_CLOSE = Segment(
    "Closing", Mode.CLOSING, 2, 1,
    prompt="What was said here stays here.",
    script="Thank you for coming. What was said here stays here, and is gone from the server in a while. "
    "Take half a minute before you go back to your evening.",
)
_STEP = Segment(
    "One step off-screen", Mode.ROUND, 6, 3,
    prompt="One thing you will do away from the screen within the hour. Passing is fine.",
    script="One line each: something you will do away from the screen in the next hour. A walk, a call, water, sleep.",
    turn=60, warn=15,
)
_NAMES = Segment(
    "Names", Mode.ROUND, 6, 3,
    prompt="Your name here, and one word for how you arrive. Passing is fine.",
    script="We go round once: the name you use here and one word for how you arrive. Pass with one tap if you like.",
    turn=60, warn=15,
)

FORMATS: dict[str, Format] = {
    form.key: form
    for form in (
        Format("sharing-60", "Sharing, one at a time", "sharing", (
            _QUIET, _WELCOME, _NAMES,
            Segment(
                "Shares", Mode.ONE_VOICE, 32, 12,
                prompt="One at a time, from your own life. Raise your hand; write while you wait.",
                script="The floor is open for shares, about three minutes each. The room keeps the time, so nobody has to.",
                turn=180, warn=30, grows=True,
            ),
            Segment(
                "For those not yet heard", Mode.ONE_VOICE, 10, 4,
                prompt="A place for anyone who has not shared yet.",
                script="These minutes are kept for people who have not shared yet tonight.",
                turn=120, warn=30, unheard=True,
            ),
            _STEP, _CLOSE,
        )),
        Format("check-in-45", "Check-in round", "check-in", (
            _QUIET, _WELCOME,
            Segment(
                "Check-in", Mode.ROUND, 22, 9,
                prompt="How was the week: one thing that was hard, one that helped.",
                script="We go round once. How was the week: one thing that was hard, one that helped. No need to explain.",
                turn=120, warn=30,
            ),
            Segment(
                "Talk", Mode.OPEN_TALK, 11, 4,
                prompt="Anyone may speak, about a minute each. Experience, not advice.",
                script="For a while anyone may speak. Tell what helped you; leave advice for those who ask for it.",
                turn=60, warn=15, grows=True,
            ),
            _STEP, _CLOSE,
        )),
        Format("open-talk-60", "Open talk on a topic", "open talk", (
            _QUIET, _WELCOME, _NAMES,
            Segment(
                "The topic", Mode.READING, 4, 2,
                prompt="A few lines to begin from.",
                script="Tonight's topic: what we reach for when the day has been too much, and what was really missing.",
            ),
            Segment(
                "Talk", Mode.OPEN_TALK, 28, 9,
                prompt="Anyone may speak, about a minute each. Experience, not advice.",
                script="Anyone may speak now, about a minute each. Let there be pauses.",
                turn=60, warn=15, grows=True,
            ),
            Segment(
                "Shares", Mode.ONE_VOICE, 10, 4,
                prompt="One at a time, for whoever wants the floor to themselves.",
                script="For those who want the floor to themselves: raise your hand.",
                turn=150, warn=30,
            ),
            _STEP, _CLOSE,
        )),
    )
}
