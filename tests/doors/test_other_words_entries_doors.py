"""What somebody wrote for themselves, when other words open the account: it opens with them, or it is said that it
does not, and no page breaks over it."""

import pytest
from sqlalchemy import delete, select

from groups.accounts import unlocking
from groups.checkins.models import WORDS, EntryKey, EntryOpening, PrivateEntry
from groups.db import change, reading
from groups.errors import Crowded
from tests.cast import Person
from tests.doors.asking import words_on
from tests.doors.test_code_doors import CODE
from tests.doors.test_mine_doors import entries, today
from tests.doors.test_words_doors import OTHERS
from tests.owned import keep

LINE = "Rain on the roof."
LOCKED = "Those of today do not open it"


@pytest.fixture
def words(app, tom):
    """Tom's account is kept, and these words open it."""
    return keep(app, tom)


@pytest.fixture
def browser(app, tom):
    """Another browser of his, not signed in."""
    return Person("Tom", None, None, app.test_client())


def make_card(person, words):
    assert person.post("/me/codes", words=words).status_code == 303
    return CODE.findall(person.get("/me/codes").text)


def write(person, words, line=LINE):
    assert person.post("/me/entries/open", words=words).status_code == 303
    assert person.post("/me/entries", words=line, day=today(), kind="note").status_code == 303


def change_words(person, old=None):
    new = words_on(person.get("/me/words"))
    answer = person.post("/me/words", words=new, **({"old": old} if old else {}))
    assert (answer.status_code, answer.location) == (303, "/me")
    return new


def sign_in_anew(app, words):
    person = Person("Tom", None, None, app.test_client())
    assert person.post("/sign-in", words=words).status_code == 303
    return person


def without_copies():
    """As a card that was made before codes opened entries."""
    with change() as (session, _):
        session.execute(delete(EntryKey).where(EntryKey.opener != WORDS))


@pytest.fixture
def stuck(app, tom, words):
    """(words, words from before): what he wrote is locked under words that open his account no more."""
    write(tom, words)
    with reading() as session:
        row = session.scalar(select(EntryKey).where(EntryKey.opener == WORDS))
    new = change_words(tom, words)
    with change() as (session, _):
        session.merge(row)
        session.execute(delete(EntryOpening))
    return new, words


@pytest.mark.parametrize("card_first", [True, False])
def test_new_words_after_a_code_open_what_was_written_before_or_after_the_card(app, tom, browser, words, card_first):
    if card_first:
        codes = make_card(tom, words)
        write(tom, words)
    else:
        write(tom, words)
        codes = make_card(tom, words)
    browser.post("/sign-in/code", code=codes[2])
    assert LINE in browser.get("/me/entries").text
    assert "does not open" not in browser.get("/me/words").text
    new = change_words(browser)
    assert LINE in browser.get("/me/entries").text, "still open in the browser that changed them"
    again = sign_in_anew(app, new)
    assert LINE in again.get("/me/entries").text
    third = sign_in_anew(app, change_words(again, new))
    assert LINE in third.get("/me/entries").text


def test_a_card_and_other_words_work_after_it(app, tom, browser, words):
    write(tom, words)
    browser.post("/sign-in/code", code=make_card(tom, words)[0])
    new = change_words(browser)
    with reading() as session:
        assert session.scalars(select(EntryKey.opener)).all() == [WORDS], "the old card opens nothing any more"
    code = make_card(browser, new)[5]
    last = change_words(Person("Tom", None, None, _by_code(app, code)))
    assert LINE in sign_in_anew(app, last).get("/me/entries").text


def _by_code(app, code):
    client = app.test_client()
    assert client.post("/sign-in/code", data={"code": code}).status_code == 303
    return client


def test_signing_out_elsewhere_leaves_open_what_the_change_opened(app, tom, browser, words):
    write(tom, words)
    codes = make_card(tom, words)
    sign_in_anew(app, words)
    browser.post("/sign-in/code", code=codes[0])
    change_words(browser)
    assert LINE in browser.get("/me/entries").text


def test_a_code_that_does_not_open_them_says_so_before_and_the_change_is_made(app, tom, browser, words):
    codes = make_card(tom, words)
    write(tom, words)
    without_copies()
    browser.post("/sign-in/code", code=codes[0])
    assert "this code does not open it" in browser.get("/me/words").text
    new = change_words(browser)
    again = sign_in_anew(app, new)
    assert again.get("/me").status_code == 200
    answer = again.post("/me/entries/open", words=new)
    assert answer.status_code == 403 and LOCKED in answer.text and len(entries()) == 1


def test_a_change_that_is_refused_leaves_them_open_here(app, tom, browser, words):
    write(tom, words)
    browser.post("/sign-in/code", code=make_card(tom, words)[0])
    browser.get("/me/words")
    assert browser.post("/me/words", words="").status_code == 422
    assert LINE in browser.get("/me/entries").text


def test_what_goes_along_is_stored_with_the_change_or_neither_is(app, tom, words):
    def fails(*_):
        def along(_):
            raise RuntimeError("the disk is full")

        return along

    write(tom, words)
    codes, new = make_card(tom, words), words_on(tom.get("/me/words"))
    for listeners in (unlocking.BEFORE_CHANGE, unlocking.BEFORE_CARD):
        listeners.append(fails)
    try:
        for page, form in (("/me/words", {"words": new, "old": words}), ("/me/codes", {"words": words})):
            with pytest.raises(RuntimeError):
                tom.post(page, **form)
    finally:
        for listeners in (unlocking.BEFORE_CHANGE, unlocking.BEFORE_CARD):
            listeners.pop()
    assert LINE in tom.get("/me/entries").text and LINE in sign_in_anew(app, words).get("/me/entries").text
    assert LINE in Person("Tom", None, None, _by_code(app, codes[1])).get("/me/entries").text


def test_a_door_that_is_full_changes_nothing_and_says_so(app, tom, words):
    def full(*_):
        raise Crowded()

    write(tom, words)
    new = words_on(tom.get("/me/words"))
    unlocking.BEFORE_CHANGE.append(full)
    try:
        answer = tom.post("/me/words", words=new, old=words)
    finally:
        unlocking.BEFORE_CHANGE.pop()
    assert answer.status_code == 429 and f'value="{new}"' in answer.text
    assert LINE in sign_in_anew(app, words).get("/me/entries").text


def test_where_other_words_lock_them_it_is_said_and_nothing_is_deleted_unasked(tom, stuck):
    answer = tom.post("/me/entries/open", words=stuck[0])
    assert answer.status_code == 403 and LOCKED in answer.text and "went wrong" not in answer.text
    assert "begin anew" in answer.text and len(entries()) == 1


def test_the_words_from_before_open_them_and_from_then_on_those_of_today_do(app, tom, stuck):
    new, before = stuck
    assert tom.post("/me/entries/open", words=new, earlier=before.upper()).location == "/me/entries"
    assert LINE in tom.get("/me/entries").text
    assert LINE in sign_in_anew(app, new).get("/me/entries").text


@pytest.mark.parametrize("earlier", ["abacus", "", "x" * 900, OTHERS])
def test_other_words_from_before_open_nothing_and_stay_typed(tom, stuck, earlier):
    answer = tom.post("/me/entries/open", words=stuck[0], earlier=earlier)
    assert answer.status_code in (403, 422) and LOCKED in answer.text
    assert f'value="{earlier}"' in answer.text and len(entries()) == 1


def test_beginning_anew_deletes_what_is_locked_after_the_words_and_only_what_is_locked(app, tom, stuck):
    new, before = stuck
    assert tom.post("/me/entries/open", words=before, anew="y").status_code == 403 and len(entries()) == 1
    assert tom.post("/me/entries/open", words=new, anew="y").location == "/me/entries"
    assert entries() == [] and "Nothing yet" in tom.get("/me/entries").text
    write(tom, new, "A first line.")
    tom.post("/me/entries/open", words=new, anew="y")
    assert len(entries()) == 1, "what opens is not deleted"
    assert "A first line." in sign_in_anew(app, new).get("/me/entries").text


def test_where_nothing_was_written_under_the_other_words_they_begin_without_a_question(tom, stuck):
    with change() as (session, _):
        session.execute(delete(PrivateEntry))
    assert tom.post("/me/entries/open", words=stuck[0]).status_code == 303
    assert "Nothing yet" in tom.get("/me/entries").text


def test_a_card_and_other_words_work_where_they_are_locked(app, tom, stuck):
    new, _ = stuck
    assert len(make_card(tom, new)) == 8
    page = tom.get("/me/codes").text
    assert "does not open what you wrote for yourself" in page
    last = change_words(tom, new)
    assert sign_in_anew(app, last).get("/me/entries").status_code == 200 and len(entries()) == 1


def test_the_card_says_whether_it_opens_them_too(tom, words):
    write(tom, words)
    assert "and what you write for yourself" in tom.get("/me/codes").text
    make_card(tom, words)
    assert "Each code also opens what you write for yourself" in tom.get("/me/codes").text
    tom.post("/me/codes/put-away")
    assert "last card does not open" not in tom.get("/me/codes").text
    without_copies()
    assert "last card does not open" in tom.get("/me/codes").text
