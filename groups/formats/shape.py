"""What a format is: how an hour runs, as data. A format is a list of segments; a segment is a timed
part of the hour with one mode, and what a person may do follows from the mode (`modes.py`). Pure."""

from typing import Literal

import msgspec

from groups.formats.modes import Mode

Order = Literal["hand", "arrival", "random", "least_spoken"]
Overflow = Literal["cut_to_next", "borrow", "ask"]
Exercise = Literal["", "breath", "senses", "urge", "body", "thought", "values", "parts"]
Lead = Literal["chair", "door", "reader", "timekeeper", "second"]


class Segment(msgspec.Struct, frozen=True, omit_defaults=True):
    """One part of the hour. What is added later gets a default, so that old logs still read.

    minutes: planned length; least: what it may shrink to when the hour began late.
    turn: seconds for one turn (round, one_voice) or between two posts of one person (open_talk).
    warn: seconds before a turn's end when the sharer alone is told.
    script: what is read out or posted, one line after the other; lead: by whom.
    prompt: what everyone sees above the floor.
    grows: takes the time that is to spare, so that the hour stays an hour.
    unheard: hands only from people who have not shared yet.
    order: who is called next; a round goes by arrival or at random. newcomers_first: they before all.
    pass_ok: a turn offered may be let go by. extension: seconds a sharer may ask for, once.
    overflow: what happens when the minutes are over and hands are still up; borrow_from: the index
    of the later segment that lends then, down to its least.
    exercise: which one, in mode exercise.
    text, source: what is read, in mode reading, and whose it is. reading: the key of a text in the
    library; when the lobby opens its words are copied into text and source and the key is dropped.
    step: what people say here is the one thing they take away; the end page shows them their own.
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
    order: Order = "hand"
    newcomers_first: bool = False
    extension: int = 60
    overflow: Overflow = "cut_to_next"
    borrow_from: int | None = None
    exercise: Exercise = ""
    text: str = ""
    source: str = ""
    pass_ok: bool = True
    lead: Lead = "chair"
    reading: str = ""
    step: bool = False


class Format(msgspec.Struct, frozen=True):
    """A named way to spend an hour. `kind` is the two or three words a calendar line shows.

    capacity: places it is made for, where that matters; door_shuts: minutes after the start from
    which nobody new is let in. note: what a moderator should know before choosing it."""

    key: str
    title: str
    kind: str
    segments: tuple[Segment, ...]
    capacity: int | None = None
    door_shuts: int | None = None
    note: str = ""

    @property
    def minutes(self) -> int:
        """The planned length of the whole."""
        return sum(segment.minutes for segment in self.segments)

    @property
    def least(self) -> int:
        """The shortest hour it still fits."""
        return sum(segment.least for segment in self.segments)

    @property
    def steps(self) -> tuple[str, ...]:
        """The parts of the hour, by title."""
        return tuple(segment.title for segment in self.segments)

    def places(self, room: int) -> int:
        """How many fit in, in a room of so many places."""
        return room if self.capacity is None else min(room, self.capacity)
