"""A moderator changes the calendar in a real browser: one date, and this and all that follow."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import expect
from sqlalchemy import delete, select

from groups.db import change, reading
from groups.membership.models import Membership
from groups.rooms.models import Room
from groups.schedule.actions import schedule_series
from groups.schedule.models import Meeting, Series
from tests.evenings import EVENING, meetings
from tests.hours import house  # noqa: F401

THURSDAY = datetime(2026, 11, 26, 12, tzinfo=UTC)


@pytest.fixture
def tuesdays(house):  # noqa: F811
    """It is Thursday 26 November; every Tuesday at seven, from 1 December on."""
    house.freeze(THURSDAY)
    with reading() as session:
        maya = session.scalar(select(Membership).where(Membership.name == "Maya"))
        quay = session.scalar(select(Room).where(Room.name == "The Quay"))
    yield schedule_series(maya, quay, replace(EVENING, first_day=date(2026, 12, 1)))
    house.freeze.back_to_now()
    with change() as (session, _):
        for kind in (Meeting, Series):
            session.execute(delete(kind))


def hour_page(series, day):
    row = next(row for row in meetings(series_id=series.id) if row.on_day == day)
    return f"/g/{row.group.slug}/m/{row.public_id}"


def test_one_date_is_cancelled_with_a_reason_read_by_strangers_and_brought_back(tuesdays, house, browse):  # noqa: F811
    maya, stranger = browse(house, "Maya", phone=True), browse(house, phone=True)
    page = hour_page(tuesdays, date(2026, 12, 8))
    maya.goto(page)
    maya.get_by_text("Cancel this date").click()
    maya.get_by_label("What people are told").fill("The heating is out.")
    maya.get_by_role("button", name="Cancel it").click()
    expect(maya.get_by_role("button", name="Let it take place after all")).to_be_visible()
    stranger.goto("/calendar?month=2026-12")
    line = stranger.locator(".agenda .row", has_text="The heating is out.")
    expect(line.locator("s", has_text="Evening harbour")).to_be_visible()
    maya.get_by_role("button", name="Let it take place after all").click()
    expect(maya.get_by_text("It takes place after all.")).to_be_visible()
    stranger.reload()
    expect(stranger.get_by_text("The heating is out.")).to_have_count(0)


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desktop"])
def test_this_and_all_that_follow_are_changed_after_reading_what_becomes_of_them(tuesdays, house, browse, phone):  # noqa: F811
    maya = browse(house, "Maya", phone=phone)
    maya.goto(hour_page(tuesdays, date(2026, 12, 15)))
    maya.get_by_role("link", name="Change this and all that follow").click()
    expect(maya.get_by_text("Change it from Tuesday 15 December on.")).to_be_visible()
    maya.locator("#weekdays-1").uncheck()
    maya.locator("#weekdays-2").check()
    maya.get_by_label("At", exact=True).fill("20:00")
    maya.get_by_role("button", name="Show me the dates").locator("visible=true").last.click()
    understood = maya.get_by_role("status").filter(has_text="This is what we understood")
    expect(understood).to_contain_text("Every Wednesday at 20:00 in London")
    expect(understood).to_contain_text("Nothing is changed yet.")
    understood.get_by_role("button", name="Change it from then on").click()
    expect(maya.get_by_text("From 15 December on: every Wednesday at 20:00 in London").first).to_be_visible()
    maya.goto("/calendar?month=2026-12&view=agenda")
    days = maya.locator(".agenda section h3").all_inner_texts()
    assert [day.split(",")[0] for day in days] == [
        "Tuesday 1 December", "Tuesday 8 December", "Wednesday 16 December", "Wednesday 23 December", "Wednesday 30 December",
    ]
