"""Quiet hours, and how long before an hour a reminder may come. Pure."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

MINUTES = (5, 15, 60, 1440)


def is_quiet(now: datetime, zone: ZoneInfo, start: time | None, end: time | None) -> bool:
    """True when the wall clock there stands between start and end; past midnight when the end is the
    earlier one. On a night when clocks change, what counts is what they show. No quiet hours without
    both times."""
    if start is None or end is None:
        return False
    shown = now.astimezone(zone).time().replace(tzinfo=None)
    return start <= shown < end if start < end else shown >= start or shown < end
