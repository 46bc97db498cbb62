"""The state of a live meeting: everything decisions are made against. Pure values; how an event
changes them is in `evolve.py`. Maps are persistent (`immutables`), so that a change costs the same
in a room of a thousand."""

from datetime import datetime

import msgspec
from immutables import Map

from groups.formats.modes import RULES, Mode, Rules
from groups.formats.shape import Segment


class Person(msgspec.Struct, frozen=True):
    """Somebody in this meeting, by handle. `arrived` orders people; `shares` counts turns spoken;
    `had_turn` is the index of the segment in which they last had a whole turn."""

    handle: str
    name: str
    standing: str = "waiting"  # waiting, inside, declined, left, out
    arrived: int = 0
    newcomer: bool = False
    duty: str | None = None
    was_inside: bool = False
    shares: int = 0
    last_share_at: datetime | None = None
    had_turn: int = -1

    @property
    def on_duty(self) -> bool:
        """True for whoever serves and is here."""
        return self.duty is not None and self.standing == "inside"


class Turn(msgspec.Struct, frozen=True):
    """Who has the floor, until when, and how many seconds were added."""

    who: str
    name: str
    ends_at: datetime
    added: int = 0


class Pause(msgspec.Struct, frozen=True):
    """The clock stands still since then."""

    since: datetime
    why: str


class ShareMark(msgspec.Struct, frozen=True):
    """That a share exists, and whose it is; the words are not part of the state."""

    by: str
    removed: bool = False


class State(msgspec.Struct, frozen=True):
    """Everything decisions are made against. `floor_head` and `desk_head` are the last numbers of
    the two streams; `sent` remembers client ids, so that a retry is never a second share."""

    phase: str = "planned"
    title: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    capacity: int = 0
    agenda: tuple[Segment, ...] = ()
    index: int = -1
    segment_ends_at: datetime | None = None
    segment_added: int = 0
    people: Map = Map()
    hands: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    turn: Turn | None = None
    next_at: datetime | None = None
    pause: Pause | None = None
    shares: Map = Map()
    sent: Map = Map()
    floor_head: int = 0
    desk_head: int = 0
    closed_at: datetime | None = None
    why_closed: str = ""

    @property
    def segment(self) -> Segment | None:
        """The part of the hour we are in."""
        return self.agenda[self.index] if 0 <= self.index < len(self.agenda) else None

    @property
    def rules(self) -> Rules:
        """What the present mode allows; before and after the hour, nothing."""
        segment = self.segment if self.phase in ("open", "closing") else None
        return RULES[segment.mode if segment else Mode.SILENCE]

    @property
    def is_live(self) -> bool:
        """True from the lobby's opening to the close."""
        return self.phase in ("lobby", "open", "closing")

    def person(self, handle: str) -> Person | None:
        """Somebody, by handle."""
        return self.people.get(handle)

    def standing(self, *standings: str) -> list[Person]:
        """People with one of these standings, in order of arrival."""
        return sorted((p for p in self.people.values() if p.standing in standings), key=lambda p: p.arrived)

    @property
    def chair(self) -> Person | None:
        """Whoever chairs and is here."""
        return next((p for p in self.people.values() if p.duty == "chair" and p.on_duty), None)

    @property
    def anybody_on_duty(self) -> bool:
        """True while somebody who serves is inside."""
        return any(p.on_duty for p in self.people.values())

    def head(self, stream: str) -> int:
        """The last number of a stream."""
        return self.floor_head if stream == "floor" else self.desk_head
