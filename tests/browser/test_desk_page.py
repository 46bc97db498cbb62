"""The moderator's desk in a real browser: it keeps itself up to date, and takes the keyboard from nobody."""

from datetime import timedelta

from playwright.sync_api import expect
from sqlalchemy import select

from groups import clock
from groups.db import change, reading
from groups.meeting import commands as c
from groups.membership.models import Group
from groups.reports.models import Report
from tests import hours
from tests.browser.rooms import knocks


def report():
    with change() as (session, _):
        group = session.scalar(select(Group.id).where(Group.name == "Harbour"))
        session.add(Report(group_id=group, what="hour", reason="other", until=clock.now() + timedelta(days=14)))


def decide_all():
    with change() as (session, _):
        for one in session.scalars(select(Report)):
            one.decided_at = clock.now()


def look_again(page):
    """What the page does by itself every few seconds, now; done when the answer is there."""
    with page.expect_response("**/desk/now"):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_a_line_appears_by_itself_is_said_once_and_the_keyboard_stays_where_it_was(browse, house, clerk):
    meeting = clerk.plan(begins_in=5)
    clerk.open_lobby(meeting)
    report()
    maya = browse(house, "Maya", phone=True)
    maya.goto("/desk")
    waiting = maya.get_by_role("link", name="A report waits")
    expect(waiting).to_be_visible()
    assert maya.locator(".matter > a").evaluate_all("all => Math.min(...all.map((one) => one.offsetHeight))") >= 44
    waiting.focus()
    node = waiting.element_handle()

    knocks(clerk, meeting, Tom=False)
    came = maya.get_by_role("link", name="Tom waits at the door of The Quay")
    expect(came).to_be_visible(timeout=30_000)  # nobody asked for it
    assert node.evaluate("here => here.isConnected && here === document.activeElement"), "the same link, and it has the keyboard"
    expect(maya.locator("[data-new]")).to_have_text("Tom waits at the door of The Quay, since a moment ago.")
    expect(maya.locator(".matters > li").first).to_contain_text("Tom waits")

    maya.locator("[data-new]").evaluate("here => (here.textContent = '')")
    look_again(maya)
    look_again(maya)
    expect(maya.locator("[data-new]")).to_have_text("")

    decide_all()
    look_again(maya)
    expect(waiting).to_have_count(0, timeout=30_000)
    expect(maya.locator("#desk")).to_be_focused()

    came.click()
    expect(maya).to_have_url(f"{house.url}/g/{meeting.group.slug}/m/{meeting.public_id}/room")
    clerk.write(meeting, c.Leave(by=hours.handle("Tom")))


def test_the_desk_works_without_script_and_says_when_the_line_dropped(browse, house):
    with reading() as session:
        assert session.scalar(select(Group.id))
    plain = browse(house, "Maya", script=False)
    plain.goto("/desk")
    expect(plain.get_by_role("heading", name="Your desk")).to_be_visible()
    expect(plain.get_by_text("Reload this page to see what is new.")).to_be_visible()
    maya = browse(house, "Maya")
    maya.goto("/desk")
    maya.context.set_offline(True)
    maya.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(maya.get_by_text("The line dropped, so this may be a little old.")).to_be_visible()
    maya.context.set_offline(False)
    look_again(maya)
    expect(maya.get_by_text("The line dropped")).to_be_hidden()


def test_whoever_chairs_is_asked_how_it_was_as_the_hour_ends_on_the_open_page(room, clerk, hour, begun):
    begun()
    maya, nia = room("Maya", phone=True), room("Nia", phone=True)
    expect(maya.get_by_text("How was it to serve?")).to_be_hidden()
    clerk.write(hour, c.Close(by=hours.handle("Maya")))
    expect(maya.get_by_text("How was it to serve?")).to_be_visible()
    expect(nia.get_by_text("The room is closed.").locator("visible=true")).to_be_visible()
    expect(nia.get_by_text("How was it to serve?")).to_have_count(0)
    maya.get_by_text("Tiring").click()
    maya.get_by_role("button", name="Say so").click()
    expect(maya.get_by_text("You said how it was to serve. Thank you.")).to_be_visible()
