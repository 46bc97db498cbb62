"""Whether a series still meets. Nobody should stand before a door that no one opens: after two starts
in a row that nobody served, strangers are not shown it any more and its moderators are asked. Their
word ("it still meets") brings it back. Practice: ITAA asks people to report meetings without a chair;
here the room notices by itself."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from groups.db import change, reading
from groups.rooms.models import Room
from groups.schedule.changing import touch
from groups.schedule.models import Meeting, Series
from groups.schedule.projection import reproject, still_running

MISSED = 2  # starts in a row
RECENT = timedelta(days=100)  # older starts say nothing about today
OLD = timedelta(days=180)  # since somebody last said that it meets
SERVED = "held"
MOST = 200  # series looked at in one go


def unlist_missed(now: datetime) -> int:
    """Hide from strangers what nobody served twice in a row; how many series. For the heartbeat: safe
    to run twice, or in two processes at once."""
    with reading() as session:
        missed = session.scalars(_missed(now).limit(MOST)).all()  # none of them is one again the next time
    return sum(_unlist(series_id, now) for series_id in missed)


def _missed(now, *among):
    """The series, among those of which that is true, whose last starts were served by nobody, since somebody last
    said that it meets."""
    latest = func.row_number().over(partition_by=Meeting.series_id, order_by=Meeting.starts_at.desc()).label("latest")
    over = (
        select(Meeting.series_id, Meeting.outcome, latest).join(Series, Meeting.series_id == Series.id)
        .where(
            Series.unlisted_at.is_(None), still_running(now), Meeting.outcome.is_not(None),
            Meeting.starts_at > now - RECENT, Meeting.starts_at > Series.confirmed_at, *among,
        ).subquery()
    )
    last = select(over.c.series_id).where(over.c.latest <= MISSED, over.c.outcome != SERVED)
    return last.group_by(over.c.series_id).having(func.count() == MISSED).order_by(over.c.series_id)


def _unlist(series_id, now):
    with change() as (session, _):
        series = session.scalar(select(Series).where(Series.id == series_id).with_for_update(of=Series))
        if session.scalar(_missed(now, Series.id == series_id)) is None:  # somebody said meanwhile that it meets
            return 0
        series.unlisted_at = now
        touch(series, now)
        reproject(session, series, now)
    return 1


def to_confirm(session, group_id: int, now: datetime) -> list[Series]:
    """The group's series whose moderators should say whether they still meet: those strangers are not
    shown any more, and those nobody spoke of for half a year."""
    rows = select(Series).join(Room, Series.room_id == Room.id).where(
        Room.group_id == group_id, Room.archived_at.is_(None), still_running(now),
        Series.unlisted_at.is_not(None) | (Series.confirmed_at < now - OLD),
    )
    return list(session.scalars(rows.order_by(Series.id).limit(MOST)))
