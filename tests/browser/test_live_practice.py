"""An exercise inside the live hour: it comes with its part, rests with the room, and goes with it; what
somebody wrote on their sheet stays with them."""

import pytest
from playwright.sync_api import expect

from groups.formats.exercises import exercise_of
from groups.formats.modes import Mode
from groups.formats.shape import Segment
from groups.meeting import commands as c
from tests import hours
from tests.browser.rooms import CLOSING, QUIET, press, sees

PRACTICE = (
    QUIET, Segment("A breath", Mode.EXERCISE, 5, 2, exercise="breath"), Segment("A thought", Mode.EXERCISE, 10, 2, exercise="thought"), CLOSING
)


@pytest.fixture
def pages(clerk, browse, house):
    """The page of Maya, who chairs, of Tom, and of Nia without script; the hour has begun."""
    meeting = clerk.plan(begins_in=0)
    clerk.open_lobby(meeting, PRACTICE)
    clerk.bring_in(meeting, "Tom", "Nia", chair="Maya")
    clerk.begin(meeting, "Maya")
    pages = browse(house, "Maya", phone=True), browse(house, "Tom", phone=True), browse(house, "Nia", script=False)
    for page in pages:
        page.goto(f"/g/{meeting.group.slug}/m/{meeting.public_id}/room")
    for page in pages[:2]:
        expect(page.locator("live-room:not([data-facts~=plain])")).to_be_attached()
    return meeting, *pages


def test_an_exercise_comes_with_its_part_and_goes_with_it(pages, clerk):
    meeting, maya, tom, nia = pages
    by = hours.handle("Maya")
    assert tom.locator("step-exercise").count() == 0
    press(maya, "Next part: A breath")
    for page in (maya, tom):
        expect(page.locator("step-exercise [data-words]")).not_to_be_empty()
    nia.reload()
    sees(nia, exercise_of("breath").closing)
    begun = [page.locator("step-exercise").get_attribute("data-begins")[:19] for page in (maya, tom, nia)]
    assert len(set(begun)) == 1, "the same second on every page"
    clerk.write(meeting, c.Hush(by=by))
    sees(tom, "We rest a moment, and go on from here.")
    clerk.write(meeting, c.GoOn(by=by))
    expect(tom.get_by_text("We rest a moment")).to_be_hidden()
    press(maya, "Next part: A thought")
    expect(tom.locator("step-exercise[data-key=thought]")).to_be_visible()
    expect(tom.locator("step-exercise")).to_have_count(1)
    tom.locator("step-exercise textarea").first.fill("Mine alone.")
    clerk.write(meeting, c.NextSegment(by=by))
    sees(tom, CLOSING.prompt)
    expect(tom.locator("step-exercise textarea").first).to_have_value("Mine alone.")
    expect(maya.locator("step-exercise")).to_have_count(0)


def test_without_script_a_sheet_is_not_reloaded_under_somebodys_hands(pages, clerk):
    meeting, _, _, nia = pages
    reloads = "noscript meta[http-equiv=refresh]"
    by = hours.handle("Maya")
    clerk.write(meeting, c.NextSegment(by=by))
    nia.reload()
    assert nia.locator(reloads).count() == 1, "where there is nothing to write the page looks again by itself"
    clerk.write(meeting, c.NextSegment(by=by))
    nia.reload()
    expect(nia.locator("step-exercise textarea").first).to_be_visible()
    assert nia.locator(reloads).count() == 0
