"""Before a new device is woken for somebody, their seven words: whoever sits at an open page cannot have it go on
telling them when the hours of that account begin."""

import pytest
from sqlalchemy import update

from groups.accounts.models import SignIn
from groups.db import change
from groups.limiting.table import LIMITS
from groups.sentences import SENTENCES
from tests.doors.test_reminders_doors import CHOSEN, PAGE, count, devices, on, said  # noqa: F401
from tests.owned import keep

WRONG = "abacus " * 7
FIELD = 'name="words"'


@pytest.fixture
def words(app, tom):
    """Tom's account is kept; he came in by these, or as somebody new, forty minutes ago."""
    return keep(app, tom)


@pytest.fixture
def later(tom, words, freeze):
    """Forty minutes after he came in; his words."""
    tom.get("/me")
    freeze.forward(minutes=40)
    return words


def test_later_on_they_are_asked_for_and_the_page_says_why(on, tom, later):  # noqa: F811
    page = tom.get(PAGE)
    assert FIELD in page.text and "Once for each device" in said(page)
    for typed in ("", "abacus", WRONG):
        answer, _ = on(tom, words=typed)
        assert answer.status_code == 422 and count() == 0, typed
        assert FIELD in answer.text and "abacus" not in answer.text, "the field is empty again"
    assert SENTENCES["words_not_yours"] in said(answer)
    assert on(tom, words=later)[0].status_code == 303 and count() == 1


def test_what_was_chosen_and_how_the_browser_is_reached_stay_in_the_refused_form(on, tom, later, sink):  # noqa: F811
    answer, _ = on(tom, words=WRONG, minutes="60")
    assert '<option selected value="60">' in answer.text and sink.at("phone") in answer.text


def test_just_after_coming_in_by_them_nobody_is_asked(on, tom, words, visitor, freeze):  # noqa: F811
    assert FIELD not in tom.get(PAGE).text and on(tom)[0].status_code == 303
    freeze.forward(hours=5)
    tom.post("/sign-in", words=words)
    freeze.forward(minutes=29)
    assert on(tom, "desktop")[0].status_code == 303 and count() == 2


@pytest.mark.parametrize("by", ["passkey", "code"])
def test_whoever_came_in_otherwise_is_asked_at_once(on, tom, words, by):  # noqa: F811
    tom.get("/me")
    with change() as (session, _):
        session.execute(update(SignIn).where(SignIn.account_id == tom.account.id).values(came_by=by))
    assert FIELD in tom.get(PAGE).text
    assert on(tom)[0].status_code == 422 and on(tom, words=words)[0].status_code == 303


def test_changing_and_ending_ask_for_nothing_nor_does_a_browser_that_is_on_already(on, tom, later, harbour):  # noqa: F811
    on(tom, words=later)
    assert FIELD not in tom.get(PAGE).text
    name = devices(tom)[0].name
    assert tom.post(f"{PAGE}/devices/{name}", groups=harbour.slug, **CHOSEN | {"minutes": "5"}).status_code == 303
    assert on(tom, minutes="60")[0].status_code == 303 and devices(tom)[0].minutes == 60
    assert tom.post(f"{PAGE}/devices/{name}/end").status_code == 303 and count() == 0


def test_an_account_without_words_needs_none(on, nia, freeze):  # noqa: F811
    nia.get("/me")
    freeze.forward(minutes=40)
    assert FIELD not in nia.get(PAGE).text and on(nia)[0].status_code == 303


def test_tries_are_counted_with_all_others(on, tom, later):  # noqa: F811
    for _ in range(LIMITS["words_again"].rate.amount):
        assert on(tom, words=WRONG)[0].status_code == 422
    answer, _ = on(tom, words=later)
    assert answer.status_code == 429 and count() == 0
