"""What somebody (or the room itself, by the clock) asks of a live meeting. Pages, sockets and the
heartbeat send the same commands; `decide.py` turns them into events or refuses.

`by` is the handle of the acting membership; ROOM is the software's own hand."""

import msgspec

from groups.formats.shape import Segment

ROOM = "room"


class Command(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all commands."""

    by: str


# --- the door ----------------------------------------------------------------------------------


class OpenLobby(Command, kw_only=True):
    """A quarter of an hour before: the meeting takes what it needs from its room and format."""

    title: str
    starts_at: object
    ends_at: object
    agenda: tuple[Segment, ...]
    capacity: int
    fallback: tuple[Segment, ...] = ()
    door_shuts_at: object = None
    hands_seen: bool = False
    guard: str = "off"
    holds_first: bool = False
    agreements: int = 99
    contact_agreement: int | None = None


class Knock(Command, kw_only=True):
    """Come to the door, under the name used in this group. Coming back counts as knocking too. `duty` is
    what they signed up for on the rota, if anything; `not_yet`, the duties it does not open to them yet; `earlier`
    the highest step of the last weeks."""

    name: str
    newcomer: bool = False
    unheard: bool = False
    fresh: bool = False
    duty: str = ""
    moderates: bool = False
    not_yet: tuple[str, ...] = ()
    earlier: str | None = None


class SayNeed(Command, kw_only=True):
    """What somebody came for: to speak, to listen, or to settle. Nobody is shown an answer; the desk reads what most came for."""

    need: str


class TakeDuty(Command, kw_only=True):
    """Serve tonight: chair, door, second, reader or timekeeper. `entitled` says that the rota or the
    role makes it theirs; without it, it depends on the hour. `moderates`: they look after the group."""

    duty: str
    entitled: bool = False
    moderates: bool = False


class EndDuty(Command, kw_only=True):
    """The role by which somebody served was taken from them. `kept`: the duties the rota gives them all the same."""

    who: str
    kept: tuple[str, ...] = ()


class OfferDuty(Command, kw_only=True):
    """Ask somebody inside to take a duty. `looks_after`: the handles, of both, of those who look after the group."""

    who: str
    duty: str
    looks_after: tuple[str, ...] = ()


class DeclineDuty(Command, kw_only=True):
    """Whoever was asked to serve would rather not, just now."""


class TakeDutyBack(Command, kw_only=True):
    """Somebody serves no longer in this hour, and stays as anybody. `looks_after`: as above."""

    who: str
    looks_after: tuple[str, ...] = ()


class OpenDoor(Command, kw_only=True):
    """Begin the hour."""


class Admit(Command, kw_only=True):
    """Let one person in."""

    who: str


class AdmitAll(Command, kw_only=True):
    """Let in everybody who waits."""


class AdmitKnown(Command, kw_only=True):
    """Let in everybody who waits and is no newcomer."""


class Decline(Command, kw_only=True):
    """Not tonight, for somebody who waits; `why` is one of a few words they are told."""

    who: str
    why: str = "not_tonight"


class Leave(Command, kw_only=True):
    """Go, silently."""


# --- the floor ----------------------------------------------------------------------------------


class RaiseHand(Command, kw_only=True):
    """Ask for the floor."""


class LowerHand(Command, kw_only=True):
    """Ask no longer."""


class MoveHand(Command, kw_only=True):
    """Give somebody who waits another place in the queue: 1 is next, 0 is last."""

    who: str
    place: int


class GiveFloor(Command, kw_only=True):
    """Call somebody: the first hand, or the one named."""

    who: str | None = None


class Share(Command, kw_only=True):
    """Put words into the room. The same client_id again is the same share."""

    client_id: str
    words: str
    note: str | None = None
    look: bool = False  # the guard's word was read: those on duty may look at it


class Hear(Command, kw_only=True):
    """Let the last sharer know that they were heard, without a name and without a count."""


class Extend(Command, kw_only=True):
    """Whoever has the floor asks for a little longer; once, and never refused the first time."""


class PassTurn(Command, kw_only=True):
    """Let the turn go by."""


class EndTurn(Command, kw_only=True):
    """Somebody on duty ends the turn: of whoever has the floor, or of the one named if it is still
    theirs (a second tap must not end the next person's turn)."""

    who: str | None = None


class AddMinute(Command, kw_only=True):
    """One minute more for the turn, or for the segment when nobody has the floor."""


class NextSegment(Command, kw_only=True):
    """Go on to the next part of the hour; `index` is the part to leave, so that a second tap, or one
    that comes just after the room went on by itself, skips nothing."""

    index: int | None = None


class RemoveShare(Command, kw_only=True):
    """Take a share out of the room, for everyone, now and later."""

    number: int
    agreement: int | None = None


class Hush(Command, kw_only=True):
    """Everything stops and nobody comes in, until somebody on duty goes on."""


class GoOn(Command, kw_only=True):
    """Take up again after a hush."""


class WriteDesk(Command, kw_only=True):
    """A word among those on duty."""

    client_id: str
    words: str


class WriteLine(Command, kw_only=True):
    """A private line: from anybody to those on duty, or from one of them to somebody (`who`)."""

    client_id: str
    words: str
    who: str | None = None


class Close(Command, kw_only=True):
    """End the hour now."""


# --- the room itself ------------------------------------------------------------------------------


class Tick(Command, kw_only=True):
    """Look at the clock: whatever is due happens."""


class Unseen(Command, kw_only=True):
    """The room has not seen this person for a while: no open page, no socket."""

    who: str


class TellDesk(Command, kw_only=True):
    """Those on duty should know something of the rota."""

    client_id: str
    words: str


class HoldLost(Command, kw_only=True):
    """Whoever chairs has not been seen for a moment."""


class HoldTaken(Command, kw_only=True):
    """Whoever chairs is back."""
