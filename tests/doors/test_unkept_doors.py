"""Whoever joined by a name alone and keeps no words: with their last browser the account ends, as their page says."""

import pytest
from sqlalchemy import func, select

from groups import clock
from groups.accounts.actions import keep_account, leave_quickly
from groups.accounts.models import IDLE, Account
from groups.accounts.sessions import hashed
from groups.db import reading
from groups.erasure.sweeping import sweep_accounts
from groups.membership.models import Membership
from tests.cast import Person
from tests.doors.asking import cookie, of
from tests.spoken import Spoken

NAME = "Ola"


@pytest.fixture
def sweep(app):
    """A minute goes by in the house. How many accounts went."""
    return lambda: sweep_accounts(app.extensions["keyring"], clock.now())


@pytest.fixture
def ola(app, harbour):
    """She chose a name, and wrote nothing down."""
    person = Person(NAME, None, None, app.test_client())
    assert person.post(of(harbour, "/join"), agree="y", name=NAME).status_code == 303
    with reading() as session:
        person.membership = session.scalar(select(Membership).where(Membership.name == NAME))
    return person


def there():
    with reading() as session:
        return session.scalar(select(func.count()).where(Membership.name == NAME))


def signs_out(ola):
    ola.post("/sign-out")


def leaves_quickly(ola):
    assert ola.get("/away").status_code == 302


def leaves_quickly_while_the_database_is_away(ola):
    """It is written down later; nobody asks her again."""
    leave_quickly(hashed(cookie(ola)))


def forgets_this_browser(ola):
    ola.post("/forget")


def signs_out_everywhere(ola):
    ola.post("/me/browsers/end", here="y")


@pytest.mark.parametrize("goes", [
    signs_out, leaves_quickly, leaves_quickly_while_the_database_is_away, forgets_this_browser, signs_out_everywhere,
], ids=lambda goes: goes.__name__)
def test_she_is_in_no_list_of_members_a_minute_after_she_went(ola, maya, harbour, sweep, goes):
    members = of(harbour, "/members")
    assert sweep() == 0 and NAME in maya.get(members).text
    goes(ola)
    assert sweep() == 1 and NAME not in maya.get(members).text


def test_another_browser_that_remembers_her_keeps_her(app, ola, sweep):
    with reading() as session:
        other = Person(NAME, session.get(Account, ola.membership.account_id), None, app.test_client())
    other.sign_in()
    signs_out(ola)
    assert sweep() == 0 and other.get("/me").status_code == 200
    signs_out(other)
    assert sweep() == 1 and not there()


def test_half_a_day_away_ends_it_as_well(ola, sweep, freeze):
    freeze(clock.now() + IDLE * 1.01)
    assert sweep() == 1 and not there()


def test_whoever_kept_the_words_stays(app, ola, maya, sweep):
    with reading() as session:
        account = session.get(Account, ola.membership.account_id)
    keep_account(account, "abacus tshirt zoom yoyo dropdown ambulance felttip".split(), app.extensions["settings"])
    signs_out(ola)
    assert sweep() == 0 and there()


def test_where_she_was_in_an_hour_she_goes_with_what_was_said_there(app, quay, maya, ola, sweep):
    hour = Spoken(app, quay, (maya, ola))
    hour.says(NAME, "It was a long week.")
    signs_out(ola)
    assert sweep() == 0 and there(), "what she said can be reported still, and the room keeps it"
    hour.purge()
    assert sweep() == 1 and not there()


def test_her_page_says_so(ola):
    page = ola.get("/me").text
    assert "It ends when you sign out" in page and "Your name leaves every group within a few minutes" in page
