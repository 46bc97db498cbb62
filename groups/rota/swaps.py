"""Swaps: somebody would take a duty whose holder asked for cover, if the holder takes one of theirs.
The holder answers; both must be able to do what they get."""

from sqlalchemy import select

from groups import clock, policy
from groups.db import change
from groups.errors import NotFound, Refused
from groups.membership.models import Membership
from groups.rota.actions import DutyChanged, kind_of
from groups.rota.eligibility import record_of, rules_of
from groups.rota.models import Duty, SwapOffer
from groups.rota.reaching import duties_at, duty_of, free_place_of, held_hour, held_people, reached
from groups.schedule.models import DutyKind, Meeting


def offer_swap(by: Membership, meeting: Meeting, kind: str, instead: str) -> None:
    """Offer the holder of this duty one's own at another hour, named by the hour's public id. Offering
    twice is harmless.

    Raises Invalid("kind", …); Refused: cover_not_asked, not_yours_to_swap, one_duty, or what the policy
    says; NotFound."""
    with change() as (session, announce):
        by, meeting = reached(session, by, meeting)
        policy.may_sign_up(by, meeting)
        duties = duties_at(session, meeting)
        duty, mine = duties.get(kind_of(kind)), duty_of(duties, by)
        asked = duty is not None and duty.cover_asked_at is not None and duty.membership_id != by.id
        policy.refuse_unless(asked, "cover_not_asked")
        own = _own_duty(session, by, instead)
        policy.refuse_unless(mine is None or mine.id == own.id, "one_duty")
        record = record_of(session, by, clock.now(), [meeting.starts_at]).without(own.meeting_id)
        policy.may_take_duty(by, meeting, kind, rules_of(session, by.group_id), record)
        known = select(SwapOffer.id).where(SwapOffer.duty_id == duty.id, SwapOffer.instead_id == own.id)
        if session.scalar(known) is None:
            session.add(SwapOffer(duty_id=duty.id, instead_id=own.id))
            announce(DutyChanged(meeting.id))


def withdraw_swap(by: Membership, meeting: Meeting, kind: str) -> None:
    """Take back what one offered for this duty. Doing it twice is harmless."""
    with change() as (session, announce):
        by, meeting = reached(session, by, meeting)
        policy.may_act(by)
        duty = duties_at(session, meeting).get(kind_of(kind))
        for offer, own in _offers(session, duty) if duty else ():
            if own.membership_id == by.id:
                session.delete(offer)
                announce(DutyChanged(meeting.id))


def decline_swap(by: Membership, meeting: Meeting, instead: str, kind: str) -> None:
    """Say no to an offer for the actor's own duty here: that of doing `kind` at the hour `instead`. Doing
    it twice is harmless."""
    with change() as (session, announce):
        by, meeting = reached(session, by, meeting)
        policy.may_act(by)
        found = _offered(session, duty_of(duties_at(session, meeting), by), instead, kind_of(kind))
        if found:
            session.delete(found[0])
            announce(DutyChanged(meeting.id))


def accept_swap(by: Membership, meeting: Meeting, instead: str, kind: str) -> None:
    """Take somebody's duty (`kind` at the hour `instead`), and they take the actor's own here.

    Raises Refused: swap_gone, swap_not_possible when the other side cannot do it any more, or what the
    policy says about the actor; NotFound."""
    kind = kind_of(kind)
    with change() as (session, announce):
        mine, theirs, people = _held_sides(session, by, meeting, instead, kind)
        by, other = people[mine.membership_id], people[theirs.membership_id]
        hours = {duty.meeting_id: held_hour(session, duty.meeting_id, by.group_id) for duty in _by_hour(mine, theirs)}
        here, there = hours[mine.meeting_id], hours[theirs.meeting_id]
        if _offered(session, mine, instead, kind) is None or not other.is_current:
            raise Refused("swap_gone")
        _may_do(session, by, there, kind, here)
        try:
            _may_do(session, other, here, DutyKind(mine.kind), there)
        except Refused:
            raise Refused("swap_not_possible") from None
        _exchange(session, mine, theirs)
        for hour in hours.values():
            for member in (by, other):
                if duty_of(duties_at(session, hour), member):
                    free_place_of(session, hour, member)
            announce(DutyChanged(hour.id))


def _own_duty(session, by, public_id):
    query = select(Duty).join(Meeting, Duty.meeting_id == Meeting.id).where(
        Duty.membership_id == by.id, Meeting.public_id == public_id, Meeting.starts_at > clock.now()
    )
    own = session.scalar(query) if (public_id or "").isalnum() else None
    policy.refuse_unless(own is not None, "not_yours_to_swap")
    return own


def _held_sides(session, by, meeting, instead, kind):
    """Both duties and both people, held. The duties are looked up twice: to know whom to hold, and then
    as they truly are."""
    def look(again=False):
        found = select(Duty).where(Duty.meeting_id == meeting.id, Duty.membership_id == by.id)
        mine = session.scalar(found.execution_options(populate_existing=again))
        offer = _offered(session, mine, instead, kind, again)
        if offer is None:
            raise Refused("swap_gone")
        return mine, offer[1]

    if meeting.room.group_id != by.group_id:
        raise NotFound()
    people = held_people(session, by.id, look()[1].membership_id)
    mine, theirs = look(again=True)
    if theirs.membership_id not in people:
        raise Refused("swap_gone")
    return mine, theirs, people


def _by_hour(*duties):
    return sorted(duties, key=lambda duty: duty.meeting_id)


def _offers(session, duty, again=False):
    query = select(SwapOffer, Duty).join(Duty, SwapOffer.instead_id == Duty.id).where(SwapOffer.duty_id == duty.id)
    return session.execute(query.execution_options(populate_existing=again)).all()


def _offered(session, duty, instead, kind, again=False):
    """(offer, the duty offered) of that kind at that hour, for this duty; or None."""
    for offer, own in _offers(session, duty, again) if duty is not None else ():
        if own.kind == kind and session.get(Meeting, own.meeting_id).public_id == instead:
            return offer, own
    return None


def _may_do(session, member, meeting, kind, instead_of):
    record = record_of(session, member, clock.now(), [meeting.starts_at]).without(instead_of.id)
    policy.may_take_duty(member, meeting, kind, rules_of(session, member.group_id), record)


def _exchange(session, mine, theirs):
    """Both rows are written anew: a person has one duty at an hour, and this holds at every moment."""
    swapped = [
        Duty(meeting_id=mine.meeting_id, kind=mine.kind, membership_id=theirs.membership_id),
        Duty(meeting_id=theirs.meeting_id, kind=theirs.kind, membership_id=mine.membership_id),
    ]
    session.delete(mine)
    session.delete(theirs)
    session.flush()
    session.add_all(swapped)
    session.flush()
