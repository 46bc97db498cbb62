"""A room's settings were changed, or its door was locked, and it was marked urgent: the hour that is on now
hears of it too."""

from sqlalchemy import select

from groups.db import reading
from groups.meeting import commands as c
from groups.meeting.actions import capacity_of
from groups.meeting.commands_safety import ChangeRules
from groups.meeting.ledger import Job, Ledger
from groups.rooms.actions import RoomChanged
from groups.rooms.models import HandsSeenBy
from groups.schedule.models import LIVE, Meeting


def apply_now(ledger: Ledger, news: RoomChanged) -> None:
    """Where it is urgent: a locked room's hour closes, and any other goes on by the room's new settings.
    Does not wait."""
    if not news.urgent:
        return
    with reading() as session:
        live = session.scalars(select(Meeting).where(Meeting.room_id == news.room_id, Meeting.phase.in_(LIVE))).all()
    for meeting in live:
        ledger.submit(Job(meeting.id, _asks(meeting)))


def _asks(meeting):
    room = meeting.room
    if room.locked_at is not None:
        return c.Close(by=c.ROOM)
    return ChangeRules(
        by=c.ROOM, capacity=capacity_of(meeting), guard=room.guard, holds_first=room.holds_first,
        hands_seen=room.hands_seen_by == HandsSeenBy.EVERYONE,
    )
