"""A page whose sign-in has ended, or whose line is down. What somebody wrote belongs to their seat alone, whoever
comes back in the same browser; pressing something tries to come back, and nothing that was pressed is lost silently."""

import pytest
from playwright.sync_api import expect

from groups.accounts.sessions import COOKIE
from groups.meeting import commands as c
from groups.sentences import sentence
from tests import hours
from tests.browser.rooms import HOUR, LETTER, TALK, press, sees


@pytest.fixture
def signed_out(browse, house):
    """`signed_out(page, told)`: Tom's page, signed out from another device of his. It says so by that sentence."""

    def end(page, told):
        other = browse(house, "Tom")
        other.goto("/me")
        press(other, "Sign out everywhere else")
        sees(page, sentence(told), seconds=20)

    return end


@pytest.fixture
def sign_in(house):
    """`sign_in(page, "Nia")`: that account, in another window of the same browser. The page hears nothing of it."""
    return lambda page, name: page.context.add_cookies([{"name": COOKIE, "value": house.visit(name).cookie, "url": house.url}])


@pytest.mark.parametrize("shared", [False, True], ids=["a draft", "a pending share"])
def test_what_one_wrote_never_goes_out_under_the_name_of_another(room, begun, clerk, hour, signed_out, sign_in, shared):
    begun()
    maya = hours.handle("Maya")
    page = room("Tom")
    clerk.write(hour, c.RaiseHand(by=hours.handle("Tom")), c.GiveFloor(by=maya))
    sees(page, "It is your turn.")
    page.locator("#words").fill(LETTER)
    signed_out(page, "signed_out")
    if shared:
        press(page, "Share")
    clerk.write(hour, c.EndTurn(by=maya), c.RaiseHand(by=hours.handle("Nia")), c.GiveFloor(by=maya))
    sign_in(page, "Nia")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("#words")).to_have_value("", timeout=20_000)
    sees(page, "It is your turn.")
    page.locator("#words").fill("My own.")
    press(page, "Share")
    expect(page.locator(".share", has_text="My own.")).to_have_count(1, timeout=20_000)
    expect(page.locator(".share")).to_have_count(1)


def test_before_the_line_is_up_for_the_first_time_the_page_is_one_seats_too(room, begun, sign_in):
    begun(HOUR.index(TALK))
    page = room("Tom")
    lines = []
    page.route_web_socket("**", lambda line: lines.append(line.connect_to_server()) if "let in" in lines else line.close())
    page.reload()
    page.locator("#words").fill(LETTER)
    sign_in(page, "Nia")
    lines.append("let in")
    expect(page.locator("#words")).to_have_value("", timeout=20_000)


def test_pressing_share_while_signed_out_tries_to_come_back(room, begun, signed_out, sign_in):
    begun(HOUR.index(TALK))
    tom = room("Tom")
    tom.locator("#words").fill(LETTER)
    signed_out(tom, "signed_out")
    press(tom, "Share")
    expect(tom.locator("share-box [data-state]")).to_have_text("")
    sees(tom, sentence("signed_out"))
    expect(tom.locator("#words")).to_be_editable()
    sign_in(tom, "Tom")
    press(tom, "Share")
    sees(tom, "Your words are in the room.")
    expect(tom.locator(".share")).to_have_count(1)


def test_pressing_anything_else_does_so_too(room, begun, signed_out, sign_in):
    begun()
    tom = room("Tom")
    signed_out(tom, "signed_out_here")
    press(tom, "Raise your hand")
    sees(tom, sentence("signed_out_here"))
    sign_in(tom, "Tom")
    press(tom, "Raise your hand")
    sees(tom, "You are next. Write while you wait.")


def test_what_was_pressed_while_the_line_was_down_is_said_to_be_lost(room, begun):
    begun()
    tom = room("Tom")
    tom.context.set_offline(True)
    sees(tom, "The line dropped.", seconds=20)
    press(tom, "Raise your hand")
    sees(tom, "What you pressed did not go through.")
    tom.context.set_offline(False)
    sees(tom, "The line is back. What you pressed did not go through: press it again.", seconds=20)
    press(tom, "Raise your hand")
    sees(tom, "You are next. Write while you wait.")
