"""Accounts that nobody kept and no browser remembers: nobody can come back to them, and they go by themselves.

A name that others met goes as it does when somebody erases themselves: nobody else takes it for thirty days.
A name that nobody met was only written down. It is free at once: whoever lost their browser on the first
evening may take it again, and names are not used up by accounts that were made to be thrown away. A group that
only such an account looked after is closed, as where somebody erases themselves (decision 26)."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, or_, select

from groups import clock
from groups.accounts.actions import SignedOut
from groups.accounts.models import UNKEPT, Account, SignIn, over_at
from groups.db import change
from groups.erasure.erasing import left_alone_for_sure, let_go_of, memberships_of
from groups.membership import held_names
from groups.membership.models import Membership, Role
from groups.retention.deletions import remember_deleted
from groups.rota.models import Attended


def sweep_accounts(now: datetime) -> int:
    """Delete sign-ins left unused too long, then accounts nobody kept and no browser remembers.
    For the heartbeat. Returns how many accounts went."""
    with change() as (session, announce):
        over = delete(SignIn).where(over_at(now)).returning(SignIn.id)
        for sign_in_id in session.scalars(over).all():
            announce(SignedOut(sign_in_id))
        remembered = select(SignIn.account_id).where(SignIn.account_id.is_not(None))
        lost = select(Account.id).where(Account.key.is_(None), Account.opened_at < now - UNKEPT, Account.id.not_in(remembered))
        gone = session.scalars(lost.order_by(Account.id).with_for_update()).all()
        for member in _met(session, gone):
            held_names.hold(session, member)
        for number in gone:
            theirs = memberships_of(session, number)
            let_go_of(session, announce, theirs, left_alone_for_sure(session, theirs))
            remember_deleted(session, "account", str(number))
            session.execute(delete(Account).where(Account.id == number))
        return len(gone)


def _met(session, account_ids: Iterable[int]):
    """Memberships of these whose name others came to know: let into an hour, heard in one, put out of the
    group, or one of those who look after it."""
    came = Membership.id.in_(select(Attended.membership_id).where(Attended.times > 0))
    spoke, looks_after = Membership.first_shared_at.is_not(None), Membership.role == Role.MODERATOR
    known = or_(came, spoke, looks_after, Membership.barred_until > clock.now())
    return session.scalars(select(Membership).where(Membership.account_id.in_(account_ids), known)).all()
