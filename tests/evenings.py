"""Hours for tests of the calendar: a Tuesday noon, a weekly evening, and looking past every rule."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import func, select, update

from groups.db import change, reading
from groups.membership.models import Membership
from groups.rooms.actions import RoomSettings, make_room
from groups.rota.models import Duty
from groups.schedule.actions import add_one_meeting, schedule_series
from groups.schedule.models import Meeting
from groups.schedule.plans import Plan

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)  # a Tuesday, in London
EVENING = Plan(
    title="Evening harbour", first_day=date(2026, 11, 24), wall_time=time(19), zone="Europe/London",
    rule="FREQ=WEEKLY;BYDAY=TU", minutes=60, format="sharing-60",
)
HOUR = {  # the same, as somebody types it: every second week, Thursdays too
    "title": "Evening harbour", "kind": "weekly", "weekdays": ["1", "3"], "every": "2", "first_day": "2026-11-24", "wall_time": "19:00",
    "zone": "Europe/London", "minutes": "60", "format": "sharing-60", "language": "en", "needs": ["door", "second"], "ends": "never",
}


def every_tuesday(by, room):
    """`EVENING` in this room; the first of its meetings, which is tonight."""
    return meetings(series_id=schedule_series(by.membership, room, EVENING).id)[0]


def one(by, room, title="A quiet hour", hours=7.0, zone="Europe/London", minutes=60):
    """One hour that begins so many hours after noon."""
    starts_at = NOON + timedelta(hours=hours)
    return add_one_meeting(
        by.membership, room, title=title, starts_at=starts_at, zone=zone, minutes=minutes, format="sharing-60"
    )


def busy_evenings(maya, rosa, quay, grove, rooms=6):
    """Harbour meets in six rooms at once (one of them for members) on three evenings a week."""
    for n in range(rooms):
        room = make_room(maya.membership, RoomSettings(name=f"Room {n}", door="members" if n == 5 else "anyone"))
        for day in ("TU", "TH", "SA"):
            schedule_series(maya.membership, room, replace(EVENING, rule=f"FREQ=WEEKLY;BYDAY={day}"))
    schedule_series(maya.membership, quay, replace(EVENING, rule="FREQ=WEEKLY;BYDAY=WE"))
    schedule_series(rosa.membership, grove, replace(EVENING, zone="America/New_York"))


def meetings(**where):
    """The stored meetings like this, in order."""
    with reading() as session:
        return session.scalars(select(Meeting).filter_by(**where).order_by(Meeting.starts_at)).all()


def count(kind):
    """How many rows there are of a kind."""
    with reading() as session:
        return session.scalar(select(func.count()).select_from(kind))


def set_to(thing, **values):
    """Change a stored row, whatever the rules say."""
    with change() as (session, _):
        for name, value in values.items():
            setattr(session.get(type(thing), thing.id), name, value)


def been_here(days: int = 90) -> None:
    """Everybody has been in their group so long, counted back from `NOON`."""
    with change() as (session, _):
        session.execute(update(Membership).values(joined_at=NOON - timedelta(days=days)))


def duties(meeting) -> dict[str, str]:
    """Who does what at this hour, by name: members of the group only."""
    rows = select(Duty.kind, Membership.name).join(Membership, Duty.membership_id == Membership.id)
    with reading() as session:
        return dict(session.execute(rows.where(Duty.meeting_id == meeting.id, Membership.left_at.is_(None))).all())


def circle(by, room, hours=48.0, places=2):
    """An hour with so many places, beginning so many hours after noon."""
    meeting = one(by, room, "A small circle", hours)
    set_to(meeting, places=places)
    return meeting
