"""A page with a form on it, whose browser was signed out from elsewhere: the words stay on the page until their writer
has signed in again in another tab, and go out from there."""

from playwright.sync_api import expect
from sqlalchemy import select

from groups.accounts.browsers import end_everywhere
from groups.accounts.models import Account
from groups.db import reading
from groups.membership.models import Group, Membership
from groups.reports.models import Report
from groups.sentences import sentence
from tests.browser.kept import keep_account
from tests.browser.rooms import press

WORDS = "It went on for a long while, and nobody said a word to them."


def test_the_words_wait_on_the_page_while_one_signs_in_in_another_tab(browse, house):
    page = browse(house, "Tom", phone=True)
    words = keep_account(page)
    with reading() as session:
        account = session.scalar(select(Account).join(Membership).where(Membership.name == "Tom"))
        slug = session.scalar(select(Group).where(Group.name == "Harbour")).slug
    page.goto(f"/g/{slug}/reports/new")
    page.locator("[name=reason][value=worried]").check()
    page.locator("[name=words]").fill(WORDS)
    end_everywhere(account)
    press(page, "Tell them")
    for _ in range(2):
        expect(page.locator("main")).to_contain_text(sentence("signed_out_unkept"))
        expect(page.locator("textarea[name=words]")).to_have_value(WORDS)
        press(page, "Send again")
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Sign in, in another tab").click()
    other = opened.value
    other.locator("[name=words]").fill(words)
    press(other, "Come in")
    other.get_by_role("link", name="Me", exact=True).wait_for()
    expect(page.locator("textarea[name=words]")).to_have_value(WORDS)
    press(page, "Send again")
    expect(page.locator("main")).to_contain_text(sentence("thanks_for_telling"))
    with reading() as session:
        assert len(session.scalars(select(Report)).all()) == 1
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
