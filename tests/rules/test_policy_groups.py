"""Who may do what in a group: one table per rule, every kind of person against it."""

from datetime import UTC, datetime, timedelta

import pytest

from groups import clock, policy
from groups.errors import NotFound, Refused
from groups.membership.models import Access, Group, Membership, Role, RoleOffer
from groups.rooms.models import Door, Room
from groups.schedule.models import Meeting, Phase

THEN = datetime(2026, 11, 22, 12, tzinfo=UTC)
PEOPLE = {
    "moderator": Membership(role=Role.MODERATOR),
    "member": Membership(role=Role.MEMBER),
    "former": Membership(role=Role.MEMBER, left_at=THEN),
    "former moderator": Membership(role=Role.MODERATOR, left_at=THEN),
}
ROOMS = {"in use": Room(), "locked": Room(locked_at=THEN), "archived": Room(archived_at=THEN)}


def outcome(rule, *args, **facts):
    try:
        rule(*args, **facts)
    except NotFound:
        return "not_found"
    except Refused as refusal:
        return refusal.reason
    return "yes"


FOR_MODERATORS = (
    policy.may_invite, policy.may_see_members, policy.may_manage_rooms, policy.may_schedule, policy.may_edit_formats,
    policy.may_export, policy.may_import, policy.may_look_after, policy.may_answer_requests, policy.may_change_group, policy.may_ask_to_close,
    lambda member: policy.may_meet_in(member, ROOMS["in use"]),
)


@pytest.mark.parametrize("rule", FOR_MODERATORS)
@pytest.mark.parametrize("who, answer", [
    ("moderator", "yes"), ("member", "for_moderators"), ("former", "not_found"), ("former moderator", "not_found"),
])
def test_looking_after_a_group_is_for_its_present_moderators(rule, who, answer):
    assert outcome(rule, PEOPLE[who]) == answer


@pytest.mark.parametrize("who, answer", [("moderator", "yes"), ("member", "yes"), ("former", "not_found"), ("former moderator", "not_found")])
def test_acting_is_for_present_members(who, answer):
    assert outcome(policy.may_act, PEOPLE[who]) == outcome(policy.may_read_formats, PEOPLE[who]) == answer


@pytest.mark.parametrize("access, invited, look, join", [
    (Access.OPEN, False, "yes", "yes"),
    (Access.OPEN, True, "yes", "yes"),
    (Access.SCREENED, False, "yes", "by_invitation"),
    (Access.SCREENED, True, "yes", "yes"),
    (Access.CLOSED, False, "not_found", "by_invitation"),
    (Access.CLOSED, True, "yes", "yes"),
])
def test_who_sees_a_group_from_outside_and_who_comes_in(access, invited, look, join):
    group = Group(access=access)
    assert outcome(policy.may_look_at, group, invited) == look
    assert outcome(policy.may_join, group, invited) == join


@pytest.mark.parametrize("who, others, answer", [
    ("member", 0, "yes"), ("member", 1, "yes"), ("moderator", 0, "last_moderator"), ("moderator", 1, "yes"),
    ("moderator", 5, "yes"), ("former", 1, "not_found"), ("former moderator", 1, "not_found"),
])
def test_anybody_may_leave_but_the_last_moderator(who, others, answer):
    assert outcome(policy.may_leave, PEOPLE[who], others) == answer


@pytest.mark.parametrize("state, answer", [("in use", "yes"), ("locked", "room_locked"), ("archived", "room_locked")])
def test_an_hour_is_put_only_into_a_room_in_use(state, answer):
    assert outcome(policy.may_meet_in, PEOPLE["moderator"], ROOMS[state]) == answer


AT_THE_DOOR = {
    Phase.PLANNED: "not_yet_open", Phase.LOBBY: "yes", Phase.OPEN: "yes", Phase.CLOSING: "yes",
    Phase.SEALED: "meeting_over", Phase.PURGED: "meeting_over", Phase.CANCELLED: "meeting_cancelled",
}
SIGNING_UP = {
    Phase.PLANNED: "yes", Phase.LOBBY: "yes", Phase.OPEN: "duty_settled", Phase.CLOSING: "duty_settled",
    Phase.SEALED: "meeting_over", Phase.PURGED: "meeting_over", Phase.CANCELLED: "meeting_cancelled",
}


@pytest.mark.parametrize("who", ["member", "moderator"])
@pytest.mark.parametrize("phase", list(Phase))
def test_when_one_may_come_to_a_door_and_when_sign_up(who, phase):
    meeting = Meeting(phase=phase, room=ROOMS["in use"])
    assert outcome(policy.may_come_to, PEOPLE[who], meeting) == AT_THE_DOOR[phase]
    assert outcome(policy.may_sign_up, PEOPLE[who], meeting) == SIGNING_UP[phase]


@pytest.mark.parametrize("phase", list(Phase))
def test_a_former_member_finds_no_door_at_any_time(phase):
    meeting = Meeting(phase=phase, room=ROOMS["in use"])
    for who in ("former", "former moderator"):
        assert outcome(policy.may_come_to, PEOPLE[who], meeting) == "not_found"
        assert outcome(policy.may_sign_up, PEOPLE[who], meeting) == "not_found"


@pytest.mark.parametrize("state", ["locked", "archived"])
def test_nobody_comes_to_a_room_that_is_closed(state):
    assert outcome(policy.may_come_to, PEOPLE["moderator"], Meeting(phase=Phase.OPEN, room=ROOMS[state])) == "room_locked"


@pytest.mark.parametrize("access, answer", [(Access.OPEN, "not_found"), (Access.CLOSED, "not_found"), (Access.SCREENED, "yes")])
def test_one_asks_where_a_group_asks_first(access, answer):
    for who in (None, PEOPLE["former"]):
        assert outcome(policy.may_ask_to_join, Group(access=access), who) == answer


def test_members_ask_no_more_and_a_closed_group_takes_nobody():
    assert outcome(policy.may_ask_to_join, Group(access=Access.SCREENED), PEOPLE["member"]) == "here_already"
    closed = {access: Group(access=access, closed_at=THEN) for access in Access}
    assert outcome(policy.may_ask_to_join, closed[Access.SCREENED], None) == "group_closed"
    assert {outcome(policy.may_join, group, invited) for group in closed.values() for invited in (True, False)} == {"group_closed"}


GOING_ON = (
    policy.may_invite, policy.may_manage_rooms, policy.may_answer_requests, policy.may_change_group, policy.may_ask_to_close,
    policy.may_schedule, policy.may_import, policy.may_edit_formats, policy.may_set_rota_rules, lambda member: policy.may_open_vote(member, 0),
    lambda member: policy.may_offer_role(member, PEOPLE["member"]), lambda member: policy.may_close(member, member.group, 1, THEN),
)


@pytest.mark.parametrize("rule", GOING_ON)
def test_a_closed_group_is_looked_after_no_more(rule):
    assert outcome(rule, Membership(role=Role.MODERATOR, group=Group(closed_at=THEN))) == "group_closed"


# Maya (1) and two more: Tom (2) is asked or asked about, Nia (3) is another moderator.
ROLES = {number: Membership(id=number, role=Role.MODERATOR) for number in (1, 2, 3)}
TOM = Membership(id=2, role=Role.MEMBER)


@pytest.mark.parametrize("state, answer", [
    ({}, "yes"), ({"accepted": True}, "offer_over"), ({"accepted": False}, "offer_over"), ({"until": THEN}, "offer_over"),
    ({"asks": PEOPLE["former moderator"]}, "offer_over"), ({"asks": PEOPLE["member"]}, "offer_over"),
])
def test_what_is_asked_about_a_role_is_answered_once_and_in_time(state, answer):
    offer = RoleOffer(**{"by_id": 1, "membership_id": 2, "until": THEN + timedelta(seconds=1), "asks": ROLES[1]} | state)
    assert outcome(policy.may_answer_offer, offer, THEN) == answer
    assert outcome(policy.may_agree_about_role, ROLES[3], offer, THEN) == answer
    assert outcome(policy.may_take_role, TOM, offer, 0, THEN) == answer


def test_a_role_is_taken_by_whom_it_is_offered():
    offer = RoleOffer(by_id=1, membership_id=2, until=THEN + timedelta(days=1), asks=ROLES[1], confirmed_by_id=3)
    assert outcome(policy.may_take_role, TOM, offer, 1, THEN) == "yes"
    assert outcome(policy.may_take_role, Membership(id=4, role=Role.MEMBER), offer, 1, THEN) == "not_found"


def test_a_copy_of_what_was_is_there_also_after_the_end():
    assert outcome(policy.may_export, Membership(role=Role.MODERATOR, group=Group(closed_at=THEN))) == "yes"


@pytest.mark.parametrize("number, answer", [(1, "second_person"), (2, "second_person"), (3, "yes")])
def test_the_second_person_is_neither_who_asks_nor_who_is_asked_about(number, answer):
    offer = RoleOffer(by_id=1, membership_id=2, until=THEN + timedelta(days=1), asks=ROLES[1])
    assert outcome(policy.may_agree_about_role, ROLES[number], offer, THEN) == answer


@pytest.mark.parametrize("others, confirmed, answer", [(0, None, "yes"), (1, None, "second_person_first"), (1, 3, "yes"), (0, 3, "yes")])
def test_a_role_is_taken_once_two_said_so(others, confirmed, answer):
    offer = RoleOffer(by_id=1, membership_id=2, until=THEN + timedelta(days=1), asks=ROLES[1], confirmed_by_id=confirmed)
    assert outcome(policy.may_take_role, TOM, offer, others, THEN) == answer


WEEK = timedelta(days=7)


@pytest.mark.parametrize("asked_by, asked_at, others, answer", [
    (None, None, 1, "closing_not_asked"), (None, None, 0, "closing_not_asked"), (2, THEN, 1, "yes"), (2, THEN, 0, "yes"),
    (1, THEN - 2 * WEEK, 1, "second_person"), (1, THEN, 0, "closing_waits"), (1, THEN - WEEK + timedelta(seconds=1), 0, "closing_waits"),
    (1, THEN - WEEK, 0, "yes"),
])
def test_a_group_is_closed_by_two_or_after_a_week_alone(asked_by, asked_at, others, answer):
    group = Group(closing_asked_at=asked_at, closing_asked_by_id=asked_by)
    assert outcome(policy.may_close, ROLES[1], group, others, THEN) == answer


@pytest.mark.parametrize("joined, role, answer", [
    (timedelta(days=1), Role.MEMBER, "for_known"), (timedelta(days=6, hours=23), Role.MEMBER, "for_known"),
    (timedelta(days=8), Role.MEMBER, "yes"), (timedelta(0), Role.MODERATOR, "yes"),
])
def test_some_doors_are_for_members_past_their_first_week(joined, role, answer):
    member, meeting = Membership(role=role, joined_at=clock.now() - joined), Meeting(phase=Phase.LOBBY, room=Room(door=Door.KNOWN))
    assert outcome(policy.may_come_to, member, meeting) == answer
    for door in (Door.ANYONE, Door.MEMBERS):
        assert outcome(policy.may_come_to, member, Meeting(phase=Phase.LOBBY, room=Room(door=door))) == "yes"
