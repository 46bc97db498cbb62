"""An emergency, looked at a second time within a day: by somebody who did not act."""

from datetime import timedelta

from groups import clock, policy
from groups.accounts.models import Account
from groups.conduct.ladder import LONGEST
from groups.conduct.models import Incident, Sanction
from groups.db import change, fresh
from groups.errors import Invalid, Refused
from groups.membership.models import Membership
from groups.membership.moderators import moderators_besides
from groups.moderation.appeal_actions import concerned
from groups.moderation.standing import lift_step, one_of_theirs, settle, write_step_log
from groups.text import one_of, whole_number

OUTCOMES = ("kept", "lifted", "lengthened")


def review(by: Membership, incident_id: str, outcome: str | None, days: int | None) -> Incident:
    """Keep it as it is, lift it, or let it last so many days from now; two people have looked by then,
    so as long as any ban. Raises Invalid("outcome" | "days", …), Refused."""
    with change() as (session, announce):
        by, incident = fresh(session, by), incident_in(session, by, incident_id)
        policy.may_review(by, incident)
        _review(session, announce, incident, by, outcome, days)
        return incident


def review_as_steward(account: Account | None, incident_id: str, outcome: str | None, days: int | None) -> Incident:
    """The same, where nobody else in the group could."""
    with change() as (session, announce):
        account = fresh(session, account) if account else None
        policy.may_steward(account)
        incident = one_of_theirs(session, Incident, None, incident_id)
        sanction = incident.sanction
        policy.may_decide_for_group(account, concerned(session, sanction), reviewers(session, sanction), incident.reviewed_at)
        _review(session, announce, incident, None, outcome, days)
        return incident


def incident_in(session, by: Membership, incident_id: str) -> Incident:
    """An incident of this member's group. Raises NotFound."""
    return one_of_theirs(session, Incident, by.group_id, incident_id)


def reviewers(session, sanction: Sanction) -> int:
    """How many in the group could look at this emergency a second time."""
    return moderators_besides(session, sanction.group_id, sanction.membership_id, sanction.by_id)


def _review(session, announce, incident, by, outcome, days):
    outcome, sanction = one_of("outcome", outcome, OUTCOMES), incident.sanction
    action, detail = (f"incident_{outcome}", "") if by else ("incident_by_stewards", outcome)
    if outcome == "lifted" and sanction.lifted_at is None:
        lift_step(session, announce, sanction, by, action, detail)
    else:
        if outcome == "lengthened":
            _lengthen(session, announce, sanction, by, days)
        write_step_log(session, sanction, by, action, until=sanction.until, detail=detail)
    incident.outcome, incident.reviewed_at, incident.reviewed_by_id = outcome, clock.now(), by and by.id


def _lengthen(session, announce, sanction, by, days):
    if sanction.lifted_at is not None or sanction.until is None:
        raise Refused("nothing_to_change")
    ends = clock.now() + timedelta(days=whole_number("days", days, 1, LONGEST.days))
    if ends <= sanction.until:
        raise Invalid("days", "not_longer")
    sanction.until, sanction.asked_until, sanction.confirmed_by_id = ends, None, by and by.id
    settle(session, announce, sanction.member)
