"""A form that was filled in while nobody was signed in, and is sent when somebody is."""

import pytest
from sqlalchemy import select

from groups.accounts.actions import keep_account
from groups.db import reading
from groups.membership.models import Membership
from groups.sentences import sentence
from tests.cast import Person
from tests.doors.asking import guard, of, send_again, token_in

SEVEN = "abacus tshirt zoom yoyo dropdown ambulance felttip"


@pytest.fixture
def filled_in(app, visitor, harbour, otto):
    """A visitor, and the form by which one joins Harbour, filled in and not sent. Otto's account has seven words."""
    keep_account(otto.account, SEVEN.split(), app.extensions["settings"])
    guard(app)
    return {"csrf_token": token_in(visitor.get(of(harbour, "/join"))), "name": "Otto the Second", "agree": "y"}


def comes_in(visitor, words=SEVEN, **more):
    """In another tab of the same browser."""
    sent = visitor.post("/sign-in", csrf_token=token_in(visitor.get("/sign-in")), words=words, **more)
    assert sent.status_code == 303


def members(harbour):
    with reading() as session:
        return session.scalars(select(Membership.name).where(Membership.group_id == harbour.id, Membership.left_at.is_(None))).all()


def test_what_one_filled_in_before_signing_in_is_looked_at_again_and_sent_by_hand(harbour, visitor, filled_in):
    comes_in(visitor)
    page = visitor.post(of(harbour, "/join"), **filled_in)
    assert page.status_code == 400 and sentence("form_before_sign_in") in page.text and "Otto the Second" in page.text
    assert len(members(harbour)) == 3, "nothing was done"
    assert send_again(visitor, of(harbour, "/join"), page).status_code == 303
    assert "Otto the Second" in members(harbour)


def shown_to_whoever_came_in(harbour, visitor, form):
    page = visitor.post(of(harbour, "/join"), **form)
    assert page.status_code == 400 and len(members(harbour)) == 3
    assert (sentence("form_of_nobody") in page.text) != ("Otto the Second" in page.text)
    return "Otto the Second" in page.text


def test_where_others_use_the_device_it_is_not_shown_and_the_page_says_what_is_so(harbour, visitor, filled_in):
    comes_in(visitor, shared="y")
    assert not shown_to_whoever_came_in(harbour, visitor, filled_in)


def test_nor_to_whoever_comes_in_after_somebody_else(harbour, visitor, filled_in):
    """From one who is signed in to the next, and by way of signing out."""
    comes_in(visitor)
    comes_in(visitor)
    assert not shown_to_whoever_came_in(harbour, visitor, filled_in)
    visitor.post("/sign-out", csrf_token=token_in(visitor.get("/me")))
    comes_in(visitor)
    assert not shown_to_whoever_came_in(harbour, visitor, filled_in)


def test_nor_in_another_browser_than_the_one_it_was_filled_in_in(app, harbour, visitor, filled_in):
    other = Person("", None, None, app.test_client())
    comes_in(other)
    assert not shown_to_whoever_came_in(harbour, other, filled_in)


def test_seven_words_typed_by_nobody_yet_are_not_shown_to_whoever_came_in_meanwhile(visitor, filled_in):
    form = {"csrf_token": filled_in["csrf_token"], "words": SEVEN}
    comes_in(visitor)
    page = visitor.post("/sign-in", **form)
    assert page.status_code == 400 and SEVEN not in page.text and sentence("form_of_nobody") in page.text
