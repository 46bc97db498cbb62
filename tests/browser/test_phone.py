"""On a phone: the way out is at hand at the top right, and nothing is pushed over the edge."""

import pytest
from playwright.sync_api import expect

from groups.db import change
from groups.meeting import commands as c
from groups.schedule.models import Meeting
from tests import hours
from tests.browser.rooms import HOUR, TALK, sees

# Each thing of the top line, as [left, top, right, bottom].
PLACES = """() => Object.fromEntries([...document.querySelectorAll('.top > *')].map(one => {
  const place = one.getBoundingClientRect();
  return [one.className, [place.left, place.top, place.right, place.bottom]];
}))"""


@pytest.fixture
def begins():
    """`begins("An hour")`: one of that name, whose lobby is open."""
    def plan(title):
        meeting = hours.plan(phase="lobby")
        with change() as (session, _):
            session.get(Meeting, meeting.id).title = title

    return plan


@pytest.mark.parametrize("name", ["", "Tom"])
def test_the_way_out_is_at_the_top_right_on_every_width(browse, house, name):
    page = browse(house, name, phone=True)
    page.goto("/")
    for width in (320, 360, 375, 384, 390, 393, 412, 430, 768):
        page.set_viewport_size({"width": width, "height": 844})
        left, top, right, bottom = page.evaluate(PLACES)["exit"]
        assert top < 16 and bottom - top >= 44 and width - 36 <= right <= width, (width, left, top, right)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width


def test_on_a_low_or_much_enlarged_page_the_way_out_stays_and_covers_none_of_the_places(browse, house):
    page = browse(house, "Tom", phone=True)
    page.goto("/me")
    for width, height in ((844, 390), (667, 375), (640, 450), (320, 225), (1280, 400)):
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("scrollTo(0, 0)")
        boxes = {name: page.locator(f".top .{name}").bounding_box() for name in ("exit", "wordmark")} | {
            link.inner_text(): link.bounding_box() for link in page.locator(".places a").locator("visible=true").all()
        }
        out = boxes.pop("exit")
        assert len(boxes) > 2
        for name, box in boxes.items():
            assert box["x"] + box["width"] <= out["x"] or box["y"] >= out["y"] + out["height"], (name, width)
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        assert page.evaluate("scrollY") > height / 2
        assert page.locator(".exit").bounding_box() == out and out["y"] >= 0 and out["height"] >= 44, width
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_chairs_buttons_stay_inside_the_page_and_one_is_the_next_step(room, begun, clerk, hour):
    maya = room("Maya", phone=True)
    begun()
    clerk.write(hour, c.RaiseHand(by=hours.handle("Tom")))
    sees(maya, "Call Tom")
    for width in (320, 360, 390):
        maya.set_viewport_size({"width": width, "height": 844})
        for one in maya.locator(".dock :is(button, a)").locator("visible=true").all():
            place = one.bounding_box()
            assert place["x"] >= 12 and place["x"] + place["width"] <= width - 12, (width, one.inner_text(), place)
    beside = maya.evaluate("""() => {
      document.querySelector('[data-fill="part"]').textContent = "For those who were not heard yet";
      return document.querySelector(".more").offsetTop < document.querySelector(".where-now").getBoundingClientRect().height;
    }""")
    assert beside, "a long name of a part leaves More where it is"
    lamp = maya.locator(".next [data-next] button").evaluate("one => getComputedStyle(one).backgroundColor")
    other = maya.get_by_role("button", name="Raise your hand").locator("visible=true")
    assert other.evaluate("one => getComputedStyle(one).backgroundColor") != lamp
    expect(other).to_be_visible()


def test_what_a_share_is_taken_out_with_comes_into_sight(room, begun, clerk, hour):
    begun(HOUR.index(TALK))
    clerk.write(hour, *(c.Share(by=hours.handle(name), client_id=f"by-{name}-1", words="A long way home.") for name in ("Tom", "Nia")))
    maya = room("Maya", phone=True)
    maya.set_viewport_size({"width": 390, "height": 720})
    share = maya.locator(".share").last
    share.locator("summary").click()
    out = share.get_by_role("button", name="Take it out of the room")
    top = maya.locator(".dock").bounding_box()["y"]
    maya.wait_for_function("([out, top]) => out.getBoundingClientRect().bottom <= top", arg=[out.element_handle(), top], timeout=5000)


@pytest.mark.parametrize("view", ["/", "/calendar", "/calendar?view=week"])
def test_on_the_narrowest_phone_no_word_of_an_hour_is_broken_by_the_button_beside_it(browse, house, begins, view):
    begins("Lamplight hour")
    page = browse(house, "Tom", phone=True)
    page.set_viewport_size({"width": 320, "height": 844})
    page.goto(view)
    row = page.locator(".row", has_text="Lamplight hour").locator("visible=true").first
    lines = row.locator(".row-main bdi").first.evaluate("""name => {
      const word = document.createRange(), text = name.firstChild;
      word.setStart(text, 0);
      word.setEnd(text, text.data.indexOf(" "));
      return word.getClientRects().length;
    }""")
    assert lines == 1, "the word stands in one line"
    tag, button = (row.locator(what).first.bounding_box() for what in (".tag", ".row-act .button"))
    assert tag["y"] + tag["height"] + 4 <= button["y"] or tag["x"] + tag["width"] + 4 <= button["x"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_on_a_phone_on_its_side_the_chair_has_the_next_step_and_hush_in_sight(room, begun, clerk, hour):
    begun()
    clerk.write(hour, c.RaiseHand(by=hours.handle("Tom")))
    maya = room("Maya", phone=True)
    for step, command in (("Call Tom", c.GiveFloor(by=hours.handle("Maya"))), ("End the turn", c.RaiseHand(by=hours.handle("Maya"))), ("End the turn", None)):
        sees(maya, step)
        for width, height in ((844, 390), (667, 375)):
            maya.set_viewport_size({"width": width, "height": height})
            maya.evaluate("scrollTo(0, 0)")
            for name in (step, "Hush (everything stops)"):
                place = maya.locator(".dock").get_by_role("button", name=name).locator("visible=true").bounding_box()
                assert place["y"] + place["height"] <= height and place["height"] >= 44, (step, name, width, place)
            assert maya.locator(".dock").bounding_box()["y"] >= height / 3, "what was said keeps its room"
            assert maya.evaluate("document.documentElement.scrollWidth") <= width
        if command:
            clerk.write(hour, command)
    expect(maya.locator("#words")).to_be_in_viewport(ratio=1)
