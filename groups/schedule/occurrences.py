"""What a series comes to on each of its dates: the rule, then the room's days, then what somebody
decided about that one date. Pure: no clock, no database.

This is the one place where the three are put together. The stored meetings, a member's feed and the
preview of a change are all read from here, so they cannot disagree."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from groups.schedule.places import where
from groups.schedule.recurrence import Recurring, start_of, starts_between


class Held(Recurring, Protocol):
    """A series, or a plan for one."""

    title: str
    minutes: int
    format: str
    needs: str


class Decision(Protocol):
    """What was decided about one date: a `DateChange` row, or one that is not stored yet."""

    cancelled: bool
    held: bool
    why: str
    to_day: date | None
    to_time: object
    title: str | None
    minutes: int | None
    format: str | None
    needs: str | None


@dataclass(frozen=True)
class Occurrence:
    """One date of a series. day, own_start: as the rule says, and they name it for ever; starts_at,
    ends_at: as it is; why: what people are told where it is cancelled or moved."""

    day: date
    own_start: datetime
    starts_at: datetime
    ends_at: datetime
    title: str
    format: str
    needs: str
    cancelled: bool = False
    why: str = ""

    @property
    def is_moved(self) -> bool:
        """True where it begins at another moment than the rule says."""
        return self.starts_at != self.own_start


class RoomDays:
    """The days on which a room is not as usual. One written for a year stands above a yearly one."""

    def __init__(self, days: Iterable = ()):
        self._once = {one.day: one for one in days if not one.yearly}
        self._yearly = {(one.day.month, one.day.day): one for one in days if one.yearly}

    def __bool__(self) -> bool:
        """True where any day is special."""
        return bool(self._once or self._yearly)

    def on(self, day: date):
        """What is special on this day, or None."""
        return self._once.get(day) or self._yearly.get((day.month, day.day))


def occurrences(
    series: Held, decisions: Mapping[date, Decision], days: RoomDays, start: datetime, end: datetime
) -> Iterator[Occurrence]:
    """The series' dates whose own start is in [start, end), in order of their own starts; moved and
    cancelled ones among them. Raises as `starts_between` does."""
    for day, at in starts_between(series, start, end):
        yield occurrence(series, day, at, decisions.get(day), days.on(day))


def occurrence(series: Held, day: date, own_start: datetime, decision: Decision | None, special) -> Occurrence:
    """One date, with what was decided about it and what is special about the day in its room."""
    starts_at = _moved(series, day, own_start, decision)
    minutes = series.minutes + (special.longer if special and not special.closed else 0)
    if decision and decision.minutes is not None:
        minutes = decision.minutes
    closed = bool(special and special.closed) and not (decision and (decision.held or starts_at != own_start))
    cancelled = decision.cancelled if decision and decision.cancelled else closed
    as_noted = closed or bool(special and not special.closed)  # a day held after all is as usual
    why = decision.why if decision and (decision.cancelled or decision.why) else special.note if as_noted else ""
    return Occurrence(
        day=day, own_start=own_start, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=minutes),
        title=_said(decision, "title", series), format=_said(decision, "format", series), needs=_said(decision, "needs", series),
        cancelled=cancelled, why=why,
    )


def _moved(series, day, own_start, decision):
    if decision is None or decision.to_day is None and decision.to_time is None:
        return own_start
    return start_of(decision.to_day or day, decision.to_time or series.wall_time, where(series.zone))


def _said(decision, name, series):
    own = getattr(decision, name, None)
    return getattr(series, name) if own is None else own
