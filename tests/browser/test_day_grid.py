"""The calendar in a real browser: the grid by keyboard and as a screen reader hears it, the agenda on a
phone, and what comes out of the printer."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from groups.db import change
from groups.rooms.models import Room
from groups.schedule.models import Meeting
from tests.hours import house  # noqa: F401

THURSDAY = datetime(2026, 11, 26, 12, tzinfo=UTC)


@pytest.fixture
def november(house):  # noqa: F811
    """It is Thursday 26 November; an hour tonight and nine on Saturday evening."""
    house.freeze(THURSDAY)
    starts = [THURSDAY + timedelta(hours=7), *(THURSDAY + timedelta(hours=54, minutes=20 * n) for n in range(9))]
    with change() as (session, _):
        room = session.scalar(select(Room).where(Room.name == "The Quay"))
        session.add_all(
            Meeting(room=room, title=f"Hour {n}", zone="Europe/London", starts_at=at, ends_at=at + timedelta(hours=1), format="sharing-60")
            for n, at in enumerate(starts)
        )
    yield house
    house.freeze.back_to_now()
    with change() as (session, _):
        for meeting in session.scalars(select(Meeting)):
            session.delete(meeting)


def cell(page):
    """What a screen reader says of the cell with the focus."""
    return page.locator(":focus").get_attribute("aria-label")


def test_the_grid_is_one_stop_and_arrows_go_from_day_to_day(november, browse):
    page = browse(november)
    page.goto("/calendar")
    grid = page.get_by_role("grid", name="November 2026, times in London")
    expect(grid).to_have_accessible_description("Arrow keys go from day to day, Page Up and Page Down to another month, Enter opens the day.")
    expect(grid.get_by_role("columnheader")).to_have_count(7)
    expect(grid.get_by_role("gridcell")).to_have_count(42)
    assert grid.locator("[tabindex='0']").count() == 1, "one stop of the Tab key"
    page.get_by_role("link", name="December").focus()
    page.keyboard.press("Tab")
    said = {}
    for key in ("", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowUp", "Home", "End", "ArrowDown", "ArrowDown", "ArrowDown"):
        if key:
            page.keyboard.press(key)
        said[f"{len(said)} {key}"] = cell(page)
    assert list(said.values()) == [
        "Thursday 26 November, today, one meeting", "Friday 27 November, nothing planned", "Saturday 28 November, 9 meetings",
        "Sunday 29 November, nothing planned", "Monday 30 November, nothing planned", "Monday 23 November, nothing planned",
        "Monday 23 November, nothing planned", "Sunday 29 November, nothing planned", "Sunday 6 December, nothing planned",
        "Sunday 6 December, nothing planned", "Sunday 6 December, nothing planned",
    ]
    page.keyboard.press("Control+Home")
    assert cell(page) == "Monday 26 October, nothing planned"
    page.keyboard.press("Tab")
    expect(grid.locator(":focus")).to_have_count(0)
    page.keyboard.press("Shift+Tab")
    assert cell(page) == "Monday 26 October, nothing planned", "it stays where one left it"


def test_page_keys_turn_the_month_and_enter_opens_the_day(november, browse):
    page = browse(november)
    page.goto("/calendar")
    page.get_by_role("gridcell", name="Monday 30 November").focus()
    page.keyboard.press("PageDown")
    expect(page.get_by_role("gridcell", name="Wednesday 30 December, nothing planned")).to_be_focused()
    page.keyboard.press("PageUp")
    expect(page.get_by_role("gridcell", name="Monday 30 November, nothing planned")).to_be_focused()
    page.keyboard.press("PageUp")
    expect(page.get_by_role("gridcell", name="Friday 30 October, nothing planned")).to_be_focused()
    page.goto("/calendar?view=week")
    page.get_by_role("gridcell", name="Saturday 28 November, evening, 9 meetings").focus()
    page.keyboard.press("PageDown")
    expect(page).to_have_url(f"{november.url}/calendar?view=week&week=2026-11-30#day-2026-12-05-evening")
    page.goto("/calendar")
    page.get_by_role("gridcell", name="Saturday 28 November, 9 meetings").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Saturday 28 November")).to_be_visible()
    expect(page.get_by_role("link", name="Hour 9", exact=True)).to_be_visible()


def test_a_phone_has_the_agenda_and_filters_without_script(november, browse):
    page = browse(november, phone=True, script=False, zone="Europe/Berlin")
    page.context.add_cookies([{"name": "tz", "value": "Europe/Berlin", "url": november.url}])
    page.goto("/calendar")
    expect(page.get_by_role("table")).to_have_count(0)
    expect(page.get_by_role("heading", name="Thursday 26 November today")).to_be_visible()
    expect(page.get_by_role("link", name="9 meetings, 19:00 to 22:40")).to_be_visible()
    page.get_by_text("Showing all hours").click()
    page.get_by_label("Search").fill("hoür 0")
    page.get_by_role("button", name="Show these").click()
    expect(page.get_by_text("Showing only “hoür 0”")).to_be_visible()
    assert "hour" not in page.url and "ho%C3%BCr" not in page.url
    expect(page.get_by_role("link", name="Hour 0")).to_be_visible()
    expect(page.get_by_role("link", name="9 meetings, 19:00 to 22:40")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_paper_shows_times_and_nothing_that_says_what_they_are(november, browse):
    page = browse(november, dark=True)
    page.goto("/calendar")
    page.emulate_media(media="print")
    assert page.locator("body").inner_text().split()[:6] == ["Calendar", "Times", "in", "London.", "November", "2026"]
    said = page.locator("body").inner_text()
    assert "19:00 to 20:00" in said and "9 meetings, 18:00 to 21:40" in said
    for word in ("Hour", "Lamplight", "support", "Leave", "Showing", "names", "today", "Harbour"):
        assert word not in said, word
    page.goto("/calendar?paper=names")
    page.emulate_media(media="print")
    assert "Hour 0" in page.locator("body").inner_text()
    page.goto("/")
    assert page.locator("body").inner_text().strip() == "", "every other page prints empty"
