"""What the calendar reads: rows of columns, never whole objects, always within a range of time and
a limit. `mine` are the ids of the reader's groups; nobody sees anything else but open doors."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, case, false, func, or_, select

from groups.formats.models import OwnFormat
from groups.membership.models import Access, Group, Membership
from groups.rooms.models import Door, Room
from groups.schedule.hours import LOBBY
from groups.schedule.models import LIVE, Meeting, Phase
from groups.schedule.month import Tally

MONTH_ROWS = 2_000  # lines of a month in full; 42 days fold long before
OVERNIGHT = timedelta(hours=12)  # a live meeting began at most this long ago
COLUMNS = (
    Meeting.public_id, Meeting.title, Meeting.starts_at, Meeting.ends_at, Meeting.zone, Meeting.format, Meeting.phase,
    Group.id.label("group_id"), Group.slug, Group.name.label("group_name"), OwnFormat.kind.label("own_kind"),
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


def tallies(session, mine: frozenset[int], edges: Sequence[datetime], group: int | None = None) -> dict[int, Tally]:
    """How much is on each of the days between these edges, by the day's number; also what is over
    or was cancelled. Counted in the database: a month of thousands of meetings comes back as lines."""
    day = case(*[(Meeting.starts_at < edge, number) for number, edge in enumerate(edges[1:])], else_=len(edges)).label("day")
    columns = select(day, func.count(), func.min(Meeting.starts_at), func.max(Meeting.ends_at))
    query = _seen(columns, mine, _one(group)).where(Meeting.starts_at >= edges[0], Meeting.starts_at < edges[-1])
    return {number: Tally(*told) for number, *told in session.execute(query.group_by(day))}


def within(
    session, mine: frozenset[int], stretches: Sequence[tuple[datetime, datetime]], own: tuple[datetime, datetime],
    group: int | None = None,
) -> list:
    """Everything that begins in one of these stretches of time, and what is in the reader's groups
    between the two moments of `own`."""
    spans = [and_(Meeting.starts_at >= start, Meeting.starts_at < end) for start, end in stretches]
    if mine:
        spans.append(and_(Group.id.in_(mine), Meeting.starts_at >= own[0], Meeting.starts_at < own[1]))
    if not spans:
        return []
    return session.execute(_visible(mine, _one(group)).where(or_(*spans)).limit(MONTH_ROWS)).all()


def one_day(
    session, mine: frozenset[int], start: datetime, end: datetime, limit: int, skip: int, group: int | None = None
) -> list:
    """Everything that begins in [start, end), some lines of it."""
    query = _visible(mine, _one(group)).where(Meeting.starts_at >= start, Meeting.starts_at < end)
    return session.execute(query.limit(limit).offset(skip)).all()


def in_room(session, room_id: int, start: datetime, limit: int) -> list:
    """The next hours of one room from this moment on, whoever may see them."""
    query = _lines().join(Room, Meeting.room_id == Room.id).join(Group, Room.group_id == Group.id)
    query = query.where(Room.id == room_id, Meeting.starts_at >= start, Meeting.phase != Phase.CANCELLED)
    return session.execute(query.limit(limit)).all()


def _visible(mine, only):
    return _seen(_lines(), mine, only)


def _seen(query, mine, only):
    """Meetings of the reader's groups, and those of open groups whose door is open to anyone. only:
    in these groups alone."""
    if only is None:
        pass
    elif only:
        query = query.where(Group.id.in_(only))
    else:
        query = query.where(false())
    open_door = and_(Group.access == Access.OPEN, Room.door == Door.ANYONE)
    query = query.join(Room, Meeting.room_id == Room.id).join(Group, Room.group_id == Group.id)
    return query.where(or_(Group.id.in_(mine), open_door) if mine else open_door, Room.archived_at.is_(None))


def _one(group):
    return None if group is None else frozenset([group])


def _lines():
    lines = select(*COLUMNS).select_from(Meeting).outerjoin(OwnFormat, OwnFormat.key == Meeting.format)
    return lines.order_by(Meeting.starts_at, Meeting.id)
