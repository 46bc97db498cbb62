"""Keeping somebody out of every group: asked for by a group, or found by reports from several, and
decided by two stewards, who learn neither names nor groups."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from groups import clock, policy
from groups.accounts.models import Account
from groups.conduct.ladder import LONGEST
from groups.conduct.models import Signal
from groups.db import change, fresh
from groups.logbook.writing import write_log
from groups.membership.actions import end_membership
from groups.membership.models import Membership
from groups.moderation.models import StewardMatter
from groups.moderation.standing import one_of_theirs
from groups.text import one_of, whole_number

WHY = ("solicitation", "threats", "exposing", "evasion")
REPORTED = "reported"  # nobody asked: reports from several groups met in one person
LOOKING_BACK = timedelta(days=90)
SEVERAL = 2  # people, and groups


def refer(by: Membership, target: Membership, why: str | None) -> StewardMatter:
    """Ask the stewards to keep this person out of every group. Raises Invalid("why", …), Refused."""
    with change() as (session, _):
        policy.may_see_steps(by)
        by, target = fresh(session, by), fresh(session, target)
        matter = session.scalar(select(StewardMatter).where(StewardMatter.membership_id == target.id).with_for_update())
        waits = matter is not None and matter.decided_at is None and matter.why != REPORTED
        policy.may_refer(by, target, waits)
        matter = _begun(session, matter, target, one_of("why", why, WHY), by)
        write_log(session, target.group_id, "stewards_asked", by=by.handle, about=target.handle, detail=why)
        return matter


def gather_reported() -> None:
    """Put before the stewards whoever was reported by several people in several groups within ninety
    days: one matter for one person, whose groups hear nothing of it. Doing it often is harmless."""
    with change() as (session, _):
        for account_id in not_gathered(session):
            any_of_theirs = select(Membership).where(Membership.account_id == account_id).order_by(Membership.id).limit(1)
            member = session.scalar(any_of_theirs)
            known = session.scalar(select(StewardMatter).where(StewardMatter.membership_id == member.id))
            _begun(session, known, member, REPORTED, None)


def not_gathered(session) -> list[int]:
    """Accounts that were reported so, and of whom no matter is open yet."""
    return [
        account_id for account_id, (people, groups) in reported(session).items()
        if min(people, groups) >= SEVERAL and not _open_matters(session, account_id)
    ]


def propose_bar(account: Account | None, matter_id: str, days: int | None) -> StewardMatter:
    """As the first steward: no group takes this person for so many days. Nothing happens before a second
    one agrees. Raises Invalid("days", …), Refused."""
    with change() as (session, _):
        account, matter = _at(session, account, matter_id)
        policy.may_propose_bar(account, had_a_part(session, matter), matter)
        matter.asked_until = clock.now() + timedelta(days=whole_number("days", days, 1, LONGEST.days))
        matter.first_account_id, matter.first_at = account.id, clock.now()
        return matter


def leave_matter(account: Account | None, matter_id: str) -> StewardMatter:
    """As the first steward: leave it as it is."""
    with change() as (session, _):
        account, matter = _at(session, account, matter_id)
        policy.may_propose_bar(account, had_a_part(session, matter), matter)
        matter.first_account_id, matter.first_at = account.id, clock.now()
        _close(session, matter, "declined")
        return matter


def answer_bar(account: Account | None, matter_id: str, agrees: bool) -> StewardMatter:
    """As the second steward. Agreed: from this commit on no group has this person, and none takes them
    until the end that was proposed. Raises Refused."""
    with change() as (session, announce):
        account, matter = _at(session, account, matter_id)
        policy.may_answer_bar(account, had_a_part(session, matter), matter)
        matter.second_account_id = account.id
        if not agrees:
            _close(session, matter, "declined")
            return matter
        barred = _account(session, matter)
        barred.barred_until = max(matter.asked_until, barred.barred_until or matter.asked_until)
        session.flush()
        current = select(Membership).where(Membership.account_id == barred.id, Membership.left_at.is_(None))
        for member in session.scalars(current):
            end_membership(announce, member, member.barred_until)  # groups see that somebody left, and no more
        for other in _open_matters(session, barred.id):
            _close(session, other, "barred")
        return matter


def reported(session) -> dict[int, tuple[int, int]]:
    """{account: (how many people reported it, in how many groups)}, of accounts with reports from
    several groups within ninety days, and since the stewards last decided about them."""
    since = clock.now() - LOOKING_BACK
    recent = (Signal.kind == "reported", Signal.at > since)
    several = (
        select(Membership.account_id).join(Signal, Signal.membership_id == Membership.id).where(*recent)
        .group_by(Membership.account_id).having(func.count(Signal.group_id.distinct()) >= SEVERAL)
    )
    reporter = select(Membership.handle, Membership.account_id).subquery()
    rows = session.execute(
        select(Membership.account_id, Signal.group_id, Signal.at, Signal.other, reporter.c.account_id)
        .join(Signal, Signal.membership_id == Membership.id).outerjoin(reporter, reporter.c.handle == Signal.other)
        .where(*recent, Membership.account_id.in_(several))
    )
    decided, people, groups = _decided(session, since), {}, {}
    for account, group, at, handle, by in rows:
        if (handle or by) and by != account and at > decided.get(account, since):  # one person under two names is one
            people.setdefault(account, set()).add(by or handle)
            groups.setdefault(account, set()).add(group)
    return {account: (len(people[account]), len(groups[account])) for account in people}


def matter_at(session, matter_id: str) -> StewardMatter:
    """A matter, or NotFound."""
    return one_of_theirs(session, StewardMatter, None, matter_id)


def _at(session, account, matter_id):
    account = fresh(session, account) if account else None
    policy.may_steward(account)
    return account, matter_at(session, matter_id)


def _account(session, matter) -> Account:
    account_id = session.get(Membership, matter.membership_id).account_id
    return session.get(Account, account_id, with_for_update=True, populate_existing=True)


def _begun(session, matter, member, why, by):
    """A new matter, or the one there is: a decided one begins anew, an open one is now a group's too."""
    if matter is None:
        matter = StewardMatter(group_id=member.group_id, membership_id=member.id)
        session.add(matter)
    elif matter.decided_at is not None:
        matter.first_account_id = matter.first_at = matter.asked_until = None
        matter.second_account_id = matter.decided_at = matter.outcome = None
    matter.why, matter.by_id, matter.made_at = why, by and by.id, clock.now()
    session.flush()
    return matter


def had_a_part(session, matter: StewardMatter) -> frozenset[int]:
    """The accounts of whom it is about and of whoever asked, or reported; they decide nothing here."""
    rows = [one for one in (matter.membership_id, matter.by_id) if one is not None]
    named = frozenset(session.scalars(select(Membership.account_id).where(Membership.id.in_(rows))))
    about = session.get(Membership, matter.membership_id).account_id
    return named | in_reports_about(session, about) if matter.why == REPORTED else named


def in_reports_about(session, account_id: int) -> frozenset[int]:
    """This account, and those of whoever reported it in any group: that it was reported in several would tell them
    which names are one person's."""
    theirs = select(Membership.id).where(Membership.account_id == account_id)
    reporters = select(Signal.other).where(Signal.kind == "reported", Signal.membership_id.in_(theirs))
    return frozenset(session.scalars(select(Membership.account_id).where(Membership.handle.in_(reporters)))) | {account_id}


def _open_matters(session, account_id) -> list[StewardMatter]:
    about = select(StewardMatter).join(Membership, Membership.id == StewardMatter.membership_id)
    return list(session.scalars(about.where(Membership.account_id == account_id, StewardMatter.decided_at.is_(None))))


def _decided(session, since: datetime) -> dict[int, datetime]:
    about = select(Membership.account_id, func.max(StewardMatter.decided_at)).join(
        StewardMatter, StewardMatter.membership_id == Membership.id
    )
    return dict(session.execute(about.where(StewardMatter.decided_at > since).group_by(Membership.account_id)).all())


def _close(session, matter, outcome):
    matter.decided_at, matter.outcome = clock.now(), outcome
    if matter.why != REPORTED:  # the group that asked hears the answer; nobody else hears anything
        member = session.get(Membership, matter.membership_id)
        write_log(
            session, matter.group_id, f"stewards_{outcome}", by=None, about=member.handle,
            until=matter.asked_until if outcome == "barred" else None,
        )
