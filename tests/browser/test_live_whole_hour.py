"""A whole hour in the twelve-step style, an hour of the clock in a minute of ours: Maya chairs on her
phone, Tom is on a phone, Nia has no script, Ada only a keyboard and what a screen reader makes of the
page, Bo a desktop. Nobody but Maya knows how it goes, and the room keeps the time."""

import re

import pytest
from playwright.sync_api import expect

from groups.formats.shipped import FORMATS
from tests import hours
from tests.browser.rooms import LETTER, press, sees, sheet
from tests.sockets import until

STEPS = [(part.title, part.minutes) for part in FORMATS["steps-60"].segments]


@pytest.fixture
def evening(server, browse):
    """The hour, three minutes before it begins, and everybody's page in its lobby."""
    hours.join("Ada", "Bo")
    meeting = hours.plan(begins_in=3, form="steps-60")
    until(lambda: hours.phase(meeting) == "lobby", what="the lobby")
    how = {"Maya": {"phone": True}, "Tom": {"phone": True, "dark": True}, "Nia": {"script": False}, "Ada": {}, "Bo": {}}
    pages = {name: browse(server, name, **kind) for name, kind in how.items()}
    for page in pages.values():
        page.goto(f"/g/{meeting.group.slug}/m/{meeting.public_id}/room")
        press(page, "Go to the lobby")
    return pages


def fits(page):
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing is wider than the phone"


def test_a_twelve_step_hour_from_the_lobby_to_the_card(evening, server):
    maya, tom, nia, ada, bo = evening.values()
    move = server.freeze.forward

    def all_see(text):
        for page in (maya, tom, ada, bo):
            sees(page, text)
        nia.reload()
        sees(nia, text)
        fits(maya), fits(tom)

    def on_to(title):
        """Time passes, Nia looks again now and then, and the room goes on by itself."""
        _, minutes = STEPS[[name for name, _ in STEPS].index(title) - 1]
        for _ in range(0, minutes, 4):
            nia.reload()
            move(minutes=min(4, minutes))
        all_see(title)

    # The door.
    press(tom, "To speak")
    press(bo, "To settle")
    press(maya, "Chair this hour")
    expect(maya.locator(".needs")).to_be_hidden()
    press(maya, "Let everyone in (4)")
    sees(bo, "You are in, Bo.")
    move(minutes=3)
    maya.reload()
    press(maya, "Open the door")

    # Quiet, the rule, a reading: the room says it, and nobody writes.
    all_see("Nobody here is better or further than anybody else.")
    assert not any(page.locator("#words").is_visible() for page in evening.values())
    on_to("How we share")
    on_to("Readings")
    expect(tom.locator(".part-reading .share-words p").first).to_be_visible()

    # Names: round, chair first, one tap to pass.
    on_to("Names")
    press(maya, "Take your turn")
    maya.locator("#words").fill("Maya, steady.")
    press(maya, "Share")
    sees(tom, "Maya, steady.")
    press(maya, "Call Tom")
    press(tom, "Pass")
    press(maya, "Call Nia")
    sees(maya, "Nia has the floor")
    nia.reload()
    nia.locator("#words").fill("Nia. Slow line, warm tea.")
    press(nia, "Share")
    press(maya, "Call Ada")
    expect(ada.locator("#words")).to_be_focused()
    ada.keyboard.type("Ada.")
    ada.get_by_role("button", name="Share", exact=True).press("Enter")
    sees(bo, "Ada.")
    press(maya, "Next part: Topic")  # Bo came to settle and is not asked
    on_to("Shares")

    # One voice: drafts while waiting, a little longer, the last half minute for the sharer alone.
    press(tom, "Raise your hand")
    ada.get_by_role("button", name="Raise your hand").press("Enter")
    press(nia, "Raise your hand")
    tom.locator("#words").fill(LETTER)
    sees(ada, "You are second.")
    expect(ada.locator("[data-aside]")).to_have_text("You are second.")
    press(maya, "Call Tom")
    press(tom, "A little longer")
    expect(tom.locator("#words")).to_have_value(LETTER)
    tom.locator("[name=note]").select_option("grief")
    press(tom, "Share")
    expect(ada.get_by_role("article", name="Tom")).to_have_count(1)  # one share is one announcement
    tree = ada.get_by_role("log").aria_snapshot()
    assert not re.search(r"\d+ minutes|progressbar|has the floor|A breath", tree), "the clock is not among the shares"
    ada.locator(".share-behind > summary").press("Enter")
    ada.get_by_role("button", name="I heard you").press("Enter")
    expect(ada.get_by_role("button", name="I heard you").locator("visible=true")).to_have_count(0)  # the room knows
    press(maya, "Call Ada")
    sees(tom, "The group heard you.")
    expect(maya.get_by_text("The group heard you.")).to_have_count(0)
    press(maya, "Add a minute", sheet(maya, "The clock"))
    expect(ada.get_by_text("A minute was added.")).to_be_visible()
    move(seconds=210)
    ada.reload()
    sees(ada, "About half a minute to land it.")
    ada.locator("#words").fill("I was slow, and nobody minded.")
    assert not tom.get_by_text("About half a minute").is_visible(), "the sharer alone"
    ada.get_by_role("button", name="Share", exact=True).press("Enter")
    sees(tom, "nobody minded.")

    # A word to those on duty, and a hush.
    bo.locator(".more > summary").click()
    bo.locator(".more-sheet [name=words]").fill("I am not well.")
    press(bo, "Send", bo.locator(".more-sheet"))
    maya.get_by_role("link", name="A private line waits for an answer.").click()
    line = maya.locator("li.line-of", has_text="I am not well.")
    line.locator("[name=words]").fill("We are with you.")
    press(maya, "Send", line)
    press(maya, "Hush (everything stops)")
    sees(tom, "Everything rests for a moment.")
    press(maya, "Go on")
    sees(bo, "We are with you.", seconds=30)
    press(maya, "Call Nia")
    sees(maya, "Nia has the floor")
    nia.reload()
    nia.locator("#words").fill("Mine is short.")
    press(nia, "Share")
    sees(tom, "Mine is short.")

    # Kept for those not yet heard; then notices, and a step each.
    on_to("For those not yet heard")
    assert not tom.get_by_role("button", name="Raise your hand").is_visible(), "Tom was heard"
    on_to("Notices")
    on_to("One step off-screen")
    press(maya, "Take your turn")
    press(maya, "Pass")
    press(maya, "Call Tom")
    tom.locator("#words").fill("I will call my brother.")
    press(tom, "Share")
    press(maya, "Call Nia")
    press(maya, "End the turn")
    press(maya, "Call Ada")
    ada.get_by_role("button", name="Pass", exact=True).press("Enter")
    press(maya, "Next part: Closing")
    all_see("If one line stayed with you, let it come along.")
    move(minutes=2)

    # The end, by itself.
    all_see("The room is closed. What was said is gone in an hour.")
    sees(tom, "I will call my brother.")
    for page in (maya, nia, ada, bo):
        assert not re.search("call my brother|nobody minded", page.content())
    tom.emulate_media(media="print")
    assert tom.locator("body").inner_text().split("\n")[0] == "One thing" and "Lamplight" not in tom.locator("body").inner_text()
