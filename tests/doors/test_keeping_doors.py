"""The door of keeping an account: seven words shown, printed or copied, typed back once."""

import json
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from groups import clock
from groups.accounts import actions
from groups.accounts.models import SignIn
from groups.accounts.routes import SHOWN_FOR
from groups.db import reading
from tests.doors.asking import cookie, is_kept, words_on

SEVEN = "abacus tshirt zoom yoyo dropdown ambulance felttip"
DIFFERENT = "These are not quite the words shown."


@pytest.fixture
def words(app, otto):
    """Otto's account is kept, and these words open it."""
    actions.keep_account(otto.account, SEVEN.split(), app.extensions["settings"])
    return SEVEN


def test_keeping_shows_seven_words_and_typing_them_back_keeps_the_account(app, tom):
    page = tom.get("/keep")
    words = words_on(page)
    assert len(words.split()) == 7
    assert words_on(tom.get("/keep")) == words, "the same words until they are kept"
    answer = tom.post("/keep", words=words.upper())
    assert (answer.status_code, answer.location) == (303, "/keep")
    done = tom.get("/keep")
    assert "This account is kept" in done.text
    assert words_on(done) == ""
    assert actions.come_in(words, app.extensions["settings"]).id == tom.account.id


def test_the_card_says_nothing_of_what_it_opens(tom):
    card = re.search(r'<section class="card keepsake".*?</section>', tom.get("/keep").text, re.DOTALL)[0]
    card = re.sub("<li>[a-z]+</li>", "", card)  # the seven are drawn by lot, and "regroup" is one of ours
    assert not re.search("lamplight|group|recover|account", card, re.IGNORECASE)
    assert "<img" not in card  # a code of bare words makes a camera offer to search the web for them


def test_words_that_differ_stay_in_the_field_and_the_shown_ones_stay_too(tom):
    words = words_on(tom.get("/keep"))
    typed = " ".join(words.split()[:6]) + " zoom"
    answer = tom.post("/keep", words=typed)
    assert answer.status_code == 422
    assert DIFFERENT in answer.text
    assert f'value="{typed}"' in answer.text
    assert words_on(answer) == words
    assert not is_kept(tom)


@pytest.mark.parametrize("typed", ["", "x" * 1000, "<b>", "\x00"])
def test_nonsense_keeps_nothing(tom, typed):
    words = words_on(tom.get("/keep"))
    answer = tom.post("/keep", words=typed)
    assert answer.status_code == 422
    assert words_on(answer) == words
    assert not is_kept(tom)


def test_after_half_an_hour_there_are_new_words_and_one_is_told(tom, freeze):
    now = clock.now()
    freeze(now)
    words = words_on(tom.get("/keep"))
    freeze(now + SHOWN_FOR + timedelta(minutes=1))
    answer = tom.post("/keep", words=words)
    assert answer.status_code == 422
    assert "shown too long ago" in answer.text
    assert words_on(answer) not in ("", words)
    assert tom.post("/keep", words=words_on(answer)).status_code == 303


def test_words_that_wait_to_be_typed_back_are_sealed_in_the_session_and_gone_after(tom):
    words = words_on(tom.get("/keep"))

    def notes():
        with reading() as session:
            return json.loads(session.scalar(select(SignIn.notes).where(SignIn.account_id == tom.account.id)))

    assert "keeping" in notes()
    assert not [word for word in words.split() if word in str(notes())]
    assert words.split()[0] not in cookie(tom)
    tom.post("/keep", words=words)
    assert "keeping" not in notes()


def test_an_account_kept_already_says_so_and_is_kept_as_it_was(otto, words):
    for answer in (otto.get("/keep"), otto.post("/keep", words=words)):
        assert answer.status_code == 200
        assert "This account is kept" in answer.text
        assert words_on(answer) == ""


def test_keeping_is_never_a_hurdle(tom):
    assert '<a class="button plain" href="/me">Not now</a>' in tom.get("/keep").text
    assert '<a class="button plain" href="/g/abc">Not now</a>' in tom.get("/keep?next=/g/abc").text
