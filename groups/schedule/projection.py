"""The meetings of a series as dated rows, 400 days ahead. Rule, room's days and decisions about
single dates are the truth (`occurrences.py`), and these rows are its projection: pages and the live
meeting read rows and never expand rules. What has begun is history, and no projection touches it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from sqlalchemy import func, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import lazyload

from groups.db import change, reading
from groups.errors import Refused
from groups.ids import public_id
from groups.rooms.models import Room
from groups.schedule.models import DateChange, Meeting, Phase, RoomDay, Series
from groups.schedule.occurrences import Occurrence, RoomDays, occurrences
from groups.schedule.recurrence import AHEAD, EARLIEST
from groups.sentences import sentence

BATCH = 25  # series in one transaction: short turns, so that nobody else's writing waits long
FARTHEST_MOVE = timedelta(days=31)  # from a date's own start
OVER = (Phase.CANCELLED, Phase.SEALED, Phase.PURGED)
AHEAD_OF_US = (Phase.PLANNED, Phase.CANCELLED)
# How many people signed up for something at these meetings; whoever keeps such lists adds a counter.
SIGNED_UP: list[Callable] = []


def decisions_about(session, series_id: int) -> dict[date, DateChange]:
    """What was decided about single dates of a series."""
    return {row.on_day: row for row in session.scalars(select(DateChange).where(DateChange.series_id == series_id))}


def days_of_room(session, room_id: int) -> RoomDays:
    """The days on which a room is not as usual."""
    return RoomDays(session.scalars(select(RoomDay).where(RoomDay.room_id == room_id)).all())


def expected(session, series: Series, start: datetime, end: datetime) -> list[Occurrence]:
    """The series' dates whose own start is in [start, end), as they are to be."""
    about = decisions_about(session, series.id) if series.id else {}
    return list(occurrences(series, about, days_of_room(session, series.room_id), start, end))


def project(session, series: Series, start: datetime, end: datetime, after: date = EARLIEST) -> int:
    """Write the series' meetings whose own start is in [start, end), of own dates later than `after`;
    how many. Two processes may do this at once: who comes second finds the date taken and leaves it."""
    return _insert(session, series, [one for one in expected(session, series, start, end) if one.day > after])


def project_dates(session, dated: Iterable[tuple[Series, Sequence[Occurrence]]]) -> None:
    """Write the meetings of new series whose dates were reckoned before, all in one statement."""
    _write(session, [row for series, dates in dated for row in _rows(series, dates)])


def reproject(session, series: Series, now: datetime) -> None:
    """Bring the rows of a series that lie ahead in step with what is true now: new ones come, changed
    ones change, those that are no longer dates of it go; or are called off, if people signed up. The
    same hour keeps its row, and with it its address, who serves and who plans to come."""
    # Locked, so that on PostgreSQL no lobby opens by what is being changed.
    ahead = select(Meeting).where(Meeting.series_id == series.id, Meeting.starts_at > now, Meeting.phase.in_(AHEAD_OF_US))
    rows = session.scalars(ahead.with_for_update(of=Meeting)).all()
    begun = set(session.scalars(select(Meeting.on_day).where(
        Meeting.series_id == series.id, or_(Meeting.starts_at <= now, Meeting.phase.not_in(AHEAD_OF_US))
    )))
    # A date that was put off by some weeks has an own start in the past, and is still ahead.
    wanted = {one.day: one for one in expected(session, series, now - FARTHEST_MOVE, now + AHEAD) if one.day not in begun}
    for row in rows:
        if one := wanted.pop(row.on_day, None):
            for name, value in values_of(series, one).items():
                setattr(row, name, value)
        elif signed_up(session, [row.id]):  # whoever planned by it still finds it, struck through
            row.phase, row.why = Phase.CANCELLED, sentence("date_gone")
        else:
            session.delete(row)
    session.flush()
    _insert(session, series, [one for one in wanted.values() if one.starts_at > now])


def signed_up(session, meeting_ids: list[int]) -> int:
    """How many people signed up for something at these meetings."""
    return sum(count(session, meeting_ids) for count in SIGNED_UP)


def settle(session, series: Series, now: datetime) -> None:
    """Reproject, and see that no hour of the series takes the room from another one, or from another
    date of its own. Raises Refused("room_in_use", title=…)."""
    reproject(session, series, now)
    own = session.execute(
        select(Meeting.starts_at, Meeting.ends_at).where(
            Meeting.series_id == series.id, Meeting.phase == Phase.PLANNED, Meeting.starts_at > now
        ).order_by(Meeting.starts_at)
    ).all()
    if any(one[1] > two[0] for one, two in pairwise(own)):
        raise Refused("room_in_use", title=series.title)
    refuse_clash(session, series.room_id, own, besides=series.id)


def values_of(series: Series, one: Occurrence) -> dict:
    """The columns of the row that shows this date of the series."""
    return {
        "room_id": series.room_id, "series_id": series.id, "on_day": one.day, "own_start": one.own_start, "title": one.title,
        "zone": series.zone, "starts_at": one.starts_at, "ends_at": one.ends_at, "format": one.format, "needs": one.needs,
        "language": series.language, "places": series.places, "own_clock_first": series.own_clock_first,
        "is_listed": series.unlisted_at is None, "why": one.why, "phase": Phase.CANCELLED if one.cancelled else Phase.PLANNED,
    }


def _insert(session, series, dates):
    _write(session, _rows(series, dates))
    return len(dates)


def _rows(series, dates):
    return [{"public_id": public_id()} | values_of(series, one) for one in dates]


def _write(session, rows):
    if rows:
        connection = session.connection()
        insert = (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(Meeting.__table__)
        connection.execute(insert.on_conflict_do_nothing(index_elements=["series_id", "on_day"]), rows)


def extend_projection(now: datetime) -> int:
    """Bring every running series' meetings up to 400 days ahead; how many were missing.
    Running it twice, or in two processes at once, changes nothing."""
    return sum(_extend(ids, now) for ids in batches(now))


def batches(now: datetime) -> Iterator[Sequence[int]]:
    """The running series, so many at a time; each batch is asked for when the one before is done."""
    after = 0
    while True:
        with reading() as session:
            ids = session.scalars(_running(Series.id, now).where(Series.id > after).order_by(Series.id).limit(BATCH)).all()
        if not ids:
            return
        after = ids[-1]
        yield ids


def _extend(ids, now):
    with change() as (session, _):
        last = select(Meeting.series_id, func.max(Meeting.on_day)).where(Meeting.series_id.in_(ids))
        reached = dict(iter(session.execute(last.group_by(Meeting.series_id))))
        added = 0
        # In order, so that two processes wait for each other and do not lock each other out.
        found = _running(Series, now).where(Series.id.in_(ids)).order_by(Series.id).options(lazyload(Series.room))
        for series in session.scalars(found):
            # The series' own last date and not its last start: that hour may have been moved. Its
            # day is another one in UTC in some places, so we begin a day early; that is harmless.
            day = reached.get(series.id, EARLIEST)
            start = max(now, datetime.combine(day, time(), UTC) - timedelta(days=1))
            added += project(session, series, start, now + AHEAD, after=day)
    return added


def still_running(now: datetime):
    """The condition that a series may have dates ahead of this moment. A day more, because its own
    calendar may be a day behind ours."""
    return or_(Series.last_day.is_(None), Series.last_day >= now.date() - timedelta(days=1))


def _running(what, now):
    return select(what).join(Room, Series.room_id == Room.id).where(still_running(now), Room.archived_at.is_(None))


def refuse_clash(session, room_id: int, hours: list[tuple[datetime, datetime]], besides: int | None = None) -> None:
    """Raise Refused("room_in_use", title=…) if another hour in this room overlaps one of these,
    given as (start, end). One after the other without a pause is fine. besides: a series whose own
    hours do not count."""
    if not hours:
        return
    hours = sorted(hours)
    other = True if besides is None else or_(Meeting.series_id != besides, Meeting.series_id.is_(None))
    taken = session.execute(
        select(Meeting.starts_at, Meeting.ends_at, Meeting.title)
        .where(
            Meeting.room_id == room_id, Meeting.phase.not_in(OVER), other,
            Meeting.ends_at > hours[0][0], Meeting.starts_at < hours[-1][1],
        ).order_by(Meeting.starts_at)
    ).all()
    number = 0
    for start, end in hours:
        while number < len(taken) and taken[number].ends_at <= start:
            number += 1
        if number < len(taken) and taken[number].starts_at < end:
            raise Refused("room_in_use", title=taken[number].title)
