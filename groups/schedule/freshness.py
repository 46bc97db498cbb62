"""Whether a series still meets. Nobody should stand before a door that no one opens: after two starts
in a row that nobody served, strangers are not shown it any more and its moderators are asked. Their
word ("it still meets") brings it back. Practice: ITAA asks people to report meetings without a chair;
here the room notices by itself."""

from datetime import datetime, timedelta

from sqlalchemy import select

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
        suspects = session.scalars(
            select(Series.id).join(Meeting, Meeting.series_id == Series.id).where(
                Series.unlisted_at.is_(None), still_running(now), Meeting.starts_at > now - RECENT,
                Meeting.outcome.is_not(None), Meeting.outcome != SERVED,
            ).distinct().limit(MOST)
        ).all()
    return sum(_unlist(series_id, now) for series_id in suspects)


def _unlist(series_id, now):
    with change() as (session, _):
        series = session.scalar(select(Series).where(Series.id == series_id).with_for_update(of=Series))
        since = max(series.confirmed_at, now - RECENT)
        last = session.scalars(
            select(Meeting.outcome).where(Meeting.series_id == series_id, Meeting.outcome.is_not(None), Meeting.starts_at > since)
            .order_by(Meeting.starts_at.desc()).limit(MISSED)
        ).all()
        if series.unlisted_at is not None or len(last) < MISSED or SERVED in last:
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
