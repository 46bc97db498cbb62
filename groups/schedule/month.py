"""Days with their meetings, for the grid and the agenda. Pure: tallies and rows, days and the
reader's zone in, days out. A day belongs to the reader: it runs from midnight to midnight there.

A day with many meetings stays calm: it keeps the first of the reader's own and folds the rest into
a count and two times. What is folded is counted where it is stored and never loaded."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from groups.errors import Invalid

SHOWN = 4  # more than this on one day and it folds
OWN = 2  # of the reader's own stay in sight then
MONTHS_BACK, MONTHS_AHEAD = 24, 14  # months one can turn to, either way
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Tally:
    """How many meetings a day has, when the first begins and when all are over, in UTC."""

    count: int
    first: datetime | None
    last: datetime | None


NOTHING = Tally(0, None, None)


@dataclass(frozen=True)
class Day:
    """One day of the reader's, or a part of one (`week.py`). rows: the meetings to show, all of them
    unless it is folded. first, last: when the first meeting begins and the last one is over, on the
    reader's clock."""

    date: date
    in_month: bool
    is_today: bool
    rows: tuple = ()
    count: int = 0
    first: datetime | None = None
    last: datetime | None = None
    part: str = ""

    @property
    def is_folded(self) -> bool:
        """True when not every meeting is shown."""
        return self.count > len(self.rows)


def month_of(text: str | None, today: date) -> date:
    """The first of the month written as 2026-11; this month for nothing. Raises Invalid for what is
    no month, and for one further away than the calendar is kept."""
    if not text:
        return today.replace(day=1)
    try:
        month = datetime.strptime(text, "%Y-%m").date()
    except ValueError:
        raise Invalid("month", "bad_month") from None
    return _kept("month", month, today)


def day_of(text: str, today: date, field: str = "day") -> date:
    """The day written as 2026-11-24, within the months the calendar is kept. Raises Invalid(field, …)."""
    try:
        day = datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise Invalid(field, "bad_date") from None
    _kept(field, day.replace(day=1), today)
    return day


def _kept(field, month, today):
    if month < turned(today, -MONTHS_BACK):
        raise Invalid(field, "too_far_back")
    if month > turned(today, MONTHS_AHEAD):
        raise Invalid(field, "too_far")
    return month


def turned(day: date, months: int) -> date:
    """The first of the month that many months on, or back."""
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def days_of(month: date) -> list[date]:
    """The days of the grid: whole weeks, Monday first, that hold the month."""
    first = monday_of(month)
    last = turned(month, 1) - DAY
    return [first + DAY * n for n in range((last - first).days // 7 * 7 + 7)]


def monday_of(day: date) -> date:
    """The Monday of its week."""
    return day - DAY * day.weekday()


def empty_days(month: date, today: date) -> list[Day]:
    """The days of the grid, with nothing on them yet."""
    return [Day(day, (day.year, day.month) == (month.year, month.month), day == today) for day in days_of(month)]


def midnight(day: date, reader: ZoneInfo) -> datetime:
    """When the day begins there, in UTC; where clocks jump at midnight, the moment of the jump."""
    return datetime(day.year, day.month, day.day, tzinfo=reader).astimezone(UTC)


def edges_of(days: Sequence[date], reader: ZoneInfo) -> list[datetime]:
    """When each of the days begins and the last one ends, in UTC: one more than there are days."""
    return [midnight(day, reader) for day in (*days, days[-1] + DAY)]


def tallied(edges: Sequence[datetime], begun: Iterable[tuple[datetime, int, datetime]]) -> dict[int, Tally]:
    """{a day's number: its tally}, from (start, how many begin then, when the last of them is over)
    of moments between the first and the last edge."""
    told: dict[int, list] = {}
    for start, count, over in begun:
        day = told.get(number := bisect_right(edges, start) - 1)
        if day is None:
            told[number] = [count, start, over]
            continue
        day[0] += count
        if start < day[1]:
            day[1] = start
        if over > day[2]:
            day[2] = over
    return {number: Tally(*day) for number, day in told.items()}


def in_full(
    edges: Sequence[datetime], tallies: Mapping[int, Tally], shown: int = SHOWN
) -> list[tuple[datetime, datetime]]:
    """The stretches of days that are shown with every meeting, neighbours joined; those without any
    are in none. shown: with more than this a day folds."""
    stretches: list[tuple[datetime, datetime]] = []
    for number, (start, end) in enumerate(pairwise(edges)):
        if not 0 < tallies.get(number, NOTHING).count <= shown:
            continue
        if stretches and stretches[-1][1] == start:
            start = stretches.pop()[0]
        stretches.append((start, end))
    return stretches


def fill(
    days: Sequence[Day], edges: Sequence[datetime], tallies: Mapping[int, Tally], rows: Sequence, reader: ZoneInfo,
    is_own: Callable = lambda row: False, shown: int = SHOWN,
) -> list[Day]:
    """The days with what is on them. tallies: by the day's number; rows: sorted, with `starts_at`, at
    least those of the days shown in full; is_own: which of them stay in sight on a full day."""
    starts = [row.starts_at for row in rows]
    filled = []
    for number, day in enumerate(days):
        tally = tallies.get(number, NOTHING)
        there = rows[bisect_left(starts, edges[number]) : bisect_left(starts, edges[number + 1])]
        filled.append(replace(
            day, rows=tuple(there if tally.count <= shown else [row for row in there if is_own(row)][:OWN]), count=tally.count,
            first=tally.first and tally.first.astimezone(reader), last=tally.last and tally.last.astimezone(reader),
        ))
    return filled


def weeks(days: Sequence[Day]) -> list[Sequence[Day]]:
    """The grid's lines, seven days each."""
    return [days[n : n + 7] for n in range(0, len(days), 7)]
