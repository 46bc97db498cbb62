"""Where one is signed in: the list says no more than it must, and one can end it there."""

import html
import re
from contextlib import contextmanager

import pytest
from sqlalchemy import event, select

from groups import clock
from groups.accounts import actions
from groups.accounts.models import IDLE, SHORT_AT_MOST, SignIn
from groups.accounts.sessions import COOKIE
from groups.db import engine, reading
from tests.cast import Person
from tests.doors.asking import cookie, guard
from tests.news import heard

SEVEN = "abacus tshirt zoom yoyo dropdown ambulance felttip"


@pytest.fixture
def words(app, tom):
    """Tom's account is kept, and these words open it."""
    actions.keep_account(tom.account, SEVEN.split(), app.extensions["settings"])
    return SEVEN


@pytest.fixture
def phone(app, tom):
    """Tom's other browser, signed in."""
    other = Person("Tom", tom.account, tom.membership, app.test_client())
    other.get("/me")
    return other


def names_of(person):
    """What a person's own list calls their browsers, in the order in which they signed in."""
    with reading() as session:
        return session.scalars(select(SignIn.public_id).where(SignIn.account_id == person.account.id).order_by(SignIn.id)).all()


def signed_out(person):
    return person.get("/me").location == "/sign-in?next=/me"


def test_the_list_tells_browsers_apart_by_time_alone(tom, phone):
    tom.get("/me")
    phone.client.get("/me", headers={"User-Agent": "Telling/1.0"}, environ_base={"REMOTE_ADDR": "198.51.100.7"})
    page = tom.get("/me").text
    assert page.count("This browser</strong>") == 1 and page.count("Another browser</strong>") == 1
    assert "used in the last few minutes" in page.lower()
    assert "198.51" not in page and "Telling" not in page and "127.0.0.1" not in page
    columns = {column.name for column in SignIn.__table__.columns}
    assert columns == {"id", "public_id", "token_hash", "account_id", "notes", "came_by", "came_in_at", "used_at", "shared"}


def test_signing_out_there_ends_that_browser_and_drops_its_sockets(tom, phone):
    tom.get("/me")
    with heard(actions.SignedOut) as told:
        answer = tom.post(f"/me/browsers/{names_of(tom)[0]}/end")
    assert (answer.status_code, answer.location) == (303, "/me#browsers")
    assert len(told) == 1
    said = tom.get("/me").text
    assert "Signed out there." in said and "within half a minute" in said and "is closed" not in said
    assert signed_out(phone) and not signed_out(tom)


def test_signing_out_there_twice_or_of_what_is_not_ones_own_harms_nobody(tom, phone, nia):
    nia.get("/me")
    tom.get("/me")
    theirs = names_of(nia)[0]
    for name in (theirs, "nosuchbrowser", theirs):
        assert tom.post(f"/me/browsers/{name}/end").status_code == 303
    assert "signed out already" in tom.get("/me").text
    assert not signed_out(nia) and not signed_out(phone) and not signed_out(tom)


def test_signing_this_browser_out_by_the_list_is_signing_out(tom):
    tom.get("/me")
    assert tom.post(f"/me/browsers/{names_of(tom)[0]}/end").location == "/sign-in"
    assert cookie(tom) in (None, "")


def test_signing_out_everywhere_else_leaves_this_one(tom, phone, nia):
    nia.get("/me")
    tom.get("/me")
    with heard(actions.SignedOut) as told:
        tom.post("/me/browsers/end")
    assert len(told) == 1
    assert signed_out(phone) and not signed_out(tom) and not signed_out(nia)


def test_signing_out_everywhere_leaves_none(app, tom, phone):
    tom.get("/me")
    kept = cookie(tom)
    with heard(actions.SignedOut) as told:
        tom.post("/me/browsers/end", here="yes")
    assert len(told) == 2
    assert cookie(tom) in (None, "")
    thief = app.test_client()
    thief.set_cookie(COOKIE, kept)
    assert thief.get("/me").location == "/sign-in?next=/me"
    assert names_of(tom) == []


@pytest.mark.parametrize("path", ["/me/browsers/end", "/me/browsers/abc/end"])
def test_a_visitor_is_asked_to_sign_in_and_a_form_from_elsewhere_ends_nothing(app, visitor, tom, path):
    assert visitor.post(path).location == "/sign-in?next=/me"
    tom.get("/me")
    guard(app)
    assert tom.post(path).status_code == 400
    assert not signed_out(tom)


def test_forgetting_ends_the_sign_in_and_has_the_browser_clear_everything(tom):
    tom.get("/me")
    tom.client.set_cookie("tz", "Europe/Berlin")
    with heard(actions.SignedOut) as told:
        answer = tom.post("/forget")
    assert answer.status_code == 200 and "history" in answer.text
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert tom.client.get_cookie("tz") is None and cookie(tom) in (None, "")
    assert len(told) == 1 and names_of(tom) == []


def test_forgetting_is_there_for_a_visitor_too(visitor):
    assert visitor.post("/forget").status_code == 200


# --- pages that stand open -------------------------------------------------------------------------


def asks(page):
    """What a page of somebody's asks by itself, or None."""
    found = re.search(r'<body[^>]* data-still="([^"]+)"', page.text)
    return found and html.unescape(found[1])


def test_every_page_asks_whether_its_sign_in_is_still_there_and_that_keeps_nobody_signed_in(tom, visitor, freeze):
    question = asks(tom.get("/calendar"))
    assert tom.get(question).status_code == 204 and tom.get(question).data == b""
    freeze(clock.now() + IDLE * 0.6)
    assert tom.get(question).status_code == 204
    freeze(clock.now() + IDLE * 0.6)
    assert tom.get(question).status_code == 403, "only a page asked in all that time, and nobody used it"
    assert visitor.get("/me/still").status_code == 403 and asks(visitor.get("/calendar")) is None


def test_whoever_types_on_a_page_is_there(visitor, words, freeze):
    visitor.post("/sign-in", words=words, shared="y")
    question = asks(visitor.get("/me"))
    for _ in range(3):
        freeze.forward(minutes=20)
        assert visitor.get(f"{question}&typed").status_code == 204


def test_a_page_drawn_for_somebody_else_is_over_once_another_comes_in_by_its_browser(app, tom, nia, words):
    question = asks(nia.get("/me"))
    nia.post("/sign-in", words=words)
    assert nia.get(question).status_code == 403 and nia.get(asks(nia.get("/me"))).status_code == 204


@contextmanager
def asked_of_the_database():
    """What the database is asked meanwhile."""
    statements = []
    listener = (engine(), "before_cursor_execute", lambda *told: statements.append(told[2]))
    event.listen(*listener)
    yield statements
    event.remove(*listener)


def test_the_question_writes_nothing_and_asks_the_database_once(tom):
    question = asks(tom.get("/me"))
    with asked_of_the_database() as statements:
        tom.get(question)
    assert [statement.split()[0] for statement in statements if statement != "BEGIN"] == ["SELECT"]


# --- where others use the device, too -------------------------------------------------------------


def test_on_a_shared_device_the_cookie_goes_with_the_browser(visitor, words):
    answer = visitor.post("/sign-in", words=words, shared="y")
    given = next(one for one in answer.headers.getlist("Set-Cookie") if one.startswith(f"{COOKIE}="))
    assert "Max-Age" not in given and "Expires" not in given
    assert "Others use this device, too." in visitor.get("/me").text


def test_the_door_promises_no_more_than_a_browser_keeps(visitor):
    page = visitor.get("/sign-in").text
    assert "unless it opens its pages again by itself" in page and "So sign out when you go." in page


@pytest.mark.parametrize("shared", ["", "y"])
def test_a_newcomer_can_say_so_with_the_name(visitor, harbour, shared):
    answer = visitor.post(f"/g/{harbour.slug}/join", agree="y", name="Heron", shared=shared)
    given = next(one for one in answer.headers.getlist("Set-Cookie") if one.startswith(f"{COOKIE}="))
    assert ("Max-Age" in given) == (not shared)
    assert ("Others use this device, too." in visitor.get("/me").text) == bool(shared)


@pytest.mark.parametrize("shared, told, not_told", [
    ("", "or after half a day away", "four hours"), ("y", "after half an hour with nothing done, and after four hours in any case", "half a day"),
])
def test_a_newcomers_page_says_when_the_account_really_ends(visitor, harbour, shared, told, not_told):
    visitor.post(f"/g/{harbour.slug}/join", agree="y", name="Heron", shared=shared)
    page = visitor.get("/me").text
    assert told in page and not_told not in page


def test_whoever_is_signed_in_is_not_asked_again(visitor, otto, harbour):
    page = f"/g/{harbour.slug}/join"
    assert "Others use this device" in visitor.get(page).text and "Others use this device" not in otto.get(page).text


def test_on_a_shared_device_half_an_hour_of_nothing_ends_it(visitor, words, freeze):
    visitor.post("/sign-in", words=words, shared="y")
    for _ in range(3):
        freeze.forward(minutes=25)
        assert visitor.get("/me").status_code == 200, "it is used"
    freeze.forward(minutes=31)
    assert visitor.get("/me").location == "/sign-in?next=/me"


def test_on_a_shared_device_four_hours_end_it_however_much_it_is_used(app, visitor, words, freeze):
    visitor.post("/sign-in", words=words, shared="y")
    passed = 0
    while passed + 20 < SHORT_AT_MOST.total_seconds() / 60:
        freeze.forward(minutes=20)
        passed += 20
        assert visitor.get("/me").status_code == 200
    freeze.forward(minutes=21)
    assert visitor.get("/me").location == "/sign-in?next=/me"


def test_elsewhere_half_a_day_is_the_limit(visitor, words, freeze):
    visitor.post("/sign-in", words=words)
    freeze.forward(hours=11)
    assert visitor.get("/me").status_code == 200
    freeze.forward(hours=13)
    assert visitor.get("/me").location == "/sign-in?next=/me"
