"""When a series meets, as arithmetic: a rule on the wall clock and a range in, UTC starts out.
No clock, no database. `dateutil` counts the days, `zoneinfo` (with our pinned rules) converts.

Two kinds of local time need a decision, and it is always the same one. A time that does not exist
because clocks jump ahead is moved on by the jump (02:30 becomes 03:30). A time that comes twice
because clocks go back means the first of the two. `what_was_taken` says so in a sentence.

Every expansion is bounded: by a range, and by the end of dateutil's own calendar."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from typing import Protocol
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr

from groups.errors import Invalid
from groups.schedule.pauses import rests
from groups.schedule.places import where as zone
from groups.schedule.words import clock_words, day_words
from groups.sentences import sentence
from groups.zones import city

DAY = timedelta(days=1)
AHEAD = timedelta(days=400)  # how far the projection reaches
LONGEST = timedelta(days=11 * 366)  # no caller needs more at once
ONCE = "FREQ=DAILY;COUNT=1"  # an hour that does not recur is a rule with one date
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
EARLIEST, LATEST = date(1970, 1, 1), date(2300, 12, 31)
# For a date that never comes (30 February) dateutil searches until the year 9999. The calendar
# repeats exactly every 400 years, weekdays too; so we let it count 7,600 years from now, where
# that search is over after four centuries, which is milliseconds, and bring the days back.
CYCLES = 19 * 400

_WEEKDAY = "(?:MO|TU|WE|TH|FR|SA|SU)"
_NUMBER = "[+-]?[1-9][0-9]{0,2}"
_MONTH_DAY = "[+-]?(?:[1-9]|[12][0-9]|3[01])"
_PARTS = {
    "FREQ": "DAILY|WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": "[1-9][0-9]?",
    "COUNT": "[1-9][0-9]{0,3}",
    "UNTIL": "[0-9]{8}(?:T[0-9]{6}Z?)?",
    "BYDAY": f"(?:[+-]?[1-9][0-9]?)?{_WEEKDAY}(?:,(?:[+-]?[1-9][0-9]?)?{_WEEKDAY})*",
    "BYMONTHDAY": f"{_MONTH_DAY}(?:,{_MONTH_DAY})*",
    "BYMONTH": "(?:[1-9]|1[0-2])(?:,(?:[1-9]|1[0-2]))*",
    "BYSETPOS": f"{_NUMBER}(?:,{_NUMBER})*",
    "WKST": _WEEKDAY,
}


class Recurring(Protocol):
    """What a rule is read from: a `Series` row, or a plan that is not stored yet."""

    rule: str
    first_day: date
    last_day: date | None
    wall_time: time
    zone: str
    pauses: str


def weekly_rule(weekdays: list[int], every: int = 1) -> str:
    """The rule for "every second Tuesday and Friday": weekdays count from Monday = 0."""
    days = ",".join(WEEKDAYS[number] for number in sorted(set(weekdays)))
    return f"FREQ=WEEKLY;INTERVAL={every};BYDAY={days}" if every > 1 else f"FREQ=WEEKLY;BYDAY={days}"


def first_on(weekdays: list[int], day: date) -> date:
    """The first of these weekdays on or after the day. "Every second Tuesday" written on a Friday
    means the coming Tuesday and every second one after it, so the counting begins there."""
    if day > LATEST:
        return day
    return min(day + DAY * ((number - day.weekday()) % 7) for number in weekdays)


@lru_cache(maxsize=2000)
def parts_of(rule: str) -> dict[str, str]:
    """The parts of an RRULE by name. Raises Invalid("rule", "rule_unclear") for what is not one, or
    for one finer than days: hours within a day are several series."""
    parts = dict(piece.split("=", 1) for piece in rule.split(";") if "=" in piece)
    whole = len(rule) <= 200 and len(parts) == rule.count(";") + 1 and "FREQ" in parts
    if not whole or not all(name in _PARTS and re.fullmatch(_PARTS[name], text) for name, text in parts.items()):
        raise Invalid("rule", "rule_unclear")
    numbered = re.search("[0-9]", parts.get("BYDAY", "")) and parts["FREQ"] in ("DAILY", "WEEKLY")
    if numbered or {"COUNT", "UNTIL"} <= parts.keys() or ("BYMONTHDAY" in parts and parts["FREQ"] == "WEEKLY"):
        raise Invalid("rule", "rule_unclear")
    return parts


def days_between(series: Recurring, first: date, last: date) -> Iterator[date]:
    """The series' own dates from `first` to `last`, both included, on its wall calendar; those of its
    pauses are left out, and were counted where the rule counts."""
    if not EARLIEST <= series.first_day <= LATEST:
        raise Invalid("first_day", "too_far" if series.first_day > LATEST else "in_the_past")
    last = min(last, last_day_of(series))
    for moment in _counted(series.rule, _nearer(series, first)):
        day = moment.date().replace(year=moment.year - CYCLES)
        if day > last:
            return
        if day >= first and not rests(series.pauses, day):
            yield day


def last_day_of(series: Recurring) -> date:
    """The last day a date of it may fall on: where its rule ends, or it was ended; LATEST if neither."""
    return min(LATEST, _until(series), series.last_day or LATEST)


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


def next_starts(series: Recurring, after: datetime, count: int = 5) -> list[tuple[date, datetime]]:
    """The next few hours from this moment on, as far as the projection reaches."""
    return list(islice(starts_between(series, after, after + AHEAD), count))


def start_of(day: date, wall_time: time, where: ZoneInfo) -> datetime:
    """The moment, in UTC, at which clocks there show this time on this day. In a gap, python's
    earlier reading (fold=0) keeps the old offset, which is the same as moving on by the jump."""
    return datetime.combine(day, wall_time, tzinfo=where).astimezone(UTC)


def what_was_taken(day: date, wall_time: time, zone_name: str) -> str | None:
    """A sentence for a local time that is missing or comes twice on this day; None for every other."""
    where = zone(zone_name)
    wall = datetime.combine(day, wall_time, tzinfo=where)
    if wall.utcoffset() == wall.replace(fold=1).utcoffset():
        return None
    taken = wall.astimezone(UTC).astimezone(where)
    facts = {"time": clock_words(wall), "day": day_words(day, weekday=False), "city": city(zone_name)}
    if taken.replace(tzinfo=None) == wall.replace(tzinfo=None):
        return sentence("time_comes_twice", **facts)
    return sentence("time_is_missing", jump=clock_words(_jump(wall, where)), taken=clock_words(taken), **facts)


def _jump(wall, where):
    """What clocks there show at the moment after they jumped over `wall`."""
    before, after = int(wall.replace(fold=1).timestamp()), int(wall.timestamp())
    old = datetime.fromtimestamp(before, where).utcoffset()
    seconds = range(before, after + 1)
    changed = bisect_left(seconds, True, key=lambda second: datetime.fromtimestamp(second, where).utcoffset() != old)
    return datetime.fromtimestamp(seconds[changed], where)


def _nearer(series, first):
    """A later day to count from that gives the same dates from `first` on, so that an old series
    costs no more than a new one: whole rounds of weeks or days can be left out, unless counted."""
    parts, day = parts_of(series.rule), series.first_day
    days = {"DAILY": 1, "WEEKLY": 7}.get(parts["FREQ"])
    if days is None or "COUNT" in parts or first <= day:
        return day
    days *= int(parts.get("INTERVAL", 1))
    return day + DAY * ((first - day).days // days * days)


def _counted(rule, first_day) -> rrule:
    rest = ";".join(f"{name}={text}" for name, text in parts_of(rule).items() if name != "UNTIL")
    try:
        return rrulestr(rest, dtstart=datetime.combine(first_day.replace(year=first_day.year + CYCLES), time()))
    except ValueError:
        raise Invalid("rule", "rule_unclear") from None


def _until(series):
    """The last day a rule with UNTIL allows. Written in UTC, as RFC 5545 wants it, or as a local day."""
    text = parts_of(series.rule).get("UNTIL")
    if text is None:
        return LATEST
    try:
        if len(text) == 8:
            return datetime.strptime(text, "%Y%m%d").date()
        wall = datetime.strptime(text.rstrip("Z"), "%Y%m%dT%H%M%S")
        if text.endswith("Z"):
            wall = wall.replace(tzinfo=UTC).astimezone(zone(series.zone)).replace(tzinfo=None)
    except (ValueError, OverflowError):
        raise Invalid("rule", "rule_unclear") from None
    return wall.date() if series.wall_time <= wall.time() else wall.date() - DAY
