"""Serving: sign up, step down, ask for cover, take over; and what those who look after the group do
with the rota. Offers to swap are in `swaps.py`."""

import msgspec
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from groups import clock, policy
from groups.db import change, fresh, reading
from groups.errors import Invalid, Refused
from groups.membership.models import Group, Membership
from groups.rota.eligibility import record_of, rules_of
from groups.rota.models import Duty, RotaRules
from groups.rota.reaching import drop_offers, duties_at, duty_of, free_place_of, held_hour, held_people, reached
from groups.schedule.models import DutyKind, Meeting, Phase
from groups.seen import refuse_unless_seen, sum_of
from groups.text import one_of, whole_number

DAYS, HOURS = (0, 365), (0, 50)  # what a group may ask for before a first duty


class DutyChanged(msgspec.Struct, frozen=True):
    """News: somebody signed up to serve at this meeting, stepped down, or handed their duty on."""

    meeting_id: int


class GivenBack(msgspec.Struct, frozen=True):
    """News: somebody stepped down although the lobby is open. Those on duty should know at once."""

    meeting_id: int
    kind: DutyKind
    name: str


def serve(by: Membership, meeting: Meeting, kind: str) -> Duty:
    """Sign up for a duty at one meeting; one whose holder asked for cover passes over to the actor.
    Asking twice for the same is harmless. Whoever serves needs no place.

    Raises Invalid("kind", …); Refused: duty_taken, one_duty, or what the policy says; NotFound for
    other groups'."""
    with change() as (session, announce):
        by, meeting = reached(session, by, meeting)
        policy.may_sign_up(by, meeting)
        kind = kind_of(kind)
        duties = duties_at(session, meeting)
        mine, duty = duty_of(duties, by), duties.get(kind)
        if mine is not None:
            policy.refuse_unless(mine.kind == kind, "one_duty")
            return mine
        policy.refuse_unless(duty is None or duty.cover_asked_at is not None, "duty_taken")
        policy.may_take_duty(by, meeting, kind, rules_of(session, by.group_id), _record(session, by, meeting))
        duty = _given(session, duty, meeting, by, kind)
        announce(DutyChanged(meeting.id))
    return duty


def step_down(by: Membership, meeting: Meeting) -> None:
    """Give the actor's duty at this meeting back. Doing it twice is harmless. Raises Refused once the
    hour has begun, NotFound."""
    with change() as (session, announce):
        by, meeting = reached(session, by, meeting)
        policy.may_sign_up(by, meeting)
        duty = duty_of(duties_at(session, meeting), by)
        if duty is not None:
            session.delete(duty)
            announce(DutyChanged(meeting.id))
            if meeting.phase == Phase.LOBBY:
                announce(GivenBack(meeting.id, DutyKind(duty.kind), by.name))


def ask_for_cover(by: Membership, meeting: Meeting) -> None:
    """The actor would rather not serve after all, and does until somebody takes over. Raises Refused:
    not_on_duty, or once the hour has begun; NotFound."""
    _set_cover(by, meeting, clock.now())


def keep_duty(by: Membership, meeting: Meeting) -> None:
    """The actor serves after all: nobody needs to take over, and offers to swap are gone."""
    _set_cover(by, meeting, None)


def assign(by: Membership, meeting: Meeting, kind: str, name: str) -> None:
    """A moderator asks somebody of the group to serve, by name; they may step down from it.

    Raises Invalid for a kind or a name nobody knows; Refused: duty_taken, they_have_a_duty, or what
    the policy says; NotFound."""
    with change() as (session, announce):
        target_id = session.scalar(
            select(Membership.id).where(Membership.group_id == by.group_id, Membership.name == name, Membership.left_at.is_(None))
        )
        people = held_people(session, *{by.id, target_id or by.id})
        by, target = people[by.id], people.get(target_id)
        meeting = held_hour(session, meeting.id, by.group_id)
        policy.may_assign(by, meeting)
        kind = kind_of(kind)
        if target is None or not target.is_current:
            raise Invalid("name", "nobody_of_that_name")
        duties = duties_at(session, meeting)
        theirs, duty = duty_of(duties, target), duties.get(kind)
        if theirs is not None:
            policy.refuse_unless(theirs.kind == kind, "they_have_a_duty")
            return
        policy.refuse_unless(duty is None or duty.cover_asked_at is not None, "duty_taken")
        policy.may_be_assigned(meeting, kind, _record(session, target, meeting))
        _given(session, duty, meeting, target, kind, None if target.id == by.id else by.id)
        announce(DutyChanged(meeting.id))


def clear(by: Membership, meeting: Meeting, kind: str) -> None:
    """A moderator frees a duty, whoever has it. Doing it twice is harmless."""
    with change() as (session, announce):
        by, meeting = reached(session, by, meeting)
        policy.may_assign(by, meeting)
        duty = duties_at(session, meeting).get(kind_of(kind))
        if duty is not None:
            session.delete(duty)
            announce(DutyChanged(meeting.id))


def state_of(rules: RotaRules) -> str:
    """A short sum over everything a group asks of those who serve: another one as soon as anything is."""
    return sum_of("rota", rules.group_id, rules.days, rules.meetings, rules.shadowing)


def set_rules(by: Membership, days: int | None, meetings: int | None, shadowing: bool, seen: str = "") -> RotaRules:
    """What the group asks before a first duty, and whether one stands beside first. Nobody who serves
    already loses a duty by it. seen: what `state_of` gave for the rules somebody was looking at; empty where that does
    not matter. Raises Invalid(field, …), Refused; Overtaken where somebody else changed them since."""
    with change() as (session, _):
        by = fresh(session, by)
        policy.may_set_rota_rules(by)
        session.execute(select(Group.id).where(Group.id == by.group_id).with_for_update())  # one after the other
        rules = RotaRules(
            group_id=by.group_id, days=whole_number("days", days, *DAYS), meetings=whole_number("meetings", meetings, *HOURS),
            shadowing=bool(shadowing),
        )
        if (now := state_of(rules_of(session, by.group_id))) != state_of(rules):
            refuse_unless_seen(seen, now)
        return session.merge(rules)


def look_after_rules(by: Membership) -> RotaRules:
    """What the group asks of those who serve, for somebody who may change it. Raises Refused."""
    policy.may_set_rota_rules(by)
    with reading() as session:
        return rules_of(session, by.group_id)


def kind_of(kind: str) -> DutyKind:
    """The duty of that name. Raises Invalid("kind", "choose_one")."""
    return DutyKind(one_of("kind", kind, list(DutyKind)))


def _record(session, member, meeting):
    return record_of(session, member, clock.now(), [meeting.starts_at])


def _given(session, duty, meeting, member, kind, assigned_by=None):
    """The duty is this member's now: taken over where there is one, or new."""
    if duty is None:
        duty = Duty(meeting_id=meeting.id, kind=kind)
        session.add(duty)
    else:
        drop_offers(session, duty)
    duty.membership_id, duty.taken_at, duty.assigned_by_id, duty.cover_asked_at = member.id, clock.now(), assigned_by, None
    try:
        session.flush()
    except IntegrityError:
        raise Refused("duty_taken") from None
    free_place_of(session, meeting, member)
    return duty


def _set_cover(by, meeting, at):
    with change() as (session, announce):
        by, meeting = reached(session, by, meeting)
        policy.may_sign_up(by, meeting)
        duty = duty_of(duties_at(session, meeting), by)
        policy.refuse_unless(duty is not None, "not_on_duty")
        if at is None:
            drop_offers(session, duty)
        if (duty.cover_asked_at is None) != (at is None):
            duty.cover_asked_at = at
            announce(DutyChanged(meeting.id))
