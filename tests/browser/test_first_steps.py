"""From nothing to a first share, and from nothing to a group that meets: the two ways into the house,
as somebody goes them."""

import re
import time

from playwright.sync_api import expect

from groups.formats.modes import Mode
from groups.formats.shape import Segment
from groups.meeting import commands as c
from tests import hours
from tests.browser.rooms import press, sees

A_MINUTE = 60  # seconds from the front page to the lobby; a page is a fraction of one
TALK = (Segment("Talk", Mode.OPEN_TALK, 40, 5),)


def test_a_newcomer_comes_from_the_front_page_to_a_first_share_and_back_with_seven_words(browse, house, clerk):
    meeting = clerk.plan(begins_in=1)
    clerk.open_lobby(meeting, TALK)
    clerk.bring_in(meeting, chair="Maya")
    ren, began = browse(house, phone=True, zone="Europe/Berlin"), time.monotonic()
    ren.goto("/")
    expect(ren.get_by_text("Times in Berlin.")).to_be_visible()
    ren.locator(f'a[href$="join?meeting={meeting.public_id}"]', has_text="Come in").click()
    expect(ren.get_by_text("What is said here stays here.")).to_be_visible()
    ren.get_by_label("Yes to all of these.").check()
    ren.get_by_label("Your name here").fill("Tom")
    press(ren, "Come in")
    expect(ren.locator(".field-error")).to_be_visible()  # there is a Tom already
    expect(ren.get_by_label("Yes to all of these.")).to_be_checked()
    ren.get_by_label("Your name here").fill("Ren")
    press(ren, "Come in")
    sees(ren, "You are in the lobby, as Ren.")
    assert time.monotonic() - began < A_MINUTE
    maya = hours.handle("Maya")
    clerk.write(meeting, c.Admit(by=maya, who=hours.handle("Ren")), c.OpenDoor(by=maya))
    sees(ren, "Anyone may speak.")
    ren.locator("#words").fill("I am new, and I am glad it is quiet here.")
    press(ren, "Share")
    expect(ren.locator(".share", has_text="I am new")).to_have_count(1)
    clerk.write(meeting, c.Close(by=maya))
    sees(ren, "The room is closed.")

    # Only now, and only if wanted: the account.
    ren.get_by_role("link", name="Seven words bring you back").locator("visible=true").click()
    words = " ".join(ren.locator("main ol li").all_inner_texts())
    ren.get_by_role("textbox", name="Your seven words").fill(words)
    press(ren, "Keep this account")
    expect(ren.get_by_text("This account is kept")).to_be_visible()
    assert words.split()[0] not in ren.locator("main").inner_text().split(), "never again"
    ren.goto("/me")
    press(ren, "Sign out")
    ren.goto("/sign-in")
    ren.get_by_role("textbox", name="Your seven words").fill(words.upper())
    press(ren, "Come in")
    ren.goto("/me")
    expect(ren.get_by_text("You go by Ren here.")).to_be_visible()


def test_somebody_begins_a_group_with_a_room_a_weekly_hour_and_a_link(browse, house):
    otto, lin = browse(house, "Otto", script=False), browse(house, phone=True)
    otto.goto("/me")
    otto.get_by_role("link", name="Begin a group").click()
    otto.get_by_label("Name of the group").fill("Heron")
    otto.get_by_label("What you meet for").fill("An hour by the water.")
    otto.get_by_label("By invitation.").check()
    otto.get_by_label("The group’s clock").select_option("Europe/Lisbon")
    otto.get_by_label("Your name here").fill("Otto")
    press(otto, "Begin this group")
    otto.get_by_role("link", name="Make a room").click()
    otto.get_by_label("Name of the room").fill("The Reeds")
    press(otto, "Make this room")
    otto.get_by_role("link", name="Add an hour").click()
    otto.get_by_label("Name of the hour").fill("Evening water")
    otto.locator("#weekdays-6").check()
    otto.get_by_label("At", exact=True).fill("19:30")
    press(otto, "Add this hour")
    expect(otto.get_by_text(re.compile("Every Sunday at 19:30 in Lisbon")).first).to_be_visible()
    otto.goto("/me")
    otto.get_by_role("link", name="Heron").click()
    expect(otto.get_by_role("link", name="Evening water").first).to_be_visible()
    otto.get_by_role("link", name="Invitations").click()
    press(otto, "Make a link")
    lin.goto(otto.get_by_label("Copy it now").input_value())
    lin.get_by_label("Yes to all of these.").check()
    lin.get_by_label("Your name here").fill("Lin")
    press(lin, "Come in")
    expect(lin.get_by_role("link", name="Evening water").first).to_be_visible()
    expect(lin.get_by_text("Looking after this group")).to_have_count(0)
