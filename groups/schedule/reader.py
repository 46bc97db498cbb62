"""Who reads a page of the calendar. Pure."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Reader:
    """On which clock somebody reads, and at what moment. groups: (id, slug, name, zone) of those they
    belong to, the first one first. account_id: for what is marked as theirs; it goes no further.
    shut: the ids of groups that keep them out now."""

    zone: ZoneInfo
    now: datetime
    groups: tuple = ()
    account_id: int | None = None
    shut: frozenset[int] = frozenset()

    @property
    def mine(self) -> frozenset[int]:
        """The ids of their groups."""
        return frozenset(group.id for group in self.groups)

    @property
    def today(self) -> date:
        """The day it is where they read."""
        return self.now.astimezone(self.zone).date()
