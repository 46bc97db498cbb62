"""A form whose page is old, or was another account's: what was typed is shown again to whoever typed it, and to nobody else."""

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
from groups.formats.shape import Segment
from groups.meeting import commands as c
from groups.meeting.jobs import Job
from groups.meeting.models import Entry
from groups.membership.models import Membership
from groups.reports.models import Report
from groups.sentences import sentence
from tests.cast import Person
from tests.doors.asking import guard, of, token_in
from tests.hours import plan

SEVEN = "abacus tshirt zoom yoyo dropdown ambulance felttip"
WORDS = "I almost did not come, and I am glad that I did."


@pytest.fixture
def room(app, harbour, maya, tom, nia):
    """The address of an hour in its open talk, where Maya chairs and Tom and Nia are."""
    guard(app)
    meeting, book = plan(begins_in=0), app.extensions["ledger"]
    chair = maya.membership.handle
    for command in (
        c.OpenLobby(
            by=c.ROOM, title="An hour", starts_at=meeting.starts_at, ends_at=meeting.ends_at, capacity=40,
            agenda=(Segment("Talk", "open_talk", 50, 10, turn=0),),
        ),
        *(c.Knock(by=person.membership.handle, name=person.name) for person in (maya, tom, nia)),
        c.TakeDuty(by=chair, duty="chair", entitled=True), c.AdmitAll(by=chair), c.OpenDoor(by=chair),
    ):
        book.submit(Job(meeting.id, command)).result(10)
    return of(harbour, f"/m/{meeting.public_id}")


def share(person, room, token, words=WORDS):
    return person.post(f"{room}/share", csrf_token=token, client_id="a-share-of-mine", words=words)


def shared():
    with reading() as session:
        return session.scalars(select(Entry.author).where(Entry.kind == "shared")).all()


def hands_over(before, after):
    """Another account signs in, in the browser of the one before."""
    after.client = before.client
    after.sign_in()


def test_what_one_typed_is_neither_sent_nor_shown_to_another_who_signed_in_since(room, tom, nia):
    token = token_in(tom.get(f"{room}/room"))
    hands_over(tom, nia)
    nia.get("/me")
    answer = share(nia, room, token)
    assert answer.status_code == 400 and WORDS not in answer.text and "whoever is signed in here now" in answer.text
    assert shared() == []


def test_one_who_signs_in_again_has_it_again(room, tom):
    token = token_in(tom.get(f"{room}/room"))
    tom.sign_in()
    tom.get("/me")
    answer = share(tom, room, token)
    assert answer.status_code == 400 and WORDS in answer.text and "Your words are still here" in answer.text
    assert share(tom, room, token_in(answer)).status_code == 303
    assert shared() == [tom.membership.handle]


def test_whoever_is_signed_out_by_now_still_reads_what_they_typed(room, tom):
    token = token_in(tom.get(f"{room}/room"))
    tom.client.delete_cookie(tom.client.application.session_interface.name)
    assert WORDS in share(tom, room, token).text


def test_what_a_visitor_typed_is_not_shown_to_an_account(room, tom, visitor):
    token = token_in(visitor.get("/sign-in"))
    tom.client = visitor.client
    tom.sign_in()
    tom.get("/me")
    assert WORDS not in share(tom, room, token).text


@pytest.mark.parametrize("token", ["", "x", "eyJhIjoxfQ.aaaa.bbbb"])
def test_a_token_of_nobodys_shows_nothing(room, tom, token):
    tom.get(f"{room}/room")
    answer = share(tom, room, token)
    assert answer.status_code == 400 and WORDS not in answer.text


def test_two_tokens_of_one_account_have_nothing_in_common(room, tom):
    first = token_in(tom.get(f"{room}/room"))
    tom.sign_in()
    second = token_in(tom.get(f"{room}/room"))
    pieces = [set(re.split(r"[.\-_]", token)) for token in (first, second)]
    assert first != second and not {piece for piece in pieces[0] & pieces[1] if len(piece) > 6}, "but for the second they are of"


def test_signing_in_by_words_draws_one_for_that_account(app, visitor, otto):
    keep_account(otto.account, SEVEN.split(), app.extensions["settings"])
    visitor.post("/sign-in", words=SEVEN)
    guard(app)
    token = token_in(visitor.get("/me"))
    otto.client = visitor.client
    otto.sign_in()
    assert "Your words are still here" in otto.post("/me/entries", csrf_token=token, words=WORDS).text


def writes(person, path, **more):
    """The form of this page, filled in; it is not sent yet."""
    return {"csrf_token": token_in(person.get(path)), "words": WORDS, **more}


def reports_of(harbour):
    with reading() as session:
        return session.scalars(select(Report.by_id).where(Report.group_id == harbour.id)).all()


def send_again(person, path, page):
    """Press the button of a page that keeps what was typed, as a browser does that still shows it."""
    return person.client.post(path, data=fields_of(page))


def fields_of(page):
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page.text)
    return dict(hidden + re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\n?([^<]*)</textarea>', page.text))


def signed_out_elsewhere(person):
    """Their sign-in ends, and this browser, which keeps its cookie, hears nothing of it."""
    end_everywhere(person.account)


AFTER_SIGNING_OUT = ("/me/entries", "/g/{slug}/reports/new", "/g/{slug}/join", "/g/{slug}/ask", "/me/erase", "/groups/new", "/keep")


@pytest.mark.parametrize("path", AFTER_SIGNING_OUT)
def test_whoever_was_signed_out_is_told_so_and_loses_nothing_however_often_they_press(app, harbour, tom, path):
    guard(app)
    path = path.format(slug=harbour.slug)
    form = writes(tom, "/me")
    signed_out_elsewhere(tom)
    page = tom.client.post(path, data=form)
    for _ in range(3):
        assert page.status_code == 400 and sentence("signed_out") in page.text and WORDS in page.text
        assert re.search(r'<a [^>]*href="/sign-in" target="_blank" rel="noopener"', page.text)
        page = send_again(tom, path, page)


@pytest.mark.parametrize("forget", [True, False], ids=["the browser forgot", "the browser kept its cookie"])
def test_after_signing_in_again_it_is_sent_for_the_same_account(app, harbour, tom, forget):
    guard(app)
    path = of(harbour, "/reports/new")
    form = writes(tom, path, reason="worried")
    signed_out_elsewhere(tom)
    if forget:
        tom.client.delete_cookie(COOKIE)
    page = tom.client.post(path, data=form)
    tom.sign_in()
    sent = send_again(tom, path, page)
    assert sent.status_code == 303
    assert reports_of(harbour) == [tom.membership.id]


def test_and_for_nobody_else(app, harbour, tom, nia):
    guard(app)
    path = of(harbour, "/reports/new")
    form = writes(tom, path, reason="worried")
    signed_out_elsewhere(tom)
    page = tom.client.post(path, data=form)
    hands_over(tom, nia)
    answer = send_again(nia, path, page)
    assert answer.status_code == 400 and WORDS not in answer.text and sentence("form_of_another") in answer.text
    assert reports_of(harbour) == []


def test_a_page_that_waits_for_its_account_waits_a_day_and_is_looked_at_once_more_after_that(app, harbour, tom, monkeypatch):
    guard(app)
    path = of(harbour, "/reports/new")
    form = writes(tom, path, reason="worried")
    signed_out_elsewhere(tom)
    page = tom.client.post(path, data=form)
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
    assert sentence("signed_out_here") in page.text and "Send again" not in page.text


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
