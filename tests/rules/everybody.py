"""Everybody there is to ask, and what a question comes to for each of them: `test_policy_safety.py` and
`test_policy_belonging.py` ask every question of `groups/policy/` of all of them."""

import ast
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from groups.accounts.models import Account
from groups.errors import NotFound, Refused
from groups.membership.models import Membership, Role
from groups.settings import ROOT

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATER, BEFORE = NOW + timedelta(days=3), NOW - timedelta(days=3)
ROLES = ("visitor", "outsider", "member", "former", "banned", "moderator", "acted", "other", "steward")


@dataclass
class Who:
    """Somebody: their account, and their membership in the group."""

    account: Account | None = None
    member: Membership | None = None


def belonging(number, role=Role.MEMBER, **facts):
    """Somebody who is or was in the group (1), with an account of the same number."""
    return Who(Account(id=number), Membership(id=number, group_id=1, role=role, **facts))


# Tom is whom everything is about, and is out by it; "acted" took the step, "moderator" had no part in it,
# "other" is asked where it is about "other" themselves.
TOM, MEMBER, FORMER, MODERATOR, ACTED, OTHER, STEWARD = 7, 3, 4, 5, 6, 8, 9
WHO = {
    "visitor": Who(), "outsider": Who(Account(id=2)), "member": belonging(MEMBER), "former": belonging(FORMER, left_at=BEFORE),
    "banned": belonging(TOM, left_at=BEFORE, barred_until=LATER), "moderator": belonging(MODERATOR, Role.MODERATOR),
    "acted": belonging(ACTED, Role.MODERATOR), "other": belonging(OTHER, Role.MODERATOR),
    "steward": Who(Account(id=STEWARD, steward_since=BEFORE)),
}
FORMER_MODERATOR = belonging(FORMER, Role.MODERATOR, left_at=BEFORE)
TARGET = Membership(id=TOM, group_id=1, role=Role.MEMBER)
PEER = Membership(id=OTHER, group_id=1, role=Role.MODERATOR)
STRANGER = Membership(id=11, group_id=2, role=Role.MEMBER)  # of another group


def outcome(rule, *args):
    """What somebody reads: "-" for nothing here, "yes", or the reason."""
    try:
        rule(*args)
    except NotFound:
        return "-"
    except Refused as refusal:
        return refusal.reason
    return "yes"


def of_member(rule, *facts):
    """Ask it of a membership."""
    return lambda who: outcome(rule, who.member, *facts)


def of_account(rule, *facts):
    """Ask it of an account."""
    return lambda who: outcome(rule, who.account, *facts)


def inside(member, moderator, acted=None, other=None):
    """A row of what only those of the group find: `acted` and `other` as any moderator where nothing is said."""
    return ("-", "-", member, "-", "-", moderator, acted or moderator, other or moderator, "-")


FOR_ALL_WHO_LOOK_AFTER = inside("for_moderators", "yes")
FOR_ALL_WHO_BELONG = inside("yes", "yes")
NOT_OTHER = inside("for_moderators", "yes", other="not_oneself")
NOT_ACTED = inside("for_moderators", "yes", acted="second_person")
STEWARD_ONLY = (*"--------", "yes")


def refused(reason, *, member="for_moderators"):
    """Whoever looks after the group is told this."""
    return inside(member, reason)


def cells(table):
    """Every cell of a table: how it is asked, of whom, the answer."""
    return [
        pytest.param(ask, role, answer, id=f"{name}[{number}] {role}")
        for name, rows in table.items() for number, (ask, answers) in enumerate(rows) for role, answer in zip(ROLES, answers, strict=True)
    ]


def questions_of(file):
    """The names of every question in `groups/policy/<file>.py`."""
    source = ast.parse((ROOT / "groups" / "policy" / f"{file}.py").read_text())
    return {node.name for node in source.body if isinstance(node, ast.FunctionDef) and node.name.startswith("may_")}
