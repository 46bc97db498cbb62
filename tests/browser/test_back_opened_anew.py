"""Coming back after leaving quickly: whoever opens the house anew comes in and may go back, and what was left stays shut;
and what the browser keeps of words that were typed and never sent."""

import pytest
from playwright.sync_api import expect

from groups.accounts.sessions import COOKIE
from tests.browser.test_back_after_leaving import by_link, chromium, house, leads_on, read, settled_on  # noqa: F401
from tests.sockets import until

SEVEN = "abacus tshirt zoom yoyo dropdown ambulance felttip"


def test_whoever_opens_an_address_afterwards_comes_in_and_may_go_back_as_ever(read, house, sink):  # noqa: F811
    page = read()
    by_link(page)
    page.wait_for_url(f"{sink.url}/gone")
    page.goto(f"{house.url}/calendar")
    page.locator("a.skip").evaluate("one => one.click()")  # a place on the same page is one to go back to, too
    page.goto(f"{house.url}/sign-in")
    for _ in range(2):
        page.evaluate("() => { setTimeout(() => history.back()) }")
        expect(page.locator("h1")).to_have_text("Calendar")
        page.wait_for_timeout(300)


def test_in_the_tab_that_was_left_back_leads_nowhere_after_the_house_was_opened_anew_in_another(read, browse, house, sink):  # noqa: F811
    """Nor does the new sign-in end by it: whoever goes back there may be somebody else."""
    page = read()
    by_link(page)
    page.wait_for_url(f"{sink.url}/gone")
    other = page.context.new_page()
    other.goto(f"{house.url}/calendar")
    page.context.add_cookies([{"name": COOKIE, "value": house.visit("Tom").cookie, "url": house.url}])
    other.goto(f"{house.url}/me")
    leads_on(page, sink)
    other.reload()
    expect(other.locator("h1")).to_have_text("Your page")


def test_what_was_opened_anew_is_left_behind_by_leaving_once_more(read, house, sink):  # noqa: F811
    page = read()
    by_link(page)
    page.wait_for_url(f"{sink.url}/gone")
    page.goto(f"{house.url}/calendar")
    page.goto(f"{house.url}/sign-in")
    page.wait_for_timeout(1_000)  # nobody leaves twice in a second
    by_link(page)
    page.wait_for_url(f"{sink.url}/gone")
    leads_on(page, sink)


@pytest.mark.parametrize("leaves", [True, False])
def test_without_script_seven_words_that_were_typed_and_not_sent_are_gone_once_one_left(house, browse, sink, leaves):  # noqa: F811
    """And as `/leaving` says, not before: the browser keeps a visitor's page alive, and no field has a say in it."""
    page = browse(house, script=False)
    page.goto(f"{house.url}/sign-in")
    page.locator("#words").fill(SEVEN)
    if leaves:
        by_link(page)
        page.wait_for_url(f"{sink.url}/gone")
    else:
        page.goto(f"{house.url}/seen")
    here = page.url
    page.evaluate("history.back()")
    until(lambda: settled_on(page, here), 20, "the page before")
    assert page.evaluate("document.querySelector('#words').value") == ("" if leaves else SEVEN)
