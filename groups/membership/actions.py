"""What can be done with groups and belonging: found, invite, join, leave."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import object_session

from groups import clock, policy
from groups.accounts.models import Account
from groups.db import change, fresh
from groups.errors import Invalid, NotFound, Refused
from groups.ids import token
from groups.logbook.writing import write_log
from groups.membership import held_names, names, own_names
from groups.membership.agreements import FIRST_AGREEMENTS
from groups.membership.finding import token_hash
from groups.membership.models import Access, Agreement, Group, Invitation, JoinRequest, Membership, Role
from groups.membership.roles import other_moderators
from groups.retention.deletions import remember_deleted
from groups.zones import zone as known_zone

MOST_USES, MOST_DAYS = 20, 30
NAME, PURPOSE, FOR_WHOM = 60, 600, 80  # characters


@dataclass(frozen=True)
class MembershipEnded:
    """Somebody belongs to this group no longer: they must be out of its rooms at once."""

    membership_id: int
    handle: str
    group_id: int


def join(
    account: Account | None, group: Group, name: str, invitation_token: str | None = None, told: str = ""
) -> tuple[Membership, bool]:
    """Belong to a group under a name; somebody without an account gets one. Returns the membership
    and whether its account is new. Who belongs already is handed their membership as it is. told: as
    `own_names.ask_once` has it.

    Raises Invalid("name", …), Refused (by_invitation, invitation_over, name_taken)."""
    with change() as (session, _):
        group = fresh(session, group)
        mine = _row_of(session, account, group)
        if mine and mine.is_current:
            return mine, False
        policy.may_come_back(mine, _locked(session, account), clock.now())
        if mine is None or mine.barred_until is None:
            _come_by(session, account, group, invitation_token)
        else:
            policy.may_join(group, invited=True)  # after a ban the way back is open
        member = mine or Membership(group=group, account=fresh(session, account) if account else Account())
        named = _named(session, group, name, account)
        own_names.ask_once(session, account, group, named["name"], told)
        return _settled(session, member, account, group, named), account is None


def found_group(
    account: Account | None, *, name: str, purpose: str, for_whom: str, access: str, zone: str, my_name: str, told: str = ""
) -> tuple[Membership, bool]:
    """Make a group and look after it. Returns the founder's membership and whether its account is
    new. told: as `own_names.ask_once` has it. Raises Invalid for whichever part makes no sense, Refused("barred_everywhere")."""
    group = Group(
        name=names.line(name, "name", NAME, shortest=2),
        purpose=names.line(purpose, "purpose", PURPOSE),
        for_whom=names.line(for_whom, "for_whom", FOR_WHOM),
        access=access_of(access),
        zone=known_zone(zone).key,
    )
    group.agreements = [Agreement(number=number, text=text) for number, text in enumerate(FIRST_AGREEMENTS, 1)]
    mine = names.checked(my_name, "my_name")
    with change() as (session, _):
        policy.may_found(_locked(session, account), clock.now())
        own_names.ask_once(session, account, None, mine, told, "my_name")
        whose = fresh(session, account) if account else Account()
        member = Membership(group=group, account=whose, name=mine, name_key=names.name_key(mine), role=Role.MODERATOR)
        session.add(member)
        return member, account is None


def invite(by: Membership, uses: int, days: int) -> tuple[Invitation, str]:
    """A link for so many people and days. Returns it with its token, which is not kept."""
    fresh_token = token()
    with change() as (session, _):
        by = fresh(session, by)
        policy.may_invite(by)
        _between("uses", uses, MOST_USES)
        _between("days", days, MOST_DAYS)
        invitation = Invitation(
            group_id=by.group_id, by_id=by.id, token_hash=token_hash(fresh_token),
            uses_left=uses, until=clock.now() + timedelta(days=days),
        )
        session.add(invitation)
        write_log(session, by.group_id, "invited", by=by.handle)
    return invitation, fresh_token


def withdraw_invitation(by: Membership, number: int) -> None:
    """End the group's n-th invitation, counted from 1. Doing it twice is harmless."""
    with change() as (session, _):
        by = fresh(session, by)
        policy.may_invite(by)
        if not 1 <= number <= 10_000:
            raise NotFound()
        nth = select(Invitation).where(Invitation.group_id == by.group_id).order_by(Invitation.id).offset(number - 1).limit(1)
        invitation = session.scalar(nth)
        if invitation is None:
            raise NotFound()
        if invitation.withdrawn_at is None:
            invitation.withdrawn_at = clock.now()
            write_log(session, by.group_id, "invitation_ended", by=by.handle)


def leave(member: Membership) -> None:
    """Belong no longer. The name stays theirs, so that nobody else can take it up."""
    with change() as (session, announce):
        member = fresh(session, member)
        session.get(Group, member.group_id, with_for_update=True)  # two moderators leaving at once must take turns
        session.refresh(member)
        policy.may_leave(member, other_moderators(session, member))
        if member.moderates:
            write_log(session, member.group_id, "role_given_back", by=member.handle)
        end_membership(announce, member)


def end_membership(announce, member: Membership, barred_until: datetime | None = None) -> None:
    """They belong no longer, from this commit on, wherever they are; with a way back only after
    `barred_until`. Inside a change: whoever may was asked before."""
    member.left_at, member.role = member.left_at or clock.now(), Role.MEMBER
    member.barred_until = barred_until
    remember_deleted(object_session(member), "membership", member.handle, barred_until)  # no backup brings them back in
    announce(MembershipEnded(member.id, member.handle, member.group_id))


def _row_of(session, account, group):
    if account is None:
        return None
    mine = select(Membership).where(Membership.account_id == account.id, Membership.group_id == group.id)
    return session.scalar(mine.with_for_update(of=Membership))  # a ban of this moment is seen


def _locked(session, account):
    """The account as it stands, and stays until this is stored: a decision about it takes turns with us."""
    return account and session.get(Account, fresh(session, account).id, with_for_update=True, populate_existing=True)


def _come_by(session, account, group, invitation_token):
    """Ask whether the group takes this person: anybody, or who asked and heard yes, or by a link, which is
    used up by one."""
    if group.access == Access.OPEN or not invitation_token or _was_accepted(session, account, group):
        return policy.may_join(group, invited=_was_accepted(session, account, group))
    mine = select(Invitation).where(Invitation.token_hash == token_hash(invitation_token), Invitation.group_id == group.id)
    invitation = session.scalar(mine.with_for_update(of=Invitation))
    if invitation is None or not invitation.is_good:
        raise Refused("invitation_over")
    policy.may_join(group, invited=True)
    invitation.uses_left -= 1


def _was_accepted(session, account, group):
    if account is None or group.access != Access.SCREENED:
        return False
    mine = JoinRequest.account_id == account.id, JoinRequest.group_id == group.id
    asked = session.scalar(select(JoinRequest).where(*mine))
    return asked is not None and asked.lets_in


def _named(session, group, name, account):
    name = names.checked(name)
    taken = select(Membership.id).where(Membership.group_id == group.id, Membership.name_key.in_(names.look_alikes(name)))
    if account:
        taken = taken.where(Membership.account_id != account.id)
    if session.scalar(taken.limit(1)) or held_names.is_held(session, group.id, name):
        raise Refused("name_taken")
    return {"name": name, "name_key": names.name_key(name)}


def _settled(session, member, account, group, named):
    """Write it now, while a clash can still be answered: somebody else took the name this moment,
    or the same person pressed the button twice."""
    session.add(member)
    for field, value in named.items():
        setattr(member, field, value)
    member.left_at, member.barred_until, member.role, member.joined_at = None, None, Role.MEMBER, clock.now()
    try:
        session.flush()
        mine = JoinRequest.account_id == member.account_id, JoinRequest.group_id == member.group_id
        session.execute(delete(JoinRequest).where(*mine))  # whoever is in asks no more
    except IntegrityError:
        session.rollback()  # the place on the link is given back too
        mine = _row_of(session, account, group)
        if mine and mine.is_current:
            return mine
        raise Refused("name_taken") from None
    return member


def access_of(value: str) -> Access:
    """Who may come, by the word a form sends. Raises Invalid("access", "choose_one")."""
    if value not in list(Access):
        raise Invalid("access", "choose_one")
    return Access(value)


def _between(field, number, most):
    if number is None:
        raise Invalid(field, "bad_number")
    if not 1 <= number <= most:
        raise Invalid(field, "out_of_range", low=1, high=most)
