"""What moderators do with the calendar."""

from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy import func, select

from groups import clock, policy
from groups.db import change, fresh, rehearsal
from groups.errors import Invalid, NotFound, Refused
from groups.formats.choosing import offered
from groups.membership.models import Membership
from groups.rooms.models import Room
from groups.schedule.models import Meeting, Phase, Series
from groups.schedule.places import where
from groups.schedule.plans import TITLE_LIMIT, Plan, fitting
from groups.schedule.projection import project, refuse_clash, settle, still_running
from groups.schedule.recurrence import AHEAD, ONCE
from groups.text import one_line

SERIES = 60  # in one room


def schedule_series(by: Membership, room: Room, plan: Plan) -> Series:
    """A new series in a room, with its meetings 400 days ahead, all or nothing.

    Raises Invalid(field, …) for a plan that makes no sense, Refused when the room is taken or
    closed or somebody else's to decide, NotFound for another group's room."""
    now = clock.now()
    with change() as (session, _):
        return _scheduled(session, by, room, plan, now)


def preview_series(by: Membership, room: Room, plan: Plan) -> Plan:
    """What `schedule_series` would store, or why it would not. Writes nothing."""
    with rehearsal() as session:
        _scheduled(session, by, room, plan, clock.now())
        return plan.checked(clock.now(), offered(session, room.group_id, room.format))


def add_one_meeting(
    by: Membership, room: Room, *, title: str, starts_at: datetime, zone: str, minutes: int, format: str
) -> Meeting:
    """One hour: a series of one date. It may have begun, but not be over. Raises Invalid(field,
    …), Refused, NotFound."""
    now = clock.now()
    with change() as (session, _):
        room = open_room(session, by, room)
        where(zone)
        title, formats = one_line("title", title, TITLE_LIMIT), offered(session, room.group_id, room.format)
        ends_at = starts_at + timedelta(minutes=fitting(minutes, format, formats))
        if ends_at <= now:
            raise Invalid("starts_at", "in_the_past")
        if starts_at > now + AHEAD:
            raise Invalid("starts_at", "too_far")
        refuse_clash(session, room.id, [(starts_at, ends_at)])
        wall = starts_at.astimezone(where(zone))
        plan = Plan(title, wall.date(), wall.time(), zone, ONCE, minutes, format, last_day=wall.date())
        series = _stored(session, room, plan)
        project(session, series, starts_at, starts_at + timedelta(seconds=1))
        return _open_that_day(session, series)


def _stored(session, room, plan):
    series = Series(room=room, **asdict(plan))
    session.add(series)
    session.flush()
    return series


def open_room(session, by: Membership, room: Room) -> Room:
    """The room as it stands now, for somebody who may put hours into it. The row is locked, so that on
    PostgreSQL two people cannot take the same hour at once. Raises NotFound, Refused."""
    by = fresh(session, by)
    room = session.scalar(select(Room).where(Room.id == room.id, Room.group_id == by.group_id).with_for_update(of=Room))
    if room is None:
        raise NotFound()
    policy.may_meet_in(by, room)
    return room


def _scheduled(session, by, room, plan, now):
    room = open_room(session, by, room)
    plan = plan.checked(now, offered(session, room.group_id, room.format))
    running = select(func.count()).select_from(Series).where(Series.room_id == room.id, still_running(now))
    if session.scalar(running) >= SERIES:
        raise Refused("enough_series", limit=SERIES)
    series = _stored(session, room, plan)
    settle(session, series, now)
    if plan.rule == ONCE:
        _open_that_day(session, series)
    return series


def _open_that_day(session, series):
    """The one date of an hour that happens once. Raises Invalid where the room is closed that day, or
    where clocks there show that time twice and the second was meant."""
    meeting = session.scalar(select(Meeting).where(Meeting.series_id == series.id))
    if meeting is None or meeting.phase == Phase.CANCELLED:
        raise Invalid("first_day", "room_closed_day" if meeting else "no_dates")
    return meeting
