"""Small things one sees: a wait that goes on being right, a link that is shown whole and taken along, a line on the
narrowest phone, an hour struck through on paper."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect
from sqlalchemy import delete, select, update

from groups import clock
from groups.db import change
from groups.membership.models import Group
from groups.schedule.models import Meeting, Phase
from tests import hours
from tests.hours import house  # noqa: F401


@pytest.fixture
def later(house):  # noqa: F811
    """An hour that begins in 40 minutes."""
    yield hours.plan(begins_in=40.3)
    with change() as (session, _):
        session.execute(delete(Meeting))


def month_of(hour):
    return f"month={hour.starts_at.astimezone(ZoneInfo('Europe/London')):%Y-%m}"


@pytest.fixture
def invitations(house):  # noqa: F811
    """Where Harbour's links are made."""
    with change() as (session, _):
        return f"/g/{session.scalar(select(Group.slug).where(Group.name == 'Harbour'))}/invitations"


@pytest.mark.parametrize("name", ["", "Tom"], ids=["a stranger", "a member"])
def test_how_long_until_an_hour_goes_on_counting_while_the_page_is_open(house, browse, later, name):  # noqa: F811
    page = browse(house, name, phone=True)
    page.clock.install()
    page.goto("/")
    wait = page.locator("[data-wait]").first
    expect(wait).to_have_text("in 40 minutes")
    page.clock.fast_forward("10:00")
    expect(wait).to_have_text("in 30 minutes")
    page.goto(f"/g/{later.group.slug}/m/{later.public_id}")
    wait = page.locator(".lede [data-wait]")
    expect(wait).to_have_text("in 25 minutes")
    page.clock.fast_forward("24:00")
    expect(wait).to_have_text("in a minute")
    page.clock.fast_forward("02:00")
    expect(wait).to_have_text("any moment now")


def test_what_is_missing_begins_now_once_its_minutes_are_over(house, browse, later):  # noqa: F811
    with change() as (session, _):
        session.execute(update(Meeting).where(Meeting.id == later.id).values(starts_at=clock.now() + timedelta(minutes=20)))
    page = browse(house, "Maya")
    page.clock.install()
    page.goto("/")
    asked = page.get_by_label("A question")
    expect(asked).to_contain_text("begins in 20 minutes and still needs")
    page.clock.fast_forward("21:00")
    expect(asked).to_contain_text("begins now and still needs")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_new_link_is_shown_whole_and_can_be_taken_along(house, browse, invitations, script):  # noqa: F811
    page = browse(house, "Maya", phone=True, script=script)
    page.goto(invitations)
    page.get_by_role("button", name="Make a link").click()
    link = page.get_by_label("Copy it now")
    whole = "box => box.scrollWidth <= box.clientWidth && box.scrollHeight <= box.clientHeight"
    assert link.evaluate(whole) and link.input_value().startswith(house.url)
    if not script:
        expect(page.get_by_role("button", name="Copy it")).to_be_hidden()
        return
    link.focus()
    assert link.evaluate("box => [box.selectionStart, box.selectionEnd, box.value.length]") == [0, len(link.input_value()), len(link.input_value())]
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy it").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == link.input_value()


def test_where_a_browser_copies_nothing_the_link_is_selected(house, browse, invitations):  # noqa: F811
    page = browse(house, "Maya")
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.goto(invitations)
    page.get_by_role("button", name="Make a link").click()
    page.get_by_role("button", name="Copy it").click()
    expect(page.get_by_text("It is selected: copy it by hand.")).to_be_visible()
    assert page.evaluate("document.activeElement.id") == "link"


def test_on_the_narrowest_phone_a_line_without_a_button_takes_the_room_it_has(house, browse, later):  # noqa: F811
    hours.plan(begins_in=5, phase=Phase.LOBBY)  # its line has a button
    page = browse(house, "Tom", phone=True)
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"/calendar?view=agenda&{month_of(later)}")
    narrow = page.locator(".row:not(:has(.row-act)) > .row-main").first
    row = page.locator(".row:not(:has(.row-act))").first
    assert abs(narrow.bounding_box()["x"] + narrow.bounding_box()["width"] - row.bounding_box()["x"] - row.bounding_box()["width"]) < 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_a_cancelled_hour_is_struck_through_whole_on_paper(house, browse, later):  # noqa: F811
    with change() as (session, _):
        session.execute(update(Meeting).where(Meeting.id == later.id).values(phase=Phase.CANCELLED))
    page = browse(house, "Tom")
    page.goto(f"/calendar?paper=names&{month_of(later)}")
    page.emulate_media(media="print")
    line = page.locator(".month .off > a")
    assert "line-through" in line.evaluate("link => getComputedStyle(link).textDecorationLine")
    assert line.inner_text().count(":") == 2, "its start and its end"


def test_what_is_wrong_with_all_of_a_form_far_down_a_page_is_in_view(house, browse, later):  # noqa: F811
    """The room was saved in another window meanwhile."""
    where = f"/g/{later.group.slug}/rooms/{later.room.slug}"
    hers, theirs = browse(house, "Maya", phone=True), browse(house, "Maya")
    for page in (hers, theirs):
        page.goto(where)
    for page, words in ((theirs, "We meet by the water."), (hers, "A room by the water.")):
        page.get_by_label("About the room").fill(words)
        page.get_by_role("button", name="Save the settings").click()
    notice = hers.get_by_role("alert").filter(has_text="Somebody else changed this")
    expect(notice).to_be_focused()
    expect(notice).to_be_in_viewport()
    assert hers.evaluate("scrollY"), "it stands further down than a phone is high"
