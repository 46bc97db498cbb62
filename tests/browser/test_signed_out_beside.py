"""Somebody signs out, or erases themselves, on one page while a meeting is open in another tab of the same browser: that tab
says that they are signed out, keeps what they wrote where nobody else uses the device, and writes down nothing anew."""

import pytest
from playwright.sync_api import expect

from groups.accounts.models import SignIn
from groups.db import change
from groups.sentences import sentence
from tests import hours
from tests.browser.rooms import HOUR, LETTER, TALK, press, sees
from tests.sockets import until

FOR_NOTHING = "(what) => new BroadcastChannel('pages').postMessage(what)"


@pytest.fixture
def beside(room, begun):
    """`beside("Tom")`: their page in the room, with something written on it, and another tab of that browser at `/me`."""

    def open_both(name):
        begun(HOUR.index(TALK))
        page = room(name)
        page.locator("#words").fill(LETTER)
        other = page.context.new_page()
        other.goto(page.url.split("/g/")[0] + "/me")
        return page, other

    return open_both


def zone_in(page):
    return [one for one in page.context.cookies() if one["name"] == "tz"]


def others_use_it():
    with change() as (session, _):
        session.execute(SignIn.__table__.update().values(shared=True))


def test_signed_out_in_another_tab_the_room_says_so_and_keeps_the_draft(beside, clerk, hour):
    page, other = beside("Tom")
    press(other, "Sign out")
    sees(page, sentence("signed_out_unkept"))
    expect(page.locator("#words")).to_have_value(LETTER)
    page.wait_for_timeout(2500)
    sees(page, sentence("signed_out_unkept"))
    expect(page.locator("#words")).to_have_value(LETTER)
    expect(page.locator("live-room")).not_to_contain_text("Anyone may speak", use_inner_text=True)
    who = hours.handle("Tom")
    until(lambda: page.wait_for_timeout(50) or hours.now(clerk.ledger, hour).person(who).standing == "left", 20, "Tom to be gone")


def test_where_others_use_the_device_nothing_that_was_written_stays(beside, asked):
    page, other = beside("Nia")
    others_use_it()
    page.reload()
    page.locator("#words").fill(LETTER)
    dialogs = asked(page)
    press(other, "Sign out")
    sees(page, sentence("signed_out_here_unkept"))
    expect(page.locator("#words")).to_have_value("")
    assert dialogs == [] and LETTER not in page.content()


def test_a_form_that_ended_nothing_leaves_the_room_as_it_was(beside):
    page, other = beside("Tom")
    other.evaluate(FOR_NOTHING, "ended")
    sees(page, sentence("signed_out_unkept"))
    sees(page, "Anyone may speak.")
    expect(page.locator("#words")).to_have_value(LETTER)
    expect(page.locator("#words")).to_be_editable()


def test_whoever_erased_themselves_reads_in_every_tab_that_it_is_done_and_no_zone_is_written_again(browse, house, room, begun):
    hours.join("Ingrid")
    begun()
    page = room("Ingrid")
    press(page, "Go to the lobby")
    sees(page, "You are in the lobby, as Ingrid.")
    beside, other = page.context.new_page(), page.context.new_page()
    beside.goto(f"{house.url}/calendar")
    other.goto(f"{house.url}/me/erase")
    assert zone_in(page)
    press(other, "Erase everything now")
    for one in (page, beside, other):
        one.wait_for_url("**/erased")
        expect(one.locator("h1")).to_have_text("It is erased")
    assert zone_in(page) == []


def test_an_erasure_that_was_not_taken_sends_nobody_there(beside):
    page, other = beside("Nia")
    with page.expect_navigation():
        other.evaluate(FOR_NOTHING, "erased")
    sees(page, "Anyone may speak.")


def test_a_page_that_is_blanked_before_its_script_has_come_makes_no_mistake(beside):
    page, other = beside("Nia")
    mistakes, waiting = [], []
    page.on("pageerror", lambda mistake: mistakes.append(mistake))
    page.route("**/js/elements/words.js*", lambda route: waiting.append(route))
    page.goto(page.url, wait_until="commit")
    until(lambda: page.wait_for_timeout(50) or waiting, what="the script to be asked for")
    other.evaluate(FOR_NOTHING, "erased")
    expect(page.locator("body > *")).to_have_count(0)
    waiting.pop().continue_()
    page.wait_for_timeout(600)
    assert mistakes == []


def test_where_others_use_the_device_the_zone_goes_with_the_browser(browse, house):
    page = browse(house, "Tom")
    page.goto("/me")
    (kept,) = zone_in(page)
    assert kept["expires"] > 0
    others_use_it()
    page.reload()
    until(lambda: page.wait_for_timeout(50) or zone_in(page)[0]["expires"] == -1, what="the cookie to have no date")
    assert zone_in(page)[0]["value"] == kept["value"]
    page.goto("/zone")
    page.locator("[name=zone]").select_option("Asia/Tokyo")
    press(page, "Use this clock", page.locator("main"))
    page.wait_for_url(f"{house.url}/**")
    until(lambda: page.wait_for_timeout(50) or zone_in(page)[0]["value"] != kept["value"], what="another zone")
    assert zone_in(page)[0]["expires"] == -1


def test_a_refusal_writes_no_zone(browse, house):
    page = browse(house)
    page.goto("/g/nowhere/m/none/room")
    expect(page.locator("h1")).to_have_text(sentence("not_found"))
    page.wait_for_timeout(500)
    assert zone_in(page) == []
