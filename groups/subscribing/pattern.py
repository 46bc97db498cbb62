"""A series the way calendar programs take it: one rule, the dates taken out of it, and the dates that
differ. Pure; what each date comes to is said by `groups/schedule/occurrences.py`.

Programs disagree about a wall clock that jumps: the RFC lets them drop a date whose time does not
exist, most keep it, and many add the length of an hour on the clock's face. So a date on which clocks
change is taken out of the rule and stands apart, as a moment in UTC that nobody can misread."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from groups.schedule.occurrences import Decision, Held, Occurrence, RoomDays, occurrence
from groups.schedule.pauses import rests
from groups.schedule.places import where
from groups.schedule.recurrence import EARLIEST, LATEST, days_between, last_day_of
from groups.schedule.rules import parts_of

BEHIND = timedelta(days=30)  # a series that has been over for longer is left out
AHEAD = timedelta(days=800)  # how far the rule's exceptions are told; twice as far as our own calendar goes
NOTICE = timedelta(days=14)  # a cancelled date is shown as cancelled for so long before; else it is just not there


@dataclass(frozen=True)
class Pattern:
    """rule, first: an RRULE and the wall clock it counts from; both None where no date follows a rule.
    out: dates taken out of it, by their own start. changed: dates of the rule that are otherwise than it
    has them, those shown as cancelled among them. apart: dates that stand by themselves."""

    rule: str | None = None
    first: datetime | None = None
    out: list[datetime] = field(default_factory=list)
    changed: list[Occurrence] = field(default_factory=list)
    apart: list[Occurrence] = field(default_factory=list)


@dataclass(frozen=True)
class _Unpaused:
    """A series with the dates of its pauses among the others: they are told, and taken out."""

    rule: str
    first_day: date
    last_day: date | None
    wall_time: time
    zone: str
    pauses: str = ""


def pattern_of(
    series: Held, decisions: Mapping[date, Decision], days: RoomDays, today: date, *, named: bool = True, ahead: timedelta = AHEAD
) -> Pattern | None:
    """The series as it stands on this day (UTC); None where nothing of it is near. named: a date with
    another title or format counts as changed. Raises Invalid for a rule or zone that cannot be read."""
    unpaused = _Unpaused(series.rule, series.first_day, series.last_day, series.wall_time, series.zone)
    own, even, uneven = _dates_of(unpaused, series.minutes, today + ahead)
    rule = _rule(unpaused, series.minutes) if even else None
    pattern = Pattern(rule, own[even[0]] if rule else None)
    midnight, ends = datetime.combine(today, time(), UTC), []

    def is_usual(day):
        return rule and day not in uneven and day not in decisions and not days.on(day) and not rests(series.pauses, day)

    usual = next(filter(is_usual, reversed(own)), None)
    if usual is not None:
        ends.append(own[usual] + timedelta(minutes=series.minutes))
    # As the rule has it is what most dates are; where nothing is special about the room, only the others are looked at.
    others = sorted(uneven | (own.keys() & decisions.keys())) if rule and not days and not series.pauses else own
    for day in others:
        if is_usual(day):
            continue
        one = occurrence(series, day, own[day].astimezone(UTC), decisions.get(day), days.on(day))
        is_held = not rests(series.pauses, day) and (not one.cancelled or _is_news(one, decisions.get(day), midnight))
        if rule and (not is_held or day in uneven) and day >= even[0]:
            pattern.out.append(own[day])
        if not is_held:
            continue
        ends.append(one.ends_at)
        if rule is None or day in uneven:
            pattern.apart.append(one)
        elif one.cancelled or one.is_moved or _is_other(one, series, named):
            pattern.changed.append(one)
    return pattern if ends and max(ends) >= midnight - BEHIND else None


@lru_cache(maxsize=300)  # about as many as a few busy minutes ask for
def _dates_of(series, minutes, until):
    """Every own start of a rule by its day, in order; the days that are even, and those that are not. Nobody may
    change them."""
    own = {day: _wall(series, day) for day in days_between(series, EARLIEST, until)}
    even = tuple(day for day, start in own.items() if is_even(start, minutes))
    return own, even, frozenset(own) - frozenset(even)


def is_even(start: datetime, minutes: int) -> bool:
    """Whether every program reads an hour that begins then, on a wall clock, as the same: both its times
    come once on their day, and clocks do not change in between."""
    end = start + timedelta(minutes=minutes)  # on the clock's face, which is right if clocks stay as they are
    return len({moment.replace(fold=fold).utcoffset() for moment in (start, end) for fold in (0, 1)}) == 1


def _rule(series, minutes):
    """The RRULE, or None for a single date. Whether a date that does not exist is counted is read in two
    ways, so a count with an uneven date in it is told by its last day; what a rule takes from its first
    date is written out, since some make the first of March of a leap day."""
    parts, last = {name: text for name, text in parts_of(series.rule).items() if name != "UNTIL"}, last_day_of(series)
    if parts["FREQ"] in ("MONTHLY", "YEARLY") and not {"BYDAY", "BYMONTHDAY"} & parts.keys():
        parts["BYMONTHDAY"] = str(series.first_day.day)
        if parts["FREQ"] == "YEARLY":
            parts.setdefault("BYMONTH", str(series.first_day.month))
    if "COUNT" in parts:
        counted = [_wall(series, day) for day in days_between(series, EARLIEST, LATEST)]
        if len(counted) == 1:
            return None
        if len(counted) < int(parts["COUNT"]) or not all(is_even(start, minutes) for start in counted):
            del parts["COUNT"]
            last = counted[-1].date()
    if last < LATEST and "COUNT" not in parts:
        parts["UNTIL"] = f"{_wall(series, last).astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return ";".join(f"{name}={text}" for name, text in parts.items())


def _wall(series, day):
    return datetime.combine(day, series.wall_time, where(series.zone))


def _is_news(one, decision, midnight):
    """Whether a cancelled date is shown: somebody decided it, and it is near. A room's closed day is known
    long before and shown by nothing."""
    soon = midnight <= one.ends_at and one.starts_at < midnight + NOTICE + timedelta(days=1)
    return soon and decision is not None and decision.cancelled


def _is_other(one, series, named):
    length = one.ends_at - one.starts_at != timedelta(minutes=series.minutes)
    return length or named and (one.title, one.format) != (series.title, series.format)
