"""What axe says of a meeting that is on: of whoever listens, of whoever leads, and of whoever is signed out of it."""

import pytest

from groups.meeting import commands as c
from tests import axe, hours
from tests.browser.rooms import HOUR, LETTER, TALK, press, sees


@pytest.mark.parametrize(("name", "how"), [
    ("Tom", {"phone": True}), ("Maya", {"phone": True, "dark": True}), ("Maya", {}),
])
def test_a_meeting_that_is_on_is_for_everybody(room, begun, clerk, hour, name, how):
    begun()
    maya, tom = hours.handle("Maya"), hours.handle("Tom")
    clerk.write(hour, c.RaiseHand(by=tom), c.GiveFloor(by=maya), c.Share(by=tom, client_id="a-letter", words=LETTER), c.RaiseHand(by=tom))
    page = room(name, **how)
    sees(page, "I almost did not come.")
    for summary in page.locator("details.sheet > summary").all():
        if summary.is_visible():
            summary.evaluate("(summary) => { summary.parentElement.open = true; }")
    assert axe.complaints(page) == []


@pytest.mark.parametrize("how", [{"phone": True}, {"dark": True}])
def test_what_is_left_of_it_for_whoever_is_signed_out_is_too(room, begun, browse, house, how):
    begun(HOUR.index(TALK))
    page, other = room("Tom", **how), browse(house, "Tom")
    page.locator("#words").fill(LETTER)
    other.goto("/me")
    press(other, "Sign out everywhere")
    sees(page, "You are signed out in this browser.", seconds=20)
    assert axe.complaints(page) == []
