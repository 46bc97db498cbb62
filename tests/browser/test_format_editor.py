"""A moderator with a phone and no script makes a format the group's own."""

import pytest
from playwright.sync_api import expect


@pytest.fixture
def editor(server, browse):
    """Opens the editor of a fresh copy of the plain hour."""

    def open_editor(**how):
        page = browse(server, "Maya", **how)
        page.goto("/me")
        page.get_by_role("link", name="Harbour").first.click()
        page.get_by_role("link", name="Formats").click()
        page.get_by_role("link", name="Sharing, one at a time", exact=True).click()
        page.get_by_role("button", name="Copy it and make it yours").click()
        return page

    return open_editor


def part(page, name):
    """A part in the editor, opened."""
    found = page.locator("details.part").filter(has=page.locator("summary", has_text=name)).first
    if found.get_attribute("open") is None:
        found.locator("summary").click()
    return found


@pytest.mark.parametrize("how", [{"phone": True, "script": False}, {"phone": False, "script": True, "dark": True}], ids=["phone", "desktop"])
def test_a_format_is_made_ones_own(editor, how):
    page = editor(**how)
    expect(page).to_have_title("Format")
    names = part(page, "Names")
    expect(names.get_by_label("Passing is fine")).to_be_visible()
    expect(names.get_by_label("When the minutes are over and hands are up")).to_be_hidden()
    names.get_by_label("What happens").select_option("one_voice")
    expect(names.get_by_label("Passing is fine")).to_be_hidden()
    expect(names.get_by_label("When the minutes are over and hands are up")).to_be_visible()
    expect(names.get_by_label("Borrow from")).to_be_hidden()
    names.get_by_label("When the minutes are over and hands are up").select_option("borrow")
    expect(names.get_by_label("Borrow from")).to_be_visible()
    names.get_by_label("What happens").select_option("exercise")
    expect(names.get_by_label("Seconds for one turn")).to_be_hidden()
    names.get_by_label("Which exercise").select_option("breath")
    names.get_by_label("Name of this part").fill("Breathing")
    names.get_by_role("button", name="Move up").click()
    expect(page.get_by_text("Not saved yet.")).to_be_attached()
    breathing = page.locator("#part-1")
    expect(breathing.locator("summary")).to_contain_text("19:01 Breathing Exercise, 6 min")
    expect(breathing.get_by_label("Name of this part")).to_be_in_viewport()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(page.locator(".clock .row").nth(1)).to_contain_text("19:01 Breathing")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_cannot_be_held_is_shown_where_it_is(editor):
    page = editor(phone=True, script=False)
    closing = part(page, "Closing")
    closing.get_by_role("button", name="Take this part out").click()
    page.get_by_role("button", name="Save").click()
    told = "The last part has to be the closing"
    page.get_by_role("alert").get_by_role("link", name=told).click()
    expect(page.locator("#part-5").get_by_label("What happens")).to_be_in_viewport()
    expect(page.locator("#part-5").get_by_text(told)).to_be_in_viewport()


def test_enter_in_a_field_shows_the_clock_and_moves_nothing(editor):
    page = editor(script=False)
    page.get_by_label("Name of the format").fill("Ours")
    page.get_by_label("Name of the format").press("Enter")
    expect(page.get_by_text("Not saved yet.")).to_be_visible()
    expect(page.locator("#part-0 summary")).to_contain_text("A quiet minute")
    expect(page.get_by_label("Name of the format")).to_have_value("Ours")
