"""Signing up to serve at an hour, stepping down, and who may."""

import pytest

from groups import clock
from groups.announcements import forget, on
from groups.db import change, reading
from groups.errors import Invalid, NotFound, Refused
from groups.rota.actions import DutyChanged, GivenBack, serve, set_rules, step_down
from groups.rota.models import RotaRules, Served
from tests.evenings import been_here, duties, one, set_to

pytestmark = pytest.mark.usefixtures("noon_among_members")


@pytest.fixture
def heard():
    """What is announced about duties."""
    told = []
    on(DutyChanged, told.append)
    yield told
    forget(DutyChanged, told.append)


def fails(reason, action, *args):
    with pytest.raises((Refused, Invalid), match=f"^{reason}$"):
        action(*args)


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
def test_there_are_five_duties_and_no_more(maya, quay, kind):
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


def test_who_steps_down_in_the_lobby_is_told_of_to_those_on_duty(maya, tom, quay):
    told, meeting = [], one(maya, quay)
    on(GivenBack, told.append)
    serve(tom.membership, meeting, "door")
    step_down(tom.membership, meeting)
    serve(tom.membership, meeting, "door")
    set_to(meeting, phase="lobby")
    step_down(tom.membership, meeting)
    step_down(tom.membership, meeting)
    forget(GivenBack, told.append)
    assert told == [GivenBack(meeting.id, "door", "Tom")]


def test_what_an_hour_is_held_without_is_not_signed_up_for(maya, tom, quay):
    meeting = one(maya, quay)
    fails("duty_not_needed", serve, tom.membership, meeting, "reader")
    set_to(meeting, needs="chair,reader")
    serve(tom.membership, meeting, "reader")
    fails("duty_not_needed", serve, maya.membership, meeting, "door")


def test_a_week_in_the_group_comes_first_unless_the_group_says_otherwise(maya, tom, quay):
    meeting = one(maya, quay)
    been_here(6)
    fails("days_first", serve, tom.membership, meeting, "second")
    serve(maya.membership, meeting, "chair")
    set_rules(maya.membership, 5, 0, False)
    serve(tom.membership, meeting, "second")
    set_rules(maya.membership, 300, 50, True)
    assert duties(meeting) == {"chair": "Maya", "second": "Tom"}, "nobody loses a duty by a rule"


def test_the_chain_goes_by_what_was_done(maya, tom, quay):
    set_rules(maya.membership, 0, 0, True)
    meeting = one(maya, quay)
    fails("door_first", serve, tom.membership, meeting, "chair")
    fails("beside_first", serve, tom.membership, meeting, "door")
    with change() as (session, _):
        session.add(Served(membership_id=tom.membership.id, kind="second", times=1))
    serve(tom.membership, meeting, "door")


def test_at_most_three_times_in_a_week_and_never_twice_at_once(maya, tom, quay, grove):
    hours = [one(maya, quay, hours=7 + 24 * n) for n in range(4)]
    for meeting in hours[:3]:
        serve(tom.membership, meeting, "second")
    fails("three_shifts", serve, tom.membership, hours[3], "second")
    set_to(hours[1], phase="cancelled")
    serve(tom.membership, hours[3], "second")
    step_down(tom.membership, hours[3])
    set_to(hours[1], phase="planned")
    serve(tom.membership, one(maya, quay, hours=7 + 24 * 7), "second")  # next week
    set_to(hours[3], starts_at=hours[0].starts_at, ends_at=hours[0].ends_at)
    fails("serves_elsewhere", serve, tom.membership, hours[3], "second")


@pytest.mark.parametrize("phase", ["sealed", "purged"])
def test_an_hour_that_was_closed_early_keeps_nobody_from_serving_at_the_next(maya, quay, phase):
    first, second = (one(maya, quay, hours=7 + 24 * n) for n in range(2))
    serve(maya.membership, first, "chair")
    set_to(second, starts_at=first.starts_at, ends_at=first.ends_at)
    fails("serves_elsewhere", serve, maya.membership, second, "chair")
    set_to(first, phase=phase)
    assert serve(maya.membership, second, "chair").kind == "chair"


def test_rules_are_whole_numbers_and_for_moderators(maya, tom):
    for days, meetings in ((-1, 0), (366, 0), (0, 51), (None, 0), (0, None)):
        with pytest.raises(Invalid):
            set_rules(maya.membership, days, meetings, False)
    fails("for_moderators", set_rules, tom.membership, 0, 0, False)
    set_rules(maya.membership, 3, 2, True)
    set_rules(maya.membership, 4, 2, True)
    with reading() as session:
        assert [(row.days, row.meetings, row.shadowing) for row in session.query(RotaRules)] == [(4, 2, True)]


def test_a_duty_of_somebody_who_left_is_free(maya, tom, nia, quay):
    meeting = one(maya, quay)
    serve(tom.membership, meeting, "chair")
    set_to(tom.membership, left_at=clock.now())
    assert duties(meeting) == {}
    serve(nia.membership, meeting, "chair")
    assert duties(meeting) == {"chair": "Nia"}


def test_nobody_serves_in_a_group_they_are_not_in(maya, rosa, tom, quay):
    meeting = one(maya, quay)
    with pytest.raises(NotFound):
        serve(rosa.membership, meeting, "chair")
    set_to(tom.membership, left_at=clock.now())
    with pytest.raises(NotFound):
        serve(tom.membership, meeting, "chair")
    assert duties(meeting) == {}
