"""A form in a browser is answered by the way to its page, and the page waits there once."""

import pytest
from sqlalchemy import func, select

from groups import clock
from groups.accounts.answers import WAITS, forget_answers
from groups.accounts.models import WaitingAnswer
from groups.accounts.sessions import COOKIE
from groups.db import reading
from tests.doors.asking import cookie, guard, of, token_in

PAGE = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}  # as browsers ask for what they open
WRONG = "abacus tshirt zoom yoyo dropdown ambulance felttip"


def send(person, path, **form):
    """Send a form as a browser does that does not follow at once. A visitor was here before."""
    if person.account is None and cookie(person) is None:
        person.client.set_cookie(COOKIE, "of-long-ago")
    person.get("/lines")  # signed in by now
    return person.client.post(path, data=form, headers=PAGE)


def look(person, path):
    return person.get(path, headers=PAGE)


def waiting():
    with reading() as session:
        return session.scalar(select(func.count()).select_from(WaitingAnswer))


def test_a_refused_form_is_answered_by_the_way_to_its_page(visitor):
    sent = send(visitor, "/sign-in?next=/me", words=WRONG)
    assert (sent.status_code, sent.headers["Location"]) == (303, "/sign-in?next=/me")
    assert WRONG not in sent.text
    shown = look(visitor, "/sign-in?next=/me")
    assert shown.status_code == 403 and "These seven words open nothing." in shown.text and WRONG in shown.text
    assert shown.headers["Cache-Control"] == "no-store" and "Content-Security-Policy" in shown.headers
    again = look(visitor, "/sign-in?next=/me")
    assert again.status_code == 200 and WRONG not in again.text, "once, whoever comes next"
    assert waiting() == 0


def test_what_waits_is_sealed_and_is_gone_after_a_while(app, visitor, freeze):
    send(visitor, "/sign-in", words=WRONG)
    with reading() as session:
        one = session.scalar(select(WaitingAnswer))
    assert "abacus" not in one.sealed and "sign-in" not in one.sealed
    freeze.forward(seconds=WAITS.total_seconds() + 1)
    forget_answers(clock.now())
    assert waiting() == 0 and look(visitor, "/sign-in").status_code == 200


def test_nobody_else_gets_it(tom, nia, harbour):
    path = of(harbour, "/reports/new")
    assert send(tom, path, words="It went too far.").status_code == 303
    nia.get("/me")
    assert "It went too far." not in look(nia, path).text
    assert "It went too far." in look(tom, path).text


def test_two_windows_at_once_lose_nothing(tom, harbour):
    assert send(tom, of(harbour, "/reports/new"), words="One.").status_code == 303
    assert send(tom, "/me/entries/open", words="Two.").status_code == 303
    assert look(tom, "/me").status_code == 200, "another page on the way is itself"
    assert "One." in look(tom, of(harbour, "/reports/new")).text
    assert look(tom, "/me/entries/open").status_code == 403


def test_a_page_where_no_page_is_otherwise_waits_there_too(tom):
    """Such as the box of a room, whose forms are sent to addresses that only take forms."""
    sent = send(tom, "/me/entries/open", words="not mine")
    assert sent.status_code == 303
    assert look(tom, "/me/entries/open").status_code == 403
    again = look(tom, "/me/entries/open")
    assert (again.status_code, again.headers["Location"]) == (302, "/me/entries"), "loaded again it leads to the page of its form"


def test_a_token_that_ran_out_keeps_what_was_typed(app, tom, harbour):
    guard(app)
    path = of(harbour, "/reports/new")
    token = token_in(tom.get(path))
    tom.sign_in()
    sent = send(tom, path, csrf_token=token, words="It went on and on and on, and nobody said a word to them.")
    assert sent.status_code == 303
    shown = look(tom, path)
    assert shown.status_code == 400 and "nobody said a word to them" in shown.text and token_in(shown)


def test_whoever_comes_back_after_their_sign_in_ran_out_keeps_it_too(app, visitor):
    guard(app)
    assert send(visitor, "/sign-in", words=WRONG).status_code == 303
    assert cookie(visitor) != "of-long-ago"
    assert WRONG in look(visitor, "/sign-in").text


@pytest.mark.parametrize(("path", "form", "how"), [
    ("/sign-in", {"words": WRONG}, {}),  # no browser: a program
    ("/no-such-page", {"words": WRONG}, {"headers": PAGE}),
])
def test_what_is_answered_at_once(visitor, path, form, how):
    visitor.get("/sign-in")
    answer = visitor.client.post(path, data=form, **how)
    assert answer.status_code in (403, 404)
    assert waiting() == 0


def test_a_browser_that_takes_no_cookies_is_answered_at_once(visitor):
    """It could not come back for its page, and what was typed would be lost."""
    answer = visitor.client.post("/sign-in", data={"words": WRONG}, headers=PAGE)
    assert answer.status_code == 403 and WRONG in answer.text


def test_what_went_well_is_answered_as_ever(tom):
    assert send(tom, "/sign-out").headers["Location"] == "/"
    assert waiting() == 0
