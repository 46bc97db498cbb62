"""Pages of what is one's own: entries, the copy, erasing. Open to their owner, after the words where they matter."""

import json
import re

import pytest
from sqlalchemy import select

from groups import clock
from groups.accounts.models import IDLE, Account, SignIn
from groups.accounts.sessions import hashed
from groups.checkins.models import PrivateEntry
from groups.db import change, reading
from groups.membership.models import Group, Membership, Role
from groups.sentences import sentence
from tests.doors.asking import cookie, guard, token_in
from tests.owned import keep

WRONG = "abacus " * 7
OTHER_WORDS = sentence("words_not_yours")
PAGES = ("/me/entries", "/me/copy", "/me/erase")


@pytest.fixture
def words(app, tom):
    """Tom's account is kept, and these words open it."""
    return keep(app, tom)


@pytest.fixture
def opened(tom, words):
    """His entries are open in his browser."""
    assert tom.post("/me/entries/open", words=words).status_code == 303
    return tom


def entries():
    with reading() as session:
        return session.scalars(select(PrivateEntry)).all()


def today():
    return clock.now().date().isoformat()


def there(person):
    with reading() as session:
        return session.get(Account, person.account.id) is not None


def test_strangers_are_asked_to_sign_in_and_learn_nothing(visitor):
    for page in (*PAGES, "/me/entries/x/out", "/me/entries/open"):
        for answer in (visitor.get(page, follow_redirects=True), visitor.post(page)):
            assert answer.status_code in (403, 404), page
            assert "seven words first" in answer.text or answer.status_code == 404


@pytest.mark.parametrize("page", [*PAGES, "/me/entries?all=1"])
def test_the_way_back_in_leads_to_the_page_that_was_asked_for(visitor, words, page):
    way = re.search(r'href="(/sign-in\?next=[^"]*)"', visitor.get(page).text)[1]
    assert visitor.post(way, words=words).headers["Location"] == page


def test_a_form_that_was_sent_signed_out_leads_back_to_its_page(visitor, words):
    way = re.search(r'href="(/sign-in\?next=[^"]*)"', visitor.post("/me/entries/open").text)[1]
    back = visitor.post(way, words=words).headers["Location"]
    assert visitor.get(back, follow_redirects=True).request.path == "/me/entries"


def test_other_refusals_offer_no_sign_in_that_would_lead_nowhere(visitor, otto):
    assert "next=" not in visitor.get("/g/harbour").text + otto.get("/g/nowhere").text


def test_whoever_has_no_words_is_asked_to_keep_the_account_first(nia):
    page = nia.get("/me/entries")
    assert page.status_code == 200 and "Keep this account" in page.text
    assert nia.post("/me/entries/open", words=WRONG).status_code == 403


def test_entries_are_shut_until_the_words_are_typed_once(tom, words):
    assert "What you wrote" not in tom.get("/me/entries").text
    answer = tom.post("/me/entries", words="Too early.", day=today(), kind="note")
    assert answer.status_code == 403 and "Too early." in answer.text and entries() == [], "nothing typed is lost"
    assert tom.post("/me/entries/open", words=words).headers["Location"] == "/me/entries"
    assert "Nothing yet" in tom.get("/me/entries").text
    tom.post("/me/entries", words="One line.", day=today(), kind="note")
    tom.post("/sign-out")
    tom.signed_in = False
    assert "Open my pages" in tom.get("/me/entries").text, "a sign-in that was not by the words leaves them shut"


def test_what_was_typed_on_a_page_that_is_shut_by_now_waits_until_it_is_opened(opened, words):
    """Whoever was signed out meanwhile, and came back by a passkey."""
    opened.sign_in()
    page = opened.post("/me/entries", words="Rain on the roof.", day=today(), kind="note")
    assert sentence("entries_shut") in page.text and 'href="/me/entries" target="_blank" rel="noopener"' in page.text
    opened.post("/me/entries/open", words=words)
    form = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page.text))
    typed = re.search(r'<textarea[^>]*name="words"[^>]*>([^<]*)', page.text)[1]
    assert opened.post("/me/entries", **form, words=typed).status_code == 303
    assert "Rain on the roof." in opened.get("/me/entries").text


def test_an_open_page_asks_whether_it_still_may_be_and_that_keeps_nobody_signed_in(visitor, nia, opened, freeze):
    assert visitor.get("/me/entries/still").status_code == 403 and nia.get("/me/entries/still").status_code == 403
    freeze(clock.now() + IDLE * 0.6)
    assert opened.get("/me/entries/still").status_code == 204
    freeze(clock.now() + IDLE * 0.6)
    assert opened.get("/me/entries/still").status_code == 403, "only a page asked in all that time, and nobody used it"


def test_signing_in_by_the_words_opens_them(app, opened, words):
    opened.post("/me/entries", words="Rain on the roof.", day=today(), kind="note")
    browser = app.test_client()
    assert browser.post("/sign-in", data={"words": words}).status_code == 303
    assert "Rain on the roof." in browser.get("/me/entries").text


def test_writing_reading_and_taking_out(opened):
    noted = opened.post("/me/entries", words="A hard evening.", day=today(), kind="lapse")
    assert noted.status_code == 303 and noted.headers["Location"] == "/me/entries", "nothing of it stays in the browser's history"
    page = opened.get(noted.headers["Location"])
    assert "Noted. What was happening just before?" in page.text and "A hard evening." in page.text
    with reading() as session:
        notes = session.scalar(select(SignIn.notes).where(SignIn.token_hash == hashed(cookie(opened))))
    assert "just before" not in notes, "what was noted is not told to the database by the way"
    assert "Noted." not in opened.get("/me/entries").text, "it is said once"
    assert opened.post(f"/me/entries/{entries()[0].id}/out").status_code == 303
    assert entries() == [] and "Nothing yet" in opened.get("/me/entries").text


def test_what_makes_no_sense_keeps_what_was_typed(opened):
    for form, said in (
        ({"words": "Tomorrow?", "day": "2999-01-01", "kind": "note"}, "still to come"),
        ({"words": "Some day", "day": "not a day", "kind": "note"}, ""),
        ({"words": "Some kind", "day": today(), "kind": "streak"}, ""),
        ({"words": "", "day": today(), "kind": "note"}, "nothing written"),
    ):
        answer = opened.post("/me/entries", **form)
        assert answer.status_code == 422 and form["words"] in answer.text and said in answer.text, form
    assert entries() == []


def test_the_browser_asks_nobody_how_a_private_entry_is_spelt(opened):
    boxes = re.findall("<textarea[^>]*>", opened.get("/me/entries").text)
    assert len(boxes) == 1 and 'spellcheck="false"' in boxes[0]


def test_the_seven_words_are_no_entry_and_stand_nowhere_afterwards(opened, words):
    page = opened.get("/me/entries").text
    assert "Your entry" in page and "Your words" not in page
    answer = opened.post("/me/entries", words=words.upper().replace(" ", ", "), day=today(), kind="note")
    assert answer.status_code == 422 and sentence("words_of_account") in answer.text and entries() == []
    assert words.split()[0].upper() not in answer.text and "Everything you wrote is still here" not in answer.text
    assert opened.post("/me/entries", words=f"{words} are not mine", day=today(), kind="note").status_code == 303


def test_an_entry_that_is_too_long_is_kept_whole_to_be_shortened(opened):
    assert "Up to 4,000 characters." in opened.get("/me/entries").text
    answer = opened.post("/me/entries", words=(long := "rain " * 800 + "and the end"), day=today(), kind="note")
    assert answer.status_code == 422 and long in answer.text
    assert sentence("too_long", limit=4000) in answer.text and entries() == []


def test_somebody_elses_entry_is_nothing_to_take_out(app, opened, nia):
    opened.post("/me/entries", words="Mine.", day=today(), kind="note")
    assert nia.post(f"/me/entries/{entries()[0].id}/out").status_code == 404 and len(entries()) == 1


def test_the_copy_asks_for_the_words_and_is_one_file_with_a_neutral_name(opened, words):
    opened.post("/me/entries", words="In the copy.", day=today(), kind="note")
    assert "my-copy.json" in opened.get("/me/copy").text
    refused = opened.post("/me/copy", words="")
    assert refused.status_code == 422 and refused.mimetype == "text/html"
    answer = opened.post("/me/copy", words=words)
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    assert answer.headers["Content-Disposition"] == "attachment; filename=my-copy.json" and "no-store" in answer.headers["Cache-Control"]
    assert [one["words"] for one in json.loads(answer.data)["private_entries"]] == ["In the copy."]


def test_an_account_without_words_gets_its_copy_at_once(nia):
    assert json.loads(nia.post("/me/copy").data)["groups"][0]["name"] == "Nia"


def test_other_words_that_are_words_erase_and_copy_nothing(app, tom, words, nia):
    other = keep(app, nia)
    for page in ("/me/copy", "/me/erase"):
        answer = tom.post(page, words=other)
        assert answer.status_code == 403 and OTHER_WORDS in answer.text
    assert there(tom)


def test_erasing_ends_the_account_and_every_browser(app, tom, words):
    other = app.test_client()
    other.post("/sign-in", data={"words": words})
    page = tom.get("/me/erase")
    assert "What goes" in page.text and "What stays, and why" in page.text
    before = cookie(tom)
    answer = tom.post("/me/erase", words=words)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/erased")
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert not there(tom) and cookie(tom) != before
    assert "It is erased" in tom.client.get("/erased").text
    assert other.get("/me").status_code == 303, "the other browser is signed out as well"
    assert "open nothing" in app.test_client().post("/sign-in", data={"words": words}).text


def test_the_only_moderator_is_told_what_closes_and_may_go_all_the_same(maya, harbour):
    page = maya.get("/me/erase")
    assert "2 other people" in page.text and "Ask somebody to take over" in page.text
    refused = maya.post("/me/erase")
    assert refused.status_code == 403 and "Say yes to their closing" in refused.text and there(maya)
    assert maya.post("/me/erase", agrees="y").status_code == 303 and not there(maya)
    with reading() as session:
        assert session.get(Group, harbour.id).closed_at is not None


def test_with_a_second_moderator_nothing_is_asked(maya, tom):
    with change() as (session, _):
        session.get(Membership, tom.membership.id).role = Role.MODERATOR
    assert "other people" not in maya.get("/me/erase").text
    assert maya.post("/me/erase").status_code == 303


def test_a_form_from_elsewhere_erases_nobody(app, nia):
    guard(app)
    assert nia.post("/me/erase").status_code == 400 and there(nia)
    assert nia.post("/me/erase", csrf_token=token_in(nia.get("/me/erase"))).status_code == 303 and not there(nia)


def test_ones_page_leads_to_all_of_it(tom, words, nia):
    for page in PAGES:
        assert f'href="{page}"' in tom.get("/me").text
    assert "/me/entries" not in nia.get("/me").text
