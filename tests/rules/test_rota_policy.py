"""Who may serve and who may come: one table per rule."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from groups import policy
from groups.membership.models import Membership, Role
from groups.rooms.models import Room
from groups.rota.eligibility import Record, Shift
from groups.rota.models import Coming, RotaRules
from groups.schedule.models import DutyKind, Meeting, Phase
from tests.rules.test_policy_groups import PEOPLE, ROOMS, outcome

LONDON = ZoneInfo("Europe/London")
START = datetime(2026, 11, 24, 19, tzinfo=UTC)  # a Tuesday
HOUR = timedelta(hours=1)
MEMBER, MODERATOR = Membership(role=Role.MEMBER), Membership(role=Role.MODERATOR)
EVERY_DUTY = "chair,door,second,reader,timekeeper"


def hour(number=1, starts=START, needs=EVERY_DUTY, phase=Phase.PLANNED, **more):
    return Meeting(id=number, starts_at=starts, ends_at=starts + HOUR, needs=needs, phase=phase, room=ROOMS["in use"], **more)


def record(days=90, came=0, served=(), shifts=(), zone=LONDON):
    shifts = tuple(Shift(number, starts, starts + HOUR) for number, starts in shifts)
    return Record(days, came, frozenset(map(DutyKind, served)), shifts, zone)


def rules(days=7, meetings=0, shadowing=False):
    return RotaRules(group_id=1, days=days, meetings=meetings, shadowing=shadowing)


def may(kind, asked, known, member=MEMBER, at=None):
    return outcome(policy.may_take_duty, member, at or hour(), kind, asked, known)


@pytest.mark.parametrize("asked, known, answer", [
    (rules(), record(days=6), "days_first"),
    (rules(), record(days=7), "yes"),
    (rules(days=0), record(days=0), "yes"),
    (rules(days=30), record(days=29), "days_first"),
    (rules(meetings=3), record(came=2), "meetings_first"),
    (rules(meetings=3), record(came=3), "yes"),
    (rules(days=30, meetings=3), record(days=3, came=0, served=["second"]), "yes"),  # only before a first duty
])
def test_some_time_in_the_group_comes_before_a_first_duty(asked, known, answer):
    assert may("second", asked, known) == answer
    assert may("second", asked, known, MODERATOR) == "yes", "whoever looks after the group is free of it"


@pytest.mark.parametrize("served, kind, answer", [
    ((), "second", "yes"), ((), "reader", "yes"), ((), "timekeeper", "yes"), ((), "door", "beside_first"), ((), "chair", "door_first"),
    (("second",), "door", "yes"), (("reader",), "door", "yes"), (("timekeeper",), "door", "yes"), (("second",), "chair", "door_first"),
    (("door",), "chair", "yes"), (("door",), "door", "yes"), (("chair",), "chair", "yes"), (("chair",), "door", "yes"),
])
def test_one_stands_beside_then_keeps_the_door_then_leads(served, kind, answer):
    assert may(kind, rules(shadowing=True), record(served=served)) == answer
    assert may(kind, rules(shadowing=False), record(served=served)) == "yes", "where the group asks for it"
    assert may(kind, rules(shadowing=True), record(served=served), MODERATOR) == "yes"


@pytest.mark.parametrize("phase, answer", [
    (Phase.PLANNED, "yes"), (Phase.LOBBY, "yes"), (Phase.OPEN, "duty_settled"), (Phase.SEALED, "meeting_over"),
    (Phase.PURGED, "meeting_over"), (Phase.CANCELLED, "meeting_cancelled"),
])
def test_a_duty_is_taken_before_the_hour_begins(phase, answer):
    assert may("second", rules(), record(), at=hour(phase=phase)) == answer


MONDAY, SUNDAY = START - timedelta(days=1), START + timedelta(days=5)


@pytest.mark.parametrize("shifts, answer", [
    ([(2, MONDAY), (3, SUNDAY)], "yes"),
    ([(2, MONDAY), (3, SUNDAY), (4, START + 3 * HOUR)], "three_shifts"),
    ([(2, MONDAY), (3, SUNDAY), (1, START)], "yes"),  # this hour itself is not one more
    ([(2, MONDAY - timedelta(days=1)), (3, SUNDAY), (4, SUNDAY + timedelta(days=1))], "yes"),  # other weeks
])
@pytest.mark.parametrize("member", [MEMBER, MODERATOR])
def test_three_times_a_week_is_enough_for_anybody(shifts, answer, member):
    assert may("second", rules(), record(shifts=shifts), member) == answer


def test_a_week_is_the_groups_own():
    # Sunday 23:30 in Los Angeles is Monday in UTC; that week ends there and not here.
    there = ZoneInfo("America/Los_Angeles")
    late_sunday = datetime(2026, 11, 29, 23, 30, tzinfo=there).astimezone(UTC)
    full = [(2, START), (3, START + 24 * HOUR), (4, START + 48 * HOUR)]
    assert may("second", rules(), record(shifts=full, zone=there), at=hour(9, late_sunday)) == "three_shifts"
    assert may("second", rules(), record(shifts=full, zone=LONDON), at=hour(9, late_sunday)) == "yes"


@pytest.mark.parametrize("other, answer", [
    (START - HOUR, "yes"), (START - HOUR / 2, "serves_elsewhere"), (START, "serves_elsewhere"), (START + HOUR / 2, "serves_elsewhere"),
    (START + HOUR, "yes"),
])
def test_nobody_serves_at_two_hours_at_once(other, answer):
    for member in (MEMBER, MODERATOR):
        assert may("second", rules(), record(shifts=[(2, other)]), member) == answer
    assert may("second", rules(), record(shifts=[(2, other)]).without(2)) == "yes", "what would be given away counts no more"


def test_only_what_the_hour_needs_is_signed_up_for():
    assert may("reader", rules(), record(), at=hour(needs="chair,door")) == "duty_not_needed"
    assert outcome(policy.may_be_assigned, hour(needs="chair"), "reader", record()) == "duty_not_needed"


@pytest.mark.parametrize("known, answer", [
    (record(days=0), "yes"), (record(shifts=[(2, START)]), "they_serve_elsewhere"),
    (record(shifts=[(2, MONDAY), (3, SUNDAY), (4, START + 3 * HOUR)]), "they_serve_enough"),
])
def test_a_moderator_knows_whom_they_ask_but_the_ceiling_stays(known, answer):
    assert outcome(policy.may_be_assigned, hour(), "chair", known) == answer


@pytest.mark.parametrize("who, answer", [
    ("moderator", "yes"), ("member", "for_moderators"), ("former", "not_found"), ("former moderator", "not_found"),
])
def test_asking_somebody_and_setting_the_rules_is_for_moderators(who, answer):
    assert outcome(policy.may_assign, PEOPLE[who], hour()) == outcome(policy.may_set_rota_rules, PEOPLE[who]) == answer


PLANNING = {
    Phase.PLANNED: "yes", Phase.LOBBY: "door_is_open", Phase.OPEN: "door_is_open", Phase.CLOSING: "door_is_open",
    Phase.SEALED: "meeting_over", Phase.PURGED: "meeting_over", Phase.CANCELLED: "meeting_cancelled",
}


@pytest.mark.parametrize("phase", list(Phase))
def test_one_plans_to_come_while_the_hour_is_ahead(phase):
    for who in ("member", "moderator"):
        assert outcome(policy.may_plan_to_come, PEOPLE[who], hour(phase=phase)) == PLANNING[phase]
    assert outcome(policy.may_plan_to_come, PEOPLE["former"], hour(phase=phase)) == "not_found"


@pytest.mark.parametrize("coming, before, answer", [
    (None, 3, "no_place_yet"), (Coming(has_place=False), 3, "no_place_yet"), (Coming(has_place=True), 25, "confirm_later"),
    (Coming(has_place=True), 24, "yes"), (Coming(has_place=True), 1, "yes"),
])
def test_a_place_is_confirmed_from_a_day_before(coming, before, answer):
    assert outcome(policy.may_confirm, hour(), coming, START - before * HOUR) == answer


@pytest.mark.parametrize("free, answer", [(None, "yes"), (1, "yes"), (5, "yes"), (0, "places_kept")])
def test_at_the_door_a_place_somebody_else_has_is_theirs(free, answer):
    assert outcome(policy.may_come_to, MEMBER, hour(phase=Phase.LOBBY), free) == answer
    locked = Meeting(phase=Phase.LOBBY, room=Room(locked_at=START))
    assert outcome(policy.may_come_to, MEMBER, locked, free) == "room_locked"
