"""How the line is, is in view wherever one is in a meeting's page: whoever waits at the door and writes from there has no
other sign of it."""

import pytest

from groups.meeting import commands as c
from tests import hours
from tests.browser.rooms import press, sees
from tests.sockets import until

DROPPED = "The line dropped."
IN_VIEW = """() => {
  const line = document.querySelector("[data-line]");
  const { top, bottom, left, right } = line.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight && line.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
}"""


@pytest.fixture
def drops():
    """The line of this page drops, and is said to, in view: at the top of the page, and at its end."""

    def drop(page):
        page.context.set_offline(True)
        sees(page, DROPPED, seconds=20)
        for place in ("0", "document.body.scrollHeight"):
            page.evaluate(f"scrollTo(0, {place})")
            until(lambda: page.evaluate(IN_VIEW), 5, f"the line's state to be in view at {place}")

    return drop


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desktop"])
def test_at_the_door_and_in_the_lobby(room, drops, phone):
    outside, waiting = room("Nia", phone=phone), room("Tom", phone=phone)
    press(waiting, "Go to the lobby")
    sees(waiting, "You are in the lobby, as Tom.")
    for page in (outside, waiting):
        drops(page)


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desktop"])
def test_on_the_floor_and_at_the_desk(room, begun, drops, phone):
    begun()
    for name in ("Tom", "Maya"):
        drops(room(name, phone=phone))


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desktop"])
def test_after_one_was_declined_and_after_the_end(room, begun, clerk, hour, drops, phone):
    begun()
    (wren,) = hours.join(f"Wren {1 + phone}")
    declined, tom = room(wren.name, phone=phone), room("Tom", phone=phone)
    press(declined, "Go to the lobby")
    sees(declined, f"You are in the lobby, as {wren.name}.")
    clerk.write(hour, c.Decline(by=hours.handle("Maya"), who=wren.handle))
    sees(declined, "The next hours")
    clerk.write(hour, c.Close(by=hours.handle("Maya")))
    sees(tom, "The room is closed.")
    for page in (declined, tom):
        drops(page)
