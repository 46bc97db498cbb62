"""A meeting's page in real browsers, for the tests beside this file: an hour with four kinds of parts,
its room in a browser of anybody's, and what people do there."""

import pytest
from playwright.sync_api import Page, expect

from groups import clock
from groups.formats.modes import Mode
from groups.formats.shape import Segment
from groups.meeting import commands as c
from groups.meeting import keeping
from tests import hours

LETTER = "I almost did not come.\n\nThen somebody had left a light on."
QUIET = Segment("A quiet minute", Mode.SILENCE, 1, 1, prompt="Feet on the floor.", script="Let us begin.")
ROUND = Segment("Names", Mode.ROUND, 6, 3, prompt="One word for how you arrive.", turn=60, warn=15)
SHARES = Segment("Shares", Mode.ONE_VOICE, 30, 10, prompt="One at a time.", turn=180, warn=30, grows=True)
TALK = Segment("Talk", Mode.OPEN_TALK, 20, 5, prompt="Anyone may speak.", turn=60)
CLOSING = Segment("Closing", Mode.CLOSING, 2, 1, prompt="What was said here stays here.")
HOUR = (QUIET, ROUND, SHARES, TALK, CLOSING)


@pytest.fixture
def hour(clerk):
    """An hour that begins now. Its lobby is open."""
    meeting = clerk.plan(begins_in=0)
    clerk.open_lobby(meeting, HOUR)
    return meeting


@pytest.fixture
def room(browse, house, hour):
    """`room("Tom", phone=True)`: the meeting's page, in a browser of Tom's."""

    def enter(name, **how) -> Page:
        return come(browse(house, name, **how), hour, how.get("script", True))

    return enter


def come(page: Page, hour, script: bool = True) -> Page:
    """Open the meeting's page in this window, anew if it is there. Returns the window."""
    page.goto(f"/g/{hour.group.slug}/m/{hour.public_id}/room")
    if script:
        expect(page.locator("live-room:not([data-facts~=plain])")).to_be_attached()
    return page


@pytest.fixture
def begun(clerk, hour):
    """The same hour, begun: Maya chairs, Tom and Nia are inside. `begun(part)` goes to that part."""

    def begin(part: int = HOUR.index(SHARES)):
        clerk.bring_in(hour, "Tom", "Nia", chair="Maya")
        clerk.begin(hour, "Maya", part)

    return begin


def press(page: Page, name: str, within=None):
    """Press the button that is seen under this name."""
    (within or page).get_by_role("button", name=name, exact=True).locator("visible=true").first.click()


def sees(page: Page, text: str, seconds: int = 10):
    """Wait until that can be read on the page."""
    expect(page.locator("live-room").get_by_text(text).locator("visible=true").first).to_be_visible(timeout=seconds * 1000)


def sheet(page: Page, name: str):
    """Open a sheet of the desk."""
    page.locator("summary", has_text=name).click()
    return page.locator("details.sheet", has=page.locator("summary", has_text=name))


def knocks(clerk, meeting, **people):
    """These people come to the door, as if seen this moment; True for who is new here."""
    who = {name: hours.handle(name) or name.lower() for name in people}
    clerk.write(meeting, *(c.Knock(by=who[name], name=name, newcomer=new) for name, new in people.items()))
    keeping.note_seen([(meeting.id, handle) for handle in who.values()], clock.now())
