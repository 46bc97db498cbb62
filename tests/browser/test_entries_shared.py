"""A page of private entries on a device that others use: who types on it is there, and who does not is not."""

from types import SimpleNamespace

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from groups.accounts.actions import keep_account
from groups.accounts.models import Account
from groups.db import reading
from groups.membership.models import Membership
from tests.server import SECRET

SEVEN = "abacus tshirt zoom yoyo dropdown ambulance felttip"
ASKS = 6000  # milliseconds in which the page asks


@pytest.fixture
def page(server, browse):
    """The page, in a browser that others use, too, signed in by Tom's words."""
    with reading() as session:
        account = session.scalar(select(Account).join(Membership).where(Membership.name == "Tom"))
    keep_account(account, SEVEN.split(), SimpleNamespace(secret=SECRET, fast_hash=True))
    page = browse(server)
    page.clock.install()
    page.goto("/sign-in")
    page.get_by_label("Your seven words").fill(SEVEN)
    page.get_by_label("Others use this device, too").check()
    page.get_by_role("button", name="Come in", exact=True).click()
    page.goto("/me/entries")
    page.get_by_label("Your seven words").fill(SEVEN)
    page.get_by_role("button", name="Begin").click()
    expect(page.locator("textarea[name=words]")).to_be_visible()
    return page


def asks(page):
    """Let the page ask once, and hear the answer."""
    with page.expect_response(lambda answer: "/still" in answer.url):
        page.clock.run_for(ASKS)


def test_who_types_for_longer_than_half_an_hour_keeps_the_page_and_the_words(server, page):
    box = page.locator("textarea[name=words]")
    for word in ("It ", "took ", "me ", "a ", "while."):
        box.press_sequentially(word)
        asks(page)
        server.freeze.forward(minutes=8)
    asks(page)
    expect(box).to_have_value("It took me a while.")
    page.get_by_role("button", name="Note it down").click()
    expect(page.get_by_text("It took me a while.")).to_be_visible()


def test_a_page_that_nobody_touches_ends_though_somebody_typed_on_it(server, page):
    page.locator("textarea[name=words]").press_sequentially("It took")
    asks(page)
    page.clock.fast_forward("03:00")
    asks(page)
    server.freeze.forward(minutes=9)
    asks(page)
    server.freeze.forward(minutes=9)
    asks(page)
    expect(page.get_by_role("button", name="Open my pages").or_(page.get_by_role("button", name="Begin"))).to_be_visible()
    server.freeze.forward(minutes=13)
    page.reload()
    expect(page.get_by_text("Please sign in")).to_be_visible()
