"""Who looks after a group. The role carries power, so no one person gives or takes it alone.

Given: a moderator asks a member; where there is another moderator one of those agrees; then the member
says yes. Where there is only one moderator the member's yes is the second person.

Taken: a moderator asks for it back; either the one who is asked about gives it back, or another
moderator agrees and it is taken. So where there are only two, neither can take it from the other,
whoever presses first: else one of them could make themselves alone with a group, its reports and its
notes, in one step. Two who cannot go on together have three ways: one steps back, they bring in a third,
or the stewards, who decide by two themselves.

Whatever is asked lapses after seven days, and when whoever asked looks after the group no longer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from groups import clock, policy
from groups.db import change, fresh, reading
from groups.errors import Invalid, NotFound, Refused
from groups.logbook.writing import write_log
from groups.membership.models import Group, Membership, Role, RoleOffer
from groups.membership.moderators import moderators_besides

LAPSES = timedelta(days=7)


@dataclass(frozen=True)
class RoleRemoved:
    """Somebody looks after the group no longer because others took it from them: whatever they do by it ends at once."""

    membership_id: int
    handle: str


def offer_role(by: Membership, handle: str, hands_over: bool = False) -> RoleOffer:
    """Ask a member to help look after the group; with `hands_over` the actor steps back once they said
    yes. Raises Invalid("handle", …) for nobody of this group, Refused."""
    with change() as (session, _):
        by, to = _two(session, by, handle)
        policy.may_offer_role(by, to)
        return _asked(session, by, to, Role.MODERATOR, hands_over)


def ask_role_back(by: Membership, handle: str) -> RoleOffer:
    """Ask another moderator to give the role back, and the others to agree. Raises as `offer_role`."""
    with change() as (session, _):
        by, whose = _two(session, by, handle)
        policy.may_ask_role_back(by, whose)
        return _asked(session, by, whose, Role.MEMBER, False)


def agree_about_role(by: Membership, public_id: str) -> RoleOffer:
    """Be the second moderator: an offer can be answered from now on, and a role that is asked back is
    taken. Doing it twice is harmless. Raises Refused, NotFound."""
    with change() as (session, announce):
        by, offer = _reached(session, by, public_id)
        if offer.gives and offer.confirmed_by_id is not None:
            return offer
        policy.may_agree_about_role(by, offer, clock.now())
        offer.confirmed_by_id, offer.confirmed_at = by.id, clock.now()
        write_log(session, by.group_id, "role_agreed" if offer.gives else "role_removed", by=by.handle, about=offer.member.handle)
        if not offer.gives:
            _settle(offer, True)
            offer.member.role = Role.MEMBER
            announce(RoleRemoved(offer.membership_id, offer.member.handle))
        return offer


def answer_offer(member: Membership, public_id: str, yes: bool) -> RoleOffer:
    """Whoever is asked says yes or no. To the wish for one's role back there is only a yes: it stands until
    it lapses, or another moderator agrees. Raises Refused, NotFound."""
    with change() as (session, _):
        member, offer = _reached(session, member, public_id)
        if offer.membership_id != member.id or not (yes or offer.gives):
            raise NotFound()
        if offer.gives:
            policy.may_take_role(member, offer, other_moderators(session, offer.asks), clock.now())
            _taken(session, offer, yes)
        else:
            policy.may_answer_offer(offer, clock.now())
            policy.may_step_back(member, other_moderators(session, member))
            member.role = Role.MEMBER
            write_log(session, member.group_id, "role_given_back", by=member.handle)
        _settle(offer, yes)
        return offer


def withdraw_offer(by: Membership, public_id: str) -> None:
    """Take back what was asked about a role: any moderator may, but whoever it is about. Doing it twice is
    harmless. Raises Refused, NotFound."""
    with change() as (session, _):
        by, offer = _reached(session, by, public_id)
        policy.may_withdraw_offer(by, offer)
        if offer.accepted is None and clock.now() < offer.until:
            _settle(offer, False)
            write_log(session, by.group_id, "role_offer_withdrawn", by=by.handle, about=offer.member.handle)


def step_back(member: Membership) -> None:
    """Look after the group no longer, and stay a member. Raises Refused("last_moderator")."""
    with change() as (session, _):
        member = _locked(session, member)
        policy.may_step_back(member, other_moderators(session, member))
        member.role = Role.MEMBER
        write_log(session, member.group_id, "role_given_back", by=member.handle)


def open_offers(by: Membership) -> list[RoleOffer]:
    """What is asked about roles and not answered yet, for moderators. Raises Refused."""
    policy.may_look_after(by)
    with reading() as session:
        return offers_in(session, [by.group_id])


def offers_in(session, group_ids: Iterable[int]) -> list[RoleOffer]:
    """The same of these groups, for who looks after them all."""
    return [one for one in session.scalars(_standing(*group_ids)) if _stands(one)]


def asked_of(member: Membership) -> list[RoleOffer]:
    """What this member can answer now: roles they are offered, once a second moderator agreed, and the
    wish for their own back."""
    with reading() as session:
        mine = session.scalars(_standing(member.group_id).where(RoleOffer.membership_id == member.id)).all()
        return [one for one in mine if _stands(one) and _can_be_answered(session, one)]


def _two(session, by, handle):
    """The actor and somebody of the same group, with the group locked: two who press at once take turns."""
    by = _locked(session, by)
    there = Membership.handle == handle, Membership.group_id == by.group_id, Membership.left_at.is_(None)
    other = session.scalar(select(Membership).where(*there))
    if other is None:
        policy.may_look_after(by)
        raise Invalid("handle", "choose_person")
    return by, other


def _reached(session, by, public_id):
    by = _locked(session, by)
    offer = session.scalar(select(RoleOffer).where(RoleOffer.public_id == public_id, RoleOffer.group_id == by.group_id))
    if offer is None:
        raise NotFound()
    return by, offer


def _locked(session, member):
    member = fresh(session, member)
    session.get(Group, member.group_id, with_for_update=True)
    session.refresh(member)
    policy.may_act(member)
    return member


def _asked(session, by, about, role, hands_over):
    before = _standing(by.group_id).where(RoleOffer.membership_id == about.id, RoleOffer.role == role)
    if any(_stands(one) for one in session.scalars(before)):
        raise Refused("offered_already")
    offer = RoleOffer(
        group_id=by.group_id, member=about, asks=by, role=role, hands_over=hands_over, until=clock.now() + LAPSES
    )
    session.add(offer)
    write_log(session, by.group_id, "role_offered" if offer.gives else "role_asked_back", by=by.handle, about=about.handle)
    return offer


def _taken(session, offer, yes):
    member = offer.member
    write_log(session, offer.group_id, "role_taken" if yes else "role_declined", by=member.handle, about=member.handle)
    if yes:
        member.role = Role.MODERATOR
        if offer.hands_over:
            offer.asks.role = Role.MEMBER
            write_log(session, offer.group_id, "role_handed_over", by=offer.asks.handle, about=member.handle)


def _settle(offer, accepted):
    offer.accepted, offer.answered_at = accepted, clock.now()


def _standing(*group_ids):
    return select(RoleOffer).where(
        RoleOffer.group_id.in_(group_ids), RoleOffer.accepted.is_(None), RoleOffer.until > clock.now()
    ).order_by(RoleOffer.id)


def _stands(offer):
    """Whoever asked still looks after the group, and whoever it is about is still as they were."""
    about = offer.member
    return offer.asks.is_current and offer.asks.moderates and about.is_current and about.moderates != offer.gives


def _can_be_answered(session, offer):
    return not offer.gives or offer.confirmed_by_id is not None or other_moderators(session, offer.asks) == 0


def other_moderators(session, member: Membership) -> int:
    """How many look after the group besides this one."""
    return moderators_besides(session, member.group_id, member.id)
