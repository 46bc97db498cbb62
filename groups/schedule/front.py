"""The front door: now, tonight, this week, in the reader's own time. A fixed number of queries, each
with a limit, however much is on."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from groups.schedule import listing
from groups.schedule.hours import LOBBY, Hour, end_of_night, hour_of
from groups.schedule.recurrence import AHEAD

NOW, TONIGHT, WEEK = 8, 8, 14  # lines in each list
EVENING = 17  # o'clock: a list that begins before it is not called tonight
DAYS = timedelta(days=7)


@dataclass(frozen=True)
class FrontPage:
    """Three lists of hours. following: the next hour there is, when nothing is on now. is_evening:
    whether the second list may be called tonight. more: whether the calendar holds more of this week."""

    now: list[Hour]
    tonight: list[Hour]
    week: list[Hour]
    following: Hour | None
    is_evening: bool
    more: bool


def front_page(session, mine: frozenset[int], reader: ZoneInfo, now: datetime) -> FrontPage:
    """What somebody with these groups, reading in this zone, sees at this moment."""
    night, week = end_of_night(now, reader), end_of_night(now, reader) + DAYS
    due = now + LOBBY

    def some(limit, fetch, *span):
        rows = fetch(session, mine, *span, limit)
        if mine and len(rows) == limit:  # a full list must not push out the reader's own
            rows = _merged(fetch(session, mine, *span, limit, only=mine), rows, limit)
        return [hour_of(row, reader, now, mine) for row in rows]

    on = some(NOW, listing.on_now, now)
    tonight = some(TONIGHT, listing.coming, due + timedelta(microseconds=1), night) if due < night else []
    later = some(WEEK + 1, listing.coming, max(night, due), week)
    following = None if on else next(iter(tonight or later), None) or _first(session, mine, reader, now, week)
    return FrontPage(
        now=on, tonight=tonight, week=later[:WEEK], following=following,
        is_evening=all(hour.starts.hour >= EVENING or hour.starts.hour < 4 for hour in tonight),
        more=len(later) > WEEK or len(tonight) == TONIGHT or len(on) == NOW,
    )


def next_hours(
    session, mine: frozenset[int], reader: ZoneInfo, now: datetime, limit: int, only: frozenset[int] | None = None
) -> list[Hour]:
    """The next hours, those on now first, as far as somebody with these groups sees them. only: of
    these groups alone."""
    on = listing.on_now(session, mine, now, limit, only=only)
    later = listing.coming(session, mine, now + LOBBY, now + AHEAD, limit, only=only)
    return [hour_of(row, reader, now, mine) for row in _merged(on, later, limit)]


def _first(session, mine, reader, now, start):
    rows = listing.coming(session, mine, start, now + AHEAD, 1)
    return hour_of(rows[0], reader, now, mine) if rows else None


def _merged(own, others, limit):
    """Own ones and as many others as fit, each once, in order of time."""
    chosen = {row.public_id: row for row in own[:limit]}
    for row in others:
        if len(chosen) >= limit:
            break
        chosen.setdefault(row.public_id, row)
    return sorted(chosen.values(), key=lambda row: row.starts_at)
