"""Which series meet every week on the same days: the lists of others know no other kind. Pure."""

from datetime import date, datetime, time, timedelta

from groups.schedule.recurrence import Recurring
from groups.schedule.rules import WEEKDAYS, parts_of

WEEK = timedelta(days=7)
_PLAIN = {"FREQ", "INTERVAL", "BYDAY", "WKST"}


def week_days(series: Recurring) -> list[int] | None:
    """The weekdays, from Sunday = 0, of a series that meets every week on the same ones; None for every
    other. An end of the series does not count: it is weekly until then."""
    parts = parts_of(series.rule)
    if not parts.keys() <= _PLAIN or parts["FREQ"] not in ("DAILY", "WEEKLY") or int(parts.get("INTERVAL", 1)) > 1:
        return None
    if "BYDAY" in parts:
        numbers = {WEEKDAYS.index(name) for name in parts["BYDAY"].split(",")}
    else:
        numbers = set(range(7)) if parts["FREQ"] == "DAILY" else {series.first_day.weekday()}
    return sorted((number + 1) % 7 for number in numbers)


def end_time(wall_time: time, minutes: int) -> time:
    """What the clock on the wall shows when the hour is over, if no clocks change meanwhile."""
    return (datetime.combine(date(2000, 1, 1), wall_time) + timedelta(minutes=minutes)).time()
