"""Signing up to serve at an hour, and stepping down."""

import pytest
from sqlalchemy import select

from groups import clock
from groups.announcements import forget, on
from groups.db import reading
from groups.errors import Invalid, NotFound, Refused
from groups.membership.models import Membership
from groups.rota.actions import DutyChanged, serve, step_down
from groups.rota.models import Duty
from tests.evenings import NOON, been_here, one, set_to


@pytest.fixture(autouse=True)
def noon(freeze, app):
    """It is Tuesday noon in London, and everybody has been here for a while."""
    freeze(NOON)
    been_here()


@pytest.fixture
def heard():
    """What is announced about duties."""
    told = []
    on(DutyChanged, told.append)
    yield told
    forget(DutyChanged, told.append)


def duties(meeting):
    with reading() as session:
        rows = session.execute(select(Duty.kind, Membership.name).join(Membership, Duty.membership_id == Membership.id).where(Duty.meeting_id == meeting.id))
        return {row.kind: row.name for row in rows}


def test_members_sign_up_and_step_down(maya, tom, nia, quay, heard):
    meeting = one(maya, quay)
    serve(tom.membership, meeting, "chair")
    serve(nia.membership, meeting, "door")
    assert duties(meeting) == {"chair": "Tom", "door": "Nia"}
    step_down(tom.membership, meeting)
    serve(maya.membership, meeting, "chair")
    assert duties(meeting) == {"chair": "Maya", "door": "Nia"}
    assert heard == [DutyChanged(meeting.id)] * 4


def test_signing_up_or_stepping_down_twice_is_harmless(maya, tom, quay):
    meeting = one(maya, quay)
    first = serve(tom.membership, meeting, "chair")
    assert serve(tom.membership, meeting, "chair").id == first.id
    step_down(tom.membership, meeting)
    step_down(tom.membership, meeting)
    assert duties(meeting) == {}


def test_a_duty_is_one_persons_and_a_person_has_one(maya, tom, nia, quay, heard):
    meeting = one(maya, quay)
    serve(tom.membership, meeting, "chair")
    with pytest.raises(Refused, match="duty_taken"):
        serve(nia.membership, meeting, "chair")
    with pytest.raises(Refused, match="one_duty"):
        serve(tom.membership, meeting, "door")
    assert duties(meeting) == {"chair": "Tom"} and len(heard) == 1


@pytest.mark.parametrize("kind", ["moderator", "", None, "CHAIR"])
def test_there_are_three_duties(maya, quay, kind):
    with pytest.raises(Invalid, match="choose_one"):
        serve(maya.membership, one(maya, quay), kind)


@pytest.mark.parametrize("phase, reason", [
    ("cancelled", "meeting_cancelled"), ("open", "duty_settled"), ("closing", "duty_settled"), ("sealed", "meeting_over"),
    ("purged", "meeting_over"),
])
def test_duties_are_settled_before_the_hour(maya, tom, quay, phase, reason):
    meeting = one(maya, quay)
    serve(tom.membership, meeting, "chair")
    set_to(meeting, phase=phase)
    for wish in (lambda: serve(maya.membership, meeting, "door"), lambda: step_down(tom.membership, meeting)):
        with pytest.raises(Refused, match=reason):
            wish()
    assert duties(meeting) == {"chair": "Tom"}


def test_one_can_still_sign_up_in_the_lobby(maya, tom, quay):
    meeting = one(maya, quay)
    set_to(meeting, phase="lobby")
    serve(tom.membership, meeting, "second")
    assert duties(meeting) == {"second": "Tom"}


def test_nobody_serves_in_a_group_they_are_not_in(maya, rosa, tom, quay):
    meeting = one(maya, quay)
    with pytest.raises(NotFound):
        serve(rosa.membership, meeting, "chair")
    set_to(tom.membership, left_at=clock.now())
    with pytest.raises(NotFound):
        serve(tom.membership, meeting, "chair")
    assert duties(meeting) == {}
