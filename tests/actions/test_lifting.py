"""Steps lifted, ended and over: who comes back, as what, and what the pages call it."""

import pytest

from groups.conduct.models import Step
from groups.conduct.record import write_step
from groups.db import change
from groups.errors import Refused
from groups.membership.actions import join
from groups.membership.models import Membership, Role
from groups.moderation.standing import StepLifted
from groups.moderation.step_actions import ban, lift
from groups.moderation.step_views import member_page
from groups.schedule.models import Meeting, Phase
from groups.zones import zone
from tests.hours import plan
from tests.laddered import log_of, looks_after, removed_at_once, sent_out, stored
from tests.news import heard


@pytest.fixture
def told():
    with heard(StepLifted) as news:
        yield news


def member(person):
    return stored(Membership, person.membership)


# --- lifting and coming back ----------------------------------------------------------------------------


def test_a_lifted_ban_brings_somebody_back_and_the_log_says_what_it_undoes(maya, nia, tom, harbour, told):
    sent_out(tom)
    looks_after(nia)
    given = ban(maya.membership, tom.membership, 3, 5)
    lift(nia.membership, given.public_id)
    back = member(tom)
    assert (back.left_at, back.barred_until, back.role) == (None, None, Role.MEMBER)
    line = next(line for line in log_of(harbour) if line.action == "step_ban")
    undoing = log_of(harbour)[-1]
    assert (undoing.action, undoing.undoes_id, undoing.by) == ("step_lifted", line.id, nia.membership.handle)
    assert told[-1] == StepLifted(given.public_id, Step.BAN, back.id, back.handle, None)
    with pytest.raises(Refused, match="lifted_already"):
        lift(nia.membership, given.public_id)


def test_of_two_bans_the_other_one_still_counts(maya, tom):
    sent_out(tom)
    short = ban(maya.membership, tom.membership, 3, 2)
    longer = removed_at_once(tom, maya).sanction  # in a meeting they were still in
    assert member(tom).barred_until == longer.until
    lift(maya.membership, longer.public_id)
    assert not member(tom).is_current and member(tom).barred_until == short.until
    lift(maya.membership, short.public_id)
    assert member(tom).is_current


def test_at_the_end_of_a_ban_one_joins_again_and_nothing_is_left_of_it(maya, tom, harbour, freeze):
    sent_out(tom)
    ban(maya.membership, tom.membership, 3, 3)
    with pytest.raises(Refused, match="barred_until"):
        join(tom.account, harbour, "Tom")
    freeze.forward(days=3, minutes=1)
    back, _ = join(tom.account, harbour, "Tom")
    assert (back.id, back.left_at, back.barred_until, back.role) == (tom.membership.id, None, None, Role.MEMBER)


def test_a_ban_follows_the_account_and_not_the_name(maya, tom, harbour, willow):
    sent_out(tom)
    ban(maya.membership, tom.membership, 3, 3)
    for name in ("Tom", "Somebody New"):
        with pytest.raises(Refused, match="barred_until"):
            join(tom.account, harbour, name)
    with pytest.raises(Refused, match="by_invitation"):
        join(tom.account, willow, "Tom")  # another group asks what it asks of everybody


def test_an_emergency_that_somebody_else_lifts_was_looked_at(maya, nia, tom):
    looks_after(nia)
    incident = removed_at_once(tom, maya)
    lift(nia.membership, incident.sanction.public_id)
    assert member(tom).is_current
    seen = stored(type(incident), incident)
    assert (seen.outcome, seen.reviewed_by_id) == ("lifted", nia.membership.id)


def test_an_emergency_lifted_by_whoever_acted_is_still_looked_at(maya, tom):
    incident = removed_at_once(tom, maya)
    lift(maya.membership, incident.sanction.public_id)
    assert stored(type(incident), incident).reviewed_at is None


@pytest.mark.parametrize("step, phase, in_force", [
    (Step.LEAVE, Phase.OPEN, True), (Step.LEAVE, Phase.SEALED, False), (Step.LISTEN, Phase.CLOSING, True),
    (Step.LEAVE, None, False), (Step.WARN, Phase.SEALED, True), (Step.WARN, None, True),
])
def test_what_has_no_end_of_its_own_is_for_its_meeting_and_a_warning_for_a_month(maya, tom, freeze, step, phase, in_force):
    hour = plan(begins_in=0)
    with change() as (session, _):
        session.get(Meeting, hour.id).phase = phase or Phase.PLANNED
        write_step(session, session.get(Membership, tom.membership.id), step, 1, by=maya.membership, meeting_id=hour.id if phase else None)
    [shown] = member_page(maya.membership, tom.membership.handle, zone("UTC")).steps
    assert (shown.stands, shown.until) == (in_force, "")
    freeze.forward(days=31)
    assert member_page(maya.membership, tom.membership.handle, zone("UTC")).steps == []
