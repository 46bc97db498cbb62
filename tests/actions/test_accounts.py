"""Accounts: opened with nothing, kept with seven words, found again, forgotten when nobody kept them."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from groups import announcements, clock
from groups.accounts import actions, passphrase, pocket
from groups.accounts.models import Account, SignIn
from groups.db import change, reading
from groups.errors import Invalid, NotFound, Refused
from tests.news import heard

SEVEN = ("abacus", "tshirt", "zoom", "yoyo", "dropdown", "ambulance", "felttip")
OTHERS = SEVEN[::-1]


@pytest.fixture
def settings(app):
    return app.extensions["settings"]


@pytest.fixture
def told():
    """What was announced about sign-ins, in order."""
    with heard(actions.SignedOut) as news:
        yield news


def count(kind):
    with reading() as session:
        return session.scalar(select(func.count()).select_from(kind))


def signed_in(account, ago=timedelta()):
    with change() as (session, _):
        row = SignIn(token_hash=bytes(32), account_id=account and account.id, used_at=clock.now() - ago)
        row.token_hash = passphrase.derived(str(clock.now()), "a cookie of this test")
        session.add(row)
        return row


def test_a_new_account_holds_nothing_but_its_beginning(app):
    account = actions.open_account()
    assert account.key is None
    assert not account.is_kept
    assert account.steward_since is account.barred_until is None
    assert {column.name for column in Account.__table__.columns} == {
        "id", "key", "opened_at", "came_in", "steward_since", "barred_until",
    }


def test_a_kept_account_is_opened_by_its_words_and_by_no_others(settings):
    account = actions.open_account()
    actions.keep_account(account, SEVEN, settings)
    assert actions.come_in("Abacus, T-shirt, zoom, yo-yo, drop-down, ambulance, felt-tip", settings).id == account.id
    with pytest.raises(Refused, match="words_unknown"):
        actions.come_in(" ".join(OTHERS), settings)


def test_words_are_stored_nowhere_in_the_clear(settings, tmp_path):
    actions.keep_account(actions.open_account(), SEVEN, settings)
    stored = b"".join(file.read_bytes() for file in tmp_path.glob("lamplight.db*"))
    assert stored
    for word in SEVEN:
        assert word.encode() not in stored


def test_an_account_is_kept_once(settings):
    account = actions.open_account()
    actions.keep_account(account, SEVEN, settings)
    with pytest.raises(Refused, match="already_kept"):
        actions.keep_account(account, OTHERS, settings)
    assert actions.come_in(" ".join(SEVEN), settings).id == account.id


def test_two_accounts_never_share_their_words(settings):
    actions.keep_account(actions.open_account(), SEVEN, settings)
    second = actions.open_account()
    with pytest.raises(Refused, match="words_renewed"):
        actions.keep_account(second, SEVEN, settings)
    actions.keep_account(second, OTHERS, settings)


def test_an_account_that_is_gone_cannot_be_kept(settings):
    account = actions.open_account()
    with change() as (session, _):
        session.delete(session.get(Account, account.id))
    with pytest.raises(NotFound):
        actions.keep_account(account, SEVEN, settings)


def test_what_cannot_be_seven_words_is_never_hashed(settings, monkeypatch):
    def never(*_, **__):
        raise AssertionError("hashed")

    monkeypatch.setattr(passphrase, "hash_secret_raw", never)
    for typed in ("", "abacus", " ".join([*SEVEN[:6], "zzz"]), "x" * 100_000):
        with pytest.raises(Invalid):
            actions.come_in(typed, settings)


def test_coming_in_does_the_same_work_whether_or_not_the_account_exists(settings, monkeypatch):
    actions.keep_account(actions.open_account(), SEVEN, settings)
    hashed = []
    real = passphrase.hash_secret_raw

    def counting(*args, **how):
        hashed.append(how)
        return real(*args, **how)

    monkeypatch.setattr(passphrase, "hash_secret_raw", counting)
    actions.come_in(" ".join(SEVEN), settings)
    with pytest.raises(Refused):
        actions.come_in(" ".join(OTHERS), settings)
    assert len(hashed) == 2
    assert hashed[0] == hashed[1]


def test_another_account_in_the_same_browser_ends_what_the_first_one_had_open(settings, told):
    actions.keep_account(actions.open_account(), SEVEN, settings)
    with pytest.raises(Refused):
        actions.come_in(" ".join(OTHERS), settings, instead_of=7)
    assert told == []
    actions.come_in(" ".join(SEVEN), settings, instead_of=7)
    assert told == [actions.SignedOut(7)]


def test_ending_a_sign_in_deletes_it_and_says_so_once_it_is_stored(app, told):
    row = signed_in(actions.open_account())
    gone_when_told = []
    listener = lambda news: gone_when_told.append(count(SignIn))  # noqa: E731
    before = count(SignIn)
    announcements.on(actions.SignedOut, listener)
    actions.end(row.id)
    announcements.forget(actions.SignedOut, listener)
    assert gone_when_told == [before - 1]
    assert told == [actions.SignedOut(row.id)]


def test_ending_nothing_or_twice_is_harmless(app, told):
    row = signed_in(actions.open_account())
    actions.end(None)
    actions.end(row.id)
    actions.end(row.id)
    assert told == [actions.SignedOut(row.id)] * 2


# --- what is carried in a session ---------------------------------------------------------------


def test_what_a_session_carries_opens_for_its_owner_its_purpose_and_its_time_only(freeze):
    secret, half_an_hour = "a secret of forty characters or so, 123!", timedelta(minutes=30)
    sealed = pocket.put(secret, "words", "7", "abacus zoom")
    assert "abacus" not in sealed
    assert pocket.take(secret, "words", "7", sealed, half_an_hour) == "abacus zoom"
    assert pocket.take(secret, "words", "8", sealed, half_an_hour) is None
    assert pocket.take(secret, "invitation", "7", sealed, half_an_hour) is None
    assert pocket.take(secret + "!", "words", "7", sealed, half_an_hour) is None
    assert pocket.take(secret, "words", "7", None, half_an_hour) is None
    freeze(clock.now() + timedelta(minutes=31))
    assert pocket.take(secret, "words", "7", sealed, half_an_hour) is None
