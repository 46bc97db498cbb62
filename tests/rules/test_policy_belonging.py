"""Every question about belonging to a group, looking after it, its votes, and those who serve, asked of
everybody there is: all cells. A question of `policy/group.py` or `policy/serving.py` that has no row here, and
is not tested elsewhere, fails the last test."""

from datetime import timedelta

import pytest

from groups import policy
from groups.accounts.models import Account
from groups.conscience.models import Vote
from groups.membership.models import Access, Group, Membership, Role, RoleOffer
from groups.rooms.models import Room
from groups.rota.models import Debrief
from groups.schedule.models import Meeting, Phase
from tests.rules.everybody import (
    ACTED,
    BEFORE,
    FOR_ALL_WHO_BELONG,
    FOR_ALL_WHO_LOOK_AFTER,
    FORMER_MODERATOR,
    LATER,
    MEMBER,
    MODERATOR,
    NOT_ACTED,
    NOW,
    OTHER,
    PEER,
    WHO,
    cells,
    inside,
    of_account,
    of_member,
    outcome,
    questions_of,
    refused,
)

ASKS = Group(access=Access.SCREENED)
OPEN, OVER = Meeting(phase=Phase.PLANNED, starts_at=LATER), Vote(until=BEFORE)


def offer(to, by=ACTED, **facts):
    """Somebody is asked about a role by the moderator called "acted"."""
    return RoleOffer(**{"by_id": by, "membership_id": to, "until": LATER, "asks": WHO["acted"].member} | facts)


def closing(by, since=BEFORE):
    return Group(closing_asked_at=since, closing_asked_by_id=by)


def talk(of=MEMBER, **facts):
    return Debrief(**{"membership_id": of, "wants_talk": True} | facts)


def hour(phase=Phase.PLANNED, **room):
    return Meeting(phase=phase, room=Room(**room))


def of_both(rule, *facts):
    """Ask it of a membership and its account."""
    return lambda who: outcome(rule, who.member, who.account, *facts)


LOOKED_AFTER = (
    policy.may_look_after, policy.may_invite, policy.may_answer_requests, policy.may_change_group, policy.may_manage_rooms,
    policy.may_edit_formats, policy.may_schedule, policy.may_export, policy.may_import, policy.may_see_members,
    policy.may_ask_to_close, policy.may_review_inventory, policy.may_set_rota_rules, policy.may_look_after_those_who_serve,
)
TABLE = {
    # question: [(how it is asked, the answer for each role in the order of ROLES)]
    **{rule.__name__: [(of_member(rule), FOR_ALL_WHO_LOOK_AFTER)] for rule in LOOKED_AFTER},
    "may_act": [(of_member(policy.may_act), FOR_ALL_WHO_BELONG)],
    "may_read_formats": [(of_member(policy.may_read_formats), FOR_ALL_WHO_BELONG)],
    # Coming, asking, leaving.
    "may_ask_to_join": [
        (lambda who: outcome(policy.may_ask_to_join, ASKS, who.member),
         ("yes", "yes", "here_already", "yes", "yes", "here_already", "here_already", "here_already", "yes")),
        (lambda who: outcome(policy.may_ask_to_join, Group(access=Access.OPEN), who.member), "-" * 9),
        (lambda who: outcome(policy.may_ask_to_join, Group(access=Access.CLOSED), who.member), "-" * 9),
    ],
    "may_come_back": [(of_both(policy.may_come_back, NOW), ("yes",) * 4 + ("barred_until",) + ("yes",) * 4)],
    "may_found": [(of_account(policy.may_found, NOW), ("yes",) * 9)],
    "may_leave": [
        (of_member(policy.may_leave, 1), FOR_ALL_WHO_BELONG),
        (of_member(policy.may_leave, 0), refused("last_moderator", member="yes")),
    ],
    "may_come_to": [
        (of_member(policy.may_come_to, hour(Phase.LOBBY)), FOR_ALL_WHO_BELONG),
        (of_member(policy.may_come_to, hour(Phase.OPEN, locked_at=BEFORE)), refused("room_locked", member="room_locked")),
    ],
    # Roles: given and taken by two.
    "may_step_back": [
        (of_member(policy.may_step_back, 1), FOR_ALL_WHO_LOOK_AFTER), (of_member(policy.may_step_back, 0), refused("last_moderator")),
    ],
    "may_offer_role": [
        (of_member(policy.may_offer_role, WHO["member"].member), FOR_ALL_WHO_LOOK_AFTER),
        (of_member(policy.may_offer_role, PEER), refused("moderates_already")),
        (of_member(policy.may_offer_role, WHO["banned"].member), refused("-")),
    ],
    "may_ask_role_back": [
        (of_member(policy.may_ask_role_back, PEER), inside("for_moderators", "yes", other="asked_oneself")),
        (of_member(policy.may_ask_role_back, WHO["member"].member), refused("moderates_no_more")),
        (of_member(policy.may_ask_role_back, WHO["former"].member), refused("-")),
    ],
    "may_agree_about_role": [
        (of_member(policy.may_agree_about_role, offer(MEMBER), NOW), NOT_ACTED),
        (of_member(policy.may_agree_about_role, offer(OTHER, role=Role.MEMBER), NOW),
         inside("for_moderators", "yes", acted="second_person", other="second_person")),
        (of_member(policy.may_agree_about_role, offer(MEMBER, accepted=False), NOW), refused("offer_over")),
    ],
    "may_withdraw_offer": [
        (of_member(policy.may_withdraw_offer, offer(MEMBER)), FOR_ALL_WHO_LOOK_AFTER),
        (of_member(policy.may_withdraw_offer, offer(OTHER, role=Role.MEMBER)), inside("for_moderators", "yes", other="second_person")),
    ],
    "may_take_role": [
        (of_member(policy.may_take_role, offer(MEMBER), 0, NOW), inside("yes", "-")),
        (of_member(policy.may_take_role, offer(MEMBER), 1, NOW), inside("second_person_first", "-")),
        (of_member(policy.may_take_role, offer(MEMBER, confirmed_by_id=MODERATOR), 1, NOW), inside("yes", "-")),
        (of_member(policy.may_take_role, offer(MEMBER, until=NOW), 0, NOW), inside("offer_over", "-")),
    ],
    # Rooms and hours.
    "may_meet_in": [
        (of_member(policy.may_meet_in, Room()), FOR_ALL_WHO_LOOK_AFTER),
        (of_member(policy.may_meet_in, Room(locked_at=BEFORE)), refused("room_locked")),
    ],
    "may_change_hour": [
        (of_member(policy.may_change_hour, OPEN, NOW), FOR_ALL_WHO_LOOK_AFTER),
        (of_member(policy.may_change_hour, OPEN, LATER), refused("hour_has_begun")),
    ],
    "may_close": [
        (of_member(policy.may_close, closing(ACTED), 1, NOW), NOT_ACTED),
        (of_member(policy.may_close, closing(ACTED), 0, NOW), inside("for_moderators", "yes", acted="closing_waits")),
        (of_member(policy.may_close, closing(ACTED, NOW - timedelta(days=7)), 0, NOW), FOR_ALL_WHO_LOOK_AFTER),
        (of_member(policy.may_close, Group(), 1, NOW), refused("closing_not_asked")),
    ],
    # What the group asks itself.
    "may_open_vote": [
        (of_member(policy.may_open_vote, 0), FOR_ALL_WHO_LOOK_AFTER),
        (of_member(policy.may_open_vote, policy.group.VOTES_AT_ONCE), refused("enough_questions")),
    ],
    "may_answer_anew": [
        (of_member(policy.may_answer_anew, None, False, None), FOR_ALL_WHO_LOOK_AFTER),
        (of_member(policy.may_answer_anew, True, True, None), FOR_ALL_WHO_LOOK_AFTER),
        (of_member(policy.may_answer_anew, True, False, True), FOR_ALL_WHO_LOOK_AFTER),
        (of_member(policy.may_answer_anew, True, False, None), refused("answered_yes")),
        (of_member(policy.may_answer_anew, False, True, True), refused("answered_no")),
    ],
    "may_answer_vote": [
        (of_member(policy.may_answer_vote, Vote(until=LATER), NOW, True), FOR_ALL_WHO_BELONG),
        (of_member(policy.may_answer_vote, OVER, NOW, False), refused("vote_over", member="vote_over")),
        (of_member(policy.may_answer_vote, Vote(until=LATER), NOW, False), refused("known_first", member="known_first")),
    ],
    "may_answer_inventory": [
        (of_member(policy.may_answer_inventory, True), FOR_ALL_WHO_BELONG),
        (of_member(policy.may_answer_inventory, False), refused("known_first", member="known_first")),
    ],
    "may_withdraw_vote": [
        (of_member(policy.may_withdraw_vote, Vote(until=LATER), NOW), FOR_ALL_WHO_LOOK_AFTER),
        (of_member(policy.may_withdraw_vote, OVER, NOW), refused("vote_over")),
    ],
    # Those who serve.
    "may_talk_with": [
        (of_member(policy.may_talk_with, talk()), FOR_ALL_WHO_LOOK_AFTER),
        (of_member(policy.may_talk_with, talk(OTHER)), inside("for_moderators", "yes", other="talk_gone")),
        (of_member(policy.may_talk_with, talk(met_by_id=ACTED)), inside("for_moderators", "talk_gone", acted="yes")),
        (of_member(policy.may_talk_with, talk(wants_talk=False)), refused("talk_gone")),
    ],
    "may_sign_up": [(of_member(policy.may_sign_up, hour()), FOR_ALL_WHO_BELONG)],
    "may_assign": [(of_member(policy.may_assign, hour()), FOR_ALL_WHO_LOOK_AFTER)],
    "may_plan_to_come": [(of_member(policy.may_plan_to_come, hour()), FOR_ALL_WHO_BELONG)],
}
# Of a group, an invitation or a record more than of who asks: test_policy_groups.py and test_rota_policy.py.
ELSEWHERE = {"may_look_at", "may_join", "may_answer_offer", "may_take_duty", "may_begin", "may_be_assigned", "may_confirm"}


@pytest.mark.parametrize("ask, role, answer", cells(TABLE))
def test_every_question_asked_of_everybody(ask, role, answer):
    assert ask(WHO[role]) == answer


@pytest.mark.parametrize("name", TABLE)
def test_whoever_looked_after_the_group_and_left_is_as_anybody_who_left(name):
    for ask, _ in TABLE[name]:
        assert ask(FORMER_MODERATOR) == ask(WHO["former"])


@pytest.mark.parametrize("until, answer", [(None, "yes"), (BEFORE, "yes"), (NOW, "yes"), (LATER, "no")])
def test_an_account_no_group_takes_neither_joins_nor_begins_one(until, answer):
    account = Account(id=1, barred_until=until)
    assert outcome(policy.may_found, account, NOW) == answer.replace("no", "barred_everywhere")
    assert outcome(policy.may_come_back, None, account, NOW) == answer.replace("no", "barred_everywhere")
    assert outcome(policy.may_come_back, Membership(barred_until=until), None, NOW) == answer.replace("no", "barred_until")


@pytest.mark.parametrize("file", ["group", "serving"])
def test_every_question_has_its_rows(file):
    missing = questions_of(file) - ELSEWHERE - set(TABLE)
    assert not missing, f"no rows for {sorted(missing)}"
