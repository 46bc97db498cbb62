"""A report, from the room to the decision, to the step, to the answer somebody else gives about it: on
phones, each by the person who does it, and in the end in the group's log."""

import re
import time

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from groups.db import change
from groups.membership.models import Membership, Role
from tests import hours
from tests.browser.rooms import HOUR, TALK, press, sees

SAID = "People like you never change."
ASKED = "I was tired and spoke of my brother."
ANSWER = "We see how it came about. It is lifted."
POLL = 30_000  # milliseconds; the desk asks every ten seconds


@pytest.fixture
def ines():
    """Somebody else who looks after the group."""
    if not hours.handle("Ines"):
        hours.join("Ines")
    with change() as (session, _):
        session.scalar(select(Membership).where(Membership.name == "Ines")).role = Role.MODERATOR


def test_from_two_taps_in_the_room_to_the_answer_to_an_appeal(browse, house, hour, begun, room, ines, figures):
    begun(HOUR.index(TALK))
    group = f"/g/{hour.group.slug}"
    maya = browse(house, "Maya", phone=True)
    maya.goto("/desk")
    tom, nia = room("Tom"), room("Nia", phone=True)
    tom.locator("#words").fill(SAID)
    press(tom, "Share")
    share = nia.locator(".share", has_text=SAID)
    share.locator("summary", has_text="Tell").tap()
    share.get_by_role("button", name="Report it").tap()
    sees(nia, "Thank you for telling.")
    told = time.monotonic()

    waits = maya.get_by_role("link", name="A report waits")
    expect(waits).to_be_visible(timeout=POLL)
    figures(on_the_desk_after_s=time.monotonic() - told, taps=2)
    waits.tap()
    expect(maya.get_by_role("heading", level=1)).to_contain_text("Tom")
    expect(maya.get_by_text(SAID)).to_be_hidden()
    expect(maya.locator("main")).not_to_contain_text("Nia")
    maya.get_by_text("Show what was said").tap()
    expect(maya.get_by_text(SAID)).to_be_visible()
    maya.get_by_label("A step was taken").check()
    maya.get_by_role("button", name="Decide").tap()
    expect(maya.get_by_text("What was said is gone.")).to_be_visible()
    maya.get_by_role("link", name="The page of Tom").tap()
    maya.locator("summary", has_text="A ban").tap()
    expect(maya.get_by_text("first comes a word of warning")).to_be_visible()
    maya.locator("summary", has_text="A word of warning").tap()
    maya.locator("#warn-agreement").select_option("2")
    maya.get_by_role("button", name="Give a word of warning").tap()
    expect(maya.get_by_role("status")).to_contain_text("They read it")

    tom.goto(group)
    tom.locator(f'a[href="{group}/steps"]').click()
    expect(tom.get_by_role("heading", name="You were given a word of warning.")).to_be_visible()
    expect(tom.locator("main")).not_to_contain_text("Maya")
    tom.locator("summary", has_text="looked at again").click()
    tom.get_by_label("What should they know?").fill(ASKED)
    tom.get_by_role("button", name="Send it to somebody else").click()
    expect(tom.get_by_text("It is with somebody who had no part in it.")).to_be_visible()

    maya.goto("/desk")
    expect(maya.get_by_text("looked at again", exact=False).locator("visible=true")).to_have_count(1)  # in what was done lately, not to do
    other = browse(house, "Ines", phone=True, dark=True, script=False)
    other.goto("/desk")
    other.get_by_role("link", name="Somebody asks to have a step looked at again").tap()
    expect(other.get_by_text(ASKED)).to_be_visible()
    other.get_by_label("Lift it").check()
    other.get_by_label("Your answer to them").fill(ANSWER)
    other.get_by_role("button", name="Send this answer").tap()
    expect(other.get_by_role("status")).to_contain_text("They read your answer")

    tom.reload()
    expect(tom.get_by_text(ANSWER)).to_be_visible()
    expect(tom.get_by_text("The step was lifted.")).to_be_visible()
    nia.goto(group)
    nia.get_by_role("link", name="Read what came of it").tap()
    expect(nia.get_by_text("a step was taken. Which one stays between the group and that person.")).to_be_visible()

    maya.goto(f"{group}/log")
    for line in (
        "Something was reported.", "Maya decided a report.", "Maya gave Tom a word of warning.", "Tom asked for a step to be looked at again.",
        "Ines looked at a step about Tom again, and lifted it.",
    ):
        expect(maya.locator("main").get_by_text(re.compile(re.escape(line))).first).to_be_visible()
    for words in (SAID, ASKED, ANSWER, "Nia"):
        expect(maya.locator(".agenda")).not_to_contain_text(words)
    for page in (maya, tom, nia, other):
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
