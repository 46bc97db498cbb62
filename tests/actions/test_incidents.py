"""Emergencies looked at a second time, and what stewards decide in a group's place."""

from datetime import timedelta

import pytest

from groups import clock
from groups.conduct.models import Sanction
from groups.errors import Invalid, NotFound, Refused
from groups.membership.models import Membership
from groups.moderation import review_views
from groups.moderation.appeal_actions import appeal, decide_appeal_as_steward
from groups.moderation.incident_actions import review, review_as_steward
from groups.moderation.step_actions import ban
from groups.sentences.log import LOG
from groups.zones import zone
from tests.laddered import log_of, looks_after, made_steward, removed_at_once, sent_out, stored

UTC = zone("UTC")


@pytest.fixture
def keyring(app):
    return app.extensions["keyring"]


def ends_in(sanction, days):
    return abs(stored(Sanction, sanction).until - clock.now() - timedelta(days=days)) < timedelta(minutes=1)


# --- emergencies ------------------------------------------------------------------------------------------


def test_a_second_person_keeps_lifts_or_lengthens(maya, nia, tom, harbour):
    looks_after(nia)
    incident = removed_at_once(tom, maya)
    with pytest.raises(Refused, match="second_person"):
        review(maya.membership, incident.public_id, "kept", None)
    review(nia.membership, incident.public_id, "lengthened", 90)
    assert ends_in(incident.sanction, 90)
    assert stored(Membership, tom.membership).barred_until == stored(Sanction, incident.sanction).until
    assert log_of(harbour)[-1].action == "incident_lengthened"
    with pytest.raises(Refused, match="decided_already"):
        review(nia.membership, incident.public_id, "kept", None)


def test_an_emergency_that_was_none_is_lifted(maya, nia, tom):
    looks_after(nia)
    incident = removed_at_once(tom, maya)
    review(nia.membership, incident.public_id, "lifted", None)
    assert stored(Membership, tom.membership).is_current


@pytest.mark.parametrize("outcome, days", [(None, None), ("stands", None), ("lengthened", None), ("lengthened", 3), ("lengthened", 366)])
def test_a_review_that_makes_no_sense_changes_nothing(maya, nia, tom, outcome, days):
    looks_after(nia)
    incident = removed_at_once(tom, maya)
    with pytest.raises(Invalid):
        review(nia.membership, incident.public_id, outcome, days)
    assert stored(type(incident), incident).reviewed_at is None and ends_in(incident.sanction, 7)


def test_after_a_day_it_is_late(maya, nia, tom, freeze):
    looks_after(nia)
    incident = removed_at_once(tom, maya)
    assert not review_views.incident_page(nia.membership, incident.public_id, UTC).overdue
    freeze.forward(hours=25)
    assert review_views.incidents(nia.membership, UTC)[0].overdue


# --- in a group's place ----------------------------------------------------------------------------------


def test_where_nobody_else_looks_after_the_group_a_steward_does(maya, tom, otto, harbour, keyring):
    made_steward(otto)
    sent_out(tom)
    given = ban(maya.membership, tom.membership, 3, 6)
    asked = appeal(tom.membership, given.public_id, "It was not me.", keyring)
    assert review_views.appeals(maya.membership, UTC)[0].with_stewards
    _, waiting = review_views.for_stewards(otto.account, UTC)
    assert [(one.id, one.about, one.name, one.mine) for one in waiting] == [(asked.public_id, "appeal", "", True)]
    decide_appeal_as_steward(otto.account, asked.public_id, "shortened", 1, "One day is enough.", keyring)
    assert ends_in(given, 1)
    assert (log_of(harbour)[-1].action, log_of(harbour)[-1].by, log_of(harbour)[-1].detail) == ("appeal_by_stewards", None, "shortened")
    assert "appeal_by_stewards" in LOG


def test_as_soon_as_somebody_in_the_group_can_it_is_theirs(maya, nia, tom, otto, keyring):
    made_steward(otto)
    incident = removed_at_once(tom, maya)
    assert len(review_views.for_stewards(otto.account, UTC)[1]) == 1
    looks_after(nia)
    assert review_views.for_stewards(otto.account, UTC)[1] == []
    with pytest.raises(Refused, match="group_decides"):
        review_as_steward(otto.account, incident.public_id, "kept", None)


def test_a_steward_who_had_a_part_does_not_decide(maya, tom, otto, keyring):
    made_steward(maya)
    incident = removed_at_once(tom, maya)
    with pytest.raises(Refused, match="stewards_own"):
        review_as_steward(maya.account, incident.public_id, "kept", None)
    made_steward(otto)
    review_as_steward(otto.account, incident.public_id, "kept", None)
    assert stored(type(incident), incident).outcome == "kept"


def test_nobody_else_decides_in_a_groups_place(maya, tom, otto, keyring):
    incident = removed_at_once(tom, maya)
    for account in (None, otto.account, maya.account, tom.account):
        with pytest.raises(NotFound):
            review_as_steward(account, incident.public_id, "lifted", None)
