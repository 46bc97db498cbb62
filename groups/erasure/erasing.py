"""Erasing oneself: at once, by oneself, and all of it.

Nothing is marked as deleted and looked after later. One transaction deletes the account with everything that
is about it (`held.py` lists what, and what stays without them), and when it is committed the files of
the database are cleared of what it left behind. Nobody can refuse it: somebody in danger need not
wait for a group to find another moderator."""

import logging
import time
from collections.abc import Iterable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooLate
from dataclasses import dataclass

from sqlalchemy import delete, func, select, update

from groups import clock, policy
from groups.accounts.actions import SignedOut
from groups.accounts.models import Account, SignIn
from groups.conduct.models import Signal
from groups.db import change, fresh, reading
from groups.errors import Failure
from groups.ids import public_id
from groups.meeting.commands import ROOM
from groups.meeting.commands_safety import TakeAllBack
from groups.meeting.jobs import Job
from groups.meeting.ledger import Ledger
from groups.meeting.models import Entry, Seat
from groups.membership import held_names
from groups.membership.actions import MembershipEnded
from groups.membership.models import Group, Membership, Role
from groups.membership.moderators import moderators_besides
from groups.moderation.closing import close_for_good
from groups.moderation.models import StewardMatter
from groups.reports.bystanders import let_go_of_bystander
from groups.reports.models import Report
from groups.retention.deletions import remember_deleted
from groups.retention.wiping import StillRead, wipe
from groups.rooms.models import Room
from groups.schedule.models import HAS_WORDS, Meeting
from groups.sealing import KeyGone, Keyring

log = logging.getLogger(__name__)
TOLD_WITHIN = 5.0  # seconds the hours have to take their words off their pages


@dataclass(frozen=True)
class LeftAlone:
    """A group that nobody would look after any more. others: how many belong to it besides."""

    group: Group
    others: int


def left_alone(account_id: int) -> list[LeftAlone]:
    """The groups in use that only this account looks after, by name: closed for good by its erasure."""
    with reading() as session:
        return _left_alone(session, memberships_of(session, account_id))


def erase(account: Account, agrees: bool, ledger: Ledger) -> None:
    """Delete this account and whatever is held about it; sockets go, and groups it alone looked after are
    closed. agrees: to that closing, where others belong to them.

    Raises Refused("group_left_alone"), NotFound when it is gone already."""
    with reading() as session:
        account = fresh(session, account)
        theirs = memberships_of(session, account.id)
        policy.may_erase(_with_others(_left_alone(session, theirs)), agrees)
        said_in = _hours_with_words(session, theirs)
    _take_back(ledger, said_in)
    with change() as (session, announce):
        # Locked, and counted anew: two moderators who go at the same moment take turns.
        account = session.get(Account, fresh(session, account).id, with_for_update=True)
        theirs = memberships_of(session, account.id)
        alone = left_alone_for_sure(session, theirs)
        policy.may_erase(_with_others(alone), agrees)
        for sign_in_id in session.scalars(select(SignIn.id).where(SignIn.account_id == account.id)):
            announce(SignedOut(sign_in_id))
        _as_steward(session, account)
        delete_account(session, announce, ledger.keyring, account.id, theirs, alone, met=theirs)
    try:
        wipe()
    except StillRead:
        pass  # somebody reads this moment; it is done every minute besides


def left_alone_for_sure(session, theirs: Iterable[Membership]) -> list[LeftAlone]:
    """The groups nobody would look after without these memberships of one account, which are held until this is stored."""
    for group_id in sorted({member.group_id for member in theirs}):
        session.get(Group, group_id, with_for_update=True)
    return _left_alone(session, theirs)


def delete_account(
    session, announce, keyring: Keyring, account_id: int, theirs: list[Membership], alone: list[LeftAlone],
    met: Iterable[Membership],
) -> None:
    """Inside a change: the account goes, with its memberships and whatever no foreign key finds; groups that were left
    alone are closed, and the names of those that others met are nobody's for a while."""
    for member in met:
        held_names.hold(session, member)
    of_group = {member.group_id: member for member in theirs}
    for one in alone:
        close_for_good(session, one.group, of_group[one.group.id], clock.now())
    session.flush()
    for member in theirs:
        _let_go(session, member)
        let_go_of_bystander(session, keyring, member)
        if member.is_current:
            announce(MembershipEnded(member.id, member.handle, member.group_id))
    remember_deleted(session, "account", str(account_id))
    session.execute(delete(Account).where(Account.id == account_id))


def memberships_of(session, account_id: int) -> list[Membership]:
    """Everywhere this account ever belonged, and still has a row."""
    return list(session.scalars(select(Membership).where(Membership.account_id == account_id).order_by(Membership.id)))


def _left_alone(session, theirs) -> list[LeftAlone]:
    alone = []
    for member in theirs:
        leads = member.is_current and member.role == Role.MODERATOR and member.group.closed_at is None
        if leads and not moderators_besides(session, member.group_id, member.id):
            there = (Membership.group_id == member.group_id, Membership.left_at.is_(None), Membership.id != member.id)
            alone.append(LeftAlone(member.group, session.scalar(select(func.count()).where(*there))))
    return sorted(alone, key=lambda one: (one.group.name.lower(), one.group.id))


def _with_others(alone: Iterable[LeftAlone]) -> int:
    return sum(one.others > 0 for one in alone)


def _hours_with_words(session, theirs) -> list[tuple[int, str]]:
    """(meeting, handle): the hours of their groups of which words are kept still, and who they are there."""
    handles = {member.group_id: member.handle for member in theirs}
    hours = select(Meeting.id, Room.group_id).join(Room).where(Room.group_id.in_(handles), HAS_WORDS)
    return [(meeting_id, handles[group_id]) for meeting_id, group_id in session.execute(hours)]


def _take_back(ledger, said_in):
    """Off the pages of hours that are on now, and out of what is told of those that are over. Should one not
    answer, its words are blanked all the same."""
    asked: list[Future] = [ledger.submit(Job(meeting_id, TakeAllBack(by=ROOM, who=handle))) for meeting_id, handle in said_in]
    end = time.monotonic() + TOLD_WITHIN
    for future in asked:
        try:
            future.result(max(0.0, end - time.monotonic()))
        except (Failure, KeyGone, TooLate) as failure:
            log.warning("an hour did not take words back: %s", type(failure).__name__)


def _let_go(session, member):
    """What is not found by a foreign key: words in hours that still have them, and marks by handle."""
    hours = select(Meeting.id).join(Room).where(Room.group_id == member.group_id, HAS_WORDS)
    said = update(Entry).where(Entry.meeting_id.in_(hours), Entry.author == member.handle)
    session.execute(said.values(sealed_words=None, author=None, client_id=None))  # who spoke stays under the hour's key
    session.execute(delete(Seat).where(Seat.meeting_id.in_(hours), Seat.handle == member.handle))
    session.execute(update(Signal).where(Signal.other == member.handle).values(other=public_id()))  # still one person
    session.execute(update(Report).where(Report.by_id == member.id).values(sealed_words=None))
    for column in (Room.locked_by_id, Room.archived_by_id):
        session.execute(update(Room).where(column == member.id).values({column.key: None}))
    asked = update(Group).where(Group.closing_asked_by_id == member.id)
    session.execute(asked.values(closing_asked_by_id=None, closing_asked_at=None))


def _as_steward(session, account):
    """What only they proposed so far waits for another first steward."""
    proposed = update(StewardMatter).where(StewardMatter.first_account_id == account.id, StewardMatter.decided_at.is_(None))
    session.execute(proposed.values(first_account_id=None, first_at=None, asked_until=None))
