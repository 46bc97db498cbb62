"""The doors of a group: read about it, join, see who belongs, leave, begin one."""

import re

import pytest

from groups.accounts.models import Account
from groups.accounts.sessions import COOKIE
from groups.db import change
from groups.membership.actions import invite
from groups.membership.models import Access, Group, Membership
from tests.actions.stored import everything
from tests.cast import Person
from tests.doors.asking import cookie, guard, of, same_as_nothing, token_in

HOUR = "bcdfghjkmn"  # shaped like the public name of a meeting
PLANS = {
    "name": "Heron", "purpose": "An hour by the water.", "for_whom": "anybody", "access": "closed", "zone": "Europe/Berlin", "my_name": "Ines",
}


# --- the group's page ------------------------------------------------------------------------------


def test_an_open_group_can_be_read_about_by_anybody(visitor, otto, harbour):
    for person in (visitor, otto):
        page = person.get(of(harbour))
        assert page.status_code == 200
        for words in ("Harbour", "A quiet hour to say how it is.", "For <bdi>anybody</bdi>", "No contact details.", "Join with a name"):
            assert words in page.text
        for name in ("Maya", "Tom", "Invitations", "Members", "Leave this group"):
            assert name not in page.text


def test_a_closed_group_is_not_there_for_strangers(visitor, otto, tom, willow):
    for person in (visitor, otto, tom):
        for path in ("", "/join", f"/join?meeting={HOUR}", "/invitations", "/members"):
            assert same_as_nothing(person.get(of(willow, path)), person, path)
        for path in ("/join", "/invitations", "/leave", "/invitations/1/end"):
            assert same_as_nothing(person.post(of(willow, path), name="Ann", agree="y"), person, path, name="Ann")


def test_a_member_sees_their_name_and_a_moderator_what_to_look_after(tom, maya, vera, harbour, willow):
    page = tom.get(of(harbour)).text
    assert "You go by <strong><bdi>Tom</bdi></strong> here." in page
    assert "Looking after this group" not in page and "Join with a name" not in page
    assert "Looking after this group" in maya.get(of(harbour)).text
    assert "Vera" in vera.get(of(willow)).text


def test_a_screened_group_can_be_read_about_and_asked_but_not_joined_without_a_link(visitor, willow):
    with change() as (session, _):
        session.get(Group, willow.id).access = Access.SCREENED
    page = visitor.get(of(willow)).text
    assert "You can ask to belong." in page and of(willow, "/ask") in page and of(willow, "/join") not in page
    for answer in (visitor.get(of(willow, "/join")), visitor.post(of(willow, "/join"), agree="y", name="Ann")):
        assert (answer.status_code, answer.location) == (303, of(willow, "/ask"))


# --- joining -----------------------------------------------------------------------------------------


def test_a_newcomer_joins_with_one_yes_and_one_name_and_is_in(visitor, harbour):
    page = visitor.get(of(harbour, "/join")).text
    assert "adult" in page and "reads or listens along" in page and "No contact details." in page
    answer = visitor.post(of(harbour, "/join"), agree="y", name="Ann")
    assert (answer.status_code, answer.location) == (303, of(harbour))
    assert "Ann" in visitor.get(of(harbour)).text
    assert "Harbour" in visitor.get("/me").text


def test_joining_for_an_hour_goes_on_into_it(app, visitor, otto, tom, harbour):
    wanted = of(harbour, f"/m/{HOUR}/room")
    for person, name in ((visitor, "Ann"), (otto, "Otto")):
        assert person.get(of(harbour, f"/join?meeting={HOUR}")).status_code == 200
        assert person.post(of(harbour, f"/join?meeting={HOUR}"), agree="y", name=name).location == wanted
        with person.client.session_transaction() as session:
            assert session["arriving"] == HOUR
    assert tom.get(of(harbour, f"/join?meeting={HOUR}")).location == wanted
    for odd in ("//evil.example", "../..", "x", "a" * 500, "BCDFGHJKMN", "%00"):
        assert tom.get(of(harbour, f"/join?meeting={odd}")).location == of(harbour)


def test_joining_gives_a_newcomer_a_new_cookie_and_the_old_one_opens_nothing(app, visitor, harbour):
    guard(app)
    token = token_in(visitor.get(of(harbour, "/join")))
    before = cookie(visitor)
    assert visitor.post(of(harbour, "/join"), agree="y", name="Ann", csrf_token=token).status_code == 303
    assert cookie(visitor) != before
    thief = app.test_client()
    thief.set_cookie(COOKIE, before)
    assert thief.get("/me").location == "/sign-in?next=/me"


def test_whoever_belongs_goes_straight_on(tom, harbour):
    before = everything()
    assert tom.get(of(harbour, "/join")).location == of(harbour)
    assert tom.post(of(harbour, "/join"), agree="y", name="Thomas").location == of(harbour)
    assert everything() == before


@pytest.mark.parametrize("form, status, told", [
    ({"name": "Ann"}, 422, "Please say yes to the agreements first"),
    ({"agree": "y"}, 422, "A name here is 2 to 30 letters"),
    ({}, 422, "Please say yes to the agreements first"),
    ({}, 422, "A name here is 2 to 30 letters"),
    ({"agree": "y", "name": "Mod"}, 422, "sounds like somebody on duty"),
    ({"agree": "y", "name": "x" * 5000}, 422, "A name here is 2 to 30 letters"),
    ({"agree": "y", "name": "Ann\u202e"}, 422, "A name here is 2 to 30 letters"),
    ({"agree": "y", "name": "<b>Ann</b>"}, 422, "A name here is 2 to 30 letters"),
    ({"agree": "y", "name": "MAYA"}, 403, "already goes by that name"),
])
def test_what_will_not_do_is_said_beside_its_field_and_what_was_typed_stays(visitor, otto, harbour, form, status, told):
    before = everything()
    for person in (visitor, otto):
        answer = person.post(of(harbour, "/join"), **form)
        assert answer.status_code == status
        assert told in answer.text
        assert "<b>Ann" not in answer.text
        if form.get("name", "").isascii() and "<" not in form.get("name", ""):
            assert f'value="{form.get("name", "")}"' in answer.text
        assert ("checked" in answer.text) == ("agree" in form)
    assert everything() == before


# --- members, leaving ----------------------------------------------------------------------------------


def test_those_who_look_after_the_group_see_names_and_no_dates(maya, tom, rosa, visitor, harbour):
    page = maya.get(of(harbour, "/members")).text
    for words in ("Maya", "Tom", "Nia", "New this week", "looks after the group", "3 belong"):
        assert words in page
    assert not re.search(r"20\d\d", page)
    for person, status in ((tom, 403), (rosa, 404), (visitor, 404)):
        answer = person.get(of(harbour, "/members"))
        assert answer.status_code == status
        assert "Nia" not in answer.text


def test_leaving_closes_the_doors_behind_one(tom, harbour):
    assert tom.post(of(harbour, "/leave")).location == "/me"
    page = tom.get("/me").text
    assert "You have left Harbour." in page
    assert "You belong to no group yet" in page
    assert "Join with a name" in tom.get(of(harbour)).text
    assert tom.post(of(harbour, "/leave")).status_code == 404


def test_the_last_moderator_is_told_why_they_stay(maya, harbour):
    answer = maya.post(of(harbour, "/leave"))
    assert answer.location == of(harbour)
    assert "Ask somebody to take over first" in maya.get(of(harbour)).text
    assert maya.get(of(harbour, "/members")).status_code == 200


def test_leaving_is_a_form_and_for_members(otto, visitor, tom, harbour):
    assert tom.get(of(harbour, "/leave")).location == of(harbour), "to leave takes a form"
    for person in (otto, visitor):
        assert person.post(of(harbour, "/leave")).status_code == 404


# --- founding --------------------------------------------------------------------------------------------


def test_anybody_begins_a_group_and_looks_after_it(visitor, otto):
    for person in (visitor, otto):
        page = person.get("/groups/new").text
        assert "No contact details" in page and "Europe/Berlin" in page
        answer = person.post("/groups/new", **PLANS)
        assert answer.status_code == 303
        page = person.get(answer.location).text
        assert "Heron" in page and "Looking after this group" in page and "Keep this account" in page
    assert visitor.get("/me").text.count("Heron") == 1


@pytest.mark.parametrize("field, typed, told", [
    ("name", "", "There is nothing written here yet"), ("name", "y" * 61, "longer than fits (60 characters)"), ("purpose", "y" * 601, "600 characters"),
    ("for_whom", "y" * 81, "80 characters"), ("access", "everybody", "Please choose one of these"), ("access", "", "Please choose one of these"),
    ("zone", "Mars/Olympus", "We do not know this time zone"), ("my_name", "Moderator", "sounds like somebody on duty"), ("my_name", "", "2 to 30 letters"),
])
def test_a_plan_that_makes_no_sense_stays_in_the_form_and_founds_nothing(otto, field, typed, told):
    before = everything()
    answer = otto.post("/groups/new", **{**PLANS, field: typed})
    assert answer.status_code == 422
    assert told in answer.text
    for kept in {**PLANS, field: typed}.values():
        assert kept in answer.text or kept in ("Mars/Olympus", "everybody")
    assert everything() == before


def test_everything_that_is_not_right_is_said_at_once(visitor):
    answer = visitor.post("/groups/new", **{**PLANS, "name": "", "zone": "Mars/Olympus", "my_name": "Mod"})
    assert answer.status_code == 422
    for told in ("There is nothing written here yet", "We do not know this time zone", "sounds like somebody on duty"):
        assert answer.text.count(told) == 2, "above the form and beside the field"
    for field in ("Name of the group", "The group’s clock", "Your name here"):
        assert re.search(rf'<li><a href="#[^"]+">{field}: ', answer.text), "above the form it says which field is meant"


def test_an_empty_plan_is_answered_kindly(visitor):
    before = everything()
    for form in ({}, {"other": "field"}):
        assert visitor.post("/groups/new", **form).status_code == 422
    assert everything() == before


# --- for all of them ---------------------------------------------------------------------------------------


def test_a_form_from_elsewhere_changes_nothing(app, tom, maya, otto, harbour):
    guard(app)
    invite(maya.membership, 1, 1)
    for person in (tom, maya, otto):
        person.get("/me")
    before = everything()
    asked = (
        (otto, of(harbour, "/join"), {"agree": "y", "name": "Otto"}), (maya, of(harbour, "/invitations"), {"uses": "1", "days": "1"}),
        (maya, of(harbour, "/invitations/1/end"), {}), (tom, of(harbour, "/leave"), {}), (otto, "/groups/new", PLANS),
    )
    for person, path, form in asked:
        assert person.post(path, **form).status_code == 400, path
    assert everything() == before


def test_no_page_of_a_group_holds_the_number_of_an_account_or_of_a_membership(app, harbour):
    una = _una(app, harbour)
    for path in ("", "/invitations", "/members", "/join"):
        answer = una.get(of(harbour, path))
        assert not re.search("987654321|876543219", answer.text + str(answer.headers)), path
    una.post(of(harbour, "/invitations"), uses="1", days="1")
    assert not re.search("987654321|876543219", una.get(of(harbour, "/invitations")).text + una.get("/me").text)


def _una(app, group):
    with change() as (session, _):
        account = Account(id=987_654_321)
        member = Membership(id=876_543_219, account=account, group_id=group.id, name="Una", name_key="una", role="moderator")
        session.add(member)
    return Person("Una", account, member, app.test_client())
