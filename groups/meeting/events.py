"""What happens in a live meeting. An event is a fact: it was decided, it has a number, it is never
changed. Streams go by audience: `floor` for everyone inside, `desk` for those on duty, a `line:…`
for one person and those on duty, and `quiet` for nobody: it only counts.

The events themselves are in `events_floor.py`, `events_apart.py` and `events_safety.py`; here is how they are stored
and how they leave the server. `wire()` takes field by field what an audience may see: handles of
people stay on the desk."""

import msgspec

from groups.meeting.events_apart import (
    Admitted,
    Declined,
    DeskNote,
    DutyDeclined,
    DutyEnded,
    DutyOffered,
    DutyTaken,
    HandLowered,
    HandMoved,
    HandRaised,
    Heard,
    Knocked,
    LineWritten,
    MoreTimeAsked,
    NeedSaid,
    PutOut,
    RoleOver,
    SteppedAway,
)
from groups.meeting.events_apart import (
    line_of as line_of,
)
from groups.meeting.events_floor import (
    DoorOpened,
    Event,
    FloorGiven,
    FloorPaused,
    FloorResumed,
    LobbyOpened,
    MeetingClosed,
    OrderNamed,
    ReadingBegan,
    SegmentBegan,
    Shared,
    ShareRemoved,
    TimeAdded,
    TurnEnded,
)
from groups.meeting.events_safety import (
    ConcernRaised,
    EditAsked,
    Erased,
    ListeningOver,
    ListenOnly,
    RaidBegan,
    RaidOver,
    ReportNoted,
    ReportSettled,
    RulesChanged,
    ShareDropped,
    ShareHeld,
    ShareReleased,
    SteppedBack,
    TurnedBack,
    Warned,
)

AnyEvent = (
    LobbyOpened | DoorOpened | SegmentBegan | ReadingBegan | FloorGiven | TurnEnded | Shared | ShareRemoved | TimeAdded
    | FloorPaused | FloorResumed | MeetingClosed | Knocked | Admitted | Declined | SteppedAway | PutOut | DutyTaken | DutyEnded
    | DutyOffered | DutyDeclined | HandRaised | HandLowered | HandMoved | MoreTimeAsked | DeskNote | LineWritten | Heard | NeedSaid
    | Warned | ListenOnly | ListeningOver | ShareHeld | ShareReleased | EditAsked | ShareDropped | ConcernRaised | ReportNoted
    | RaidBegan | RaidOver | RulesChanged | SteppedBack | TurnedBack
    | Erased | OrderNamed | RoleOver | ReportSettled
)
EVENTS = AnyEvent.__args__
WITH_WORDS = (Shared, ShareHeld, DeskNote, LineWritten)  # their words are sealed apart from the rest
NOTES = ("grief", "body", "harm", "lapse", "anger")  # content notes: five, fixed, in the sharer's hands
DECLINES = ("not_tonight", "full", "another_group")

# Whose name an event carries, by the field that says so.
_NAMED = {FloorGiven: "to", Shared: "by", Knocked: "who", ShareHeld: "by", DeskNote: "by", LineWritten: "by"}

_decoder = msgspec.json.Decoder(AnyEvent)


def kind_of(event: Event) -> str:
    """The event's name in the log and on the wire."""
    return event.__struct_config__.tag


def to_body(event: Event) -> bytes:
    """What is stored of an event, without anybody's words: those are sealed apart."""
    return msgspec.json.encode(msgspec.structs.replace(event, words=None) if isinstance(event, WITH_WORDS) else event)


def from_body(body: bytes) -> Event:
    """The event again, as stored. Raises msgspec.ValidationError for a body that is none."""
    return _decoder.decode(body)


def without(event: Event, erased: frozenset[str]) -> Event:
    """An event as it may still be told: without the name and the words of whoever erased themselves since."""
    if not erased:
        return event
    if isinstance(event, SegmentBegan | OrderNamed) and not erased.isdisjoint(event.order):
        names = tuple(name for who, name in zip(event.order, event.names, strict=False) if who not in erased)
        return msgspec.structs.replace(event, names=names)
    if getattr(event, _NAMED.get(type(event), ""), None) in erased:
        words = {"words": None} if isinstance(event, WITH_WORDS) else {}
        return msgspec.structs.replace(event, name="", **words)
    return event


def wire(event: Event, number: int) -> dict:
    """An entry as its audience gets it: the same bytes for all of them."""
    entry = {"number": number, "kind": kind_of(event), "at": event.at.replace(microsecond=0)}
    entry |= {field: getattr(event, field) for field in event.on_wire}
    if isinstance(event, WITH_WORDS):
        entry["words"] = event.words  # None once removed
    return entry
