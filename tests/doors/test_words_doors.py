"""Other words: who may choose them, and what ends with the old ones."""

import pytest
from sqlalchemy import func, select

from groups.accounts import actions, spare_codes, unlocking
from groups.accounts.changing import change_words
from groups.accounts.models import Account, Passkey, SignIn, SpareCode
from groups.accounts.routes import SHOWN_FOR
from groups.clock import now
from groups.db import change, reading
from groups.errors import Refused
from groups.off_the_loop import DEAR
from groups.subscribing.actions import set_up_feed
from groups.subscribing.models import FeedKind
from groups.subscribing.wishes import Wish
from tests.cast import Person
from tests.doors.asking import cookie, guard, words_on
from tests.news import heard

SEVEN = "abacus tshirt zoom yoyo dropdown ambulance felttip"
OTHERS = "zoom abacus tshirt yoyo dropdown ambulance felttip"
PATHS = ("/me/words", "/me/codes", "/me/passkeys")


@pytest.fixture
def settings(app):
    return app.extensions["settings"]


@pytest.fixture
def words(settings, tom):
    """Tom's account is kept, and these words open it."""
    tom.account = actions.keep_account(tom.account, SEVEN.split(), settings)
    return SEVEN


@pytest.fixture
def told():
    """Who heard which words."""
    heard = []
    at_once, along = (unlocking.ON_WORDS, unlocking.ON_CODE), (unlocking.BEFORE_CHANGE, unlocking.BEFORE_CARD)
    lists = at_once + along
    for kind, listeners in zip(("words", "code"), at_once, strict=True):
        listeners.append(lambda *what, kind=kind: heard.append((kind, *what)))
    for kind, listeners in zip(("changed", "codes"), along, strict=True):
        listeners.append(lambda *what, kind=kind: lambda _: heard.append((kind, *what)))
    yield heard
    for listeners in lists:
        listeners.pop()


def opens(settings, words):
    try:
        return actions.come_in(words, settings).id
    except Refused:
        return None


def count(kind, account):
    with reading() as session:
        return session.scalar(select(func.count()).select_from(kind).where(kind.account_id == account.id))


@pytest.mark.parametrize("path", PATHS)
def test_a_visitor_signs_in_first_and_who_has_no_words_yet_keeps_the_account_first(visitor, tom, path):
    for ask in (visitor.get, visitor.post):
        assert ask(path).location == f"/sign-in?next={path}"
    for ask in (tom.get, tom.post):
        assert ask(path).location == "/keep"


def test_new_words_are_shown_typed_back_and_take_the_place_of_the_old(app, settings, tom, words, told):
    new = words_on(tom.get("/me/words"))
    assert len(new.split()) == 7 and new != words
    assert words_on(tom.get("/me/words")) == new, "the same until they are used"
    before = cookie(tom)
    answer = tom.post("/me/words", words=new.upper(), old=words)
    assert (answer.status_code, answer.location) == (303, "/me")
    assert (opens(settings, new), opens(settings, words)) == (tom.account.id, None)
    assert told == [("changed", tom.account.id, words, new, before, cookie(tom))] and before != cookie(tom)


def test_everything_else_that_opened_the_account_ends_with_the_old_words(app, settings, tom, nia, words):
    other = Person("Tom", tom.account, tom.membership, app.test_client())
    other.get("/me")
    nia.account = actions.keep_account(nia.account, OTHERS.split(), settings)
    codes = {person: spare_codes.draw() for person in ("tom", "nia")}
    spare_codes.make_card(tom.account, codes["tom"], settings)
    spare_codes.make_card(nia.account, codes["nia"], settings)
    with change() as (session, _):
        session.add(Passkey(account_id=tom.account.id, credential=b"c", handle=b"h", public_key=b"k", added_on=now().date()))
    before = cookie(tom)
    new = words_on(tom.get("/me/words"))
    with heard(actions.SignedOut) as ended:
        tom.post("/me/words", words=new, old=words)
    assert len(ended) == 1 and other.get("/me").location == "/sign-in?next=/me"
    assert tom.get("/me").status_code == 200 and cookie(tom) != before
    assert [count(kind, tom.account) for kind in (SignIn, SpareCode, Passkey)] == [1, 0, 0]
    assert count(SpareCode, nia.account) == 8 and opens(settings, OTHERS) == nia.account.id


def test_links_for_calendars_end_with_them_and_are_told_beside_the_browsers(tom, nia, words, harbour, visitor):
    theirs, own = ((person, f"/c/{set_up_feed(person.account, FeedKind.FULL, Wish(groups=frozenset([harbour.slug])))}.ics") for person in (nia, tom))
    assert all(visitor.get(link).status_code == 200 for _, link in (theirs, own))
    assert "a calendar fetches your hours by a link of yours" in tom.get("/me").text
    tom.post("/me/words", words=words_on(tom.get("/me/words")), old=words)
    assert (visitor.get(own[1]).status_code, visitor.get(theirs[1]).status_code) == (404, 200)
    assert "a calendar fetches" not in tom.get("/me").text


@pytest.mark.parametrize("old, status, said", [
    (OTHERS, 422, "do not open this account"), ("", 422, "Here are 0."), ("abacus", 422, "Here are 1."), ("x" * 201, 422, "shorten it"),
    ("abacus tshirt zoom yoyo dropdown ambulance feltip", 422, "Word 7 is not one of ours."),
])
def test_without_the_old_words_nothing_changes_and_everything_stays_typed(settings, tom, words, old, status, said):
    new = words_on(tom.get("/me/words"))
    answer = tom.post("/me/words", words=new, old=old)
    assert answer.status_code == status and said in answer.text
    assert f'value="{new}"' in answer.text and words_on(answer) == new
    assert (opens(settings, words), opens(settings, new)) == (tom.account.id, None)


@pytest.mark.parametrize("typed", ["", OTHERS, "<b>", "x" * 1000])
def test_new_words_not_copied_change_nothing(settings, tom, words, typed):
    tom.get("/me/words")
    assert tom.post("/me/words", words=typed, old=words).status_code == 422
    assert opens(settings, words) == tom.account.id


def test_the_words_of_another_account_do_not_do(settings, tom, nia, words):
    actions.keep_account(nia.account, OTHERS.split(), settings)
    new = words_on(tom.get("/me/words"))
    assert tom.post("/me/words", words=new, old=OTHERS).status_code == 422
    assert opens(settings, OTHERS) == nia.account.id


def test_after_half_an_hour_there_are_newer_words(settings, tom, words, freeze):
    new = words_on(tom.get("/me/words"))
    freeze.forward(seconds=SHOWN_FOR.total_seconds() + 60)
    answer = tom.post("/me/words", words=new, old=words)
    assert answer.status_code == 422 and "shown too long ago" in answer.text
    assert words_on(answer) not in ("", new)


def test_words_that_wait_are_sealed_under_the_cookie_too(tom, words, settings):
    shown = words_on(tom.get("/me/words")).split()
    with reading() as session:
        notes = session.scalar(select(SignIn.notes).where(SignIn.account_id == tom.account.id))
    assert "changing" in notes and not [word for word in shown if word in notes]


def test_whoever_keeps_something_under_the_words_is_told_at_the_sign_in_and_at_keeping(visitor, tom, words, told, nia):
    visitor.post("/sign-in", words=words.upper())
    kept = words_on(nia.get("/keep"))
    nia.post("/keep", words=kept)
    assert told == [("words", tom.account.id, words, cookie(visitor)), ("words", nia.account.id, kept, cookie(nia))]


@pytest.mark.parametrize("path", PATHS)
def test_a_form_from_elsewhere_changes_nothing(app, settings, tom, words, path):
    tom.get("/me")
    guard(app)
    assert tom.post(path, words=words, old=words).status_code == 400
    assert opens(settings, words) == tom.account.id and count(SpareCode, tom.account) == 0


def test_an_account_without_words_cannot_be_given_other_ones(settings, tom):
    with pytest.raises(Refused, match="keep_first"):
        change_words(tom.account, SEVEN.split(), settings, None)
    with reading() as session:
        assert session.get(Account, tom.account.id).key is None


def test_every_form_that_hashes_is_drawn_by_the_threads_of_the_door(app):
    routes = app.url_map.bind("localhost")
    assert all(routes.test(path, "POST") for path in DEAR)
    assert {*PATHS, "/sign-in", "/keep", "/me/reminders/devices"} <= set(DEAR)
