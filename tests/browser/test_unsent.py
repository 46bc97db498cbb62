"""Words that are written in a form and not sent: whoever is about to leave the page is asked first, by the browser
itself. Sending them asks nothing, and nobody who leaves quickly is asked, whichever way they leave."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from groups.accounts.browsers import end_everywhere
from groups.accounts.models import Account
from groups.db import reading
from groups.membership.models import Group, Membership
from tests.browser.kept import open_entries
from tests.browser.rooms import press
from tests.browser.test_back_after_leaving import by_link, by_shift, by_two_fingers
from tests.hours import settled
from tests.sockets import until

ENTRY, TELLING = "Rain on the roof, and I stay", "He asked for my"


@pytest.fixture(scope="module")
def house(moved_in, tmp_path_factory, sink):
    with settled(moved_in, tmp_path_factory.mktemp("unsent"), LAMPLIGHT_AWAY_URL=f"{sink.url}/gone") as server:
        yield server


@pytest.fixture
def group(house):
    """Where Harbour is."""
    with reading() as session:
        return f"/g/{session.scalar(select(Group.slug).where(Group.name == 'Harbour'))}"


def stays(page, dialogs, go):
    """Whoever goes that way is asked, once, and says no."""
    before = len(dialogs)
    go(page)
    until(lambda: page.evaluate("1") and dialogs[before:] == ["beforeunload"], 20, "the question")


def by_the_calendar(page):
    page.get_by_role("link", name="Calendar", exact=True).click(no_wait_after=True)


def by_loading_again(page):
    page.evaluate("setTimeout(() => location.reload())")


def by_closing(page):
    page.close(run_before_unload=True)


def test_a_private_entry_half_written_is_not_left_without_a_question(browse, house, asked):
    page = browse(house, "Nia")
    open_entries(page)
    box, dialogs = page.locator("textarea[name=words]"), asked(page)
    for go in (by_the_calendar, by_loading_again, by_closing):
        box.fill(ENTRY)
        stays(page, dialogs, go)
        expect(box).to_have_value(ENTRY)
    press(page, "Note it down")
    expect(page.get_by_role("article")).to_contain_text(ENTRY)
    page.reload()
    by_the_calendar(page)
    page.wait_for_url("**/calendar")
    assert len(dialogs) == 3, "nothing is asked without a reason"
    page.goto("/me/entries")
    box.fill("Half of")
    with reading() as session:
        account = session.scalar(select(Account).join(Membership).where(Membership.name == "Nia"))
    end_everywhere(account)
    expect(page.get_by_text("Please sign in")).to_be_visible(timeout=15_000)
    assert len(dialogs) == 3, "whoever signed this browser out from elsewhere is not asked in it"


def test_what_was_refused_is_still_not_sent(browse, house, group, asked):
    page = browse(house, "Tom")
    page.goto(f"{group}/reports/new")
    page.locator("textarea[name=words]").fill(TELLING)
    press(page, "Tell them")
    expect(page.locator(".field-error")).to_be_visible()
    stays(page, asked(page), by_the_calendar)
    expect(page.locator("textarea[name=words]")).to_have_value(TELLING)
    page.get_by_label("Something else").check()
    press(page, "Tell them")
    expect(page.get_by_text("Thank you for telling.")).to_be_visible()


def test_what_stands_there_already_is_no_reason_to_ask_until_it_is_changed(browse, house, group, asked):
    page = browse(house, "Maya")
    page.goto(f"{group}/settings")
    dialogs = asked(page)
    assert page.locator("#purpose").input_value()
    by_the_calendar(page)
    page.wait_for_url("**/calendar")
    page.goto(f"{group}/settings")
    page.locator("#purpose").fill("Something new.")
    stays(page, dialogs, by_the_calendar)


def by_the_link_alone(page):
    """Its script did not arrive."""
    page.route("**/js/away.js*", lambda route: route.abort())
    page.locator("textarea").fill("")
    page.reload()
    page.locator("textarea").fill(TELLING)
    by_link(page)


def by_another_page(page):
    other = page.context.new_page()
    other.goto("/me")
    by_link(other)


LEAVING = [by_link, by_the_link_alone, by_shift, by_two_fingers, by_another_page]


@pytest.mark.parametrize("leave", LEAVING)
def test_nobody_who_leaves_quickly_is_asked(browse, house, group, asked, leave):
    page = browse(house, "Tom", phone=leave is by_two_fingers)
    page.goto(f"{group}/reports/new")
    page.locator("textarea[name=words]").fill(TELLING)
    dialogs = asked(page)
    leave(page)
    page.wait_for_url("**/gone")
    assert dialogs == []
