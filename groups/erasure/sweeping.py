"""Accounts that nobody kept and no browser remembers: nobody can come back to them, and they go by themselves, with the
next sweep after the last browser was signed out. Where they were in an hour, they go when what was said there does: a room
that is on does not lose the words of whoever signs out, and what was said can be reported as long as it is kept. One that
no browser was ever seen at goes a day after it was opened.

A name that others met goes as it does when somebody erases themselves: nobody else takes it for thirty days.
A name that nobody met was only written down. It is free at once: whoever lost their browser on the first
evening may take it again, and names are not used up by accounts that were made to be thrown away. A group that
only such an account looked after is closed, as where somebody erases themselves (decision 26)."""

from datetime import datetime

from sqlalchemy import and_, delete, or_, select

from groups import clock
from groups.accounts.actions import SignedOut
from groups.accounts.models import UNKEPT, Account, SignIn, over_at
from groups.db import change, reading
from groups.erasure.erasing import delete_account, left_alone_for_sure, memberships_of
from groups.meeting.models import Seat
from groups.membership.models import Membership, Role
from groups.rota.models import Attended
from groups.schedule.models import HAS_WORDS, Meeting
from groups.sealing import Keyring


def sweep_accounts(keyring: Keyring, now: datetime) -> int:
    """Delete sign-ins left unused too long, then accounts nobody kept and no browser remembers, each in a change of
    its own: whoever writes in a live hour waits for one of them at most. For the heartbeat. Returns how many accounts
    went."""
    with change() as (session, announce):
        over = delete(SignIn).where(over_at(now)).returning(SignIn.id)
        for sign_in_id in session.scalars(over).all():
            announce(SignedOut(sign_in_id))
    with reading() as session:
        gone = session.scalars(_lost(now)).all()
    return sum(_sweep(keyring, account_id, now) for account_id in gone)


def _lost(now):
    remembered = select(SignIn.account_id).where(SignIn.account_id.is_not(None))
    heard = select(Membership.account_id).join(Seat, Seat.handle == Membership.handle).join(Meeting, Meeting.id == Seat.meeting_id)
    at_once = and_(Account.came_in, Account.id.not_in(heard.where(HAS_WORDS)))
    over = or_(at_once, Account.opened_at < now - UNKEPT)
    return select(Account.id).where(Account.key.is_(None), Account.id.not_in(remembered), over).order_by(Account.id)


def _sweep(keyring, account_id, now):
    with change() as (session, announce):
        if session.scalar(_lost(now).where(Account.id == account_id).with_for_update()) is None:
            return 0  # kept meanwhile, or another process was here
        theirs = memberships_of(session, account_id)
        alone = left_alone_for_sure(session, theirs)
        delete_account(session, announce, keyring, account_id, theirs, alone, met=_met(session, account_id))
    return 1


def _met(session, account_id):
    """Memberships of theirs whose name others came to know: let into an hour, heard in one, put out of the
    group, or one of those who look after it."""
    came = Membership.id.in_(select(Attended.membership_id).where(Attended.times > 0))
    spoke, looks_after = Membership.first_shared_at.is_not(None), Membership.role == Role.MODERATOR
    known = or_(came, spoke, looks_after, Membership.barred_until > clock.now())
    return session.scalars(select(Membership).where(Membership.account_id == account_id, known)).all()
