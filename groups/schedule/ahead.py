"""The calendar's far end, and what a new release of the rules of time zones does to the hours before it. Rows
hold moments in UTC, reckoned by the rules of the day they were written (decision 6): where a country changes its
law, the hours of its cities keep their time on the wall only if they are reckoned again."""

from datetime import datetime

from sqlalchemy import select
from tzdata import IANA_VERSION

from groups.db import change, reading
from groups.retention.tidying import done_at, note_done
from groups.schedule.models import Meeting, Series
from groups.schedule.projection import AHEAD_OF_US, FARTHEST_MOVE, batches, expected, extend_projection, reproject
from groups.schedule.recurrence import AHEAD


def look_ahead(now: datetime) -> None:
    """Bring every running series up to the calendar's far end, by the rules of today. For the heartbeat, a few
    times a day; running it twice, or in two processes at once, changes nothing."""
    follow_rules(now)
    extend_projection(now)


def follow_rules(now: datetime, release: str = IANA_VERSION) -> int:
    """Once for each release of the zones' rules: reckon anew the hours ahead that it moves; of how many series."""
    name, moved = f"zones {release}", 0
    if done_at(name) is not None:
        return 0
    for ids in batches(now):
        for series_id in _off(ids, now):
            with change() as (session, _):
                if series := session.get(Series, series_id):
                    reproject(session, series, now)
                    moved += 1
    note_done(name, now)
    return moved


def _off(ids, now):
    """Those of these series with an hour ahead that is not at the moment it is to be. Looked at without anybody's
    having to wait: nearly always there is none."""
    with reading() as session:
        ahead = Meeting.starts_at > now, Meeting.phase.in_(AHEAD_OF_US)
        rows = select(Meeting.on_day, Meeting.starts_at, Meeting.ends_at).where(*ahead)
        found = []
        for series in session.scalars(select(Series).where(Series.id.in_(ids))).all():
            wanted = {one.day: (one.starts_at, one.ends_at) for one in expected(session, series, now - FARTHEST_MOVE, now + AHEAD)}
            stands = session.execute(rows.where(Meeting.series_id == series.id))
            if any(wanted.get(day, (start, end)) != (start, end) for day, start, end in stands):
                found.append(series.id)
    return found
