"""What a browser keeps on its disk of a month here: somebody comes to belong, keeps their seven words, comes
back on several days with the browser closed in between, reads the calendar and the reminders, speaks, tells
of a share, writes for themselves, and leaves in each of the ways there are. Then the whole folder is searched."""

import os

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from groups.accounts.models import Account
from groups.db import change, reading
from groups.meeting import commands as c
from groups.membership.models import Group
from tests import hours, profile
from tests.browser.rooms import HOUR, SHARES, press, sees
from tests.browsing import how_to_launch
from tests.hours import settled

NAME, SHARED, DRAFT = "Planthea", "I planted a walnut by the boathouse.", "I planted words that nobody got."
READ, TOLD, ENTRY = "Nia planted wisteria last spring.", "It was planted in anger.", "Planted on a page of my own."
TELLING = (NAME, SHARED, DRAFT, READ, TOLD, ENTRY, "Harbour", "The Quay", "Private entries", "planted")
BETWEEN = (" ", "+", "%20", "", "\n", '","')  # how seven words could stand beside each other


@pytest.fixture
def house(moved_in, tmp_path, sink):
    with settled(moved_in, tmp_path, LAMPLIGHT_AWAY_URL=f"{sink.url}/gone") as server:
        with change() as (session, _):  # everybody there has kept their words, and is there a month later
            for account in session.scalars(select(Account)):
                account.key = os.urandom(32)
        yield server


class Somebody:
    """A person with one device, whose browser is opened anew on each day."""

    def __init__(self, driver, folder, house):
        self.start, self.folder, self.house, self.words = driver.launch_persistent_context, folder, house, ""

    def visit(self, what, later=0):
        """So many days after the last time, with the browser opened and closed."""
        self.house.freeze.forward(days=later)
        context = self.start(self.folder, **how_to_launch(), base_url=self.house.url, locale="en-GB")
        context.set_default_timeout(20_000)
        page = context.pages[0]
        if self.words:
            self.sign_in(page, self.words)
            expect(page.get_by_role("link", name="Leave quickly")).to_be_visible()
        what(page)
        context.close()

    def sign_in(self, page, words):
        """The seven words, by hand."""
        page.goto("/sign-in")
        page.locator("[name=words]").fill(words)
        with page.expect_navigation():
            page.locator("[name=words]").press("Enter")


@pytest.mark.timeout(180)
def test_after_a_month_the_profile_tells_nothing(house, clerk, driver, tmp_path, sink):
    with reading() as session:
        slug = session.scalar(select(Group.slug).where(Group.name == "Harbour"))
    somebody = Somebody(driver, tmp_path / "profile", house)

    def belongs(page):
        page.goto(f"/g/{slug}/join")
        page.locator("[name=agree]").check()
        page.locator("[name=name]").fill(NAME)
        with page.expect_navigation():
            page.locator("[name=name]").press("Enter")
        page.goto("/keep")
        words = " ".join(page.locator("ol li").all_inner_texts())
        assert len(words.split()) == 7, words
        page.locator("[name=words]").fill(words.rpartition(" ")[0])  # one is missing, and they are asked again
        press_enter(page)
        page.locator("[name=words][aria-invalid]").wait_for()
        page.locator("[name=words]").fill(words)
        press_enter(page)
        page.goto("/me")
        somebody.words = words
        leave(page)

    def looks_about(page):
        for path in ("/calendar", f"/calendar?group={slug}", f"/g/{slug}", f"/g/{slug}/members", "/me/feeds", "/me/reminders", "/me/codes"):
            page.goto(path)  # and closes the browser, with the page open

    def meets(page):
        meeting = clerk.plan(begins_in=0)
        clerk.open_lobby(meeting, HOUR)
        clerk.open_lobby(meeting, HOUR)
        clerk.bring_in(meeting, NAME, "Nia", chair="Maya")
        clerk.begin(meeting, "Maya", HOUR.index(SHARES))
        maya, nia, mine = hours.handle("Maya"), hours.handle("Nia"), hours.handle(NAME)
        clerk.write(meeting, c.RaiseHand(by=nia), c.GiveFloor(by=maya), c.Share(by=nia, client_id="read", words=READ))
        clerk.write(meeting, c.RaiseHand(by=mine), c.GiveFloor(by=maya))
        page.goto(f"/g/{slug}/m/{meeting.public_id}/room")
        sees(page, READ)
        page.locator("#words").fill(SHARED)
        press(page, "Share")
        sees(page, "planted a walnut")
        page.goto(f"/g/{slug}/reports/new")
        page.locator("[name=words]").fill(TOLD)  # no reason yet, so it is asked for
        press(page, "Tell them")
        page.locator(".field-error").first.wait_for()
        assert page.locator("[name=words]").input_value() == TOLD
        page.locator("[name=reason]").first.check()
        press(page, "Tell them")
        page.get_by_text("Thank you for telling.").wait_for()
        page.goto(f"/g/{slug}/m/{meeting.public_id}/room")
        sees(page, READ)
        page.mouse.click(5, 5)
        for _ in range(3):
            page.keyboard.press("Shift")
        page.wait_for_url(f"{sink.url}/gone")

    def writes(page):
        page.goto("/me/entries")
        page.locator("[name=words]").fill(somebody.words)  # the words open them for the first time
        press_enter(page)
        page.locator("textarea[name=words]").fill(ENTRY)
        page.locator("form:has(textarea[name=words]) button").first.click()
        page.get_by_text(ENTRY).first.wait_for()
        page.goto("/me/entries")
        page.locator("textarea[name=words]").fill(DRAFT)
        page.goto("/")
        page.goto("/me")
        press(page, "Sign out")

    def mistypes(page):
        press_sign_out(page)
        somebody.sign_in(page, somebody.words[:-1])
        page.locator("[name=words][aria-invalid]").wait_for()
        somebody.sign_in(page, somebody.words)
        page.goto(f"/g/{slug}")
        leave(page)

    def press_enter(page):
        with page.expect_navigation():
            page.locator("[name=words]").press("Enter")

    def press_sign_out(page):
        page.goto("/me")
        press(page, "Sign out")

    def leave(page):
        page.get_by_role("link", name="Leave quickly").click()
        page.wait_for_url(f"{sink.url}/gone")

    for days, what in ((0, belongs), (7, looks_about), (6, meets), (8, writes), (9, mistypes)):
        somebody.visit(what, days)

    assert len(somebody.words.split()) == 7
    seven = somebody.words.split()
    planted = [*TELLING, *(between.join(seven[at : at + 3]) for at in range(5) for between in BETWEEN)]
    assert profile.files_with(somebody.folder, planted) == {}
    assert profile.files_with(somebody.folder, [house.url]), "and the search does find what is there"
