"""Whoever takes up the same name in a second group is told once what that means, and may keep it. Nobody else is told
anything by it."""

import re

import pytest
from sqlalchemy import select

from groups.db import reading
from groups.membership.actions import invite, leave
from groups.membership.models import Group, Membership
from tests.actions.stored import everything
from tests.doors.asking import of
from tests.doors.test_membership_doors import PLANS
from tests.doors.test_request_doors import ANSWERS, asked, screened  # noqa: F401

TOLD = "You go by this name in another group, too. Whoever is in both could tell that it is you."
WAYS = pytest.mark.parametrize("way", ["join", "ask", "found"])


def send(person, way, harbour, willow, name, **more):
    """Take up this name: in Harbour, in Willow which asks first, or in a group of one's own."""
    if way == "found":
        return person.post("/groups/new", **{**PLANS, "my_name": name}, **more)
    form = {"agree": "y", "name": name} if way == "join" else {**ANSWERS, "name": name}
    return person.post(of(harbour if way == "join" else willow, f"/{way}"), **form, **more)


def bears(answer):
    """What the form bears of what was told."""
    return re.findall(r'name="told"[^>]* value="([^"]*)"', answer.text)


@pytest.fixture
def heron(otto):
    """Otto has a group of his own, and is Otto there."""
    slug = otto.post("/groups/new", **{**PLANS, "my_name": "Otto"}).location.rsplit("/", 1)[1]
    with reading() as session:
        return session.scalar(select(Group).where(Group.slug == slug))


@WAYS
def test_the_same_name_comes_back_once_and_is_kept_when_it_is_sent_again(otto, heron, harbour, screened, way):  # noqa: F811
    before = everything()
    answer = send(otto, way, harbour, screened, "otto")
    assert answer.status_code == 422 and TOLD in answer.text and 'aria-invalid="true"' in answer.text and 'value="otto"' in answer.text
    assert everything() == before
    [told] = bears(answer)
    assert send(otto, way, harbour, screened, "Otto", told=told).status_code == 303


@WAYS
def test_it_is_told_anew_of_another_name_and_never_of_one_they_go_by_nowhere(otto, heron, harbour, screened, way):  # noqa: F811
    assert TOLD in send(otto, way, harbour, screened, "Otto", told="anna").text
    assert TOLD in send(otto, way, harbour, screened, "Otto", told="x" * 5000).text
    assert send(otto, way, harbour, screened, "Anna").status_code == 303


@WAYS
def test_whoever_has_no_account_or_no_such_name_is_told_nothing(visitor, tom, heron, harbour, screened, way):  # noqa: F811
    for person in (visitor,) if way == "join" else (visitor, tom):
        assert send(person, way, harbour, screened, "Otto").status_code == 303, "the name of somebody elsewhere is free here"


def test_a_name_that_was_asked_for_counts_and_is_told_of_no_second_time_where_it_was_asked_for(otto, rosa, harbour, screened):  # noqa: F811
    public = asked(otto, screened)
    answer = send(otto, "join", harbour, screened, "Otto")
    assert TOLD in answer.text
    assert send(otto, "join", harbour, screened, "Otto", told=bears(answer)[0]).status_code == 303
    rosa.post(of(screened, f"/requests/{public}/accept"))
    assert otto.post(of(screened, "/join"), agree="y", name="Otto").status_code == 303


def test_what_was_left_is_no_group_they_go_by_a_name_in(otto, harbour, screened):  # noqa: F811
    assert send(otto, "join", harbour, screened, "Otto").status_code == 303
    with reading() as session:
        member = session.scalar(select(Membership).where(Membership.account_id == otto.account.id))
    leave(member)
    assert send(otto, "found", harbour, screened, "Otto").status_code == 303


def test_a_name_that_is_taken_is_refused_as_before(vera, harbour, willow):
    for told in ({}, {"told": "tom"}):
        answer = send(vera, "join", harbour, willow, "Tom", **told)
        assert answer.status_code == 403 and "already goes by that name" in answer.text and TOLD not in answer.text
        assert bears(answer) == list(told.values())


def test_a_link_is_not_used_up_by_being_told(otto, rosa, heron, willow):
    _, token = invite(rosa.membership, 1, 1)
    otto.get(f"/i/{token}")
    answer = otto.post(of(willow, "/join"), agree="y", name="Otto")
    assert TOLD in answer.text
    assert otto.post(of(willow, "/join"), agree="y", name="Otto", told=bears(answer)[0]).location == of(willow)
