"""A meeting in each of its phases: what axe says of it, and whether what the browser then holds is valid HTML. Tom is
on a phone, Maya leads at a desk; with a script nobody's page is loaded again on the way, without one it is."""

import re

import pytest
from playwright.sync_api import expect

from groups.meeting import commands as c
from tests import axe, hours, html_valid
from tests.browser.rooms import HOUR, LETTER, SHARES, knocks, sees


def stands_still(route):
    """Without a script the page asks for itself again every few seconds; not while it is looked at."""
    got = route.fetch()
    route.fulfill(response=got, body=re.sub(r'<meta http-equiv="refresh"[^>]*>', "", got.text()))


@pytest.mark.parametrize("script", [True, False])
def test_every_phase_is_for_everybody_and_valid_as_the_browser_holds_it(room, clerk, hour, tmp_path, script):
    who = {name: hours.handle(name) for name in ("Maya", "Tom", "Nia")}
    pages, held, found = {"Tom": room("Tom", phone=True, script=script), "Maya": room("Maya", script=script)}, {}, []

    for page in () if script else pages.values():
        page.route("**/room", stands_still)

    def look(phase, **seen):
        """Once each of them reads that, with every sheet open."""
        for name, page in pages.items():
            if not script:
                page.goto(page.url)
            sees(page, seen[name])
            page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true; })")
            found.extend(f"{phase}, {name}: {said}" for said in (axe.complaints(page) if script else ()))  # axe is one itself
            held[f"{phase}, {name}"] = page.evaluate(html_valid.HELD)

    def write(*commands):
        clerk.write(hour, *commands)

    look("before the door", Tom="Go to the lobby", Maya="Go to the lobby")
    clerk.bring_in(hour, "Nia", chair="Maya")
    knocks(clerk, hour, Tom=False)
    look("lobby", Tom="What do you need from this hour?", Maya="What do you need from this hour?")
    write(c.Admit(by=who["Maya"], who=who["Tom"]), c.OpenDoor(by=who["Maya"]))
    look("quiet", Tom="Feet on the floor.", Maya="Feet on the floor.")
    write(c.NextSegment(by=who["Maya"]))
    look("round", Tom="One word for how you arrive.", Maya="One word for how you arrive.")
    write(*[c.NextSegment(by=who["Maya"])] * (HOUR.index(SHARES) - 1))
    write(c.RaiseHand(by=who["Tom"]), c.RaiseHand(by=who["Nia"]), c.GiveFloor(by=who["Maya"], who=who["Nia"]))
    write(c.Share(by=who["Nia"], client_id="a-letter-by-nia", words=LETTER), c.GiveFloor(by=who["Maya"], who=who["Tom"]))
    expect(pages["Tom"].locator("#words")).to_be_visible()
    look("shares, Tom has the floor", Tom="I almost did not come.", Maya="I almost did not come.")
    write(*[c.NextSegment(by=who["Maya"])] * 2)
    look("closing", Tom="What was said here stays here.", Maya="What was said here stays here.")
    write(c.Close(by=who["Maya"]))
    look("sealed", Tom="closed", Maya="closed")

    assert found == [] and len(held) == 14
    assert html_valid.complaints(held, tmp_path, html_valid.AS_HELD) == []
