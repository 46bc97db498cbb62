"""When a series meets, as arithmetic: a rule on the wall clock and a range in, UTC starts out.
No clock, no database. `dateutil` counts the days, `wall_clock.py` makes moments of them.

Every expansion is bounded: by a range, and by the end of dateutil's own calendar."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Protocol

from dateutil.rrule import rrule, rrulestr

from groups.errors import Invalid
from groups.schedule.pauses import rests
from groups.schedule.places import where as zone
from groups.schedule.rules import parts_of, without
from groups.schedule.wall_clock import start_of

DAY = timedelta(days=1)
AHEAD = timedelta(days=400)  # how far the projection reaches
LONGEST = timedelta(days=11 * 366)  # no caller needs more at once
ONCE = "FREQ=DAILY;COUNT=1"  # an hour that does not recur is a rule with one date
EARLIEST, LATEST = date(1970, 1, 1), date(2300, 12, 31)
# For a date that never comes (30 February) dateutil searches until the year 9999. The calendar
# repeats exactly every 400 years, weekdays too; so we let it count 7,600 years from now, where
# that search is over after four centuries, which is milliseconds, and bring the days back.
CYCLES = 19 * 400


class Recurring(Protocol):
    """What a rule is read from: a `Series` row, or a plan that is not stored yet."""

    rule: str
    first_day: date
    last_day: date | None
    wall_time: time
    zone: str
    pauses: str


def days_between(series: Recurring, first: date, last: date) -> Iterator[date]:
    """The series' own dates from `first` to `last`, both included, on its wall calendar; those of its
    pauses are left out, and were counted where the rule counts."""
    last = min(last, last_day_of(series))
    return (day for day in days_of(series.rule, series.first_day, first, last) if not rests(series.pauses, day))


def days_of(rule: str, first_day: date, first: date, last: date) -> Iterator[date]:
    """The days from `first` to `last`, both included, of a rule that counts from `first_day`; how it
    ends does not matter here, but for a COUNT. Raises Invalid for a rule that cannot be read."""
    if not EARLIEST <= first_day <= LATEST:
        raise Invalid("first_day", "too_far" if first_day > LATEST else "in_the_past")
    last = min(last, LATEST)
    for moment in _counted(rule, _nearer(rule, first_day, first)):
        day = moment.date().replace(year=moment.year - CYCLES)
        if day > last:
            return
        if day >= first:
            yield day


def first_date(rule: str, day: date) -> date | None:
    """The first date of a rule on or after the day; None for a rule that never gives one. "Every second
    Tuesday" written on a Friday means the coming Tuesday and every second one after it, so this is
    where the counting begins."""
    return next(days_of(without(rule, "INTERVAL", "COUNT"), day, day, LATEST), None)


def last_day_of(series: Recurring) -> date:
    """The last day a date of it may fall on: where its rule ends, or it was ended; LATEST if neither."""
    return min(LATEST, series.last_day or LATEST, until(series.rule, series.wall_time, series.zone) or LATEST)


def starts_between(series: Recurring, start: datetime, end: datetime) -> Iterator[tuple[date, datetime]]:
    """(own date, start in UTC) for every hour that begins in [start, end), in order.

    Raises Invalid for a rule or zone that cannot be read, ValueError for an absurd range."""
    if end - start > LONGEST:
        raise ValueError("this range is longer than anybody plans")
    where = zone(series.zone)
    first, last = start.astimezone(where).date() - DAY, end.astimezone(where).date() + DAY
    for day in days_between(series, first, last):
        at = start_of(day, series.wall_time, where)
        if start <= at < end:
            yield day, at


def next_starts(
    series: Recurring, after: datetime, count: int = 5, ahead: timedelta = AHEAD
) -> list[tuple[date, datetime]]:
    """The next few hours from this moment on, as far ahead as the projection reaches, or further."""
    return list(islice(starts_between(series, after, after + ahead), count))


def until(rule: str, wall_time: time, zone_name: str) -> date | None:
    """The last day a rule with UNTIL allows, which is written in UTC, as RFC 5545 wants it, or as a
    local time or day; None for a rule without. Raises Invalid("rule", …)."""
    text = parts_of(rule).get("UNTIL")
    if text is None:
        return None
    try:
        if len(text) == 8:
            return datetime.strptime(text, "%Y%m%d").date()
        wall = datetime.strptime(text.rstrip("Z"), "%Y%m%dT%H%M%S")
        if text.endswith("Z"):
            wall = wall.replace(tzinfo=UTC).astimezone(zone(zone_name)).replace(tzinfo=None)
    except (ValueError, OverflowError):
        raise Invalid("rule", "rule_unclear") from None
    return wall.date() if wall_time <= wall.time() else wall.date() - DAY


def _nearer(rule, day, first):
    """A later day to count from that gives the same dates from `first` on, so that an old series
    costs no more than a new one: whole rounds of weeks or days can be left out, unless counted."""
    parts = parts_of(rule)
    days = {"DAILY": 1, "WEEKLY": 7}.get(parts["FREQ"])
    if days is None or "COUNT" in parts or first <= day:
        return day
    days *= int(parts.get("INTERVAL", 1))
    return day + DAY * ((first - day).days // days * days)


def _counted(rule, first_day) -> rrule:
    try:
        return rrulestr(without(rule, "UNTIL"), dtstart=datetime.combine(first_day.replace(year=first_day.year + CYCLES), time()))
    except ValueError:
        raise Invalid("rule", "rule_unclear") from None
