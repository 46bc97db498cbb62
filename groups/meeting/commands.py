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


class Knock(Command, kw_only=True):
    """Come to the door, under the name used in this group. Coming back counts as knocking too."""

    name: str
    newcomer: bool = False


class TakeDuty(Command, kw_only=True):
    """Serve tonight: chair, door or second. Whether this member may was asked before (policy)."""

    duty: str


class OpenDoor(Command, kw_only=True):
    """Begin the hour."""


class Admit(Command, kw_only=True):
    """Let one person in."""

    who: str


class AdmitAll(Command, kw_only=True):
    """Let in everybody who waits."""


class Decline(Command, kw_only=True):
    """Not tonight, for somebody who waits."""

    who: str


class Leave(Command, kw_only=True):
    """Go, silently."""


class PutSomebodyOut(Command, kw_only=True):
    """Ask somebody to leave for tonight; `agreement` is the number of the one that was broken."""

    who: str
    agreement: int | None = None


# --- the floor ----------------------------------------------------------------------------------


class RaiseHand(Command, kw_only=True):
    """Ask for the floor."""


class LowerHand(Command, kw_only=True):
    """Ask no longer."""


class GiveFloor(Command, kw_only=True):
    """Call somebody: the first hand, or the one named."""

    who: str | None = None


class Share(Command, kw_only=True):
    """Put words into the room. The same client_id again is the same share."""

    client_id: str
    words: str


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


class Close(Command, kw_only=True):
    """End the hour now."""


# --- the room itself ------------------------------------------------------------------------------


class Tick(Command, kw_only=True):
    """Look at the clock: whatever is due happens."""


class Unseen(Command, kw_only=True):
    """The room has not seen this person for a while: no open page, no socket."""

    who: str


class HoldLost(Command, kw_only=True):
    """Nobody on duty has been seen for a moment."""


class HoldTaken(Command, kw_only=True):
    """Somebody on duty is back."""
