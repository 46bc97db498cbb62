"""Every hour of a group comes to its end: when the group is closed."""

from datetime import datetime, timedelta

from sqlalchemy import select, update

from groups.rooms.models import Room
from groups.schedule.changing import touch
from groups.schedule.models import Meeting, Phase, Series
from groups.schedule.projection import still_running
from groups.zones import zone


def end_all_hours(session, group_id: int, now: datetime, why: str) -> int:
    """Call off every planned hour of the group and end its series, so that none comes after. An hour whose
    lobby is open goes on to its end. Inside a change; returns how many were called off."""
    rooms = select(Room.id).where(Room.group_id == group_id)
    for series in session.scalars(select(Series).where(Series.room_id.in_(rooms), still_running(now)).order_by(Series.id)):
        yesterday = now.astimezone(zone(series.zone)).date() - timedelta(days=1)
        series.last_day = min(series.last_day or yesterday, yesterday)
        touch(series, now)
    planned = update(Meeting).where(Meeting.room_id.in_(rooms), Meeting.phase == Phase.PLANNED, Meeting.ends_at > now)
    return session.execute(planned.values(phase=Phase.CANCELLED, why=why)).rowcount
