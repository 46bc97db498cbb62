"""Every question about keeping rooms safe, asked of everybody there is: all cells. A question of
`policy/ladder.py`, `policy/safety.py`, or one of `policy/group.py` that is for those who look after a group, that has no
row here fails the last test."""

import ast
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from groups import policy
from groups.accounts.models import Account
from groups.conduct.models import Incident, Sanction
from groups.errors import NotFound, Refused
from groups.membership.models import Membership, Role
from groups.moderation.models import Appeal, StewardMatter
from groups.rooms.models import Room
from groups.schedule.models import Meeting, Phase
from groups.settings import ROOT

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATER, BEFORE = NOW + timedelta(days=3), NOW - timedelta(days=3)
ROLES = ("visitor", "outsider", "member", "former", "banned", "moderator", "acted", "other", "steward")


@dataclass
class Who:
    """Somebody: their account, and their membership in the group."""

    account: Account | None = None
    member: Membership | None = None
    concerned: frozenset = field(default_factory=frozenset)


def belonging(number, **facts):
    return Who(Account(id=number), Membership(id=number, role=facts.pop("role", Role.MEMBER), **facts))


# Tom is whom everything is about; "acted" took the step, "moderator" had no part in it, "other" is asked
# where it is about "other" themselves.
TOM = 7
WHO = {
    "visitor": Who(), "outsider": Who(Account(id=2)), "member": belonging(3), "former": belonging(4, left_at=BEFORE),
    "banned": belonging(TOM, left_at=BEFORE, barred_until=LATER), "moderator": belonging(5, role=Role.MODERATOR),
    "acted": belonging(6, role=Role.MODERATOR), "other": belonging(8, role=Role.MODERATOR),
    "steward": Who(Account(id=9, steward_since=BEFORE)),
}
TARGET = Membership(id=TOM, role=Role.MEMBER)
PEER = Membership(id=8, role=Role.MODERATOR)
PARTS = frozenset({TOM, 6})


def step(about=TOM, **facts):
    return Sanction(**{"membership_id": about, "by_id": 6, "until": LATER} | facts)


def outcome(rule, *args):
    try:
        rule(*args)
    except NotFound:
        return "-"
    except Refused as refusal:
        return refusal.reason
    return "yes"


def of_member(rule, *facts):
    return lambda who: outcome(rule, who.member, *facts)


def of_account(rule, *facts):
    return lambda who: outcome(rule, who.account, *facts)


FOR_ALL_WHO_LOOK_AFTER = ("-", "-", "for_moderators", "-", "-", "yes", "yes", "yes", "-")
NOT_OTHER = ("-", "-", "for_moderators", "-", "-", "yes", "yes", "not_oneself", "-")
NOT_ACTED = ("-", "-", "for_moderators", "-", "-", "yes", "second_person", "yes", "-")
STEWARD_ONLY = ("-", "-", "-", "-", "-", "-", "-", "-", "yes")


def refused(reason, *, member="for_moderators"):
    """Whoever looks after the group is told this."""
    return ("-", "-", member, "-", "-", reason, reason, reason, "-")


OPEN = Meeting(phase=Phase.PLANNED, starts_at=LATER)
TABLE = {
    # question: [(how it is asked, the answer for each role in the order of ROLES)]
    "may_see_steps": [(of_member(policy.may_see_steps), FOR_ALL_WHO_LOOK_AFTER)],
    "may_take_step": [
        (of_member(policy.may_take_step, TARGET, 0), FOR_ALL_WHO_LOOK_AFTER),
        (of_member(policy.may_take_step, TARGET, 0, "a word of warning"), refused("step_first")),
        (of_member(policy.may_take_step, PEER, 1), NOT_OTHER),
        (of_member(policy.may_take_step, PEER, 0), ("-", "-", "for_moderators", "-", "-", "two_for_a_peer", "two_for_a_peer", "not_oneself", "-")),
    ],
    "may_confirm_step": [
        (of_member(policy.may_confirm_step, step(), True), NOT_ACTED),
        (of_member(policy.may_confirm_step, step(8), True), ("-", "-", "for_moderators", "-", "-", "yes", "second_person", "not_oneself", "-")),
        (of_member(policy.may_confirm_step, step(by_id=None), False), refused("nothing_to_confirm")),
    ],
    "may_lift": [
        (of_member(policy.may_lift, step()), FOR_ALL_WHO_LOOK_AFTER),
        (of_member(policy.may_lift, step(8)), NOT_OTHER),
        (of_member(policy.may_lift, step(lifted_at=BEFORE)), refused("lifted_already")),
    ],
    "may_read_own_steps": [
        (of_member(policy.may_read_own_steps, True), ("-", "-", "yes", "yes", "yes", "yes", "yes", "yes", "-")),
        (of_member(policy.may_read_own_steps, False), ("-", "-", "yes", "-", "-", "yes", "yes", "yes", "-")),
    ],
    "may_appeal": [
        (of_member(policy.may_appeal, step(), False), ("-", "-", "-", "-", "yes", "-", "-", "-", "-")),
        (of_member(policy.may_appeal, step(3), False), ("-", "-", "yes", "-", "-", "-", "-", "-", "-")),
        (of_member(policy.may_appeal, step(4), False), ("-", "-", "-", "yes", "-", "-", "-", "-", "-")),
        (of_member(policy.may_appeal, step(), True), ("-", "-", "-", "-", "appealed_once", "-", "-", "-", "-")),
        (of_member(policy.may_appeal, step(lifted_at=BEFORE), False), ("-", "-", "-", "-", "lifted_already", "-", "-", "-", "-")),
    ],
    "may_read_appeal": [
        (of_member(policy.may_read_appeal, step()), ("-", "-", "for_moderators", "-", "-", "yes", "someone_else_reads", "yes", "-")),
        (of_member(policy.may_read_appeal, step(confirmed_by_id=5)),
         ("-", "-", "for_moderators", "-", "-", "someone_else_reads", "someone_else_reads", "yes", "-")),
        (of_member(policy.may_read_appeal, step(8)), ("-", "-", "for_moderators", "-", "-", "yes", "someone_else_reads", "not_oneself", "-")),
    ],
    "may_decide_appeal": [
        (of_member(policy.may_decide_appeal, Appeal(sanction=step())),
         ("-", "-", "for_moderators", "-", "-", "yes", "someone_else_reads", "yes", "-")),
        (of_member(policy.may_decide_appeal, Appeal(sanction=step(), decided_at=BEFORE)),
         ("-", "-", "for_moderators", "-", "-", "decided_already", "someone_else_reads", "decided_already", "-")),
    ],
    "may_review": [
        (of_member(policy.may_review, Incident(sanction=step())), NOT_ACTED),
        (of_member(policy.may_review, Incident(sanction=step(8))),
         ("-", "-", "for_moderators", "-", "-", "yes", "second_person", "not_oneself", "-")),
        (of_member(policy.may_review, Incident(sanction=step(by_id=None), reviewed_at=BEFORE)), refused("decided_already")),
    ],
    "may_refer": [
        (of_member(policy.may_refer, TARGET, False), FOR_ALL_WHO_LOOK_AFTER),
        (of_member(policy.may_refer, PEER, False), NOT_OTHER),
        (of_member(policy.may_refer, TARGET, True), refused("stewards_asked_already")),
    ],
    "may_steward": [(of_account(policy.may_steward), STEWARD_ONLY)],
    "may_decide_for_group": [
        (of_account(policy.may_decide_for_group, PARTS, 0, None), STEWARD_ONLY),
        (of_account(policy.may_decide_for_group, PARTS | {9}, 0, None), (*"--------", "stewards_own")),
        (of_account(policy.may_decide_for_group, PARTS, 1, None), (*"--------", "group_decides")),
        (of_account(policy.may_decide_for_group, PARTS, 0, BEFORE), (*"--------", "decided_already")),
    ],
    "may_propose_bar": [
        (of_account(policy.may_propose_bar, PARTS, StewardMatter()), STEWARD_ONLY),
        (of_account(policy.may_propose_bar, PARTS | {9}, StewardMatter()), (*"--------", "stewards_own")),
        (of_account(policy.may_propose_bar, PARTS, StewardMatter(first_at=BEFORE)), (*"--------", "proposed_already")),
        (of_account(policy.may_propose_bar, PARTS, StewardMatter(decided_at=BEFORE)), (*"--------", "decided_already")),
    ],
    "may_answer_bar": [
        (of_account(policy.may_answer_bar, PARTS, StewardMatter(first_at=BEFORE, first_account_id=1)), STEWARD_ONLY),
        (of_account(policy.may_answer_bar, PARTS, StewardMatter(first_at=BEFORE, first_account_id=9)), (*"--------", "second_steward")),
        (of_account(policy.may_answer_bar, PARTS | {9}, StewardMatter(first_at=BEFORE)), (*"--------", "stewards_own")),
        (of_account(policy.may_answer_bar, PARTS, StewardMatter()), (*"--------", "not_proposed")),
        (of_account(policy.may_answer_bar, PARTS, StewardMatter(decided_at=BEFORE)), (*"--------", "decided_already")),
    ],
    # What `policy/group.py` asks of those who look after a group.
    "may_invite": [(of_member(policy.may_invite), FOR_ALL_WHO_LOOK_AFTER)],
    "may_manage_rooms": [(of_member(policy.may_manage_rooms), FOR_ALL_WHO_LOOK_AFTER)],
    "may_edit_formats": [(of_member(policy.may_edit_formats), FOR_ALL_WHO_LOOK_AFTER)],
    "may_schedule": [(of_member(policy.may_schedule), FOR_ALL_WHO_LOOK_AFTER)],
    "may_export": [(of_member(policy.may_export), FOR_ALL_WHO_LOOK_AFTER)],
    "may_import": [(of_member(policy.may_import), FOR_ALL_WHO_LOOK_AFTER)],
    "may_see_members": [(of_member(policy.may_see_members), FOR_ALL_WHO_LOOK_AFTER)],
    "may_meet_in": [
        (of_member(policy.may_meet_in, Room()), FOR_ALL_WHO_LOOK_AFTER),
        (of_member(policy.may_meet_in, Room(locked_at=BEFORE)), refused("room_locked")),
    ],
    "may_change_hour": [
        (of_member(policy.may_change_hour, OPEN, NOW), FOR_ALL_WHO_LOOK_AFTER),
        (of_member(policy.may_change_hour, OPEN, LATER), refused("hour_has_begun")),
    ],
    "may_leave": [
        (of_member(policy.may_leave, 1), ("-", "-", "yes", "-", "-", "yes", "yes", "yes", "-")),
        (of_member(policy.may_leave, 0), refused("last_moderator", member="yes")),
    ],
    "may_act": [(of_member(policy.may_act), ("-", "-", "yes", "-", "-", "yes", "yes", "yes", "-"))],
    "may_come_back": [
        (lambda who: outcome(policy.may_come_back, who.member, who.account, NOW),
         ("yes", "yes", "yes", "yes", "barred_until", "yes", "yes", "yes", "yes")),
    ],
    "may_found": [(of_account(policy.may_found, NOW), ("yes",) * 9)],
}
CASES = [
    pytest.param(ask, role, answer, id=f"{name}[{number}] {role}")
    for name, rows in TABLE.items() for number, (ask, answers) in enumerate(rows) for role, answer in zip(ROLES, answers, strict=True)
]


@pytest.mark.parametrize("ask, role, answer", CASES)
def test_every_question_asked_of_everybody(ask, role, answer):
    assert ask(WHO[role]) == answer


@pytest.mark.parametrize("until, answer", [(None, "yes"), (BEFORE, "yes"), (NOW, "yes"), (LATER, "no")])
def test_an_account_no_group_takes_neither_joins_nor_begins_one(until, answer):
    account = Account(id=1, barred_until=until)
    assert outcome(policy.may_found, account, NOW) == answer.replace("no", "barred_everywhere")
    assert outcome(policy.may_come_back, None, account, NOW) == answer.replace("no", "barred_everywhere")
    assert outcome(policy.may_come_back, Membership(barred_until=until), None, NOW) == answer.replace("no", "barred_until")


# Not for those who look after a group, and tested with the others in test_policy_groups.py.
ELSEWHERE = {"may_look_at", "may_join", "may_read_formats", "may_come_to"}


@pytest.mark.parametrize("file", ["ladder", "safety", "group"])
def test_every_question_has_its_rows(file):
    source = ast.parse((ROOT / "groups" / "policy" / f"{file}.py").read_text())
    asked = {node.name for node in source.body if isinstance(node, ast.FunctionDef) and node.name.startswith("may_")}
    assert asked - ELSEWHERE <= set(TABLE), f"no rows for {sorted(asked - ELSEWHERE - set(TABLE))}"
