"""What a live meeting does about news from outside: its room was changed or locked, a step was lifted, somebody
left quickly or signed out.
Called by announcement, after the commit; nothing here waits."""

from datetime import timedelta
from functools import partial

from sqlalchemy import and_, select

from groups import clock
from groups.accounts.actions import LeftQuickly, SignedOut
from groups.accounts.browsers import is_used_elsewhere
from groups.db import reading
from groups.meeting.actions import rules_of
from groups.meeting.apart import APART, one_after_another
from groups.meeting.commands import ROOM, Leave
from groups.meeting.commands_safety import ChangeRules, LetBack, LockNow
from groups.meeting.jobs import Job
from groups.meeting.ledger import Ledger
from groups.meeting.models import Seat
from groups.meeting.recording import AskedToLeave
from groups.membership.models import Membership
from groups.rooms.actions import RoomChanged
from groups.rooms.models import Room
from groups.schedule.models import LIVE, Meeting


def room_changed(ledger: Ledger, news: RoomChanged) -> None:
    """An urgent change counts for the hour that is on, too; a room that was locked closes it."""
    if not news.urgent:
        return
    with reading() as session:
        live = session.scalars(select(Meeting).where(Meeting.room_id == news.room_id, Meeting.phase.in_(LIVE))).all()
    for meeting in live:
        locked = meeting.room.locked_at is not None
        ledger.submit(Job(meeting.id, LockNow(by=ROOM) if locked else ChangeRules(by=ROOM, **rules_of(meeting))))


def step_lifted(ledger: Ledger, meeting_id: int | None, handle: str) -> None:
    """Whoever was asked to listen or to leave may speak, or come to the door, again."""
    if meeting_id is not None:
        ledger.submit(Job(meeting_id, LetBack(by=ROOM, who=handle)))


def asked_to_leave(ledger: Ledger, news: AskedToLeave) -> None:
    """Leaving for tonight is leaving every hour of the group: also another that is on, whichever process holds it."""
    elsewhere = select(Seat.meeting_id).join(Meeting, Meeting.id == Seat.meeting_id)
    with reading() as session:
        rooms = session.scalars(elsewhere.where(Seat.handle == news.handle, Meeting.phase.in_(LIVE))).all()
    for meeting_id in rooms:
        ledger.submit(Job(meeting_id, Leave(by=news.handle)))


def left_quickly(ledger: Ledger, news: LeftQuickly) -> None:
    """Whoever left in a hurry leaves every room as the button does, so that nobody waits for them and nobody can
    tell the two apart."""
    leaves_every_room(ledger, news.account_id)


def signed_out(ledger: Ledger, news: SignedOut) -> None:
    """The same for whoever signed out, unless they may sit at another browser of theirs."""
    if news.account_id is not None and not is_used_elsewhere(news.account_id, news.sign_in_id, clock.now()):
        leaves_every_room(ledger, news.account_id)


def leaves_every_room(ledger: Ledger, account_id: int, within: timedelta = APART) -> None:
    """This account goes from every meeting that is on in its groups and in which it was seen, whichever process
    holds it: from the one where it was seen last at once, and from any other a little later (`apart.py`), unless it
    was seen there again by then."""
    theirs = (
        select(Meeting.id, Membership.handle).join(Room, Room.id == Meeting.room_id)
        .join(Membership, Membership.group_id == Room.group_id)
        .join(Seat, and_(Seat.meeting_id == Meeting.id, Seat.handle == Membership.handle))
        .where(Meeting.phase.in_(LIVE), Membership.account_id == account_id).order_by(Seat.seen_at.desc())
    )
    now = clock.now()
    with reading() as session:
        rooms = session.execute(theirs).all()
    one_after_another([partial(_leaves, ledger, meeting_id, handle, now) for meeting_id, handle in rooms], within)


def _leaves(ledger, meeting_id, handle, since):
    with reading() as session:
        back = session.scalar(select(Seat.handle).where(Seat.meeting_id == meeting_id, Seat.handle == handle, Seat.seen_at > since))
    if back is None:
        ledger.submit(Job(meeting_id, Leave(by=handle)))
