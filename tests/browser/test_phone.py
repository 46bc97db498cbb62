"""On a phone: the way out is at hand at the top right, and nothing is pushed over the edge."""

import pytest
from playwright.sync_api import expect

from groups.meeting import commands as c
from tests import hours
from tests.browser.rooms import sees

# Each thing of the top line, as [left, top, right, bottom].
PLACES = """() => Object.fromEntries([...document.querySelectorAll('.top > *')].map(one => {
  const place = one.getBoundingClientRect();
  return [one.className, [place.left, place.top, place.right, place.bottom]];
}))"""


@pytest.mark.parametrize("name", ["", "Tom"])
def test_the_way_out_is_at_the_top_right_on_every_width(browse, house, name):
    page = browse(house, name, phone=True)
    page.goto("/")
    for width in (320, 360, 375, 384, 390, 393, 412, 430, 768):
        page.set_viewport_size({"width": width, "height": 844})
        left, top, right, bottom = page.evaluate(PLACES)["exit"]
        assert top < 16 and bottom - top >= 44 and width - 36 <= right <= width, (width, left, top, right)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width


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
    lamp = maya.locator(".next [data-next] button").evaluate("one => getComputedStyle(one).backgroundColor")
    other = maya.get_by_role("button", name="Raise your hand").locator("visible=true")
    assert other.evaluate("one => getComputedStyle(one).backgroundColor") != lamp
    expect(other).to_be_visible()
