"""Browsers of an account: swept when over, noted while somebody sits in a meeting."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from groups import clock
from groups.accounts.actions import SignedOut, open_account
from groups.accounts.browsers import about, browsers_of, end_everywhere, note_used
from groups.accounts.models import SHORT_AT_MOST, SHORT_IDLE, SignIn, ends_at, over_at
from groups.accounts.sessions import hashed, signed_in
from groups.db import change, reading
from groups.erasure.sweeping import sweep_accounts
from groups.ids import token
from tests.news import heard

HOUR = timedelta(hours=1)


def at(account, used=timedelta(), came=timedelta(), shared=False, by="words"):
    """A browser of that account, used and entered so long ago; (row, cookie)."""
    cookie, now = token(), clock.now()
    with change() as (session, _):
        row = SignIn(
            token_hash=hashed(cookie), account_id=account.id, used_at=now - used, came_in_at=now - max(came, used), shared=shared, came_by=by
        )
        session.add(row)
    return row, cookie


@pytest.mark.parametrize("used, came, shared, over", [
    (0, 0, False, False), (11.9, 300, False, False), (12.1, 300, False, True),
    (0.4, 1, True, False), (0.6, 1, True, True), (0.1, 3.9, True, False), (0.1, 4.1, True, True),
])
def test_the_row_the_condition_and_the_door_of_sockets_agree_on_what_is_over(app, used, came, shared, over):
    row, cookie = at(open_account(), used * HOUR, came * HOUR, shared)
    assert row.is_over is over
    assert (clock.now() > ends_at(row.used_at, row.came_in_at, row.shared)) is over
    with reading() as session:
        assert (session.scalar(select(SignIn.id).where(SignIn.id == row.id, over_at(clock.now()))) is not None) is over
    assert bool(signed_in([cookie])) is not over


def test_the_sweep_ends_a_shared_devices_sign_in_early_and_says_so(app):
    account = open_account()
    row, _ = at(account, SHORT_IDLE + timedelta(minutes=1), shared=True)
    long, _ = at(account, SHORT_IDLE + timedelta(minutes=1))
    old, _ = at(account, came=SHORT_AT_MOST + timedelta(minutes=1), shared=True)
    with heard(SignedOut) as told:
        sweep_accounts(app.extensions["keyring"], clock.now())
    assert {news.sign_in_id for news in told} == {row.id, old.id}
    assert [one.id for one in browsers_of(account)] == [long.id]


def test_sitting_in_a_meeting_counts_as_use_and_is_seldom_written(app):
    account = open_account()
    quiet, _ = at(account, timedelta(minutes=25), shared=True)
    lately, _ = at(account, timedelta(minutes=3))
    before = lately.used_at
    note_used({quiet.id, lately.id}, clock.now())
    found = {one.id: one.used_at for one in browsers_of(account)}
    assert clock.now() - found[quiet.id] < timedelta(minutes=1)
    assert found[lately.id] == before
    note_used(set(), clock.now())


def test_ending_everywhere_says_so_for_each_and_leaves_others_alone(app):
    mine, theirs = open_account(), open_account()
    rows = [at(mine)[0] for _ in range(3)]
    at(theirs)
    with heard(SignedOut) as told:
        assert end_everywhere(mine, but=rows[1].id) == 2
    assert {news.sign_in_id for news in told} == {rows[0].id, rows[2].id}
    assert [one.id for one in browsers_of(mine)] == [rows[1].id] and len(browsers_of(theirs)) == 1


@pytest.mark.parametrize("used, came, by, words", [
    (timedelta(minutes=5), HOUR, "words", "used in the last few minutes; you came in by your seven words less than a day ago"),
    (timedelta(minutes=50), HOUR, "passkey", "used about an hour ago; you came in with a passkey less than a day ago"),
    (3 * HOUR, 30 * HOUR, "code", "used about 3 hours ago; you came in by a spare code a day ago"),
    (11.4 * HOUR, 50 * HOUR, "", "used about 11 hours ago; you came in by a name alone 2 days ago"),
])
def test_a_browser_is_told_apart_by_its_times(app, used, came, by, words):
    assert about(at(open_account(), used, came, by=by)[0], clock.now()) == words
