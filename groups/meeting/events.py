"""What happens in a live meeting. An event is a fact: it was decided, it has a number, it is never
changed. Streams go by audience: `floor` for everyone inside, `desk` for those on duty, a `line:…`
for one person and those on duty, and `quiet` for nobody: it only counts.

What leaves the server is `wire()`, field by field: handles of people stay on the desk, and the
floor learns a name only when somebody has or had the floor. Nobody's coming or going is a floor
event, so that a hole in the numbers can never mean that something private happened."""

from datetime import datetime

import msgspec

from groups.meeting.formats import Segment


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
    fallback: tuple[Segment, ...] = ()  # what is read together if nobody serves
    door_shuts_at: datetime | None = None  # a circle that is whole takes nobody in later


class DoorOpened(Event, kw_only=True, tag="door_opened"):
    by: str


class SegmentBegan(Event, kw_only=True, tag="segment_began"):
    index: int
    ends_at: datetime
    order: tuple[str, ...] = ()  # in a round: who is offered the floor, in turn
    names: tuple[str, ...] = ()  # the same by name, where the order is announced
    on_wire = ("index", "ends_at", "names")


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
    on_wire = ("why",)


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
    why: str = "not_tonight"  # one of DECLINES
    on_wire = ("who", "why")


class Answered(_Desk, kw_only=True, tag="answered"):
    who: str  # somebody new, to the question the group asks at its door
    words: str | None = None
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


class DutyOffered(_Desk, kw_only=True, tag="duty_offered"):
    who: str
    duty: str
    on_wire = ("who", "duty")


class HandMoved(_Desk, kw_only=True, tag="hand_moved"):
    who: str
    place: int  # 1 is next
    on_wire = ("who", "place")


class MoreTimeAsked(_Desk, kw_only=True, tag="more_time_asked"):
    until: datetime  # then the room goes on
    on_wire = ("until",)


class DeskNote(_Desk, kw_only=True, tag="desk_note"):
    by: str
    name: str
    client_id: str
    words: str | None = None
    on_wire = ("name",)


class HandRaised(_Desk, kw_only=True, tag="hand_raised"):
    who: str
    on_wire = ("who",)


class HandLowered(_Desk, kw_only=True, tag="hand_lowered"):
    who: str
    on_wire = ("who",)


# --- one person and those on duty --------------------------------------------------------------------


class LineWritten(Event, kw_only=True, tag="line_written"):
    who: str  # whose private line it is
    by: str
    name: str
    client_id: str
    words: str | None = None
    on_wire = ("name",)

    @property
    def stream(self) -> str:
        """One stream for each person, so that nobody's numbers tell of somebody else's line."""
        return line_of(self.who)


# --- nobody: it only counts ---------------------------------------------------------------------------


class Heard(Event, kw_only=True, tag="heard"):
    by: str
    share: int
    stream = "quiet"


class Arrived(Event, kw_only=True, tag="arrived"):
    who: str
    need: str  # speak, listen, settle
    stream = "quiet"


AnyEvent = (
    LobbyOpened | DoorOpened | SegmentBegan | ReadingBegan | FloorGiven | TurnEnded | Shared | ShareRemoved | TimeAdded
    | FloorPaused | FloorResumed | MeetingClosed | Knocked | Admitted | Declined | Answered | SteppedAway | PutOut | DutyTaken
    | DutyOffered | HandRaised | HandLowered | HandMoved | MoreTimeAsked | DeskNote | LineWritten | Heard | Arrived
)
EVENTS = AnyEvent.__args__
WITH_WORDS = (Shared, Answered, DeskNote, LineWritten)  # their words are sealed apart from the rest
NOTES = ("grief", "body", "harm", "lapse", "anger")  # content notes: five, fixed, in the sharer's hands
DECLINES = ("not_tonight", "full", "another_group")

_decoder = msgspec.json.Decoder(AnyEvent)


def line_of(handle: str) -> str:
    """The stream of somebody's private line."""
    return f"line:{handle}"


def kind_of(event: Event) -> str:
    """The event's name in the log and on the wire."""
    return event.__struct_config__.tag


def to_body(event: Event) -> bytes:
    """What is stored of an event, without anybody's words: those are sealed apart."""
    return msgspec.json.encode(msgspec.structs.replace(event, words=None) if isinstance(event, WITH_WORDS) else event)


def from_body(body: bytes) -> Event:
    """The event again, as stored. Raises msgspec.ValidationError for a body that is none."""
    return _decoder.decode(body)


def wire(event: Event, number: int) -> dict:
    """An entry as its audience gets it: the same bytes for all of them."""
    entry = {"number": number, "kind": kind_of(event), "at": event.at.replace(microsecond=0)}
    entry |= {field: getattr(event, field) for field in event.on_wire}
    if isinstance(event, WITH_WORDS):
        entry["words"] = event.words  # None once removed
    return entry
