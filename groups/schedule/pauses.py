"""When a series rests, every year: "not from 15 July to 31 August". Pure.

Stored as month and day, "07-15/08-31,12-24/01-02": a pause may go over the turn of the year, and
29 February is there in leap years only. A pause takes dates out of the rule; it cancels nothing, so
nobody is told of an hour that was never to be."""

import re
from datetime import date
from functools import lru_cache

from groups.errors import Invalid

MOST = 6  # in one series
_PAUSE = re.compile(r"(\d\d-\d\d)/(\d\d-\d\d)")


@lru_cache(maxsize=2000)
def pauses_of(text: str) -> tuple[tuple[tuple[int, int], tuple[int, int]], ...]:
    """((month, day), (month, day)) of the first and the last day of each pause. Raises
    Invalid("pauses", "pause_unclear") for what is none."""
    found = [_PAUSE.fullmatch(piece) for piece in text.split(",")] if text else []
    if not all(found) or len(found) > MOST:
        raise Invalid("pauses", "pause_unclear")
    return tuple((_month_day(one[1]), _month_day(one[2])) for one in found)


def pauses_text(pauses: list[tuple[date, date]]) -> str:
    """The stored form of pauses given by their first and last days, whose years do not count."""
    return ",".join(f"{first:%m-%d}/{last:%m-%d}" for first, last in pauses)


def rests(text: str, day: date) -> bool:
    """Whether a series with these pauses rests on this day of its own calendar."""
    here = (day.month, day.day)
    return any(
        first <= here <= last if first <= last else here >= first or here <= last for first, last in pauses_of(text)
    )


def _month_day(text):
    try:
        day = date.fromisoformat(f"2024-{text}")
    except ValueError:
        raise Invalid("pauses", "pause_unclear") from None
    return day.month, day.day
