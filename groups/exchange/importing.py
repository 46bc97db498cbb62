"""Bringing in hours from elsewhere: look at them first, then take them, all or none. One reckoning
(`reckoning.py`) serves both, so that what is shown is what happens."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, fields
from datetime import datetime

from sqlalchemy import select

from groups import clock, policy
from groups.db import change, fresh, reading
from groups.errors import Invalid, NotFound, Refused
from groups.exchange.fitting import Ready, Wish, fit
from groups.exchange.reckoning import CHANGED, NEW, Here, Occupied, Reckoning, Surroundings, Verdict, reckon, same_dates, undecided
from groups.exchange.sources import Listed, copy, listed
from groups.exchange.sources.candidate import Unread
from groups.formats.choosing import offered
from groups.membership.models import Membership
from groups.rooms.models import Room
from groups.schedule.actions import SERIES
from groups.schedule.languages import LANGUAGES
from groups.schedule.models import DateChange, Meeting, Series
from groups.schedule.places import where
from groups.schedule.plans import Plan
from groups.schedule.projection import OVER, days_of_room, project_dates, reproject, still_running
from groups.text import one_of

DATES = ("first_day", "wall_time", "zone", "rule", "pauses")  # what says when a series meets


class Changed(Refused):
    """What would happen now is not what somebody saw."""


def may_bring_in(by: Membership) -> None:
    """Raises Refused for those who do not look after the group."""
    policy.may_import(by)


def look_at_list(by: Membership, text: str, wish: Wish) -> Reckoning:
    """What `bring_in` would do with every row. Writes nothing. Raises Invalid(field, …) for what is no list,
    or a wish that makes no sense; Refused, NotFound."""
    now = clock.now()
    policy.may_import(by)
    rows = listed(text)
    with reading() as session:
        fitted = _fitted(session, by, rows, wish, now)
        return reckon(rows.kind, fitted, _surroundings(session, by, _rooms(session, by, wish), wish, now), now)


def bring_in(by: Membership, text: str, wish: Wish, seen: str) -> Reckoning:
    """Take what can be taken, all in one piece, if that is still what somebody saw. Raises Changed if it is
    not, and what `look_at_list` raises."""
    now = clock.now()
    policy.may_import(by)
    rows = listed(text)
    with reading() as session:  # the long part, before anybody else's writing has to wait
        fitted = _fitted(session, by, rows, wish, now)
    with change() as (session, _):
        by = fresh(session, by)
        rooms = _rooms(session, by, wish, lock=True)
        done = reckon(rows.kind, fitted, _surroundings(session, by, rooms, wish, now), now)
        if done.seen != seen:
            raise Changed("import_changed")
        _add(session, by, [(rooms[verdict.room.slug], verdict.ready) for verdict in done.of(NEW)], now)
        for verdict in done.of(CHANGED):
            _alter(session, by, verdict, now)
    return done


def _fitted(session, by, rows: Listed, wish: Wish, now: datetime) -> list[Ready | Unread]:
    formats = offered(session, by.group_id)
    one_of("format", wish.format, formats)
    one_of("language", wish.language, LANGUAGES)
    where(wish.zone)
    return [row if isinstance(row, Unread) else _fit(row, wish, formats, now) for row in rows.rows]


def _fit(row, wish, formats, now):
    try:
        return fit(row, wish, formats, now)
    except Invalid as why:
        return Unread(row.row, row.name, why.reason, why.facts)


def _rooms(session, by, wish, lock: bool = False) -> dict[str, Room]:
    """The group's rooms by slug, if the chosen ones may be used. lock: on PostgreSQL nobody else takes an
    hour there meanwhile."""
    policy.may_import(by)
    mine = select(Room).where(Room.group_id == by.group_id).order_by(Room.id)
    rooms = {room.slug: room for room in session.scalars(mine.with_for_update(of=Room) if lock else mine)}
    if not wish.rooms:
        raise Invalid("rooms", "import_choose_room")
    for slug in wish.rooms:
        if slug not in rooms:
            raise NotFound()
        policy.may_meet_in(by, rooms[slug])
    return rooms


def _surroundings(session, by, rooms, wish, now) -> Surroundings:
    here = dict(_came_before(session, by, now))
    in_use = [room for room in rooms.values() if room.archived_at is None and room.locked_at is None]
    wanted = {*wish.rooms, *(one.room for one in here.values())}
    places = {room.slug: _occupied(session, room, now) for room in in_use if room.slug in wanted}
    return Surroundings(places, tuple(dict.fromkeys(wish.rooms)), here, SERIES)


def _came_before(session, by, now) -> Iterator[tuple[tuple[str, str], Here]]:
    """Every series of the group that came by an import, by what it is called there; and each by its own name,
    in case a copy of this very group comes back."""
    decided = defaultdict(set)
    about = select(DateChange.series_id, DateChange.on_day).join(Series, DateChange.series_id == Series.id)
    for series_id, day in session.execute(about.join(Room, Series.room_id == Room.id).where(Room.group_id == by.group_id)):
        decided[series_id].add(day)
    mine = select(Series, Room.slug).join(Room, Series.room_id == Room.id).where(Room.group_id == by.group_id)
    for series, slug in session.execute(mine.order_by(Series.id)):
        plan = Plan(**{one.name: getattr(series, one.name) for one in fields(Plan)})
        is_over = series.last_day is not None and series.last_day < now.astimezone(where(series.zone)).date()
        here = Here(series.id, slug, plan, is_over, frozenset(decided[series.id]))
        yield (copy.SOURCE, series.public_id), here
        if series.source:
            yield (series.source, series.source_id), here


def _occupied(session, room, now):
    running = session.scalars(select(Series.id).where(Series.room_id == room.id, still_running(now))).all()
    taken = select(Meeting.starts_at, Meeting.ends_at, Meeting.title, Meeting.series_id).where(
        Meeting.room_id == room.id, Meeting.phase.not_in(OVER), Meeting.ends_at > now
    )
    place = Occupied(room.slug, room.name, len(running))
    for start, end, title, series_id in session.execute(taken.order_by(Meeting.starts_at)):
        place.take([(start, end)], title, series_id or 0)
    return place


def _add(session, by, coming: list[tuple[Room, Ready]], now) -> None:
    """Series that are new here, with their dates, in few statements: others wait to write meanwhile."""
    made = [
        Series(room=room, source=ready.candidate.source, source_id=ready.candidate.source_id, **asdict(ready.plan))
        for room, ready in coming
    ]
    session.add_all(made)
    session.flush()
    days = {room.id: days_of_room(session, room.id) for room, _ in coming}
    for series, (_, ready) in zip(made, coming, strict=True):
        _decide(session, by, series, ready.decisions, now)
    session.flush()
    project_dates(session, [(one, ready.dates(days[room.id])) for one, (room, ready) in zip(made, coming, strict=True)])


def _alter(session, by, verdict: Verdict, now) -> None:
    """A series that is here, as it is there now. What is ours of it stays: how it runs, who serves."""
    series, ready, here = session.get(Series, verdict.here.series_id), verdict.ready, verdict.here
    told = ["title", "minutes", "last_day"] + (["language"] if ready.candidate.plan.language else [])
    for name in told if same_dates(ready, here, now) else [*told, *DATES]:
        setattr(series, name, getattr(ready.plan, name))
    series.sequence, series.changed_at, series.confirmed_at = series.sequence + 1, now, now
    _decide(session, by, series, undecided(ready, here), now)
    session.flush()
    reproject(session, series, now)


def _decide(session, by, series, decisions, now):
    for one in decisions:
        told = {name: getattr(one, name) for name in one.__struct_fields__}
        session.add(DateChange(series_id=series.id, by_id=by.id, at=now, sequence=series.sequence, **told))
