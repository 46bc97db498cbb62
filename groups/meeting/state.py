"""The state of a live meeting: everything decisions are made against. Pure values; how an event
changes them is in `evolve.py`. Maps are persistent (`immutables`), so that a change costs the same
in a room of a thousand."""

from datetime import datetime

import msgspec
from immutables import Map

from groups.formats.modes import RULES, Mode, Rules
from groups.formats.shape import Segment


class Person(msgspec.Struct, frozen=True):
    """Somebody in this meeting, by handle.

    arrived orders people; shares counts turns spoken; had_turn is the index of the segment in which
    they last had a whole turn; need is what they said they came for; heard is what they are told of
    their last share; offered is a duty they were asked to take; step is the number of the share
    they take away with them; served are the duties they did while the hour ran; waits_since is when they
    came to the door.
    """

    handle: str
    name: str
    standing: str = "waiting"  # waiting, inside, declined, left, out
    arrived: int = 0
    newcomer: bool = False
    duty: str | None = None
    offered: str | None = None
    was_inside: bool = False
    need: str | None = None
    shares: int = 0
    last_share_at: datetime | None = None
    had_turn: int = -1
    heard: str | None = None  # group, thanks
    step: int | None = None
    served: tuple[str, ...] = ()
    why_declined: str | None = None
    waits_since: datetime | None = None

    @property
    def on_duty(self) -> bool:
        """True for whoever serves and is here."""
        return self.duty is not None and self.standing == "inside"

    @property
    def settled(self) -> bool:
        """True for who came to listen only, tonight; they may change their mind."""
        return self.need == "settle"


class Turn(msgspec.Struct, frozen=True):
    """Who has the floor, until when, how many seconds were added, and whether they asked for more."""

    who: str
    name: str
    ends_at: datetime
    added: int = 0
    extended: bool = False


class Pause(msgspec.Struct, frozen=True):
    """The clock stands still since then: nobody_on_duty, chair_away, or hush."""

    since: datetime
    why: str


class ShareMark(msgspec.Struct, frozen=True):
    """That a share exists, and whose it is; the words are not part of the state."""

    by: str
    removed: bool = False


class State(msgspec.Struct, frozen=True):
    """Everything about one meeting. `heads` are the last numbers of the streams; `sent` remembers
    client ids, so that a retry is never a second share; `hands` is the queue, in the order in which
    people will be called."""

    phase: str = "planned"
    title: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    capacity: int = 0
    door_shuts_at: datetime | None = None
    hands_seen: bool = False  # the group wishes that everyone inside sees whose hands are up
    agenda: tuple[Segment, ...] = ()
    fallback: tuple[Segment, ...] = ()
    unled: bool = False  # the hour is read together, because nobody was free to lead
    index: int = -1
    segment_began_at: datetime | None = None  # moves on with every rest, as its end does
    segment_seconds: int = 0  # how long it was given when it began
    segment_ends_at: datetime | None = None
    segment_added: int = 0
    asked_until: datetime | None = None  # whoever chairs was asked whether to add time
    people: Map = Map()
    first_chair: str | None = None
    hands: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    turn: Turn | None = None
    next_at: datetime | None = None
    pause: Pause | None = None
    shares: Map = Map()
    last_share: int | None = None  # the share people may still quietly say they heard
    read_until: datetime | None = None  # a share of one voice is being read; its part waits for that
    heard_by: frozenset = frozenset()
    sent: Map = Map()
    lines: Map = Map()  # whose private line was used, by handle, and the last who wrote
    heads: Map = Map()
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

    @property
    def runs(self) -> bool:
        """True while the hour itself is on."""
        return self.phase in ("open", "closing")

    def person(self, handle: str) -> Person | None:
        """Somebody, by handle."""
        return self.people.get(handle)

    def standing(self, *standings: str) -> list[Person]:
        """People with one of these standings, in order of arrival."""
        return sorted((p for p in self.people.values() if p.standing in standings), key=lambda p: p.arrived)

    def on(self, duty: str) -> Person | None:
        """Whoever has this duty and is here."""
        return next((p for p in self.people.values() if p.duty == duty and p.on_duty), None)

    @property
    def chair(self) -> Person | None:
        """Whoever chairs and is here."""
        return self.on("chair")

    @property
    def hushed(self) -> bool:
        """True while everything was stopped by somebody on duty, the door as well."""
        return self.pause is not None and self.pause.why == "hush"

    @property
    def rests(self) -> bool:
        """True while the floor waits for somebody to chair."""
        return self.pause is not None and not self.hushed

    @property
    def anybody_on_duty(self) -> bool:
        """True while somebody who serves is inside."""
        return any(p.on_duty for p in self.people.values())

    @property
    def places(self) -> int:
        """How many more people may be let in. Those on duty do not take a place."""
        return self.capacity - sum(1 for p in self.people.values() if p.standing == "inside" and not p.duty)

    def head(self, stream: str) -> int:
        """The last number of a stream."""
        return self.heads.get(stream, 0)

    @property
    def heads_of_lines(self) -> dict[str, int]:
        """How far every private line has come, by stream."""
        return {stream: number for stream, number in self.heads.items() if stream.startswith("line:")}

    @property
    def floor_head(self) -> int:
        """The last number everyone inside has seen."""
        return self.head("floor")

    @property
    def desk_head(self) -> int:
        """The last number those on duty have seen."""
        return self.head("desk")
