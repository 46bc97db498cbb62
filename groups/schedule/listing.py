"""What the calendar reads: rows of columns, never whole objects, always within a range of time and
a limit. `mine` are the ids of the reader's groups; nobody sees anything else but open doors."""

from datetime import datetime, timedelta

from sqlalchemy import and_, false, or_, select

from groups.membership.models import Access, Group, Membership
from groups.rooms.models import Door, Room
from groups.schedule.hours import LOBBY
from groups.schedule.models import LIVE, Meeting, Phase

MONTH_ROWS = 60_000  # more than any month we expect; a bound, not a wish
OVERNIGHT = timedelta(hours=12)  # a live meeting began at most this long ago
COLUMNS = (
    Meeting.public_id, Meeting.title, Meeting.starts_at, Meeting.ends_at, Meeting.zone, Meeting.format, Meeting.phase,
    Group.id.label("group_id"), Group.slug, Group.name.label("group_name"),
)


def groups_of(session, account_id: int | None) -> list:
    """(id, slug, name, zone) of every group this account belongs to, the first one first."""
    if account_id is None:
        return []
    return session.execute(
        select(Group.id, Group.slug, Group.name, Group.zone).join(Membership)
        .where(Membership.account_id == account_id, Membership.left_at.is_(None)).order_by(Membership.id)
    ).all()


def open_group(session, slug: str):
    """(id, slug, name, zone) of an open group, or None."""
    columns = select(Group.id, Group.slug, Group.name, Group.zone)
    return session.execute(columns.where(Group.slug == slug, Group.access == Access.OPEN)).one_or_none()


def on_now(session, mine: frozenset[int], now: datetime, limit: int, only: frozenset[int] | None = None) -> list:
    """Meetings whose lobby or floor is open, and those whose lobby is due this moment."""
    due = and_(Meeting.phase == Phase.PLANNED, Meeting.ends_at > now)
    query = _visible(mine, only).where(
        Meeting.starts_at > now - OVERNIGHT, Meeting.starts_at <= now + LOBBY, or_(Meeting.phase.in_(LIVE), due)
    )
    return session.execute(query.limit(limit)).all()


def coming(
    session, mine: frozenset[int], start: datetime, end: datetime, limit: int, only: frozenset[int] | None = None
) -> list:
    """Planned meetings that begin in [start, end). only: in these groups alone."""
    query = _visible(mine, only).where(
        Meeting.starts_at >= start, Meeting.starts_at < end, Meeting.phase == Phase.PLANNED
    )
    return session.execute(query.limit(limit)).all()


def between(
    session, mine: frozenset[int], start: datetime, end: datetime,
    group: int | None = None, limit: int = MONTH_ROWS, skip: int = 0,
) -> list:
    """Everything that begins in [start, end), also what is over or was cancelled. group: that one alone."""
    query = _visible(mine, None if group is None else frozenset([group]))
    query = query.where(Meeting.starts_at >= start, Meeting.starts_at < end)
    return session.execute(query.limit(limit).offset(skip)).all()


def in_room(session, room_id: int, start: datetime, limit: int) -> list:
    """The next hours of one room from this moment on, whoever may see them."""
    query = _lines().where(Room.id == room_id, Meeting.starts_at >= start, Meeting.phase != Phase.CANCELLED)
    return session.execute(query.limit(limit)).all()


def _visible(mine, only):
    """Meetings of the reader's groups, and those of open groups whose door is open to anyone."""
    open_door = and_(Group.access == Access.OPEN, Room.door == Door.ANYONE)
    query = _lines().where(or_(Group.id.in_(mine), open_door) if mine else open_door, Room.archived_at.is_(None))
    if only is None:
        return query
    return query.where(Group.id.in_(only) if only else false())


def _lines():
    return (
        select(*COLUMNS).join(Room, Meeting.room_id == Room.id).join(Group, Room.group_id == Group.id)
        .order_by(Meeting.starts_at, Meeting.id)
    )
