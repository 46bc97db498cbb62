"""The doors of roles and of closing a group: every button works, is closed to outsiders, and says kindly
why not."""

import pytest
from sqlalchemy import select

from groups import clock
from groups.db import change, reading
from groups.membership.models import Group, Membership, Role, RoleOffer
from tests.doors.asking import guard, of


@pytest.fixture
def two(nia):
    """Nia looks after Harbour, too."""
    with change() as (session, _):
        session.get(Membership, nia.membership.id).role = Role.MODERATOR
    return nia


def moderates(person):
    with reading() as session:
        return session.get(Membership, person.membership.id).moderates


def last_offer():
    with reading() as session:
        return session.scalar(select(RoleOffer.public_id).order_by(RoleOffer.id.desc()))


def test_the_members_page_leads_to_each_person_and_to_what_is_asked(maya, tom, harbour):
    page = maya.get(of(harbour, "/members")).text
    assert of(harbour, f"/members/{tom.membership.handle}") in page and "Ask somebody to help" in page
    assert "Give mine back" not in page, "the last one hands over instead"
    maya.post(of(harbour, "/roles/offer"), handle=tom.membership.handle)
    assert "<bdi>Maya</bdi> asks <bdi>Tom</bdi> to help look after the group." in maya.get(of(harbour, "/members")).text


def test_a_role_is_offered_agreed_to_and_taken(maya, two, tom, harbour):
    answer = maya.post(of(harbour, "/roles/offer"), handle=tom.membership.handle)
    assert answer.location == of(harbour, "/members")
    offer = last_offer()
    assert "Would you help look after this group?" not in tom.get(of(harbour)).text
    assert two.post(of(harbour, f"/roles/{offer}/agree")).location == of(harbour, "/members")
    assert "Would you help look after this group?" in tom.get(of(harbour)).text
    assert tom.post(of(harbour, f"/roles/{offer}/yes")).location == of(harbour)
    assert moderates(tom) and "Looking after this group" in tom.get(of(harbour)).text


def test_handing_over_declining_and_taking_back(maya, tom, harbour):
    for answer, then in (("no", False), ("withdraw", False), ("yes", True)):
        maya.post(of(harbour, "/roles/offer"), handle=tom.membership.handle, hands_over="y")
        assert "they would step back" in tom.get(of(harbour)).text
        (maya if answer == "withdraw" else tom).post(of(harbour, f"/roles/{last_offer()}/{answer}"))
        assert moderates(tom) is then and moderates(maya) is not then


def test_a_role_is_asked_back_and_given_back(maya, two, harbour):
    maya.post(of(harbour, "/roles/ask-back"), handle=two.membership.handle)
    assert "Would you give back looking after this group?" in two.get(of(harbour)).text
    assert "neither of two can take it from the other" in two.get(of(harbour, "/members")).text
    two.post(of(harbour, f"/roles/{last_offer()}/yes"))
    assert not moderates(two)


def test_stepping_back_is_said_kindly_where_it_cannot_be(maya, two, harbour):
    assert maya.post(of(harbour, "/roles/step-back")).location == of(harbour)
    assert not moderates(maya)
    assert two.post(of(harbour, "/roles/step-back")).status_code == 303 and moderates(two)
    assert "You are the only one looking after this group." in two.get(of(harbour)).text


@pytest.mark.parametrize("path, form, told", [
    ("/roles/offer", {}, "Please choose somebody from the list."), ("/roles/offer", {"handle": "x" * 500}, "Please choose somebody from the list."),
    ("/roles/ask-back", {"handle": "nosuchone"}, "Please choose somebody from the list."), ("/closing/close", {}, "Nobody asks for this group to be closed"),
])
def test_what_cannot_be_is_said_on_the_page_that_comes_next(maya, harbour, path, form, told):
    answer = maya.post(of(harbour, path), **form)
    assert answer.status_code == 303 and told in maya.get(answer.location).text


BUTTONS = ("/roles/offer", "/roles/ask-back", "/roles/step-back", "/closing/ask", "/closing/take-back", "/closing/close")


@pytest.mark.parametrize("path", BUTTONS)
def test_members_are_told_this_is_for_moderators_and_others_find_nothing(tom, rosa, otto, visitor, harbour, nia, path):
    for person, status in ((tom, 403), (rosa, 404), (otto, 404), (visitor, 404)):
        assert person.post(of(harbour, path), handle=nia.membership.handle).status_code == status


@pytest.mark.parametrize("verb", ["agree", "withdraw", "yes", "no"])
def test_an_offer_is_nobody_elses(maya, tom, nia, rosa, otto, harbour, verb):
    maya.post(of(harbour, "/roles/offer"), handle=tom.membership.handle)
    offer = last_offer()
    for person, status in ((nia, 403 if verb in ("agree", "withdraw") else 404), (rosa, 404), (otto, 404)):
        assert person.post(of(harbour, f"/roles/{offer}/{verb}")).status_code == status
    for missing in ("nosuchone", "1", "%00", "a" * 300):
        assert maya.post(of(harbour, f"/roles/{missing}/{verb}")).status_code == 404
    assert not moderates(tom)


def test_a_group_is_closed_by_two_and_its_page_says_so_kindly(maya, two, otto, visitor, harbour, quay):
    assert "One of you asks, and another one agrees." in maya.get(of(harbour, "/closing")).text
    assert maya.post(of(harbour, "/closing/ask")).location == of(harbour, "/closing")
    assert "I agree: close it now" not in maya.get(of(harbour, "/closing")).text
    assert "Closing this group is being thought about." in two.get(of(harbour)).text
    assert "I agree: close it now" in two.get(of(harbour, "/closing")).text
    assert two.post(of(harbour, "/closing/close")).location == of(harbour)
    for person in (maya, two, otto, visitor):
        page = person.get(of(harbour))
        assert page.status_code == 200 and "This group has closed." in page.text and "Join with a name" not in page.text
    assert otto.get(of(harbour, "/join")).status_code == 403 and otto.post(of(harbour, "/join"), agree="y", name="Otto").status_code == 403
    assert maya.get(of(harbour, "/members")).status_code == 200
    for path in ("/closing", "/settings", "/rooms", f"/rooms/{quay.slug}", "/invitations"):
        assert "This group has closed." in maya.get(of(harbour, path)).text


def test_the_asking_is_taken_back(maya, harbour):
    maya.post(of(harbour, "/closing/ask"))
    assert "you can close it" in maya.get(of(harbour, "/closing")).text
    maya.post(of(harbour, "/closing/take-back"))
    assert "Ask for it to be closed" in maya.get(of(harbour, "/closing")).text
    with reading() as session:
        assert session.get(Group, harbour.id).closing_asked_at is None


def test_a_closed_group_is_not_listed_any_more(maya, two, visitor, harbour):
    assert harbour.slug in visitor.get("/api/v1/groups").text
    with change() as (session, _):
        session.get(Group, harbour.id).closed_at = clock.now()
    assert harbour.slug not in visitor.get("/api/v1/groups").text


def test_buttons_need_their_token(app, maya, tom, harbour):
    guard(app)
    for path in BUTTONS:
        assert maya.post(of(harbour, path), handle=tom.membership.handle).status_code == 400
