"""The meetings of a series as dated rows, 400 days ahead. The rule is the truth and these rows are
its projection: pages, feeds and the live meeting read rows and never expand rules."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import lazyload

from groups.db import change, reading
from groups.errors import Refused
from groups.ids import public_id
from groups.rooms.models import Room
from groups.schedule.models import Meeting, Phase, Series
from groups.schedule.recurrence import AHEAD, EARLIEST, starts_between

BATCH = 25  # series in one transaction: short turns, so that nobody else's writing waits long
OVER = (Phase.CANCELLED, Phase.SEALED, Phase.PURGED)


def project(session, series: Series, start: datetime, end: datetime, after: date = EARLIEST) -> int:
    """Write the series' meetings that begin in [start, end), of own dates later than `after`; how
    many. Two processes may do this at once: who comes second finds the date taken and leaves it."""
    length = timedelta(minutes=series.minutes)
    rows = [
        {
            "public_id": public_id(), "room_id": series.room_id, "series_id": series.id, "on_day": day,
            "title": series.title, "zone": series.zone, "starts_at": at, "ends_at": at + length,
            "format": series.format, "phase": Phase.PLANNED,
        }
        for day, at in starts_between(series, start, end) if day > after
    ]
    if rows:
        connection = session.connection()
        insert = (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(Meeting.__table__)
        connection.execute(insert.on_conflict_do_nothing(index_elements=["series_id", "on_day"]), rows)
    return len(rows)


def extend_projection(now: datetime) -> int:
    """Bring every running series' meetings up to 400 days ahead; how many were missing. For the
    heartbeat, once a day; running it twice, or in two processes at once, changes nothing."""
    added, after = 0, 0
    while True:
        with reading() as session:
            ids = session.scalars(_running(Series.id).where(Series.id > after).order_by(Series.id).limit(BATCH)).all()
        if not ids:
            return added
        after = ids[-1]
        added += _extend(ids, now)


def _extend(ids, now):
    with change() as (session, _):
        last = select(Meeting.series_id, func.max(Meeting.on_day)).where(Meeting.series_id.in_(ids))
        reached = dict(iter(session.execute(last.group_by(Meeting.series_id))))
        added = 0
        # In order, so that two processes wait for each other and do not lock each other out.
        found = _running(Series).where(Series.id.in_(ids)).order_by(Series.id).options(lazyload(Series.room))
        for series in session.scalars(found):
            # The series' own last date and not its last start: that hour may have been moved. Its
            # day is another one in UTC in some places, so we begin a day early; that is harmless.
            day = reached.get(series.id, EARLIEST)
            start = max(now, datetime.combine(day, time(), UTC) - timedelta(days=1))
            added += project(session, series, start, now + AHEAD, after=day)
    return added


def _running(what):
    return select(what).join(Room, Series.room_id == Room.id).where(Series.ended_at.is_(None), Room.archived_at.is_(None))


def refuse_clash(session, room_id: int, hours: list[tuple[datetime, datetime]]) -> None:
    """Raise Refused("room_in_use", title=…) if another hour in this room overlaps one of these,
    given as (start, end) in order. One after the other without a pause is fine."""
    if not hours:
        return
    taken = session.execute(
        select(Meeting.starts_at, Meeting.ends_at, Meeting.title)
        .where(
            Meeting.room_id == room_id, Meeting.phase.not_in(OVER),
            Meeting.ends_at > hours[0][0], Meeting.starts_at < hours[-1][1],
        ).order_by(Meeting.starts_at)
    ).all()
    number = 0
    for start, end in hours:
        while number < len(taken) and taken[number].ends_at <= start:
            number += 1
        if number < len(taken) and taken[number].starts_at < end:
            raise Refused("room_in_use", title=taken[number].title)
