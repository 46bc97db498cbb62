"""What the state of a live meeting remembers besides people: whose turn it is, why the clock stands,
which shares there are and which are held. Pure values."""

from datetime import datetime

import msgspec


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
    """That a share exists, whose it is, and since when; the words are not part of the state."""

    by: str
    removed: bool = False
    at: datetime | None = None


class Held(msgspec.Struct, frozen=True):
    """A share those on duty look at first, by its number on the desk. status: waiting, asked (its author
    is to change it), rewritten, released, dropped. counts, step: what it was to be in its part of the hour."""

    by: str
    name: str
    client_id: str
    at: datetime
    note: str | None = None
    why: tuple[str, ...] = ()
    status: str = "waiting"
    agreement: int | None = None
    counts: bool = False
    step: bool = False

    @property
    def settled(self) -> bool:
        """True once nobody has to do anything about it."""
        return self.status in ("released", "dropped", "rewritten")


class Raid(msgspec.Struct, frozen=True):
    """Raid mode is on: since when, and what it was noticed by (joins, shares, reports, or a key)."""

    since: datetime
    why: str
