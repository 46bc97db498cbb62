"""A moderator adds an hour: with a phone and no script, and with a keyboard on a clock of an older name."""

import pytest
from playwright.sync_api import expect


@pytest.fixture
def form(server, browse):
    """Opens the form of a new hour in the Quay."""

    def open_form(**how):
        page = browse(server, "Maya", **how)
        page.goto("/me")
        page.get_by_role("link", name="Harbour").first.click()
        page.get_by_role("link", name="Rooms").first.click()
        page.get_by_role("link", name="The Quay").first.click()
        page.get_by_role("link", name="Add an hour").click()
        return page

    return open_form


def test_a_monthly_hour_on_a_phone_without_a_script(form):
    page = form(phone=True, script=False)
    weekdays, which = page.locator("#weekdays"), page.get_by_role("group", name="Which of the month")
    expect(weekdays).to_be_visible()
    expect(which).to_be_hidden()
    page.get_by_label("Every month, on a weekday", exact=True).check()
    expect(weekdays).to_be_hidden()
    which.get_by_label("First").check()
    which.get_by_label("Third").check()
    page.locator("#month_weekdays").get_by_label("Wednesday").check()
    page.get_by_label("Name of the hour").fill("Middle of the week")
    expect(page.get_by_label("How many times")).to_be_hidden()
    page.get_by_label("A number of times").check()
    page.get_by_label("How many times").fill("12")
    page.get_by_role("button", name="Show me the dates").click()
    expect(page.get_by_text("The first and third Wednesday of the month at 19:00 in London, 12 times, from")).to_be_visible()
    expect(page.locator(".next-dates tbody tr")).to_have_count(5)
    expect(which.get_by_label("Third")).to_be_checked()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name="Add this hour").first.click()
    expect(page.get_by_role("status")).to_contain_text("Middle of the week: the first and third Wednesday of the month")


def test_an_hour_by_keyboard_from_a_place_whose_browser_uses_its_older_name(form):
    page = form(dark=True, zone="Asia/Calcutta")
    page.get_by_label("Name of the hour").fill("Once a year")
    page.get_by_label("Every year, on a date").focus()
    page.keyboard.press("Space")
    expect(page.get_by_label("Day of the month")).to_be_visible()
    page.get_by_label("Day of the month").select_option("30th")
    page.get_by_label("Month", exact=True).select_option("February")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("There is no 30 February in any year.")
    expect(page.get_by_label("Day of the month")).to_be_focused()
    page.get_by_label("Day of the month").select_option("1st")
    page.get_by_role("button", name="Show me the dates").click()
    expect(page.get_by_text("Every year on 1 February at 19:00 in London")).to_be_visible()
    expect(page.get_by_role("columnheader", name="Kolkata")).to_be_visible()
    expect(page.locator(".next-dates tbody tr")).to_have_count(5)
