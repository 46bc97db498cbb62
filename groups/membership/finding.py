"""Looking things up in groups. Nothing here changes anything; what may not be seen is not found."""

import hashlib

from sqlalchemy import func, select
from sqlalchemy.orm import lazyload

from groups import clock, policy
from groups.db import reading
from groups.errors import NotFound, Refused
from groups.membership.asking import request_of
from groups.membership.models import Access, Group, Invitation, Membership


def token_hash(token: str) -> bytes:
    """What the table keeps of an invitation's link: a plain hash is enough for 256 random bits."""
    return hashlib.sha256(token.encode()).digest()


def group_for_anybody(slug: str, invited: bool = False) -> Group:
    """A group as somebody outside may see it. Raises NotFound, the same for a group that is not
    there and for one that does not show itself, and as soon: nothing of it is read before it is sure
    that it does (`tests/house/test_enumeration.py`)."""
    with reading() as session:
        found = session.execute(select(Group.id, Group.access).where(Group.slug == slug)).one_or_none()
        if found is None:
            raise NotFound()
        policy.may_look_at(found, invited)
        return session.get(Group, found.id)


def is_kept_out(account_id: int | None, slug: str) -> bool:
    """Whether a ban of that group is in force for this account; it may read about the group still."""
    if account_id is None:
        return False
    with reading() as session:
        mine = session.scalar(select(Membership).join(Group).where(Membership.account_id == account_id, Group.slug == slug))
    return mine is not None and mine.is_barred


def ask_way_back(account_id: int | None, slug: str) -> None:
    """Before anything is filled in: whether a ban of that group still ends later. Raises Refused."""
    if account_id is None:
        return
    with reading() as session:
        mine = session.scalar(select(Membership).join(Group).where(Membership.account_id == account_id, Group.slug == slug))
    policy.may_come_back(mine, None, clock.now())


def kept_out_of(account_id: int) -> list[Group]:
    """The groups this account cannot come to for a while, by name."""
    mine = select(Membership).join(Group).where(Membership.account_id == account_id, Membership.barred_until > clock.now())
    with reading() as session:
        return [member.group for member in session.scalars(mine.order_by(func.lower(Group.name), Group.id))]


def kept_out(by: Membership) -> list[Membership]:
    """Whom a ban keeps out of the group now, by name. Asks policy.may_see_members."""
    policy.may_see_members(by)
    barred = select(Membership).where(Membership.group_id == by.group_id, Membership.barred_until > clock.now())
    with reading() as session:
        return list(session.scalars(barred.order_by(Membership.name_key)))


def group_for_joining(slug: str, invited: bool, account_id: int | None = None) -> Group:
    """The same, for somebody who wants to belong. `invited`: they opened a good link into it a while ago;
    or the group said yes to this account's asking. Raises NotFound, or Refused("by_invitation") before
    anything is filled in."""
    group = group_for_anybody(slug, invited)
    asked = request_of(account_id, group)
    policy.may_join(group, invited or (asked is not None and asked.lets_in))
    return group


def asks_first(slug: str) -> bool:
    """Whether this is a group one can ask to belong to."""
    with reading() as session:
        return session.scalar(select(Group.access).where(Group.slug == slug)) == Access.SCREENED


def invited_to(token: str) -> Group:
    """The group a link leads into. Raises Refused("invitation_over"), whatever is wrong with it."""
    with reading() as session:
        with_nothing_else = select(Invitation).options(lazyload("*"))
        invitation = session.scalar(with_nothing_else.where(Invitation.token_hash == token_hash(token)))
        if invitation is None or not invitation.is_good:
            raise Refused("invitation_over")
        return session.get(Group, invitation.group_id)


def came_by(token: str, account_id: int | None) -> Group | None:
    """The group a link leads into, if this account belongs there already; whatever became of the link."""
    if account_id is None:
        return None
    mine = select(Group).join(Invitation, Invitation.group_id == Group.id).join(Membership, Membership.group_id == Group.id).where(
        Invitation.token_hash == token_hash(token), Membership.account_id == account_id, Membership.left_at.is_(None)
    )
    with reading() as session:
        return session.scalar(mine)


def memberships_of(account_id: int) -> list[Membership]:
    """Where this account belongs, by the group's name."""
    mine = select(Membership).join(Group).where(Membership.account_id == account_id, Membership.left_at.is_(None))
    with reading() as session:
        return list(session.scalars(mine.order_by(func.lower(Group.name), Group.id)))


def members(by: Membership) -> list[Membership]:
    """Everybody in the group, those who look after it first. Asks policy.may_see_members."""
    policy.may_see_members(by)
    present = select(Membership).where(Membership.group_id == by.group_id, Membership.left_at.is_(None))
    with reading() as session:
        found = list(session.scalars(present.order_by(Membership.name_key)))
    return sorted(found, key=lambda member: not member.moderates)


def invitations(by: Membership) -> list[Invitation]:
    """The group's invitations, oldest first: the n-th is number n, and stays so. Asks policy.may_invite."""
    policy.may_invite(by)
    with reading() as session:
        return list(session.scalars(select(Invitation).where(Invitation.group_id == by.group_id).order_by(Invitation.id)))
