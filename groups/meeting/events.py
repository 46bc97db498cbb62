"""What happens in a live meeting. An event is a fact: it was decided, it has a number, it is never
changed. Two streams, by audience: `floor` for everyone inside, `desk` for those on duty.

What leaves the server is `wire()`, field by field: handles of people stay on the desk, and the
floor learns a name only when somebody has or had the floor. Nobody's coming or going is a floor
event, so that a hole in the numbers can never mean that something private happened."""

from datetime import datetime

import msgspec

from groups.formats.shape import Segment


class Event(msgspec.Struct, frozen=True, tag_field="kind", omit_defaults=True, kw_only=True):
    """Base of all events. `stream` and `on_wire` say who hears of it and which fields they see."""

    at: datetime

    stream = "floor"
    on_wire = ()


# --- floor: everyone inside ----------------------------------------------------------------------


class LobbyOpened(Event, kw_only=True, tag="lobby_opened"):
    title: str
    starts_at: datetime
    ends_at: datetime
    agenda: tuple[Segment, ...]
    capacity: int


class DoorOpened(Event, kw_only=True, tag="door_opened"):
    by: str


class SegmentBegan(Event, kw_only=True, tag="segment_began"):
    index: int
    ends_at: datetime
    order: tuple[str, ...] = ()  # in a round: who is offered the floor, in turn
    on_wire = ("index", "ends_at")


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
    on_wire = ("name",)


class ShareRemoved(Event, kw_only=True, tag="share_removed"):
    share: int  # its number
    by: str
    agreement: int | None = None
    on_wire = ("share",)


class TimeAdded(Event, kw_only=True, tag="time_added"):
    by: str
    seconds: int
    to: str  # "turn" or "segment"
    on_wire = ("seconds", "to")


class FloorPaused(Event, kw_only=True, tag="floor_paused"):
    why: str  # nobody_on_duty


class FloorResumed(Event, kw_only=True, tag="floor_resumed"):
    late: int  # seconds the clock stood still; every deadline moved by as much
    on_wire = ("late",)


class MeetingClosed(Event, kw_only=True, tag="meeting_closed"):
    why: str  # agenda, chair, hour_over, nobody_served, nobody_on_duty
    on_wire = ("why",)


# --- desk: those on duty ------------------------------------------------------------------------


class _Desk(Event, frozen=True, kw_only=True):
    stream = "desk"


class Knocked(_Desk, kw_only=True, tag="knocked"):
    who: str
    name: str
    newcomer: bool = False
    on_wire = ("who", "name", "newcomer")


class Admitted(_Desk, kw_only=True, tag="admitted"):
    who: str
    by: str  # a handle, or "room" when somebody only comes back
    on_wire = ("who",)


class Declined(_Desk, kw_only=True, tag="declined"):
    who: str
    by: str
    on_wire = ("who",)


class SteppedAway(_Desk, kw_only=True, tag="stepped_away"):
    who: str
    on_wire = ("who",)


class PutOut(_Desk, kw_only=True, tag="put_out"):
    who: str
    by: str
    agreement: int | None = None
    on_wire = ("who", "agreement")


class DutyTaken(_Desk, kw_only=True, tag="duty_taken"):
    who: str
    duty: str
    on_wire = ("who", "duty")


class HandRaised(_Desk, kw_only=True, tag="hand_raised"):
    who: str
    on_wire = ("who",)


class HandLowered(_Desk, kw_only=True, tag="hand_lowered"):
    who: str
    on_wire = ("who",)


EVENTS = (
    LobbyOpened, DoorOpened, SegmentBegan, FloorGiven, TurnEnded, Shared, ShareRemoved, TimeAdded, FloorPaused,
    FloorResumed, MeetingClosed, Knocked, Admitted, Declined, SteppedAway, PutOut, DutyTaken, HandRaised, HandLowered,
)
AnyEvent = (
    LobbyOpened | DoorOpened | SegmentBegan | FloorGiven | TurnEnded | Shared | ShareRemoved | TimeAdded | FloorPaused
    | FloorResumed | MeetingClosed | Knocked | Admitted | Declined | SteppedAway | PutOut | DutyTaken | HandRaised | HandLowered
)

_decoder = msgspec.json.Decoder(AnyEvent)


def kind_of(event: Event) -> str:
    """The event's name in the log and on the wire."""
    return event.__struct_config__.tag


def to_body(event: Event) -> bytes:
    """What is stored of an event, without anybody's words: those are sealed apart."""
    return msgspec.json.encode(msgspec.structs.replace(event, words=None) if isinstance(event, Shared) else event)


def from_body(body: bytes) -> Event:
    """The event again, as stored. Raises msgspec.ValidationError for a body that is none."""
    return _decoder.decode(body)


def wire(event: Event, number: int) -> dict:
    """An entry as its audience gets it: the same bytes for all of them."""
    entry = {"number": number, "kind": kind_of(event), "at": event.at.replace(microsecond=0)}
    entry |= {field: getattr(event, field) for field in event.on_wire}
    if isinstance(event, Shared):
        entry["words"] = event.words  # None once removed
    return entry
