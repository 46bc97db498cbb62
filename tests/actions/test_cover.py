"""Asking for cover, taking over, and what those who look after the group do with the rota."""

import pytest

from groups.db import reading
from groups.errors import Invalid, NotFound, Refused
from groups.rota.actions import ask_for_cover, assign, clear, keep_duty, serve, step_down
from groups.rota.models import Duty
from tests.actions.test_duties import fails
from tests.evenings import NOON, been_here, duties, one, set_to

pytestmark = pytest.mark.usefixtures("noon_among_members")


@pytest.fixture
def hour(maya, quay):
    return one(maya, quay)


def row(meeting):
    with reading() as session:
        return session.query(Duty).filter_by(meeting_id=meeting.id).one()


def test_who_asks_for_cover_serves_until_somebody_takes_over(tom, nia, hour):
    serve(tom.membership, hour, "chair")
    fails("duty_taken", serve, nia.membership, hour, "chair")
    ask_for_cover(tom.membership, hour)
    ask_for_cover(tom.membership, hour)
    assert duties(hour) == {"chair": "Tom"}
    serve(nia.membership, hour, "chair")
    assert duties(hour) == {"chair": "Nia"} and row(hour).cover_asked_at is None
    fails("duty_taken", serve, tom.membership, hour, "chair")


def test_one_may_think_better_of_it(tom, nia, hour):
    serve(tom.membership, hour, "chair")
    ask_for_cover(tom.membership, hour)
    keep_duty(tom.membership, hour)
    keep_duty(tom.membership, hour)
    fails("duty_taken", serve, nia.membership, hour, "chair")
    fails("not_on_duty", ask_for_cover, nia.membership, hour)
    fails("not_on_duty", keep_duty, nia.membership, hour)


def test_taking_over_goes_by_the_same_rules(tom, nia, hour):
    serve(tom.membership, hour, "chair")
    ask_for_cover(tom.membership, hour)
    set_to(nia.membership, joined_at=NOON)
    fails("days_first", serve, nia.membership, hour, "chair")
    been_here()
    serve(nia.membership, hour, "door")
    fails("one_duty", serve, nia.membership, hour, "chair")


@pytest.mark.parametrize("phase, reason", [("open", "duty_settled"), ("cancelled", "meeting_cancelled"), ("sealed", "meeting_over")])
def test_there_is_nothing_to_cover_once_the_hour_began(tom, maya, hour, phase, reason):
    serve(tom.membership, hour, "chair")
    set_to(hour, phase=phase)
    fails(reason, ask_for_cover, tom.membership, hour)
    fails(reason, assign, maya.membership, hour, "door", "Nia")
    fails(reason, clear, maya.membership, hour, "chair")


def test_a_moderator_asks_somebody_who_may_say_no(maya, tom, nia, hour):
    set_to(nia.membership, joined_at=NOON)  # the moderator knows whom they ask
    assign(maya.membership, hour, "door", "Nia")
    assign(maya.membership, hour, "door", "Nia")
    assert duties(hour) == {"door": "Nia"} and row(hour).assigned_by_id == maya.membership.id
    step_down(nia.membership, hour)
    assert duties(hour) == {}
    assign(maya.membership, hour, "door", "Maya")
    assert row(hour).assigned_by_id is None, "nobody is asked by themselves"


def test_a_moderator_gives_a_duty_on_where_cover_is_asked_and_frees_any(maya, tom, nia, hour):
    serve(tom.membership, hour, "chair")
    fails("duty_taken", assign, maya.membership, hour, "chair", "Nia")
    ask_for_cover(tom.membership, hour)
    assign(maya.membership, hour, "chair", "Nia")
    assert duties(hour) == {"chair": "Nia"}
    fails("they_have_a_duty", assign, maya.membership, hour, "door", "Nia")
    clear(maya.membership, hour, "chair")
    clear(maya.membership, hour, "chair")
    assert duties(hour) == {}


def test_the_ceiling_holds_for_whom_a_moderator_asks(maya, quay, tom):
    hours = [one(maya, quay, hours=7 + 24 * n) for n in range(4)]
    for meeting in hours[:3]:
        assign(maya.membership, meeting, "second", "Tom")
    fails("they_serve_enough", assign, maya.membership, hours[3], "second", "Tom")


def test_asking_is_for_moderators_and_for_people_of_the_group(maya, rosa, tom, hour):
    fails("for_moderators", assign, tom.membership, hour, "door", "Nia")
    fails("for_moderators", clear, tom.membership, hour, "door")
    for name in ("Vera", "", "nia", "x" * 500):
        with pytest.raises(Invalid, match="nobody_of_that_name"):
            assign(maya.membership, hour, "door", name)
    set_to(tom.membership, left_at=NOON)
    with pytest.raises(Invalid, match="nobody_of_that_name"):
        assign(maya.membership, hour, "door", "Tom")
    for action in (assign, clear):
        with pytest.raises(NotFound):
            action(rosa.membership, hour, "door", *(["Vera"] if action is assign else []))
    with pytest.raises(Invalid, match="choose_one"):
        assign(maya.membership, hour, "king", "Nia")
    assert duties(hour) == {}


def test_a_refusal_changes_nothing(maya, tom, hour):
    serve(tom.membership, hour, "chair")
    before = row(hour)
    for wish in (lambda: serve(maya.membership, hour, "chair"), lambda: assign(maya.membership, hour, "chair", "Nia")):
        with pytest.raises(Refused):
            wish()
    after = row(hour)
    assert (after.id, after.membership_id, after.taken_at) == (before.id, before.membership_id, before.taken_at)
