"""Words that are written in a meeting's page and not sent: what is said of them is so, and nobody loses them by
loading the page again without being asked. Nobody who leaves is asked anything."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import delete

from groups.accounts.models import SignIn
from groups.db import change
from groups.meeting import commands as c
from tests import hours
from tests.browser.rooms import HOUR, LETTER, TALK, press, sees
from tests.sockets import until

DROPPED, KEPT = "The line dropped. Trying again.", "The line dropped. Your draft is kept. Trying again."


def test_a_draft_is_said_to_be_kept_only_where_there_is_one(room, begun, clerk, hour):
    begun()
    tom = room("Tom")
    tom.context.set_offline(True)
    sees(tom, DROPPED, seconds=20)
    expect(tom.locator("live-room")).not_to_contain_text("draft is kept", use_inner_text=True)
    tom.context.set_offline(False)
    clerk.write(hour, c.RaiseHand(by=hours.handle("Tom")))
    sees(tom, "You are next. Write while you wait.", seconds=20)
    tom.context.set_offline(True)
    sees(tom, DROPPED, seconds=20)
    tom.locator("#words").fill(LETTER)
    sees(tom, KEPT)
    tom.locator("#words").fill("")
    sees(tom, DROPPED)
    tom.get_by_text("More", exact=True).click()
    tom.get_by_label("Only they and you read it").locator("visible=true").fill("Are you there?")
    sees(tom, KEPT)


def test_loading_the_page_again_asks_first_whoever_has_words_there(room, begun, asked):
    begun(HOUR.index(TALK))
    tom = room("Tom")
    dialogs = asked(tom)
    tom.locator("#words").fill("Not sent.")
    tom.evaluate("setTimeout(() => location.reload())")
    until(lambda: tom.evaluate("1") and dialogs == ["beforeunload"], 20, "the question")
    expect(tom.locator("#words")).to_have_value("Not sent.")
    press(tom, "Share")
    sees(tom, "Your words are in the room.")
    tom.reload()
    assert tom.locator("#words").input_value() == "" and dialogs == ["beforeunload"], "nothing is asked without a reason"


def test_so_does_going_elsewhere_while_one_waits_with_a_hand_up(room, begun, clerk, hour, asked):
    begun()
    clerk.write(hour, c.RaiseHand(by=hours.handle("Tom")))
    tom = room("Tom")
    dialogs = asked(tom)
    tom.locator("#words").fill("Not sent.")
    tom.get_by_role("link", name="Calendar", exact=True).click(no_wait_after=True)
    until(lambda: tom.evaluate("1") and dialogs == ["beforeunload"], 20, "the question")
    expect(tom.locator("#words")).to_have_value("Not sent.")


def by_shift(page, house):
    for _ in range(3):
        page.keyboard.press("Shift")


def by_the_link_alone(page, house):
    """Its script did not arrive."""
    page.route("**/js/away.js*", lambda route: route.abort())
    page.locator("#words").fill("")
    page.reload()
    page.locator("#words").fill("Not sent.")
    page.get_by_role("link", name="Leave quickly").click()


def in_so_many_words(page, house):
    page.get_by_text("More", exact=True).click()
    press(page, "Leave quietly")


@pytest.mark.parametrize("leave", [by_shift, by_the_link_alone, in_so_many_words])
def test_nobody_who_leaves_is_asked_about_words(room, begun, asked, house, clerk, hour, leave):
    begun(HOUR.index(TALK))
    with change() as (session, _):
        session.execute(delete(SignIn))  # of the tests before: he sits nowhere else
    tom = room("Tom")
    tom.locator("#words").fill("Not sent.")
    dialogs = asked(tom)
    leave(tom, house)
    expect(tom.locator("#words")).to_have_count(0, timeout=20_000)
    assert dialogs == []
    # The page is blank before the house has heard of it, and he would be taken out of the next test's hour.
    who = hours.handle("Tom")
    until(lambda: tom.wait_for_timeout(50) or hours.now(clerk.ledger, hour).person(who).standing == "left", what="Tom to be gone")


def test_nobody_is_asked_when_the_form_takes_the_words_along(room, begun, asked):
    """As long as there is no line the forms of the page are plain forms."""
    begun(HOUR.index(TALK))
    tom = room("Tom")
    dialogs = asked(tom)
    tom.route_web_socket("**", lambda line: line.close())
    tom.reload()
    tom.locator("#words").fill("Not sent.")
    press(tom, "Look again")
    expect(tom.locator("#words")).to_have_value("Not sent.")
    assert dialogs == []
    until(lambda: tom.evaluate("() => Boolean(customElements.get('live-room'))"), what="its script")
    tom.get_by_role("link", name="Calendar", exact=True).click(no_wait_after=True)
    until(lambda: tom.wait_for_timeout(50) or dialogs == ["beforeunload"], 20, "the question, for what came back is not sent either")
