"""The ladder outside a meeting: a word of warning, a ban, the second person's word, lifting."""

from datetime import timedelta

from sqlalchemy import select

from groups import clock, policy
from groups.conduct.ladder import ALONE, LADDER, LONGEST, REMEMBERED, height, is_next
from groups.conduct.models import Incident, Sanction, Step
from groups.conduct.record import highest_lately, write_step
from groups.db import change, fresh
from groups.membership.models import Membership
from groups.membership.moderators import moderators_besides
from groups.moderation.standing import lift_step, one_of_theirs, settle, waits_for_second, write_step_log
from groups.sentences.moderating import COMES_FIRST
from groups.text import one_of, whole_number


def warn(by: Membership, target: Membership, agreement: int | None) -> Sanction:
    """A word of warning, which they read on the group's page. Somebody who looks after the group too
    reads it once a second one agreed. Raises Invalid("agreement", …), Refused."""
    with change() as (session, _):
        by, target = _both(session, by, target)
        policy.may_take_step(by, target, moderators_besides(session, by.group_id, by.id, target.id))
        agreement = _agreement(by, agreement)
        now = clock.now()
        asked = {"until": now, "asked_until": now + REMEMBERED} if target.moderates else {}
        return write_step(session, target, Step.WARN, agreement, by=by, **asked)


def ban(by: Membership, target: Membership, agreement: int | None, days: int | None) -> Sanction:
    """Out of the group for so many days: a week at the most at once, the rest when a second person
    agrees; about somebody who looks after the group too, nothing before that.

    Raises Invalid("agreement" | "days", …), Refused (out_already, step_first, two_for_a_peer, not_oneself)."""
    with change() as (session, announce):
        by, target = _both(session, by, target)
        others = moderators_besides(session, by.group_id, by.id, target.id)
        policy.may_take_step(by, target, others, first_missing(session, target), _out_until(session, target))
        agreement, days = _agreement(by, agreement), whole_number("days", days, 1, LONGEST.days)
        now = clock.now()
        asked = now + timedelta(days=days)
        at_once = now if target.moderates else min(asked, now + ALONE)
        sanction = write_step(
            session, target, Step.BAN, agreement, by=by, until=at_once, asked_until=asked if asked > at_once else None
        )
        settle(session, announce, target)
        return sanction


def confirm_step(by: Membership, public_id: str) -> Sanction:
    """Agree, as the second one: the step counts to the end that was asked for."""
    with change() as (session, announce):
        by, sanction = fresh(session, by), step_in(session, by, public_id)
        policy.may_confirm_step(by, sanction, waits_for_second(sanction))
        sanction.until, sanction.confirmed_by_id = sanction.asked_until, by.id
        write_step_log(session, sanction, by, "step_confirmed", until=sanction.until)
        settle(session, announce, sanction.member)
        return sanction


def lift(by: Membership, public_id: str) -> Sanction:
    """Take a step back. Whoever was out by it alone is back as a member. An emergency that somebody
    else lifts has been looked at."""
    with change() as (session, announce):
        by, sanction = fresh(session, by), step_in(session, by, public_id)
        policy.may_lift(by, sanction)
        lift_step(session, announce, sanction, by, "step_lifted")
        incident = session.scalar(select(Incident).where(Incident.sanction_id == sanction.id, Incident.reviewed_at.is_(None)))
        if incident and by.id != sanction.by_id:
            incident.reviewed_at, incident.reviewed_by_id, incident.outcome = clock.now(), by.id, "lifted"
        return sanction


def step_in(session, by: Membership | None, public_id: str) -> Sanction:
    """A step of this member's group. Raises NotFound, also where they do not look after it."""
    policy.may_act(by)
    return one_of_theirs(session, Sanction, by.group_id, public_id)


def first_missing(session, target: Membership) -> str | None:
    """What comes before a ban and was not taken lately, in words; None where a ban is next."""
    highest = highest_lately(session, target.id)
    return None if is_next(Step.BAN, highest) else COMES_FIRST[LADDER[height(highest)]]


def _out_until(session, target):
    """The end of the ban that is in force already: two of them would count side by side."""
    bans = session.scalars(select(Sanction).where(Sanction.membership_id == target.id, Sanction.step == Step.BAN))
    return max((one.until for one in bans if one.stands), default=None)


def _both(session, by, target):
    policy.may_see_steps(by)
    fresh(session, target)
    # They may be coming back this moment.
    target = session.get(Membership, target.id, with_for_update={"of": Membership}, populate_existing=True)
    return fresh(session, by), target


def _agreement(by, number):
    return one_of("agreement", number, [agreement.number for agreement in by.group.agreements])
