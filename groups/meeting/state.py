"""The state of a live meeting: everything decisions are made against. Pure values; how an event
changes them is in `evolve.py`. Maps are persistent (`immutables`), so that a change costs the same
in a room of a thousand."""

from datetime import datetime

import msgspec
from immutables import Map

from groups.formats.modes import RULES, Mode, Rules
from groups.formats.shape import Segment
from groups.meeting.marks import Held, Pause, Raid, Turn
from groups.meeting.person import Person

SLOWER = 3  # times the pace of open talk, during a raid


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
    guard: str = "off"
    holds_first: bool = False
    agreements: int = 99
    contact_agreement: int | None = None
    silenced: Map = Map()  # who listens only, and until when
    held: Map = Map()  # by number on the desk
    erased: frozenset = frozenset()  # who was here and erased themselves since: nothing names them any more
    told: frozenset = frozenset()  # who said what they came for since that was reckoned last
    came_for: str | None = None  # what more than half did, or that it is mixed; None while few have said
    drawn: Map = Map()  # orders that were announced, by number on the floor: (handles, names)
    writers: Map = Map()  # who wrote on somebody's private line, by whose line it is
    worries: frozenset = frozenset()  # who was worried about whom: once is enough
    reports: tuple[tuple[datetime, str], ...] = ()  # when, and which, by which a raid is noticed
    reports_waiting: Map = Map()  # which nobody decided yet, and whom they are about (a handle, or None)
    raid: Raid | None = None
    fresh_knocks: tuple[datetime, ...] = ()  # of people who came to the group within the hour
    last_shares: tuple[bool, ...] = ()  # of the last thirty, which came from people here within the hour
    last_turn: str | None = None  # whose turn ended last
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

    def is_held(self, handle: str, client_id: str) -> bool:
        """Whether this share of theirs, by its client id, went to those on duty."""
        return any(one.by == handle and one.client_id == client_id for one in self.held.values())

    def same_rules(self, other: "State") -> bool:
        """Whether what the room's settings say for this hour is the same in both."""
        mine, theirs = ((s.capacity, s.guard, s.holds_first, s.hands_seen) for s in (self, other))
        return mine == theirs

    @property
    def pace(self) -> int:
        """Seconds between two shares of one person, where anybody may speak; a raid makes it slow."""
        return self.segment.turn * (SLOWER if self.raid else 1)

    @property
    def held_back(self) -> list[tuple[int, Held]]:
        """Held shares somebody on duty has to look at, in order."""
        return sorted((number, one) for number, one in self.held.items() if one.status == "waiting")

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
