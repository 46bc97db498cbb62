"""A page of private entries that lies open when its browser is signed out from elsewhere."""

from playwright.sync_api import expect
from sqlalchemy import select

from groups.accounts.browsers import end_everywhere
from groups.accounts.models import Account
from groups.db import reading
from groups.membership.models import Membership
from tests.browser.kept import open_entries
from tests.browser.rooms import press

ENTRY = "Rain on the roof, and I stayed in."


def test_it_goes_without_a_touch_and_leads_to_the_sign_in(browse, house):
    page = browse(house, "Tom", phone=True)
    open_entries(page)
    page.locator("textarea[name=words]").fill(ENTRY)
    press(page, "Note it down")
    page.get_by_text(ENTRY).first.wait_for()
    with reading() as session:
        account = session.scalar(select(Account).join(Membership).where(Membership.name == "Tom"))
    end_everywhere(account)
    expect(page.get_by_text("Please sign in")).to_be_visible(timeout=15_000)
    assert ENTRY not in page.content()
