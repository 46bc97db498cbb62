"""A form of somebody whose sign-in has ended meanwhile: it waits on its page until they have signed in again."""

import re
import time

import pytest
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from groups.accounts import sessions
from groups.accounts.actions import keep_account
from groups.accounts.browsers import end_everywhere
from groups.accounts.sessions import COOKIE
from groups.db import reading
from groups.reports.models import Report
from groups.sentences import sentence
from tests.doors.asking import fields_of, guard, of, send_again, token_in

SEVEN = "abacus tshirt zoom yoyo dropdown ambulance felttip"
WORDS = "I almost did not come, and I am glad that I did."


def writes(person, path, **more):
    """The form of this page, filled in; it is not sent yet."""
    return {"csrf_token": token_in(person.get(path)), "words": WORDS, **more}


def reports_of(harbour):
    with reading() as session:
        return session.scalars(select(Report.by_id).where(Report.group_id == harbour.id)).all()


def signed_out_elsewhere(person):
    """Their sign-in ends, and this browser, which keeps its cookie, hears nothing of it."""
    end_everywhere(person.account)


def reports_too_late(app, harbour, person, forget=False):
    """A report is sent after the sign-in has ended; where, and the page that comes. forget: their browser let go of
    the cookie as well."""
    guard(app)
    path = of(harbour, "/reports/new")
    form = writes(person, path, reason="worried")
    signed_out_elsewhere(person)
    if forget:
        person.client.delete_cookie(COOKIE)
    return path, person.client.post(path, data=form)


AFTER_SIGNING_OUT = ("/me/entries", "/g/{slug}/reports/new", "/g/{slug}/join", "/g/{slug}/ask", "/me/erase", "/groups/new", "/keep")


@pytest.mark.parametrize("path", AFTER_SIGNING_OUT)
def test_whoever_was_signed_out_is_told_so_and_loses_nothing_however_often_they_press(app, harbour, tom, path):
    guard(app)
    path = path.format(slug=harbour.slug)
    form = writes(tom, "/me")
    signed_out_elsewhere(tom)
    page = tom.client.post(path, data=form)
    for _ in range(3):
        assert page.status_code == 400 and sentence("signed_out_unkept") in page.text and "if you have kept it" in page.text.lower() and WORDS in page.text
        assert re.search(r'<a [^>]*href="/sign-in" target="_blank" rel="noopener"', page.text)
        page = send_again(tom, path, page)


@pytest.mark.parametrize("forget", [True, False], ids=["the browser forgot", "the browser kept its cookie"])
def test_after_signing_in_again_it_is_sent_for_the_same_account(app, harbour, tom, forget):
    path, page = reports_too_late(app, harbour, tom, forget)
    tom.sign_in()
    sent = send_again(tom, path, page)
    assert sent.status_code == 303
    assert reports_of(harbour) == [tom.membership.id]


def test_and_for_nobody_else(app, harbour, tom, nia):
    path, page = reports_too_late(app, harbour, tom)
    nia.client = tom.client
    nia.sign_in()
    answer = send_again(nia, path, page)
    assert answer.status_code == 400 and WORDS not in answer.text and sentence("form_of_another") in answer.text
    assert reports_of(harbour) == []


def test_a_page_that_waits_for_its_account_waits_a_day_and_is_looked_at_once_more_after_that(app, harbour, tom, monkeypatch):
    path, page = reports_too_late(app, harbour, tom)
    tom.sign_in()
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 25 * 3600)
    answer = send_again(tom, path, page)
    assert answer.status_code == 400 and WORDS in answer.text and "Your words are still here" in answer.text
    assert send_again(tom, path, answer).status_code == 303


def test_the_page_that_waits_tells_nothing_of_whose_it_is(app, tom):
    guard(app)
    form = writes(tom, "/me")
    signed_out_elsewhere(tom)
    kept = fields_of(tom.client.post("/me/entries", data=form))
    said = URLSafeTimedSerializer(app.secret_key, salt="sent again").loads(kept["csrf_token"])
    assert str(tom.account.id) not in re.split(r"\W", said) and kept == {"csrf_token": kept["csrf_token"], "words": WORDS}


def test_what_opens_the_door_never_waits_for_whoever_was_in_before(app, tom, otto):
    """Somebody signed in opened the page of the sign-in, was signed out, and comes in by it."""
    keep_account(otto.account, SEVEN.split(), app.extensions["settings"])
    guard(app)
    form = {"csrf_token": token_in(tom.get("/sign-in")), "words": SEVEN}
    signed_out_elsewhere(tom)
    page = tom.client.post("/sign-in", data=form)
    assert "Your words are still here" in page.text
    assert send_again(tom, "/sign-in", page).status_code == 303


def test_a_button_that_carries_nothing_only_says_that_one_is_signed_out(app, harbour, tom):
    guard(app)
    form = {"csrf_token": token_in(tom.get("/me"))}
    signed_out_elsewhere(tom)
    page = tom.client.post("/sign-out", data=form)
    assert sentence("signed_out_here_unkept") in page.text and "Send again" not in page.text


def test_short_words_can_be_read_too(app, harbour, tom):
    guard(app)
    form = writes(tom, "/me") | {"words": "It hurt me."}
    signed_out_elsewhere(tom)
    assert re.search(r"<textarea[^>]*>\n?It hurt me.</textarea>", tom.client.post("/me/entries", data=form).text)


def test_while_the_database_does_not_answer_nobody_is_told_that_they_are_signed_out(app, harbour, tom, monkeypatch):
    guard(app)
    path = of(harbour, "/reports/new")
    form = writes(tom, path, reason="worried")

    def away(_):
        raise OperationalError("", {}, Exception())

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(sessions, "find_sign_in", away)
        page = tom.client.post(path, data=form)
        assert page.status_code == 503 and sentence("busy") in page.text and WORDS in page.text
    assert send_again(tom, path, page).status_code == 303
    assert reports_of(harbour) == [tom.membership.id]
