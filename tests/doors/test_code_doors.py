"""Spare codes: a card that is shown for a while, and a door each of them opens once."""

import re

import pytest
from sqlalchemy import select

from groups.accounts import actions, spare_codes
from groups.accounts.models import SignIn, SpareCode
from groups.accounts.words_again import CODE_STANDS_IN
from groups.db import reading
from tests.doors.asking import cookie, words_on
from tests.doors.test_words_doors import OTHERS, SEVEN, count, opens, settings, told, words  # noqa: F401
from tests.news import heard

CODE = re.compile("<li>([0-9A-Z-]{24})</li>")


@pytest.fixture
def card(tom, words):  # noqa: F811
    """The codes of Tom's card."""
    assert tom.post("/me/codes", words=words).location == "/me/codes"
    return CODE.findall(tom.get("/me/codes").text)


def test_a_card_has_eight_codes_for_whoever_types_the_words(app, tom, words, told):  # noqa: F811
    assert CODE.findall(tom.get("/me/codes").text) == []
    tom.post("/me/codes", words=words)
    page = tom.get("/me/codes").text
    codes = CODE.findall(page)
    assert len(set(codes)) == 8
    assert told == [("codes", tom.account.id, words, tuple(codes), cookie(tom))]
    printed = re.search(r'<section class="card keepsake".*?</section>', page, re.DOTALL)[0]
    assert not re.search("lamplight|group|recover|account|localhost", printed, re.IGNORECASE)


@pytest.mark.parametrize("typed", ["", OTHERS, "abacus", "x" * 500])
def test_without_the_words_there_is_no_card(tom, words, typed):  # noqa: F811
    answer = tom.post("/me/codes", words=typed)
    assert answer.status_code == 422 and 'aria-invalid="true"' in answer.text
    assert count(SpareCode, tom.account) == 0


def test_the_pattern_is_drawn_when_asked_for_and_leads_to_the_door(tom, card):
    plain = tom.get("/me/codes").text
    assert "<svg" not in plain.split('class="card keepsake"')[1].split("</section>")[0]
    assert "With a QR code" in plain and "may keep the code in its history" in plain
    page = tom.get("/me/codes?pattern=1").text
    drawing = re.search('<div class="pattern">(<svg.*?</svg>)</div>', page)[1]
    assert "style=" not in drawing and "script" not in drawing
    assert "shows the name of this site" in page and "The QR code is the first one." in page
    assert "may keep the code in its history, where it opens this account until it is used: use it at once, or make a new card." in page


def test_a_card_is_not_shown_after_it_was_put_away_or_after_half_an_hour(tom, card, words, freeze):  # noqa: F811
    assert tom.post("/me/codes/put-away").location == "/me"
    page = tom.get("/me/codes").text
    assert CODE.findall(page) == [] and "8 of your last card are unused" in page
    tom.post("/me/codes", words=words)
    freeze.forward(minutes=31)
    assert CODE.findall(tom.get("/me/codes").text) == []


def test_codes_that_wait_and_codes_that_are_kept_are_nowhere_in_the_clear(tom, card, tmp_path):
    stored = b"".join(file.read_bytes() for file in tmp_path.glob("lamplight.db*"))
    for code in card:
        assert code.encode() not in stored and code.replace("-", "").encode() not in stored


def test_a_code_opens_the_account_once(visitor, tom, card, told):  # noqa: F811
    answer = visitor.post("/sign-in/code", code=card[3].lower().replace("-", " "))
    assert (answer.status_code, answer.location) == (303, "/me/words")
    assert told == [("code", tom.account.id, card[3], cookie(visitor))]
    assert "Harbour" in visitor.get("/me").text and count(SpareCode, tom.account) == 7
    visitor.post("/sign-out")
    again = visitor.post("/sign-in/code", code=card[3])
    assert again.status_code == 403 and "may be used up" in again.text and card[3] in again.text
    assert visitor.get("/me").location == "/sign-in?next=/me"


@pytest.mark.parametrize("typed, status, said", [
    ("", 422, "Here are 0."), ("0000-0000-0000-0000-0000", 403, "opens nothing"), ("U" * 20, 422, "Here are 20."),
    ("<script>", 422, "Here are 6."), ("x" * 81, 422, "shorten it"), ("\x00", 422, "Here are 0."),
])
def test_what_is_no_code_is_said_kindly(visitor, card, typed, status, said):
    answer = visitor.post("/sign-in/code", code=typed)
    assert answer.status_code == status and said in answer.text and "<script>" not in answer.text.split("<main")[1]


def test_letters_that_are_misread_are_understood():
    code = "0110-ABCD-EFGH-JKMN-PQRS"
    assert spare_codes.normalise("oIl0 abcd efgh jkmn pqrs") == code


def test_after_a_code_new_words_need_no_old_ones_for_half_an_hour(visitor, tom, card, settings, told, freeze):  # noqa: F811
    visitor.post("/sign-in/code", code=card[0])
    page = visitor.get("/me/words")
    assert "Your seven words until now" not in page.text
    new = words_on(page)
    assert visitor.post("/me/words", words=new).status_code == 303
    assert opens(settings, new) == tom.account.id and opens(settings, SEVEN) is None
    assert told[-1][:4] == ("changed", tom.account.id, "", new)
    assert count(SpareCode, tom.account) == 0


def test_later_the_old_words_are_asked_for_again(visitor, tom, card, settings, freeze):  # noqa: F811
    visitor.post("/sign-in/code", code=card[0])
    freeze.forward(seconds=CODE_STANDS_IN.total_seconds() + 1)
    new = words_on(visitor.get("/me/words"))
    assert visitor.post("/me/words", words=new).status_code == 422
    assert opens(settings, SEVEN) == tom.account.id


def test_a_code_does_not_stand_in_for_the_words_anywhere_else(visitor, tom, card):
    visitor.post("/sign-in/code", code=card[0])
    assert visitor.post("/me/codes", words="").status_code == 422
    assert visitor.post("/me/passkeys/begin", words="").status_code == 422


def test_a_new_card_ends_the_one_before(visitor, tom, card, words):  # noqa: F811
    tom.post("/me/codes", words=words)
    assert visitor.post("/sign-in/code", code=card[0]).status_code == 403
    assert count(SpareCode, tom.account) == 8


def test_a_code_used_where_somebody_else_was_signed_in_ends_what_they_had_open(nia, card, tom):
    nia.get("/me")
    with heard(actions.SignedOut) as ended:
        nia.post("/sign-in/code", code=card[0], shared="y")
    assert len(ended) == 1
    with reading() as session:
        assert session.scalar(select(SignIn).where(SignIn.came_by == "code")).shared
