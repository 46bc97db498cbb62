"""Days on which a room is not as usual: closed on 25 December, longer on the 31st. They count for
every hour that meets there, now and later, and are taken out as easily as they were put in."""

from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from groups import clock
from groups.db import change, reading
from groups.errors import Invalid, Refused
from groups.membership.models import Membership
from groups.rooms.models import Room
from groups.schedule.actions import open_room
from groups.schedule.changing import touch
from groups.schedule.models import RoomDay, Series
from groups.schedule.projection import settle, still_running
from groups.text import one_line, whole_number

DAYS = 100  # in one room
LONGER = (5, 240)  # minutes
NOTE_LIMIT = 120


def add_room_day(
    by: Membership, room: Room, day: date | None, *, yearly: bool = False, longer: int | None = None, note: str = ""
) -> RoomDay:
    """The room is closed that day; or, with `longer`, every hour there is so many minutes longer.

    Raises Invalid(field, …), Refused("day_marked", "enough_days", "room_in_use" where a longer hour
    would run into another), NotFound."""
    now = clock.now()
    with change() as (session, _):
        room = open_room(session, by, room)
        if day is None:
            raise Invalid("day", "bad_date")
        if not yearly and day < now.date() - timedelta(days=1):
            raise Invalid("day", "day_is_over")
        if session.scalar(select(func.count()).select_from(RoomDay).where(RoomDay.room_id == room.id)) >= DAYS:
            raise Refused("enough_days", limit=DAYS)
        special = RoomDay(
            room_id=room.id, day=day, yearly=yearly, closed=longer is None, by_id=by.id,
            longer=0 if longer is None else whole_number("longer", longer, *LONGER),
            note=one_line("note", note, NOTE_LIMIT) if note and note.strip() else "",
        )
        session.add(special)
        try:
            session.flush()
        except IntegrityError:
            raise Refused("day_marked") from None
        _settle_all(session, room, now)
    return special


def remove_room_day(by: Membership, room: Room, day_id: int) -> None:
    """The day is as usual again. Raises Refused where the room is taken then by now. Doing it twice is
    harmless."""
    now = clock.now()
    with change() as (session, _):
        room = open_room(session, by, room)
        special = session.scalar(select(RoomDay).where(RoomDay.id == day_id, RoomDay.room_id == room.id))
        if special is not None:
            session.delete(special)
            session.flush()
            _settle_all(session, room, now)


def room_days(room: Room) -> list[RoomDay]:
    """The room's special days, those that come next first."""
    today = clock.now().date()
    with reading() as session:
        rows = session.scalars(select(RoomDay).where(RoomDay.room_id == room.id)).all()
    return sorted(rows, key=lambda one: _comes(one, today))


def _comes(special, today):
    """(year, month, day) on which it comes next; one that is past keeps its own."""
    month_day = (special.day.month, special.day.day)
    if not special.yearly:
        return (special.day.year, *month_day)
    return (today.year + (month_day < (today.month, today.day)), *month_day)


def _settle_all(session, room, now):
    for series in session.scalars(select(Series).where(Series.room_id == room.id, still_running(now)).order_by(Series.id)).all():
        touch(series, now)
        settle(session, series, now)
