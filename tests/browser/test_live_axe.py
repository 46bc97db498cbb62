"""What axe says of a meeting that is on: of whoever listens and of whoever leads."""

import pytest

from groups.meeting import commands as c
from tests import axe, hours
from tests.browser.rooms import LETTER, sees


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
