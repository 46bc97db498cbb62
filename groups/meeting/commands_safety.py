"""What those on duty ask of a live meeting to keep it safe, and what others ask of them: steps of the
ladder, held shares, concern, raids. Part of `commands.py`."""

from groups.meeting.commands import Command


class About(Command, kw_only=True):
    """Base of what is done about somebody: by handle, or by the number of a share of theirs. `looks_after`: the
    handles, of both, of those who look after the group."""

    who: str | None = None
    number: int | None = None
    looks_after: tuple[str, ...] = ()


# --- the ladder ----------------------------------------------------------------------------------


class TakeStep(About, kw_only=True):
    """Put somebody on a step: warn, listen (only, for ten minutes), or leave (tonight). `agreement` is the
    number of the one that was broken; `earlier` the highest step of the last weeks."""

    step: str
    agreement: int
    earlier: str | None = None


class EndListening(Command, kw_only=True):
    """Let somebody speak again before their ten minutes are over."""

    who: str


class RemoveNow(About, kw_only=True):
    """Put somebody out at once, without the steps between: `why` is one of three emergencies. Everything
    they shared tonight goes with them, and somebody else looks at it within a day. `days`: how long they are
    barred, which they are told; None for the day alone."""

    why: str
    agreement: int | None = None
    days: int | None = None


class RemoveLately(About, kw_only=True):
    """Take out everything somebody shared in the last so many minutes."""

    minutes: int
    agreement: int | None = None


# --- held shares ---------------------------------------------------------------------------------


class Release(Command, kw_only=True):
    """Let a held share into the room. The ledger adds what was written, from the log."""

    number: int
    words: str | None = None


class AskEdit(Command, kw_only=True):
    """Ask its author to change a held share, because of an agreement."""

    number: int
    agreement: int


class DropHeld(Command, kw_only=True):
    """Keep a held share out of the room. Its author still has the words."""

    number: int
    agreement: int


class Rewrite(Command, kw_only=True):
    """The author changed a held share; those on duty look at it again."""

    number: int
    client_id: str
    words: str
    note: str | None = None


# --- concern, reports, raids --------------------------------------------------------------------------


class RaiseConcern(About, kw_only=True):
    """Somebody is worried about the author of a share, or those on duty about somebody here: the crisis
    page is brought to that person, and nobody is named."""


class NoteReport(Command, kw_only=True):
    """A report came in about something here; those on duty who look after the group are told, but for whom it is
    about."""

    report: str
    share: int | None = None
    about: str | None = None


class SettleReport(Command, kw_only=True):
    """A report was decided, or ran out: nothing waits to be looked at."""

    report: str


class BeginRaid(Command, kw_only=True):
    """Raid mode: those who came this hour wait, the floor is slow, what newcomers share is held."""


class EndRaid(Command, kw_only=True):
    """Calm again."""


class TurnBack(Command, kw_only=True):
    """Everybody who came to the group within the hour goes for tonight, with all they shared."""


class ChangeRules(Command, kw_only=True):
    """The room's settings were changed, marked urgent: they count for this hour as well."""

    capacity: int
    guard: str
    holds_first: bool
    hands_seen: bool


class LockNow(Command, kw_only=True):
    """The room was locked, for the hour that is on as well: it ends."""


class LetBack(Command, kw_only=True):
    """A step was lifted on its page: whatever it holds back here ends, too."""

    who: str


class TakeAllBack(Command, kw_only=True):
    """Somebody's account was erased: whatever they shared in this hour goes, and they and their name with it."""

    who: str
