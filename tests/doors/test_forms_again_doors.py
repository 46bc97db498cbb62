"""A form whose page is old, or was another account's: what was typed is shown again to whoever typed it, and to nobody else."""

import re

import pytest
from sqlalchemy import select

from groups.accounts.actions import keep_account
from groups.db import reading
from groups.formats.shape import Segment
from groups.meeting import commands as c
from groups.meeting.jobs import Job
from groups.meeting.models import Entry
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
