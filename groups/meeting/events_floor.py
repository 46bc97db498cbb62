"""What an event is, and the events of the floor: what everyone inside hears.

The floor learns a name only when somebody has or had the floor, or where a circle announces the
order drawn by lot. Nobody's coming or going is a floor event, so that a hole in the numbers can
never mean that something private happened."""

from datetime import datetime

import msgspec

from groups.formats.shape import Segment


class Event(msgspec.Struct, frozen=True, tag_field="kind", omit_defaults=True, kw_only=True):
    """Base of all events. `stream` and `on_wire` say who hears of it and which fields they see."""

    at: datetime

    stream = "floor"
    on_wire = ()


class LobbyOpened(Event, kw_only=True, tag="lobby_opened"):
    title: str
    starts_at: datetime
    ends_at: datetime
    agenda: tuple[Segment, ...]
    capacity: int
    fallback: tuple[Segment, ...] = ()  # what is read together if nobody serves
    door_shuts_at: datetime | None = None  # a circle that is whole takes nobody in later
    hands_seen: bool = False  # everyone inside sees whose hands are up
    guard: str = "off"  # how closely shares are looked at for ways to be reached
    holds_first: bool = False  # the first share of somebody new waits for those on duty
    agreements: int = 99  # how many there are, by number
    contact_agreement: int | None = None  # the one the guard names


class DoorOpened(Event, kw_only=True, tag="door_opened"):
    by: str


class SegmentBegan(Event, kw_only=True, tag="segment_began"):
    index: int
    ends_at: datetime
    order: tuple[str, ...] = ()  # in a round: who is offered the floor, in turn
    names: tuple[str, ...] = ()  # the same by name, where the order is announced
    title: str = ""  # so that whoever comes later still reads which part was which
    on_wire = ("index", "title", "ends_at", "names")


class OrderNamed(Event, kw_only=True, tag="order_named"):
    segment: int  # the number of the entry that announced it: from here on it reads like this
    order: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    on_wire = ("segment", "names")


class ReadingBegan(Event, kw_only=True, tag="reading_began"):
    agenda: tuple[Segment, ...]  # nobody was free to lead: from here on the hour is this
    ends_at: datetime


class FloorGiven(Event, kw_only=True, tag="floor_given"):
    to: str
    name: str
    ends_at: datetime
    on_wire = ("name", "ends_at")


class TurnEnded(Event, kw_only=True, tag="turn_ended"):
    by: str  # whose turn it was
    how: str  # shared, passed, time, chair, left
    next_at: datetime  # a breath, before the room calls the next person by itself
    on_wire = ("next_at",)


class Shared(Event, kw_only=True, tag="shared"):
    by: str
    name: str
    client_id: str
    words: str | None = None
    note: str | None = None  # one of NOTES, chosen by the sharer
    reading: int = 0  # seconds it takes to read, so that it appears at one pace for all
    held: int | None = None  # it was held by the desk, under this number, until now
    on_wire = ("name", "note", "reading")


class ShareRemoved(Event, kw_only=True, tag="share_removed"):
    share: int  # its number
    by: str
    agreement: int | None = None
    on_wire = ("share",)


class TimeAdded(Event, kw_only=True, tag="time_added"):
    by: str
    seconds: int
    to: str  # "turn" or "segment"
    lender: int | None = None  # the later part these seconds were borrowed from
    on_wire = ("seconds", "to")


class FloorPaused(Event, kw_only=True, tag="floor_paused"):
    why: str  # nobody_on_duty, chair_away, hush
    by: str | None = None  # whoever hushed; the floor is not told
    on_wire = ("why",)


class FloorResumed(Event, kw_only=True, tag="floor_resumed"):
    late: int  # seconds the clock stood still; every deadline moved by as much
    on_wire = ("late",)


class MeetingClosed(Event, kw_only=True, tag="meeting_closed"):
    why: str  # agenda, chair, hour_over, nobody_served, nobody_on_duty, locked
    on_wire = ("why",)
