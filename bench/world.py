"""A calendar of a given size: groups with their rooms and series in many zones, some dates cancelled
or moved, projected by the same code that serves people."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from pathlib import Path
from random import Random

from sqlalchemy import insert

from groups import clock, db
from groups.accounts.models import Account
from groups.ids import public_id
from groups.membership.models import Access, Group, Membership, Role
from groups.membership.names import name_key
from groups.migrating import upgrade
from groups.rooms.models import Door, Room
from groups.schedule.models import DateChange, Meeting, Series
from groups.schedule.occurrences import RoomDays, occurrences
from groups.schedule.projection import values_of
from groups.schedule.recurrence import AHEAD
from groups.schedule.rules import WEEKDAYS

PER_ROOM, ROOMS = 5, 4  # series in a room, rooms in a group: twenty series belong to each group
ZONES = (
    "Europe/London", "Europe/Berlin", "America/New_York", "America/Los_Angeles", "Australia/Sydney", "Asia/Kolkata",
    "America/Sao_Paulo", "Africa/Johannesburg",
)
LANGUAGES = ("en", "en", "en", "de", "es", "fr")
BATCH = 500  # series written at once


def build(folder: Path, series: int) -> None:
    """Fill an empty SQLite database in `folder` with so many series. Leaves the engine connected."""
    chance = Random(series)
    upgrade(db.connect(f"sqlite:///{folder}/lamplight.db"))
    groups = max(1, series // (PER_ROOM * ROOMS))
    with db.change() as (session, _):
        accounts = [Account() for _ in range(groups)]
        made = [
            Group(name=f"Group {n}", for_whom="anybody" if n % 3 else "partners", access=Access.OPEN, zone=ZONES[n % len(ZONES)])
            for n in range(groups)
        ]
        session.add_all([*accounts, *made])
        session.flush()
        session.add_all(
            Membership(account=account, group=group, name="Maya", name_key=name_key("Maya"), role=Role.MODERATOR)
            for account, group in zip(accounts, made, strict=True)
        )
        rooms = [Room(group=group, name=f"Room {n}", door=Door.ANYONE) for group in made for n in range(ROOMS)]
        session.add_all(rooms)
    todo = [_series(chance, rooms[n // PER_ROOM % len(rooms)], n) for n in range(series)]
    for start in range(0, series, BATCH):
        _write(chance, todo[start : start + BATCH])


def _series(chance, room, number):
    day = clock.now().date() - timedelta(days=chance.randrange(700))
    weekdays = chance.sample(WEEKDAYS, chance.choice((1, 1, 1, 2)))
    weekly, seldom = f"FREQ=WEEKLY;BYDAY={','.join(weekdays)}", weekdays[0]
    rule = chance.choice((*[weekly] * 8, f"FREQ=WEEKLY;INTERVAL=2;BYDAY={seldom}", f"FREQ=MONTHLY;BYDAY=-1{seldom}"))
    at = time(chance.choice((7, 8, 12, 17, 18, 19, 19, 20, 20, 21)), chance.choice((0, 0, 0, 15, 30)))
    return Series(
        room_id=room.id, title=f"Hour {number}", first_day=day, wall_time=at, zone=chance.choice(ZONES), rule=rule,
        minutes=chance.choice((45, 60, 60, 90)), format=chance.choice(("sharing-60", "steps-60", "check-in-45")),
        language=chance.choice(LANGUAGES), public_id=public_id(),
    )


def _write(chance, batch):
    now = clock.now()
    with db.change() as (session, _):
        session.add_all(batch)
        session.flush()
        for series in batch:
            decisions = {one.on_day: one for one in _decisions(chance, series, now.date())}
            session.add_all(decisions.values())
            dates = occurrences(series, decisions, RoomDays(), now - timedelta(days=30), now + AHEAD)
            rows = [{"public_id": public_id()} | values_of(series, one) for one in dates]
            if rows:
                session.execute(insert(Meeting.__table__), rows)


def _decisions(chance, series: Series, today: date) -> Iterator[DateChange]:
    for _ in range(chance.choice((0, 0, 1, 2))):
        day = today + timedelta(days=chance.randrange(60))
        cancelled = chance.random() < 0.5
        yield DateChange(
            series_id=series.id, on_day=day, cancelled=cancelled, why="Away." if cancelled else "",
            to_time=None if cancelled else time(13), sequence=1,
        )
