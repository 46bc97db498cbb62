"""A zone's rules, spelt out in the feed itself as RFC 5545 (3.6.5) wants it. Pure.

Taken from the pinned `tzdata`, so that a reader whose own rules are old still reads our hours right.
`icalendar` could make this part as well, but it begins every summer an hour late (it writes what
clocks show after the jump, the RFC wants what they show before), so it only does the spelling."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

from groups.schedule.places import where
from groups.schedule.rules import WEEKDAYS

STEP = timedelta(days=5)  # no zone changes its clocks twice within this
AHEAD = 12  # years: changes that follow no yearly rule are listed this far


class Kind(NamedTuple):
    """From which offset to which, what the new time is called, and whether it is summer time."""

    before: timedelta
    after: timedelta
    name: str
    is_summer: bool


@lru_cache(maxsize=500)
def vtimezone(zone_name: str, first_year: int, this_year: int) -> Timezone:
    """The zone's rules from the first year on, to twelve years after this one. Everybody is given the
    same object: nobody may change it."""
    zone, last_year = where(zone_name), this_year + AHEAD
    start, end = datetime(first_year - 1, 12, 30, tzinfo=UTC), datetime(last_year, 12, 31, tzinfo=UTC)
    changes: dict[Kind, list[datetime]] = {}
    for kind, at in changes_of(zone, start, end):
        changes.setdefault(kind, []).append(at)
    component, begins = Timezone(), start.astimezone(zone)
    component.add("TZID", zone_name)
    component.add_component(_observance(_kind(begins, begins), begins.replace(tzinfo=None)))
    for kind, at in changes.items():
        rule = yearly_rule(at, last_year)
        # Each by itself where there is no rule: some programs read only the first of a list of dates.
        for one in at[:1] if rule else at:
            component.add_component(_observance(kind, one, rule))
    return component


@lru_cache(maxsize=500)
def vtimezone_text(zone_name: str, first_year: int, this_year: int) -> bytes:
    """The same as it stands in a feed. Every feed of a zone has it, and spelling it out costs more than a series."""
    return vtimezone(zone_name, first_year, this_year).to_ical()


def changes_of(zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[tuple[Kind, datetime]]:
    """Every change of the clocks between two moments in UTC, with what they showed when it came."""
    before = start.astimezone(zone)
    while before < end:
        after = (before.astimezone(UTC) + STEP).astimezone(zone)
        if _shown(before) != _shown(after):
            old, new = _narrowed(zone, before.astimezone(UTC), after.astimezone(UTC))
            at = new.astimezone(UTC).replace(tzinfo=None) + old.utcoffset()
            yield _kind(old, new), at
        before = after


def yearly_rule(at: list[datetime], last_year: int) -> str | None:
    """The rule that gives exactly these moments, one in each year to the last: "the last Sunday in
    March". None where there is no such rule, or it was given up before the end."""
    if at[-1].year != last_year or len(at) < 3:
        return None
    for number in ((at[0].day + 6) // 7, -1):
        rule = f"FREQ=YEARLY;BYMONTH={at[0].month};BYDAY={number}{WEEKDAYS[at[0].weekday()]}"
        if list(rrulestr(f"{rule};COUNT={len(at)}", dtstart=at[0])) == at:
            return rule
    return None


def _narrowed(zone, low, high):
    """The last second of the old time and the first of the new, between two moments in UTC."""
    old = _shown(low.astimezone(zone))
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        low, high = (middle, high) if _shown(middle.astimezone(zone)) == old else (low, middle)
    return low.astimezone(zone), high.astimezone(zone)


def _shown(moment):
    return moment.utcoffset(), moment.tzname(), bool(moment.dst())


def _kind(old, new):
    return Kind(old.utcoffset(), new.utcoffset(), new.tzname(), bool(new.dst()))


def _observance(kind, at, rule=None):
    part = TimezoneDaylight() if kind.is_summer else TimezoneStandard()
    part.add("DTSTART", at)
    part.add("TZOFFSETFROM", kind.before)
    part.add("TZOFFSETTO", kind.after)
    part.add("TZNAME", kind.name)
    if rule:
        part.add("RRULE", vRecur.from_ical(rule))
    return part
