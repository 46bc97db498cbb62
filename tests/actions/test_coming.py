"""Planning to come, having a place, waiting for one, and the door of a small circle."""

from datetime import timedelta

import pytest

from groups.db import reading
from groups.errors import NotFound
from groups.meeting.actions import open_lobby
from groups.membership.models import Membership
from groups.rota.actions import serve
from groups.rota.coming import change_plan, come_to_door, confirm_place, plan_to_come
from groups.rota.keeping import look_after, release_unconfirmed
from groups.rota.models import Coming, Duty
from tests.actions.test_duties import fails
from tests.evenings import NOON, circle, count, one, set_to
from tests.hours import join

pytestmark = pytest.mark.usefixtures("noon_among_members")


@pytest.fixture
def small(maya, quay):
    """Two places, in two days."""
    return circle(maya, quay)


@pytest.fixture
def people(app, tom, nia):
    """Tom, Nia, Sam, Ida and Ben, by name."""
    return {"Tom": tom.membership, "Nia": nia.membership} | {member.name: member for member in join("Sam", "Ida", "Ben")}


def told(meeting):
    """(who has a place, who waits), by name, the next one first."""
    with reading() as session:
        rows = session.query(Coming, Membership.name).join(Membership, Coming.membership_id == Membership.id)
        rows = rows.filter(Coming.meeting_id == meeting.id).order_by(Coming.asked_at).all()
    return sorted(name for one, name in rows if one.has_place), [name for one, name in rows if not one.has_place]


def test_where_no_places_are_kept_everybody_may_plan_to_come_and_think_better_of_it(maya, quay, people):
    hour = one(maya, quay)
    for member in people.values():
        plan_to_come(member, hour)
        plan_to_come(member, hour)
    assert told(hour) == (["Ben", "Ida", "Nia", "Sam", "Tom"], [])
    change_plan(people["Nia"], hour)
    change_plan(people["Nia"], hour)
    assert told(hour) == (["Ben", "Ida", "Sam", "Tom"], [])


def test_places_go_by_who_asked_first_and_a_free_one_to_the_next_in_line(small, people):
    for name in ("Tom", "Nia", "Sam", "Ida", "Ben"):
        plan_to_come(people[name], small)
    plan_to_come(people["Sam"], small)
    assert told(small) == (["Nia", "Tom"], ["Sam", "Ida", "Ben"])
    change_plan(people["Ida"], small)
    change_plan(people["Tom"], small)
    assert told(small) == (["Nia", "Sam"], ["Ben"])
    plan_to_come(people["Tom"], small)
    assert told(small) == (["Nia", "Sam"], ["Ben", "Tom"])


def test_a_format_made_for_few_keeps_places_too(maya, quay, people):
    hour = one(maya, quay, minutes=90)
    set_to(hour, format="circle-90")
    set_to(quay, capacity=2)
    for name in ("Tom", "Nia", "Sam"):
        plan_to_come(people[name], hour)
    assert told(hour) == (["Nia", "Tom"], ["Sam"])


def test_whoever_serves_gives_their_place_on(small, people, tom):
    for name in ("Tom", "Nia", "Sam"):
        plan_to_come(people[name], small)
    serve(tom.membership, small, "chair")
    assert told(small) == (["Nia", "Sam"], [])


@pytest.mark.parametrize("phase, reason", [
    ("lobby", "door_is_open"), ("open", "door_is_open"), ("sealed", "meeting_over"), ("cancelled", "meeting_cancelled"),
])
def test_one_plans_while_the_hour_is_ahead(small, tom, phase, reason):
    plan_to_come(tom.membership, small)
    set_to(small, phase=phase)
    fails(reason, plan_to_come, tom.membership, small)
    fails(reason, confirm_place, tom.membership, small)
    change_plan(tom.membership, small)
    assert told(small) == ([], [])


def test_it_is_for_the_group_alone(small, rosa, tom):
    for action in (plan_to_come, change_plan, confirm_place):
        with pytest.raises(NotFound):
            action(rosa.membership, small)
    set_to(tom.membership, left_at=NOON)
    for action in (plan_to_come, confirm_place, come_to_door):
        with pytest.raises(NotFound):
            action(tom.membership, small)


def test_a_place_is_confirmed_from_a_day_before(small, people, freeze):
    for name in ("Tom", "Nia", "Sam"):
        plan_to_come(people[name], small)
    fails("confirm_later", confirm_place, people["Tom"], small)
    freeze(small.starts_at - timedelta(hours=24))
    fails("no_place_yet", confirm_place, people["Sam"], small)
    fails("no_place_yet", confirm_place, people["Ida"], small)
    confirm_place(people["Tom"], small)
    freeze(small.starts_at - timedelta(hours=2))
    release_unconfirmed(small.starts_at - timedelta(hours=2))
    assert told(small) == (["Sam", "Tom"], ["Nia"])
    assert release_unconfirmed(small.starts_at - timedelta(hours=2)) == 0, "once"


def test_who_asks_in_the_last_day_has_said_that_they_come(small, people, freeze):
    plan_to_come(people["Tom"], small)
    freeze(small.starts_at - timedelta(hours=5))
    for name in ("Nia", "Sam"):
        plan_to_come(people[name], small)
    freeze(small.starts_at - timedelta(hours=1, minutes=50))
    plan_to_come(people["Ida"], small)
    assert told(small) == (["Nia", "Sam"], ["Ida", "Tom"]) or told(small) == (["Nia", "Sam"], ["Tom", "Ida"])


def test_where_nobody_waits_nothing_is_taken_away(small, people, freeze):
    plan_to_come(people["Tom"], small)
    freeze(small.starts_at - timedelta(hours=1))
    look_after(small.starts_at - timedelta(hours=1))
    assert told(small) == (["Tom"], [])


def test_more_places_are_given_away_by_the_heartbeat(small, people):
    for name in ("Tom", "Nia", "Sam", "Ida"):
        plan_to_come(people[name], small)
    set_to(small, places=3)
    assert release_unconfirmed(NOON) == 1
    assert told(small) == (["Nia", "Sam", "Tom"], ["Ida"])


def test_several_hours_are_looked_over_and_only_those_with_news_are_written(small, people, maya, quay):
    others = [circle(maya, quay, hours=48 + 3 * later) for later in (1, 2)]
    for hour in (small, *others):
        for name in ("Tom", "Nia", "Sam"):
            plan_to_come(people[name], hour)
    for hour in (small, others[1]):
        set_to(hour, places=3)
    assert release_unconfirmed(NOON) == 2 and release_unconfirmed(NOON) == 0
    assert [told(hour)[1] for hour in (small, *others)] == [[], ["Sam"], []]


def test_who_leaves_the_group_leaves_their_place_and_their_duty(small, people, tom, nia, maya, quay):
    later = one(maya, quay, hours=9)
    serve(nia.membership, later, "door")
    for name in ("Tom", "Nia", "Sam"):
        plan_to_come(people[name], small)
    for member in (tom.membership, nia.membership):
        set_to(member, left_at=NOON)
    look_after(NOON)
    assert told(small) == (["Sam"], []) and count(Duty) == 0


def test_what_is_over_is_forgotten(small, people, maya, quay):
    plan_to_come(people["Tom"], small)
    serve(people["Nia"], small, "chair")
    look_after(small.ends_at + timedelta(hours=23))
    assert (count(Coming), count(Duty)) == (1, 1)
    look_after(small.ends_at + timedelta(days=2))
    assert (count(Coming), count(Duty)) == (0, 1), "a week of serving is still counted"
    look_after(small.ends_at + timedelta(days=16))
    assert count(Duty) == 0


@pytest.fixture
def lobby(small, people, freeze):
    """The lobby is open; Tom has one of the two places."""
    plan_to_come(people["Tom"], small)
    freeze(small.starts_at - timedelta(minutes=10))
    set_to(small, phase="lobby")
    with reading() as session:
        return session.get(type(small), small.id)


def test_at_the_door_a_free_place_is_taken_by_whoever_knocks_and_then_there_are_none(lobby, people, maya, freeze):
    come_to_door(people["Tom"], lobby)
    come_to_door(people["Nia"], lobby)
    come_to_door(people["Nia"], lobby)
    assert told(lobby) == (["Nia", "Tom"], [])
    fails("places_kept", come_to_door, people["Sam"], lobby)
    come_to_door(maya.membership, lobby)  # who looks after the group
    freeze(lobby.starts_at)
    come_to_door(people["Sam"], lobby)
    assert told(lobby) == (["Nia", "Tom"], []), "from the start on, the room itself says who fits"


def test_whoever_serves_comes_without_a_place(lobby, people):
    set_to(lobby, places=1)
    fails("places_kept", come_to_door, people["Nia"], lobby)
    serve(people["Nia"], lobby, "door")
    come_to_door(people["Nia"], lobby)
    assert told(lobby) == (["Tom"], [])


def test_the_door_itself_is_asked_as_ever(small, people, maya, quay):
    fails("not_yet_open", come_to_door, people["Tom"], small)
    open_to_all = one(maya, quay, hours=9)
    set_to(open_to_all, phase="cancelled")
    fails("meeting_cancelled", come_to_door, people["Tom"], open_to_all)


def test_the_room_itself_holds_no_more_than_the_places_that_are_kept(app, small, maya, quay):
    ledger = app.extensions["ledger"]
    with reading() as session:
        small = session.get(type(small), small.id)
    open_lobby(ledger, small)
    assert ledger.look(small.id).state.capacity == 2
    usual = one(maya, quay, hours=3)
    open_lobby(ledger, usual)
    assert ledger.look(usual.id).state.capacity == quay.capacity
