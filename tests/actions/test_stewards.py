"""Kept out of every group: by two stewards, who learn neither names nor groups."""

from datetime import timedelta

import pytest

from groups import clock
from groups.accounts.models import Account
from groups.errors import Invalid, NotFound, Refused
from groups.membership.actions import MembershipEnded, found_group, join
from groups.membership.models import Membership
from groups.moderation import review_views
from groups.moderation.models import StewardMatter
from groups.moderation.step_actions import ban, lift
from groups.moderation.steward_actions import (
    answer_bar,
    leave_matter,
    propose_bar,
    refer,
)
from groups.zones import zone
from tests.actions.telling import rows
from tests.laddered import belongs, log_of, made_steward, sent_out, stored
from tests.news import heard

UTC = zone("UTC")
PLANS = {"name": "Heron", "purpose": "By the water.", "for_whom": "anybody", "access": "open", "zone": "UTC", "my_name": "Ines"}


@pytest.fixture
def told():
    with heard(MembershipEnded) as news:
        yield news


# --- asked for by a group ---------------------------------------------------------------------------------


def test_one_steward_proposes_and_another_agrees_and_no_group_has_them(maya, tom, willow, harbour, stewards, told):
    first, second = stewards
    elsewhere = belongs(tom, willow, "Timo")
    matter = refer(maya.membership, tom.membership, "threats")
    propose_bar(first, matter.public_id, 90)
    assert stored(Account, tom.account).barred_until is None and told == []
    with pytest.raises(Refused, match="second_steward"):
        answer_bar(first, matter.public_id, True)
    answer_bar(second, matter.public_id, True)
    until = stored(Account, tom.account).barred_until
    assert abs(until - clock.now() - timedelta(days=90)) < timedelta(minutes=1)
    assert {news.membership_id for news in told} == {tom.membership.id, elsewhere.id}
    for row in (tom.membership, elsewhere):
        assert (stored(Membership, row).is_current, stored(Membership, row).barred_until) == (False, None), "a group sees that somebody left"
    for name in ("Tom", "New"):
        with pytest.raises(Refused, match="barred_everywhere"):
            join(tom.account, harbour, name)
    with pytest.raises(Refused, match="barred_everywhere"):
        found_group(tom.account, **PLANS)
    assert [line.action for line in log_of(harbour)] == ["stewards_asked", "stewards_barred"]
    assert log_of(willow) == [], "a group that did not ask hears nothing"


def test_afterwards_groups_take_them_again(maya, tom, harbour, stewards, freeze):
    matter = refer(maya.membership, tom.membership, "threats")
    propose_bar(stewards[0], matter.public_id, 10)
    answer_bar(stewards[1], matter.public_id, True)
    freeze.forward(days=10, minutes=1)
    assert join(tom.account, harbour, "Tom")[0].is_current
    assert found_group(tom.account, **PLANS)[0].is_current


def test_lifting_a_ban_of_one_group_does_not_open_it_against_the_stewards(maya, tom, stewards):
    sent_out(tom)
    given = ban(maya.membership, tom.membership, 3, 5)
    matter = refer(maya.membership, tom.membership, "evasion")
    propose_bar(stewards[0], matter.public_id, 90)
    answer_bar(stewards[1], matter.public_id, True)
    lift(maya.membership, given.public_id)
    assert not stored(Membership, tom.membership).is_current


def test_a_ban_of_one_group_stays_when_the_stewards_decide(maya, tom, stewards):
    sent_out(tom)
    given = ban(maya.membership, tom.membership, 3, 5)
    matter = refer(maya.membership, tom.membership, "threats")
    propose_bar(stewards[0], matter.public_id, 2)
    answer_bar(stewards[1], matter.public_id, True)
    assert stored(Membership, tom.membership).barred_until == given.until


def test_either_steward_may_leave_it_and_the_group_may_ask_again_later(maya, tom, harbour, stewards):
    matter = refer(maya.membership, tom.membership, "threats")
    leave_matter(stewards[0], matter.public_id)
    assert rows(StewardMatter)[0].outcome == "declined"
    again = refer(maya.membership, tom.membership, "evasion")
    propose_bar(stewards[0], again.public_id, 10)
    answer_bar(stewards[1], again.public_id, False)
    assert (rows(StewardMatter)[0].outcome, stored(Account, tom.account).barred_until) == ("declined", None)
    assert stored(Membership, tom.membership).is_current
    assert [line.action for line in log_of(harbour)] == ["stewards_asked", "stewards_declined"] * 2
    with pytest.raises(Refused, match="decided_already"):
        propose_bar(stewards[0], again.public_id, 10)


@pytest.mark.parametrize("days", [None, 0, 366])
def test_a_proposal_has_an_end(maya, tom, stewards, days):
    matter = refer(maya.membership, tom.membership, "threats")
    with pytest.raises(Invalid):
        propose_bar(stewards[0], matter.public_id, days)
    assert rows(StewardMatter)[0].first_at is None


def test_who_asks_and_whom_it_is_about_decide_nothing(maya, tom, stewards):
    for person in (maya, tom):
        made_steward(person)
    matter = refer(maya.membership, tom.membership, "threats")
    for person in (maya, tom):
        with pytest.raises(Refused, match="stewards_own"):
            propose_bar(stored(Account, person.account), matter.public_id, 10)


def test_nobody_else_decides(maya, tom, nia, otto):
    matter = refer(maya.membership, tom.membership, "threats")
    for account in (None, otto.account, maya.account, nia.account):
        for act in (
            lambda a: propose_bar(a, matter.public_id, 10), lambda a: answer_bar(a, matter.public_id, True),
            lambda a: leave_matter(a, matter.public_id), lambda a: review_views.for_stewards(a, UTC),
        ):
            with pytest.raises(NotFound):
                act(account)


@pytest.mark.parametrize("why", [None, "", "reported", "because"])
def test_a_group_says_why(maya, tom, why):
    with pytest.raises(Invalid, match="choose_one"):
        refer(maya.membership, tom.membership, why)
    assert rows(StewardMatter) == []


def test_a_group_asks_once_and_for_somebody_else(maya, tom, nia):
    refer(maya.membership, tom.membership, "threats")
    for by, target, reason in ((maya, tom, "stewards_asked_already"), (maya, maya, "not_oneself"), (nia, tom, "for_moderators")):
        with pytest.raises(Refused, match=reason):
            refer(by.membership, target.membership, "threats")
