"""Calendar files (RFC 5545): events with their rules, dates left out, and dates changed. Pure; the library
reads, ours is the meaning."""

import warnings
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice

from icalendar import Calendar
from icalendar.error import BrokenCalendarProperty, GloballyUniqueTZIDGuessed

from groups.errors import Invalid
from groups.exchange.archive import DecisionKept
from groups.exchange.sources import cells
from groups.exchange.sources.candidate import Candidate, Unread, each, id_of
from groups.schedule.places import where
from groups.schedule.plans import Plan
from groups.schedule.recurrence import LATEST, ONCE, days_between, parts_of

SOURCE = "ical"
USUAL = 60  # minutes, where no end is said
MOST_COUNTED = 520  # ten years of weeks


def read_calendar(text: str) -> Iterator[Candidate | Unread]:
    """The events that stand for themselves, counted from 1, each with the changes of its dates. Raises
    Invalid for what is no calendar file."""
    calendar = _parsed(text)
    events, usual_zone = calendar.walk("VEVENT"), cells.text(calendar.get("X-WR-TIMEZONE"))
    changes: dict[str, list] = {}
    for event in events:
        if event.get("RECURRENCE-ID") is not None:
            changes.setdefault(cells.text(event.get("UID")), []).append(event)
    known = {cells.text(event.get("UID")) for event in events if event.get("RECURRENCE-ID") is None}
    alone = [event for event in events if event.get("RECURRENCE-ID") is None or cells.text(event.get("UID")) not in known]

    def read(row, event):
        try:
            return _read(row, event, changes.get(cells.text(event.get("UID")), []), usual_zone)
        except (BrokenCalendarProperty, AttributeError, TypeError, ValueError, OverflowError):
            # A line that stands twice or holds something else is handed on as another kind of thing.
            raise Invalid("time", "import_broken_event") from None

    return each(alone, read, lambda event: cells.shown(event.get("SUMMARY")))


def _parsed(text):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", GloballyUniqueTZIDGuessed)  # it guesses a zone as `_zone` does
            return Calendar.from_ical(text)
    except (ValueError, IndexError, KeyError, AttributeError, TypeError, RecursionError):
        raise Invalid("text", "import_broken") from None


def _read(row, event, changes, usual_zone):
    title, notes = cells.title(event.get("SUMMARY"))
    if event.get("RECURRENCE-ID") is not None:
        raise Invalid("uid", "import_alone")
    if cells.text(event.get("STATUS")).upper() == "CANCELLED":
        raise Invalid("status", "import_cancelled")
    if event.get("RDATE") is not None or event.get("EXRULE") is not None:
        raise Invalid("rule", "import_extra_dates")
    begins, zone = _start(event, usual_zone)
    day, at = begins.date(), begins.time().replace(second=0, microsecond=0, tzinfo=None)
    rule, last_day = _rule(event.get("RRULE"), day, at, zone)
    plan = Plan(
        title=title, first_day=day, wall_time=at, zone=zone, rule=rule, minutes=_minutes(event), format=None,
        language="", last_day=last_day,
    )
    decisions = [DecisionKept(on_day=out, cancelled=True) for out in _left_out(event, zone)]
    decisions += [_changed(change, plan) for change in changes]
    uid = cells.text(event.get("UID"))
    called = id_of(uid) if uid else id_of(title, rule, at, zone)
    return Candidate(row, title, SOURCE, called, plan, decisions=tuple(decisions), notes=notes)


def _start(event, usual_zone):
    """The start on the clock of its zone, and the zone's name; "" for a time that is the same anywhere."""
    said = event.get("DTSTART")
    if said is None:
        raise Invalid("time", "import_no_day")
    begins = said.dt
    if not isinstance(begins, datetime):
        raise Invalid("time", "import_all_day")
    if begins.tzinfo is None and "TZID" not in said.params:
        return begins, ""
    zone = _zone(said.params.get("TZID"), begins)
    if zone == "UTC" and usual_zone and event.get("RRULE") is None:
        # Some calendars write single dates in UTC and say once whose clock they were meant by.
        zone = cells.zone_name(usual_zone)
        begins = begins.astimezone(where(zone))
    return begins, zone


def _zone(named, begins):
    """A name of the tz database; what stands before or instead of it is some programs' own."""
    parts = cells.text(named).strip("/").split("/")
    for start in range(len(parts)):
        try:
            return cells.zone_name("/".join(parts[start:])) or "UTC"
        except Invalid:
            continue
    key = getattr(begins.tzinfo, "key", None)
    if key is None:
        raise Invalid("zone", "import_bad_zone", given=cells.shown(named))
    return cells.zone_name(key)


def _rule(said, day, at, zone):
    """The rule without its end, and the last day where it has one."""
    if said is None:
        return ONCE, day
    if isinstance(said, list):
        raise Invalid("rule", "import_no_rule", given="two rules at once")
    ends = {name: said.get(name, [None])[0] for name in ("COUNT", "UNTIL")}
    rule = ";".join(piece for piece in said.to_ical().decode().split(";") if not piece.startswith(("COUNT=", "UNTIL=")))
    try:
        parts_of(rule)
    except Invalid:
        raise Invalid("rule", "import_no_rule", given=cells.shown(rule)) from None
    if ends["COUNT"] is not None:
        return rule, _counted(rule, day, at, zone, ends["COUNT"])
    return rule, _until(ends["UNTIL"], at, zone)


def _counted(rule, day, at, zone, count):
    """The day of the last of so many dates."""
    if not isinstance(count, int) or not 1 <= count <= MOST_COUNTED:
        raise Invalid("rule", "import_no_rule", given=f"COUNT={cells.shown(count)}")
    plan = Plan(title="", first_day=day, wall_time=at, zone=zone or "UTC", rule=rule, minutes=USUAL, format=None)
    return max(islice(days_between(plan, day, LATEST), count), default=day)


def _until(said, at, zone):
    if said is None:
        return None
    if not isinstance(said, datetime):
        return said
    last = said.astimezone(where(zone)) if said.tzinfo is not None and zone else said
    return last.date() if at <= last.time().replace(tzinfo=None) else last.date() - timedelta(days=1)


def _minutes(event):
    begins, ends, lasts = event.get("DTSTART").dt, event.get("DTEND"), event.get("DURATION")
    if lasts is not None and isinstance(lasts.dt, timedelta):
        return int(lasts.dt.total_seconds() // 60)
    if ends is None or not isinstance(ends.dt, datetime) or (ends.dt.tzinfo is None) != (begins.tzinfo is None):
        return USUAL
    return int((ends.dt - begins).total_seconds() // 60)


def _left_out(event, zone):
    said = event.get("EXDATE")
    for dates in said if isinstance(said, list) else [] if said is None else [said]:
        for one in dates.dts:
            yield _day(one.dt, zone)


def _day(moment: date | datetime, zone):
    """The day of a date or moment on the series' own calendar."""
    if not isinstance(moment, date):
        raise Invalid("time", "import_broken_event")  # a period, or a length of time
    if not isinstance(moment, datetime):
        return moment
    return moment.astimezone(where(zone)).date() if moment.tzinfo is not None and zone else moment.date()


def _changed(event, plan):
    """What an event says about one date of another."""
    on_day = _day(event.get("RECURRENCE-ID").dt, plan.zone)
    if cells.text(event.get("STATUS")).upper() == "CANCELLED":
        return DecisionKept(on_day=on_day, cancelled=True)
    begins, _ = _start(event, "")
    if plan.zone and begins.tzinfo is not None:
        begins = begins.astimezone(where(plan.zone))
    day, at = begins.date(), time(begins.hour, begins.minute)
    title, minutes = cells.text(event.get("SUMMARY")), _minutes(event)
    return DecisionKept(
        on_day=on_day, to_day=day if day != on_day else None, to_time=at if at != plan.wall_time else None,
        title=cells.title(title)[0] if title and title != plan.title else None,
        minutes=minutes if minutes != plan.minutes else None,
    )
