"""Reports about one person in several groups: put before the stewards, who learn no name, and kept from whoever knows one."""

import pytest
from sqlalchemy import func, select

from groups.accounts.actions import keep_account, make_steward
from groups.accounts.models import Account
from groups.accounts.passphrase import generate
from groups.db import reading
from groups.errors import NotFound, Refused
from groups.http import settings
from groups.membership.models import Membership
from groups.moderation import review_views
from groups.moderation.models import StewardMatter
from groups.moderation.steward_actions import (
    answer_bar,
    gather_reported,
    leave_matter,
    propose_bar,
    refer,
)
from groups.zones import zone
from tests.actions.telling import rows
from tests.doors.reading import text_of
from tests.laddered import belongs, log_of, made_steward, reports, stored

UTC = zone("UTC")


@pytest.fixture
def twice(tom, willow):
    """Tom in Willow, where he goes by Timo."""
    return belongs(tom, willow, "Timo")


def test_two_people_in_two_groups_make_one_matter(tom, nia, vera, twice, stewards, harbour, willow, maya, rosa):
    pages = ((maya, f"/g/{harbour.slug}/members/{tom.membership.handle}"), (rosa, f"/g/{willow.slug}/members/{twice.handle}"))
    before = [text_of(by.get(page)) for by, page in pages]
    reports(tom.membership, nia.membership)
    reports(twice, vera.membership)
    found, _ = review_views.for_stewards(stewards[0], UTC)
    assert [(one.why, one.people, one.groups, one.steps) for one in found] == [("reported", 2, 2, [])]
    gather_reported()
    assert len(rows(StewardMatter)) == 1 and (log_of(harbour), log_of(willow)) == ([], [])
    assert [text_of(by.get(page)) for by, page in pages] == before, "groups see nothing new"
    for by in (maya, rosa):
        assert "pattern" not in text_of(by.get("/desk")) and "steward" not in text_of(by.get("/desk"))


def test_it_is_decided_by_two_and_does_not_come_back_by_itself(tom, nia, rosa, twice, stewards, freeze):
    reports(tom.membership, nia.membership)
    reports(twice, rosa.membership)
    found, _ = review_views.for_stewards(stewards[0], UTC)
    propose_bar(stewards[0], found[0].id, 30)
    answer_bar(stewards[1], found[0].id, True)
    assert not stored(Membership, twice).is_current
    assert review_views.for_stewards(stewards[0], UTC)[0] == []
    freeze.forward(days=1)
    reports(tom.membership, nia.membership)
    reports(twice, rosa.membership)
    assert len(review_views.for_stewards(stewards[0], UTC)[0]) == 1, "new reports are a new matter"
    assert len(rows(StewardMatter)) == 1


@pytest.mark.parametrize("who", ["one group", "one person", "oneself", "long ago"])
def test_less_than_that_is_no_matter(tom, nia, maya, vera, twice, willow, otto, freeze, who):
    made_steward(otto)
    if who == "one group":
        reports(tom.membership, nia.membership, maya.membership)
    elif who == "one person":
        reports(tom.membership, nia.membership)
        reports(twice, belongs(nia, willow, "Nora"))
    elif who == "oneself":
        reports(tom.membership, tom.membership)
        reports(twice, vera.membership)
    else:
        reports(tom.membership, nia.membership)
        freeze.forward(days=91)
        reports(twice, vera.membership)
    assert review_views.for_stewards(stored(Account, otto.account), UTC)[0] == []


def test_a_group_that_asks_and_the_reports_are_one_matter(tom, nia, maya, vera, twice, stewards):
    refer(maya.membership, tom.membership, "solicitation")
    reports(tom.membership, nia.membership)
    reports(twice, vera.membership)
    found, _ = review_views.for_stewards(stewards[0], UTC)
    assert [(one.why, one.people, one.groups) for one in found] == [("solicitation", 2, 2)]


# --- the command --------------------------------------------------------------------------------------------


def test_seven_words_make_a_steward_and_end_it(app, otto):
    words = generate()
    with app.app_context():
        ours = settings()
    keep_account(otto.account, words, ours)
    make_steward(" ".join(words), ours)
    since = stored(Account, otto.account).steward_since
    make_steward(" ".join(words), ours)
    assert since and stored(Account, otto.account).steward_since == since
    make_steward(" ".join(words), ours, ends=True)
    assert stored(Account, otto.account).steward_since is None


def test_words_that_open_nothing_make_nobody_a_steward(app):
    with app.app_context():
        ours = settings()
    with pytest.raises(Refused, match="words_unknown"):
        make_steward(" ".join(generate()), ours)
    with reading() as session:
        assert session.scalar(select(func.count()).where(Account.steward_since.is_not(None))) == 0


def test_whoever_knows_a_name_learns_nothing_of_what_else_is_theirs(tom, nia, vera, twice, stewards, maya, willow):
    """Maya looks after Harbour and is a steward, too; Vera reported him in Willow, and is one."""
    matter = refer(maya.membership, tom.membership, "threats")
    reports(tom.membership, nia.membership)
    reports(twice, vera.membership)
    _, hers = stewards[1], made_steward(maya)
    [seen], [other] = (review_views.for_stewards(who, UTC)[0] for who in (hers, stewards[0]))
    assert (seen.part, seen.people, seen.groups, seen.steps) == (True, 0, 0, []) and (other.people, other.groups) == (2, 2)
    leave_matter(stewards[0], matter.public_id)
    reports(tom.membership, nia.membership)
    reports(twice, vera.membership)
    gather_reported()
    [matter] = review_views.for_stewards(stewards[0], UTC)[0]
    assert matter.why == "reported"
    assert review_views.for_stewards(stewards[1], UTC)[0] == [] and "steward" not in text_of(vera.get("/desk"))
    with pytest.raises(NotFound):
        review_views.matter_page(stewards[1], matter.id, UTC)
