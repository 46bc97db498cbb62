"""What is handed to the ledger, what it answers, and what it announces."""

import msgspec

from groups.meeting.commands import Command
from groups.meeting.log import Live, Numbered


class Job(msgspec.Struct, frozen=True):
    """A command for a meeting, and on whose authority: the membership and the sign-in it came by
    (both None for the room itself). They are looked at again inside the writing transaction."""

    meeting_id: int
    command: Command
    membership_id: int | None = None
    sign_in_id: int | None = None


class Outcome(msgspec.Struct, frozen=True):
    """What a command led to. `number` is that of the words that were said by it, or had been before, in their stream;
    `held` says that a share waits for those on duty, and has no number on the floor yet."""

    entries: tuple[Numbered, ...] = ()
    number: int | None = None
    held: bool = False


class MeetingAdvanced(msgspec.Struct, frozen=True):
    """News, after the commit: the meeting as it was and as it is, and the entries between."""

    before: Live
    now: Live
    entries: tuple[Numbered, ...]
