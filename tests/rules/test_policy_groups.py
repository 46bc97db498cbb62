"""Who may do what in a group: one table per rule, every kind of person against it."""

from datetime import UTC, datetime

import pytest

from groups import policy
from groups.errors import NotFound, Refused
from groups.membership.models import Access, Group, Membership, Role
from groups.rooms.models import Room
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
    policy.may_export, policy.may_import,
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
