"""Days with their meetings, for the grid and the agenda. Pure: rows sorted by start, a month and the
reader's zone in, days out. A day belongs to the reader: it runs from midnight to midnight there.

A day with many meetings stays calm: it keeps the reader's own and folds the rest into a count and
two times. So the work for a month does not grow with what is written in it, and neither does the page."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from groups.errors import Invalid

SHOWN = 4  # more than this on one day and it folds
BACK, AHEAD = 24, 14  # months one can turn to, either way
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Day:
    """One day of the reader's. rows: those to show, all of them unless it is folded. first, last:
    when a folded day's first meeting begins and its last one ends, on the reader's clock."""

    date: date
    in_month: bool
    is_today: bool
    rows: tuple
    count: int
    first: datetime | None = None
    last: datetime | None = None

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
    if not turned(today, -BACK) <= month <= turned(today, AHEAD):
        raise Invalid("month", "too_far")
    return month


def day_of(text: str, today: date) -> date:
    """The day written as 2026-11-24, within the months the calendar is kept. Raises Invalid."""
    try:
        day = datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise Invalid("day", "bad_date") from None
    month_of(f"{day:%Y-%m}", today)
    return day


def turned(day: date, months: int) -> date:
    """The first of the month that many months on, or back."""
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def days_of(month: date) -> list[date]:
    """The days of the grid: whole weeks, Monday first, that hold the month."""
    first = month - DAY * month.weekday()
    last = turned(month, 1) - DAY
    return [first + DAY * n for n in range((last - first).days // 7 * 7 + 7)]


def midnight(day: date, reader: ZoneInfo) -> datetime:
    """When the day begins there, in UTC; where clocks jump at midnight, the moment of the jump."""
    return datetime(day.year, day.month, day.day, tzinfo=reader).astimezone(UTC)


def span(days: Sequence[date], reader: ZoneInfo) -> tuple[datetime, datetime]:
    """From the first day's beginning to the last day's end, in UTC, half-open."""
    return midnight(days[0], reader), midnight(days[-1] + DAY, reader)


def fill(
    days: Sequence[date], rows: Sequence, reader: ZoneInfo, today: date, month: date, is_own: Callable = lambda row: False
) -> list[Day]:
    """The days with what is on them. rows: sorted, with `starts_at` and `ends_at`; is_own: which of
    them stay visible on a full day."""
    starts = [row.starts_at for row in rows]
    edges = [bisect_left(starts, midnight(day, reader)) for day in (*days, days[-1] + DAY)]
    return [
        _day(day, rows[low:high], reader, today, month, is_own)
        for day, low, high in zip(days, edges, edges[1:], strict=False)
    ]


def _day(day, rows, reader, today, month, is_own):
    shown = rows if len(rows) <= SHOWN else [row for row in rows if is_own(row)][:SHOWN]
    ends = max(row.ends_at for row in rows) if len(shown) < len(rows) else None
    return Day(
        date=day, in_month=day.month == month.month and day.year == month.year, is_today=day == today,
        rows=tuple(shown), count=len(rows),
        first=ends and rows[0].starts_at.astimezone(reader), last=ends and ends.astimezone(reader),
    )


def weeks(days: Sequence[Day]) -> list[Sequence[Day]]:
    """The grid's lines, seven days each."""
    return [days[n : n + 7] for n in range(0, len(days), 7)]
