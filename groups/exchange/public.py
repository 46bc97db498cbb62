"""What anybody may know: hours of open groups, in rooms whose door is open to anyone. The one place
that says so for programs. Rows of columns, never whole objects, always within a limit.

No row holds a person, a count of people, or a number of the database."""

from datetime import datetime, timedelta

from sqlalchemy import and_, select, tuple_

from groups.exchange.weekly import WEEK
from groups.formats.models import OwnFormat
from groups.membership.models import Access, Group
from groups.rooms.models import Door, Room
from groups.schedule.listing import OVERNIGHT
from groups.schedule.models import LIVE, Meeting, Phase, Series
from groups.schedule.projection import FARTHEST_MOVE, still_running
from groups.schedule.recurrence import ONCE

MOST = 10_000  # weekly series in one list; the lists of others have no pages
NOT_OVER = (Phase.PLANNED, *LIVE)
OPEN_DOOR = and_(Group.access == Access.OPEN, Room.door == Door.ANYONE, Room.archived_at.is_(None))
_OF_GROUP = (Group.slug.label("group"), Group.name.label("group_name"))
_OF_FORMAT = (OwnFormat.title.label("own_title"), OwnFormat.kind.label("own_kind"))
SERIES = (
    Series.public_id, Series.title, Series.first_day, Series.last_day, Series.wall_time, Series.zone, Series.rule, Series.pauses,
    Series.minutes, Series.format, Series.language, Series.changed_at, Series.confirmed_at, Room.about, Group.purpose,
    Group.access, *_OF_GROUP, *_OF_FORMAT,
)
MEETINGS = (
    Meeting.public_id, Meeting.title, Meeting.starts_at, Meeting.ends_at, Meeting.zone, Meeting.format, Meeting.language,
    Series.public_id.label("series"), Series.changed_at, *_OF_GROUP, *_OF_FORMAT,
)


def weekly_series(session, now: datetime) -> list:
    """Those that may meet within the coming week, whatever was decided about that one date: what has not
    begun yet, rests or is over does not meet "every Tuesday" for somebody who reads it today."""
    near = and_(Meeting.own_start >= now, Meeting.own_start < now + WEEK)
    return _series(session, now, near, MOST)


def running_series(session, now: datetime, limit: int, after: str, group: str | None, language: str | None) -> list:
    """Series that have a date ahead, in the order of their ids, from the one after `after` on."""
    ahead = and_(Meeting.phase.in_(NOT_OVER), Meeting.ends_at > now)
    narrow = [Series.rule != ONCE, Series.public_id > after]
    narrow += [Group.slug == group] if group else []
    narrow += [Series.language == language] if language else []
    return _series(session, now, ahead, limit, *narrow)


def _series(session, now, has_meeting, limit, *narrow):
    # By its own dates the database finds a series' meetings at once, and need not look at years of them.
    since = (now - FARTHEST_MOVE - timedelta(days=1)).date()
    meets = select(Meeting.id).where(Meeting.series_id == Series.id, Meeting.on_day >= since, has_meeting).exists()
    query = _with_format(select(*SERIES).select_from(Series).join(Room, Series.room_id == Room.id), Series.format)
    query = query.where(OPEN_DOOR, Series.unlisted_at.is_(None), still_running(now), meets, *narrow)
    return session.execute(query.order_by(Series.public_id).limit(limit)).all()


def dated_meetings(
    session, now: datetime, start: datetime, end: datetime, limit: int, after: tuple[datetime, str] | None,
    group: str | None, language: str | None,
) -> list:
    """Hours that begin in [start, end) and are not over, in order of time. after: (start, id) of the last
    one somebody has already."""
    narrow = [Group.slug == group] if group else []
    narrow += [Meeting.language == language] if language else []
    narrow += [tuple_(Meeting.starts_at, Meeting.public_id) > after] if after else []
    query = select(*MEETINGS).select_from(Meeting).join(Room, Meeting.room_id == Room.id)
    query = _with_format(query.outerjoin(Series, Meeting.series_id == Series.id), Meeting.format).where(
        OPEN_DOOR, Meeting.is_listed, Meeting.starts_at >= max(start, now - OVERNIGHT), Meeting.starts_at < end,
        Meeting.ends_at > now, Meeting.phase.in_(NOT_OVER), *narrow,
    )
    return session.execute(query.order_by(Meeting.starts_at, Meeting.public_id).limit(limit)).all()


def open_groups(session, limit: int, after: str) -> list:
    """Groups anybody may join, in the order of their ids."""
    columns = (Group.slug, Group.name, Group.purpose, Group.for_whom, Group.zone, Group.founded_at)
    query = select(*columns).where(Group.access == Access.OPEN, Group.closed_at.is_(None), Group.slug > after)
    return session.execute(query.order_by(Group.slug).limit(limit)).all()


def is_open(session, slug: str) -> bool:
    """Whether there is such a group for anybody."""
    there = Group.slug == slug, Group.access == Access.OPEN, Group.closed_at.is_(None)
    return session.scalar(select(Group.id).where(*there)) is not None


def _with_format(query, key):
    return query.join(Group, Room.group_id == Group.id).outerjoin(OwnFormat, OwnFormat.key == key)
