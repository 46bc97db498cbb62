"""What a live meeting does about news from outside: its room was changed or locked, a step was lifted, a role
was taken from somebody, or they left quickly or signed out.
Called by announcement, after the commit; nothing here waits."""

from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import and_, select

from groups import clock
from groups.accounts.actions import LeftQuickly, SignedOut
from groups.accounts.browsers import is_used_elsewhere
from groups.db import reading
from groups.meeting.actions import rules_of
from groups.meeting.apart import APART, a_while_later, one_after_another
from groups.meeting.commands import ROOM, EndDuty, Leave
from groups.meeting.commands_safety import ChangeRules, LetBack, LockNow
from groups.meeting.jobs import Job
from groups.meeting.ledger import Ledger
from groups.meeting.models import Seat
from groups.meeting.recording import AskedToLeave
from groups.membership.models import Membership
from groups.membership.roles import RoleRemoved
from groups.rooms.actions import RoomChanged
from groups.rooms.models import Room
from groups.rota.models import Duty
from groups.schedule.models import IS_LIVE, Meeting

CLOSED = timedelta(seconds=3)  # after a sign-in ended, until no process notes anybody as seen at its pages any more
LOOKED = timedelta(seconds=25)  # after that every other page was seen: one with script each five seconds, one without each twenty


def room_changed(ledger: Ledger, news: RoomChanged) -> None:
    """An urgent change counts for the hour that is on, too; a room that was locked closes it."""
    if not news.urgent:
        return
    with reading() as session:
        live = session.scalars(select(Meeting).where(Meeting.room_id == news.room_id, IS_LIVE)).all()
    for meeting in live:
        locked = meeting.room.locked_at is not None
        ledger.submit(Job(meeting.id, LockNow(by=ROOM) if locked else ChangeRules(by=ROOM, **rules_of(meeting))))


def step_lifted(ledger: Ledger, meeting_id: int | None, handle: str) -> None:
    """Whoever was asked to listen or to leave may speak, or come to the door, again."""
    if meeting_id is not None:
        ledger.submit(Job(meeting_id, LetBack(by=ROOM, who=handle)))


def asked_to_leave(ledger: Ledger, news: AskedToLeave) -> None:
    """Leaving for tonight is leaving every hour of the group: also another that is on, whichever process holds it."""
    with reading() as session:
        hours = session.scalars(_seen_in(news.handle)).all()
    for meeting_id in hours:
        ledger.submit(Job(meeting_id, Leave(by=news.handle)))


def role_removed(ledger: Ledger, news: RoleRemoved) -> None:
    """Whoever served because they look after the group serves no more, in every hour that is on; what they signed up
    for is the rota's to give, and stays."""
    with reading() as session:
        hours = session.scalars(_seen_in(news.handle)).all()
        theirs = select(Duty.meeting_id, Duty.kind).where(Duty.meeting_id.in_(hours), Duty.membership_id == news.membership_id)
        kept = session.execute(theirs).all()
    for meeting_id in hours:
        signed_up = tuple(str(kind) for at, kind in kept if at == meeting_id)
        ledger.submit(Job(meeting_id, EndDuty(by=ROOM, who=news.handle, kept=signed_up)))


def _seen_in(handle):
    live = select(Seat.meeting_id).join(Meeting, Meeting.id == Seat.meeting_id).where(IS_LIVE)
    return live.where(Seat.handle == handle)


def left_quickly(ledger: Ledger, news: LeftQuickly) -> None:
    """Whoever left in a hurry leaves every room as the button does, so that nobody waits for them and nobody can
    tell the two apart."""
    leaves_every_room(ledger, news.account_id)


def signed_out(ledger: Ledger, news: SignedOut, looked: timedelta = LOOKED) -> None:
    """The same for whoever signed out. Where another browser of theirs was used lately they may sit in the room there,
    in any process: after `looked` they leave every room that has not seen them since. (A page without script on which
    somebody writes does not load itself; whoever does just that there comes in again.)"""
    if news.account_id is None:
        return
    now = clock.now()
    if is_used_elsewhere(news.account_id, news.sign_in_id, now):
        a_while_later(looked, partial(leaves_every_room, ledger, news.account_id, since=now + CLOSED))
    else:
        leaves_every_room(ledger, news.account_id)


def leaves_every_room(ledger: Ledger, account_id: int, within: timedelta = APART, since: datetime | None = None) -> None:
    """This account goes from every meeting that is on in its groups and in which it was seen, whichever process
    holds it: from the one where it was seen last at once, and from any other a little later (`apart.py`), unless it
    was seen there after `since` (this moment)."""
    since = since or clock.now()
    theirs = (
        select(Meeting.id, Membership.handle).join(Room, Room.id == Meeting.room_id)
        .join(Membership, Membership.group_id == Room.group_id)
        .join(Seat, and_(Seat.meeting_id == Meeting.id, Seat.handle == Membership.handle))
        .where(IS_LIVE, Membership.account_id == account_id, Seat.seen_at <= since).order_by(Seat.seen_at.desc())
    )
    with reading() as session:
        rooms = session.execute(theirs).all()
    one_after_another([partial(_leaves, ledger, meeting_id, handle, since) for meeting_id, handle in rooms], within)


def _leaves(ledger, meeting_id, handle, since):
    with reading() as session:
        back = session.scalar(select(Seat.handle).where(Seat.meeting_id == meeting_id, Seat.handle == handle, Seat.seen_at > since))
    if back is None:
        ledger.submit(Job(meeting_id, Leave(by=handle)))
