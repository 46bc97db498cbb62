"""Signing in from a page leads back to it, and whoever has seven words is told before they fill a form in."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from groups.accounts.actions import keep_account
from groups.db import change
from groups.membership.actions import invite
from groups.membership.models import Access, Group
from tests.doors.asking import of

SEVEN = "abacus tshirt zoom yoyo dropdown ambulance felttip"
HEADER = re.compile(r'<a href="(/sign-in[^"]*)"[^>]*>Sign in</a>')


@pytest.fixture
def words(app, otto):
    """They open Otto's account."""
    keep_account(otto.account, SEVEN.split(), app.extensions["settings"])
    return SEVEN


def way_in(page):
    """Where "Sign in" leads, and where one goes on from there."""
    address = urlsplit(HEADER.search(page.text)[1].replace("&amp;", "&"))
    return address.path, parse_qs(address.query).get("next", [None])[0]


@pytest.mark.parametrize("path", ["/calendar", "/calendar?view=list&serve=1", "/g/{slug}", "/g/{slug}/join", "/groups/new", "/leaving", "/zone"])
def test_from_a_page_one_comes_back_to_it(harbour, visitor, words, path):
    path = path.format(slug=harbour.slug)
    assert way_in(visitor.get(path)) == ("/sign-in", path)
    header = HEADER.search(visitor.get(path).text)[1].replace("&amp;", "&")
    assert visitor.post(header, words=words).location == path


def test_from_the_front_door_one_comes_to_the_front_door(visitor, words):
    assert visitor.post(way_in(visitor.get("/"))[0], words=words).location == "/"


@pytest.mark.parametrize("path", ["/sign-in", "/sign-in/code", "/nowhere", "/g/nosuchgroup", "/i/nosuchlink", "/calendar?view=" + "x" * 300])
def test_from_what_nobody_comes_back_to_it_is_the_plain_door(visitor, path):
    assert way_in(visitor.get(path)) == ("/sign-in", None)


def test_what_was_answered_to_a_button_is_nothing_to_come_back_to(visitor, harbour):
    assert way_in(visitor.post(of(harbour, "/leave"))) == ("/sign-in", None)
    assert way_in(visitor.post(of(harbour, "/join"), name="")) == ("/sign-in", of(harbour, "/join"))


def test_a_form_that_came_back_still_leads_on_to_the_hour_that_was_chosen(visitor, harbour):
    page = of(harbour, "/join?meeting=abcdefghjk")
    failed = visitor.post(page, name="")
    assert failed.status_code == 422 and way_in(failed) == ("/sign-in", page)
    assert says_so(failed)[1] == f"/g/{harbour.slug}/join?meeting%3Dabcdefghjk"


def test_at_the_door_itself_the_way_on_stays(visitor):
    for page in ("/sign-in", "/sign-in/code"):
        assert way_in(visitor.get(f"{page}?next=/calendar")) == ("/sign-in", "/calendar")
        assert way_in(visitor.get(f"{page}?next=//elsewhere.example")) == ("/sign-in", None)


def says_so(page):
    return re.search(r'You have seven words already\? <a href="/sign-in\?next=([^"]+)">Sign in first</a>', page.text)


def test_whoever_has_words_is_told_before_they_fill_in_a_form(visitor, otto, harbour, willow):
    with change() as (session, _):
        session.get(Group, willow.id).access = Access.SCREENED
    for path in (of(harbour, "/join"), of(willow, "/ask"), "/groups/new"):
        assert says_so(visitor.get(path))[1] == path
        assert not says_so(otto.get(path))


def test_an_invitation_is_still_there_after_signing_in_first(rosa, visitor, willow, words):
    _, token = invite(rosa.membership, 1, 7)
    visitor.get(f"/i/{token}")
    sent = visitor.post(f"/sign-in?next={says_so(visitor.get(of(willow, '/join')))[1]}", words=words)
    assert sent.location == of(willow, "/join")
    assert visitor.post(sent.location, agree="y", name="Otto").location == of(willow)


def test_but_one_that_somebody_signed_in_opened_is_not_there_for_whoever_comes_after_them(rosa, otto, nia, willow, words):
    _, token = invite(rosa.membership, 1, 7)
    nia.get(f"/i/{token}")
    assert nia.post("/sign-in", words=words).status_code == 303
    assert nia.get(of(willow, "/join")).status_code == 404
