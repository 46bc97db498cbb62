"""When a series rests, every year: "not from 15 July to 31 August". Pure.

Stored as month and day, "07-15/08-31,12-24/01-02": a pause may go over the turn of the year, and
29 February is there in leap years only. A pause takes dates out of the rule; it cancels nothing, so
nobody is told of an hour that was never to be."""

import re
from calendar import month_name, monthrange
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from groups.errors import Invalid

MOST = 6  # in one series
LEAP_YEAR = 2024  # 29 February is a day one can pause on
MonthDay = tuple[int, int]
_PAUSE = re.compile("([0-9]{2}-[0-9]{2})/([0-9]{2}-[0-9]{2})")


@lru_cache(maxsize=2000)
def pauses_of(text: str) -> tuple[tuple[MonthDay, MonthDay], ...]:
    """((month, day), (month, day)) of the first and the last day of each pause. Raises
    Invalid("pauses", "pause_unclear") for what is none."""
    found = [_PAUSE.fullmatch(piece) for piece in text.split(",")] if text else []
    if not all(found) or len(found) > MOST:
        raise Invalid("pauses", "pause_unclear")
    return tuple((_month_day(one[1]), _month_day(one[2])) for one in found)


def pauses_text(pauses: Iterable[tuple[MonthDay, MonthDay]]) -> str:
    """The stored form of pauses given by the (month, day) of their first and last days. Raises
    Invalid("pauses", …): no_such_day for 30 February, pause_unclear for too many."""
    pauses = list(pauses)
    for month, day in (end for pause in pauses for end in pause):
        if not (1 <= month <= 12 and 1 <= day <= monthrange(LEAP_YEAR, month)[1]):
            raise Invalid("pauses", "no_such_day", day=f"{day} {month_name[month] if 1 <= month <= 12 else month}")
    text = ",".join("{:02}-{:02}/{:02}-{:02}".format(*first, *last) for first, last in pauses)
    pauses_of(text)
    return text


def rests(text: str, day: date) -> bool:
    """Whether a series with these pauses rests on this day of its own calendar."""
    here = (day.month, day.day)
    return any(
        first <= here <= last if first <= last else here >= first or here <= last for first, last in pauses_of(text)
    )


def _month_day(text):
    try:
        day = date.fromisoformat(f"{LEAP_YEAR}-{text}")
    except ValueError:
        raise Invalid("pauses", "pause_unclear") from None
    return day.month, day.day
