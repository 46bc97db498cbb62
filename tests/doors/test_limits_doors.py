"""What somebody reads who did something too often: a kind 429, with when to try again, and everything
typed still there."""

import pytest

from groups.accounts.models import Account
from groups.db import reading
from groups.errors import TooMany
from groups.limiting.table import LIMITS
from groups.limiting.whence import WHENCE
from tests.doors.asking import of, words_on
from tests.owned import keep

WRONG = "abacus " * 6 + "abacus"
FAR = {WHENCE: b"a place far away"}


@pytest.fixture
def used_up(app):
    """`used_up("join", tom)`: it was done as often as it may be, by this account, or from FAR."""

    def use_up(action, person=None, link=None):
        counts = app.extensions["counts"]
        for _ in range(LIMITS[action].rate.amount):
            if person:
                counts.ask_account(action, person.account.id)
            else:
                counts.ask(action, link or FAR[WHENCE])

    return use_up


def is_too_often(answer, typed=""):
    """The answer is the kind one; what was typed is in it."""
    assert answer.status_code == 429, answer.status_code
    assert 1 <= int(answer.headers["Retry-After"]) <= 3600 and answer.headers["Cache-Control"] == "no-store"
    assert "still here" in answer.text or "kept" in answer.text or "again" in answer.text or "stay good" in answer.text
    assert typed in answer.text
    return True


def test_signing_in_from_one_place(visitor, used_up):
    used_up("sign_in")
    answer = visitor.client.post("/sign-in", data={"words": "abacus abacus"}, environ_overrides=FAR)
    assert is_too_often(answer, 'value="abacus abacus"')
    assert visitor.client.post("/sign-in", data={"words": "abacus"}).status_code == 422, "from elsewhere it is as ever"


AGAIN = ("/me/copy", "/me/erase", "/me/entries/open", "/me/codes", "/me/feeds/full")  # where the seven words are asked for again


@pytest.mark.parametrize("page", AGAIN)
def test_the_seven_words_asked_for_again_cannot_be_guessed_at_an_open_page(app, tom, page):
    words = keep(app, tom)
    for _ in range(LIMITS["words_again"].rate.amount):
        assert tom.post(page, words=WRONG).status_code in (403, 422)
    assert is_too_often(tom.post(page, words=words), f'value="{words}"')
    with reading() as session:
        assert session.get(Account, tom.account.id)


def test_nor_can_they_where_new_ones_are_chosen_or_a_passkey_is_added(app, tom, used_up):
    keep(app, tom)
    shown = words_on(tom.get("/me/words"))
    used_up("words_again", tom)
    assert is_too_often(tom.post("/me/words", words=shown, old=WRONG), f'value="{shown}"')
    answer = tom.post("/me/passkeys/begin", words=WRONG)
    assert is_too_often(answer) and answer.json["said"]


def test_it_is_one_count_for_all_these_pages_and_each_account_has_its_own(app, tom, nia):
    keep(app, tom)
    keep(app, nia)
    for turn in range(LIMITS["words_again"].rate.amount):
        tom.post(AGAIN[turn % len(AGAIN)], words=WRONG)
    assert tom.post("/me/copy", words=WRONG).status_code == 429
    assert nia.post("/me/copy", words=WRONG).status_code == 403
    assert tom.post("/me/browsers/end").status_code == 303, "whoever is stuck can put out whoever else sits there"


def test_when_to_come_back_is_the_limits_own_figure(visitor, used_up):
    used_up("sign_in")
    answer = visitor.client.post("/sign-in", data={"words": "abacus"}, environ_overrides=FAR)
    assert int(answer.headers["Retry-After"]) > 60


def test_trying_names(harbour, otto, used_up):
    used_up("join", otto)
    assert is_too_often(otto.post(of(harbour, "/join"), name="Tomás", agree="y"), 'value="Tomás"')


def test_newcomers_from_one_place(harbour, visitor, used_up):
    used_up("sign_up")
    answer = visitor.client.post(of(harbour, "/join"), data={"name": "Olga", "agree": "y"}, environ_overrides=FAR)
    assert is_too_often(answer, 'value="Olga"')


def test_founding_counts_as_trying_names(otto, used_up):
    used_up("join", otto)
    typed = {"name": "Quiet hours", "purpose": "To sit.", "for_whom": "anybody", "access": "open", "zone": "UTC", "my_name": "Otto"}
    assert is_too_often(otto.post("/groups/new", **typed), "Quiet hours")


def test_opening_invitations_from_one_place_and_making_them(harbour, visitor, maya, used_up):
    used_up("invitation")
    assert is_too_often(visitor.client.get("/i/" + "t" * 43, environ_overrides=FAR))
    used_up("invite", maya)
    assert is_too_often(maya.post(of(harbour, "/invitations"), uses="3", days="5"))


def test_reporting(harbour, tom, used_up):
    used_up("report", tom)
    assert is_too_often(tom.post(of(harbour, "/reports/new"), reason="worried", words="It went like this.", where="yesterday"), "It went like this.")


def test_fetching_a_calendar_whether_or_not_there_is_one(visitor, used_up):
    used_up("feed", link="t" * 43)
    assert is_too_often(visitor.get("/c/" + "t" * 43 + ".ics"))
    assert visitor.get("/c/" + "u" * 43 + ".ics").status_code == 404


def test_sharing_by_form_and_by_socket_is_one_count(app, tom, used_up):
    """Both ask for the account; the socket's dispatcher by the same table (`tests/flows/test_flood.py`)."""
    used_up("share", tom)
    with pytest.raises(TooMany, match="too_fast"):
        app.extensions["counts"].ask_account("share", tom.account.id)


def test_a_house_that_is_called_by_another_name_does_not_answer(app, visitor):
    for host in ("evil.example", "localhost.evil.example", "evil.example:80", "", "[", "a@localhost.evil", "127.0.0.1.nip.example"):
        answer = visitor.client.get("/", headers={"Host": host})
        assert answer.status_code == 421 and "<" not in answer.text and "Set-Cookie" not in answer.headers, host
        assert answer.headers["Content-Security-Policy"]
    for host in ("localhost", "LOCALHOST", "localhost:8000"):
        assert visitor.client.get("/", headers={"Host": host}).status_code == 200, host
    assert visitor.client.get("/health", headers={"Host": "10.0.0.7:8001"}).status_code == 200, "balancers ask by number"
