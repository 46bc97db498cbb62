"""What a live meeting does about news from outside: its room was changed or locked, a step was lifted.
Called by announcement, after the commit; nothing here waits."""

from sqlalchemy import select

from groups.db import reading
from groups.meeting.commands import ROOM
from groups.meeting.commands_safety import ChangeRules, LetBack, LockNow
from groups.meeting.jobs import Job
from groups.meeting.ledger import Ledger
from groups.rooms.actions import RoomChanged
from groups.rooms.models import HandsSeenBy, Room
from groups.schedule.models import LIVE, Meeting


def room_changed(ledger: Ledger, news: RoomChanged) -> None:
    """An urgent change counts for the hour that is on, too; a room that was locked closes it."""
    if not news.urgent:
        return
    with reading() as session:
        room = session.get(Room, news.room_id)
        live = session.scalars(select(Meeting.id).where(Meeting.room_id == news.room_id, Meeting.phase.in_(LIVE))).all()
    for meeting_id in live:
        ledger.submit(Job(meeting_id, _meant(room)))


def step_lifted(ledger: Ledger, meeting_id: int | None, handle: str) -> None:
    """Whoever was asked to listen or to leave may speak, or come to the door, again."""
    if meeting_id is not None:
        ledger.submit(Job(meeting_id, LetBack(by=ROOM, who=handle)))


def _meant(room):
    if room.locked_at is not None:
        return LockNow(by=ROOM)
    seen = room.hands_seen_by == HandsSeenBy.EVERYONE
    return ChangeRules(by=ROOM, capacity=room.capacity, guard=room.guard, holds_first=room.holds_first, hands_seen=seen)
