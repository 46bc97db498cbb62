"""The journeys of the live page, against four processes behind HAProxy: people of one hour sit at
different processes and notice nothing of it; a process that ends takes nobody's draft along.
`make test-scaled`; not part of `make test`, for the house alone takes ten seconds to bring up."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from groups import clock
from groups.meeting import commands as c
from groups.meeting import seats
from tests import hours
from tests.browser.rooms import LETTER, press, sees
from tests.browser.test_live_page import (  # noqa: F401  (the same journeys, in this house)
    test_a_chair_on_a_phone_carries_the_whole_hour,
    test_a_line_that_drops_in_the_middle_of_a_share_loses_and_doubles_nothing,
)
from tests.faults.breaking import restarted
from tests.scaled import scaled

pytestmark = pytest.mark.scaled

@pytest.fixture(scope="module")
def house(database, tmp_path_factory):
    with scaled(tmp_path_factory.mktemp("scaled"), database, name="browsed", forked=True) as house:
        yield house


def test_processes_end_one_after_the_other_and_a_draft_stays_where_it_is(house, room, begun, clerk, hour):
    begun()
    seats.note_seen([(hour.id, hours.handle("Maya"))], clock.now() + timedelta(minutes=5))
    tom = room("Tom")
    clerk.write(hour, c.RaiseHand(by=hours.handle("Tom")), c.GiveFloor(by=hours.handle("Maya")))
    sees(tom, "It is your turn.")
    tom.locator("#words").fill(LETTER)
    tom.evaluate("""() => {
        window.said = [];
        new MutationObserver(() => said.push(document.querySelector("live-room").innerText)).observe(
            document.querySelector("live-room"), { subtree: true, childList: true, characterData: true, attributes: true });
    }""")
    for process in house.processes[:3]:
        restarted(process)
    expect(tom.locator("#words")).to_have_value(LETTER)
    assert not any("The line dropped" in said for said in tom.evaluate("said")), "nobody was told of a fault, for there was none"
    press(tom, "Share")
    sees(tom, "Your words are in the room.")
