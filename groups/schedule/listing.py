"""What the calendar reads: rows of columns, never whole objects, always within a range of time and
a limit. `mine` are the ids of the reader's groups; who sees what is said in `seeing.py`."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from weakref import WeakKeyDictionary

from sqlalchemy import DateTime, and_, func, or_, select, type_coerce, union

from groups.formats.models import OwnFormat
from groups.membership.models import Group, Membership
from groups.rooms.models import Room
from groups.schedule.busy_days import BusyDays
from groups.schedule.hours import LOBBY, Hour, hour_of
from groups.schedule.marks import marks_of
from groups.schedule.models import LIVE, Meeting, Phase
from groups.schedule.month import Day, Tally, fill, in_full, tallied
from groups.schedule.reader import Reader
from groups.schedule.seeing import NOTHING, Narrow, countable, for_members, in_sight

MONTH_ROWS = 2_000  # lines of a month in full; 42 days fold long before
OVERNIGHT = timedelta(hours=12)  # a live meeting began at most this long ago
_busy: WeakKeyDictionary = WeakKeyDictionary()  # a database: its busy days
COLUMNS = (
    Meeting.id, Meeting.public_id, Meeting.title, Meeting.starts_at, Meeting.ends_at, Meeting.own_start, Meeting.zone,
    Meeting.own_clock_first, Meeting.format, Meeting.language, Meeting.phase, Meeting.why,
    Group.id.label("group_id"), Group.slug, Group.name.label("group_name"), OwnFormat.kind.label("own_kind"),
    Room.locked_at,
)
GROUP = (Group.id, Group.slug, Group.name, Group.zone)


def groups_of(session, account_id: int | None) -> list:
    """(id, slug, name, zone) of every group this account belongs to, the first one first."""
    if account_id is None:
        return []
    mine = select(*GROUP).join(Membership).where(Membership.account_id == account_id, Membership.left_at.is_(None))
    return session.execute(mine.order_by(Membership.id)).all()


def groups_and_shut(session, account_id: int | None, now: datetime) -> tuple[tuple, frozenset[int]]:
    """The same, and the ids of the groups that keep this account out now; by one query."""
    if account_id is None:
        return (), frozenset()
    known = select(*GROUP, Membership.left_at).join(Membership).where(
        Membership.account_id == account_id, or_(Membership.left_at.is_(None), Membership.barred_until > now)
    )
    rows = session.execute(known.order_by(Membership.id)).all()
    return tuple(row for row in rows if row.left_at is None), frozenset(row.id for row in rows if row.left_at is not None)


def hours_of(session, rows: Iterable, reader: Reader) -> list[Hour]:
    """Rows as this reader sees them, with what each is to them."""
    rows, mine = list(rows), reader.mine
    marks = marks_of(session, reader.account_id, [row.id for row in rows if row.group_id in mine])
    return [
        hour_of(row, reader.zone, reader.now, mine, marks.get(row.id, ""), row.group_id in reader.shut, row.locked_at is not None)
        for row in rows
    ]


def fill_days(
    session, reader: Reader, days: Sequence[Day], edges: Sequence[datetime], shown: int, narrow: Narrow = NOTHING
) -> list[Day]:
    """The days with their hours as this reader sees them, those with more than `shown` folded. edges:
    when each begins and the last one ends. One query counts, one fetches, and what marks hours asks its own."""
    mine, whole = reader.mine, (edges[0], edges[-1])
    told = tallies(session, mine, edges, narrow)
    folds = any(tally.count > shown for tally in told.values())
    rows = within(session, mine, in_full(edges, told, shown), whole if folds else None, narrow)
    days = fill(days, edges, told, rows, reader.zone, is_own=lambda row: row.group_id in mine, shown=shown)
    hours = iter(hours_of(session, [row for day in days for row in day.rows], reader))
    return [replace(day, rows=tuple(next(hours) for _ in day.rows)) for day in days]


def on_now(session, mine: frozenset[int], now: datetime, limit: int, narrow: Narrow = NOTHING) -> list:
    """Meetings whose lobby or floor is open, and those whose lobby is due this moment."""
    due = and_(Meeting.phase == Phase.PLANNED, Meeting.ends_at > now)
    query = _lines(mine, narrow).where(
        Meeting.starts_at > now - OVERNIGHT, Meeting.starts_at <= now + LOBBY, or_(Meeting.phase.in_(LIVE), due)
    )
    return session.execute(query.limit(limit)).all()


def coming(session, mine: frozenset[int], start: datetime, end: datetime, limit: int, narrow: Narrow = NOTHING) -> list:
    """Planned meetings that begin in [start, end)."""
    query = _lines(mine, narrow).where(Meeting.phase == Phase.PLANNED, *_between(start, end))
    return session.execute(query.limit(limit)).all()


def tallies(session, mine: frozenset[int], edges: Sequence[datetime], narrow: Narrow = NOTHING) -> dict[int, Tally]:
    """How much is on each of the days between these edges, by the day's number; also what is over
    or was cancelled. What anybody may see of a busy day is half a minute old at most (`busy_days.py`)."""
    if narrow == NOTHING:
        begun = _anybodys(session, edges[0], edges[-1])
        if mine:
            begun += _begun(session, [(edges[0], edges[-1])], for_members(mine))
    else:
        begun = _begun(session, [(edges[0], edges[-1])], countable(mine, narrow))
    told = tallied([_bare(edge) for edge in edges], begun)
    return {
        number: replace(one, first=one.first.replace(tzinfo=UTC), last=one.last.replace(tzinfo=UTC)) for number, one in told.items()
    }


def _anybodys(session, start, end):
    days = _busy.setdefault(session.get_bind(), BusyDays())
    known, unknown = days.recall(start, end)
    if unknown:
        counted = _begun(session, unknown, countable(frozenset()))
        days.learn(unknown, counted)
        known = known + counted
    return known


def _begun(session, stretches, conditions):
    """(when, how many begin then, when the last of them is over), in UTC and without a zone. The database counts
    what begins at the same moment, in the order of its index: thousands of meetings come back as a line for each
    quarter of an hour in which any begin."""
    start, over = type_coerce(Meeting.starts_at, DateTime()), type_coerce(func.max(Meeting.ends_at), DateTime())
    query = select(start, func.count(), over).group_by(Meeting.starts_at).order_by(Meeting.starts_at)
    query = query.where(or_(*(and_(*_between(*span)) for span in stretches)), *conditions)
    rows = session.connection().execute(query).all()  # bare rows: by the session they cost a tenth of the page
    if rows and rows[0][0].tzinfo is not None:
        return [(_bare(begins), count, _bare(ends)) for begins, count, ends in rows]
    return list(rows)


def _bare(moment):
    return moment.astimezone(UTC).replace(tzinfo=None)


def within(
    session, mine: frozenset[int], stretches: Sequence[tuple[datetime, datetime]], own: tuple[datetime, datetime] | None = None,
    narrow: Narrow = NOTHING,
) -> list:
    """Everything that begins in one of these stretches of time, and what is in the reader's groups
    between the two moments of `own`."""
    queries = []
    if stretches:
        queries.append(_lines(mine, narrow).where(or_(*(and_(*_between(*span)) for span in stretches))))
    if own and mine:
        queries.append(_lines(mine, narrow).where(Group.id.in_(mine), *_between(*own)))
    if not queries:
        return []
    found = session.execute(union(*(select(query.limit(MONTH_ROWS).subquery()) for query in queries))).all()
    return sorted(found, key=lambda row: (row.starts_at, row.id))


def one_day(
    session, mine: frozenset[int], start: datetime, end: datetime, limit: int, skip: int, narrow: Narrow = NOTHING
) -> list:
    """Everything that begins in [start, end), some lines of it."""
    return session.execute(_lines(mine, narrow).where(*_between(start, end)).limit(limit).offset(skip)).all()


def in_room(session, room_id: int, start: datetime, limit: int) -> list:
    """The next hours of one room from this moment on, whoever may see them."""
    query = _joined().where(Room.id == room_id, Meeting.starts_at >= start, Meeting.phase != Phase.CANCELLED)
    return session.execute(query.limit(limit)).all()


def _between(start, end):
    return Meeting.starts_at >= start, Meeting.starts_at < end


def _lines(mine, narrow):
    return _joined().where(*in_sight(mine, narrow))


def _joined():
    lines = select(*COLUMNS).select_from(Meeting).outerjoin(OwnFormat, OwnFormat.key == Meeting.format)
    lines = lines.join(Room, Meeting.room_id == Room.id).join(Group, Room.group_id == Group.id)
    return lines.order_by(Meeting.starts_at, Meeting.id)
