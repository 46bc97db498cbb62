"""Keeping a live room safe, as people do it: a moderator on a phone and a solicitation, a share that is
looked at first, a word to one alone, somebody worried; with script and without."""

import time

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from groups.conduct.models import Sanction
from groups.db import reading
from groups.meeting import commands as c
from groups.meeting.commands_safety import ChangeRules
from groups.membership.models import Membership
from tests import hours
from tests.browser.rooms import HOUR, TALK, press, sees

CONTACT = "Anyone here: write to me at tom@example.org tonight"


@pytest.fixture
def talk(begun, clerk, hour):
    """Anybody may speak, and the guard is on."""
    begun(HOUR.index(TALK))
    clerk.write(hour, ChangeRules(by=c.ROOM, capacity=40, guard="usual", holds_first=True, hands_seen=False))


def test_a_moderator_on_a_phone_handles_a_solicitation_in_half_a_minute(talk, room, clerk, hour, figures):
    hours.join("Finn")
    clerk.bring_in(hour, "Finn", chair="Maya")
    maya, tom, nia = room("Maya", phone=True), room("Finn"), room("Nia")
    tom.locator("#words").fill("Does anybody want to meet, just the two of us?")
    press(tom, "Share")
    sees(maya, "just the two of us")
    began = time.monotonic()
    share = maya.locator(".share", has_text="just the two of us")
    share.locator("summary").tap()
    press(maya, "Asking for contact (out at once, with all they shared)", share)
    sees(nia, "A share was removed.")
    sees(tom, "You were asked to leave at once")
    took = time.monotonic() - began
    figures(seconds=took, taps=2)
    assert took < 30
    end = "You are out for 7 days; somebody else looks at what happened within a day and may end it sooner."
    expect(tom.locator(".away")).to_contain_text(f"You were asked to leave at once. {end}", use_inner_text=True)
    expect(nia.locator("live-room")).not_to_contain_text("just the two of us")
    sees(tom, "ask somebody else to look at this")
    expect(tom.locator("live-room")).not_to_contain_text("Maya")


@pytest.mark.parametrize("script", [True, False])
def test_the_reason_that_is_pressed_is_the_one_that_goes_along(talk, room, clerk, hour, script):
    name = "Vic" if script else "Wil"
    hours.join(name)
    clerk.bring_in(hour, name, chair="Maya")
    clerk.write(hour, c.Share(by=hours.handle(name), client_id=f"by-{name}-01", words="You fools, all of you."))
    maya = room("Maya", phone=True, script=script)
    share = maya.locator(".share", has_text="You fools")
    share.locator("summary").click()
    form = share.locator("form[data-verb=remove_now]")
    form.locator("[name=agreement]").select_option("2")
    form.get_by_role("group", name="Out at once, with all they shared").get_by_role("button", name="Threats").focus()
    maya.keyboard.press("Enter")
    sees(maya, "A share was removed.")
    with reading() as session:
        mine = select(Sanction).join(Membership, Membership.id == Sanction.membership_id).where(Membership.name == name)
        step = session.scalar(mine)
    assert (step.emergency, step.agreement) == ("threats", 2)


def test_a_way_to_be_reached_is_nudged_then_looked_at_then_changed(talk, room):
    maya, tom, nia = room("Maya", phone=True), room("Tom"), room("Nia")
    tom.locator("#words").fill(CONTACT)
    press(tom, "Share")
    expect(tom.locator("#words-state")).to_contain_text("looks like a way to be reached")
    expect(tom.locator("#words")).to_have_value(CONTACT)
    press(tom, "Let those on duty look at it")
    sees(tom, "Those on duty look at your share for a moment.")
    held = maya.locator(".held-share")
    expect(held).to_contain_text("tom@example.org")
    expect(held).to_contain_text("a mail address")
    held.locator("summary").tap()
    press(maya, "Ask them to change it", held)
    sees(tom, "Please change your share.")
    again = tom.locator("form[data-held] textarea")
    expect(again).to_have_value(CONTACT)
    again.fill("Tonight I would have liked company.")
    press(tom, "Send it again")
    expect(maya.locator(".held-share")).to_contain_text("changed, as you asked")
    press(maya, "Let it in")
    sees(nia, "Tonight I would have liked company.")
    expect(nia.locator("live-room")).not_to_contain_text("example.org")
    expect(maya.locator(".held-share")).to_have_count(0)


def test_each_question_under_act_says_what_it_is_asked_for(talk, room, clerk, hour):
    clerk.write(hour, c.Share(by=hours.handle("Nia"), client_id="by-nia-0001", words="A long way home."))
    share = room("Maya").locator("article.share", has_text="A long way home.")
    asked = [one.strip().split("\n")[0] for one in share.locator("label.which").all_text_contents()]
    assert len(asked) == len(set(asked)) >= 3, asked


@pytest.mark.parametrize("script", [True, False])
def test_while_nobody_on_duty_is_here_the_page_does_not_say_that_they_look(talk, room, clerk, hour, script):
    clerk.write(hour, c.Share(by=hours.handle("Tom"), client_id=f"held-alone-{script}", words=CONTACT, look=True))
    tom = room("Tom", script=script)
    sees(tom, "Those on duty look at your share for a moment.")
    clerk.write(hour, c.HoldLost(by=c.ROOM))
    tom.reload() if not script else None
    sees(tom, "Your share is kept. Nobody on duty is here this moment; whoever comes next looks at it.")
    expect(tom.get_by_text("Those on duty look at your share")).to_be_hidden()


@pytest.mark.parametrize("script", [True, False])
def test_a_held_share_has_no_buttons_for_whoever_wrote_it(talk, room, clerk, hour, script):
    tom = hours.handle("Tom")
    clerk.write(
        hour, c.TakeDuty(by=tom, duty="second", entitled=True),
        c.Share(by=tom, client_id=f"held-own-{script}", words=CONTACT, look=True),
    )
    for name, shown in (("Maya", True), ("Tom", False)):
        page = room(name, script=script)
        held = page.locator(".held-share")
        sees(page, "Held for you to look at")
        for choice in (held.get_by_role("button", name="Let it in"), held.locator("summary")):
            expect(choice).to_be_visible(visible=shown)
        expect(held.get_by_text("Somebody else on duty looks at it.")).to_be_visible(visible=not shown)


def test_the_same_without_a_script_loses_nothing(talk, room, clerk, hour):
    tom, maya = room("Tom", script=False), room("Maya", script=False)
    tom.locator("#words").fill(CONTACT)
    press(tom, "Share")
    sees(tom, "looks like a way to be reached")
    expect(tom.locator("#words")).to_have_value(CONTACT)
    press(tom, "Let those on duty look at it")
    sees(tom, "Those on duty look at your share for a moment.")
    maya.reload()
    maya.locator(".held-share summary").click()
    press(maya, "Keep it out", maya.locator(".held-share"))
    tom.reload()
    sees(tom, "Your share stayed out of the room")
    sees(tom, "tom@example.org")


def test_a_word_ten_minutes_and_somebody_worried_are_told_to_one_alone(talk, room):
    maya, tom, nia = room("Maya"), room("Tom"), room("Nia")
    tom.locator("#words").fill("I have advice for all of you.")
    press(tom, "Share")
    share = maya.locator(".share", has_text="advice for all")
    share.locator("summary").click()
    form = share.locator("form[data-verb=take_step]")
    form.locator("[name=agreement]").select_option("2")
    press(maya, "Take this step", share)
    sees(tom, "A word to you alone.")
    maya.locator("summary", has_text="Who is inside").click()
    row = maya.locator("[data-rows=inside] > li", has_text="Tom")
    expect(row).to_contain_text("had a word")
    row.locator("summary", has_text="Act").click()
    row.locator("form[data-verb=take_step] [name=agreement]").select_option("2")
    press(maya, "Take this step", row)
    sees(tom, "you listen only; after that you can share again.")
    expect(tom.locator("#words")).to_be_hidden()
    said = nia.locator(".share", has_text="advice for all")
    said.locator("summary").click()
    press(nia, "I am worried about them", said)
    sees(tom, "Somebody here thought of you.")
    sees(maya, "Somebody is worried about Tom")
    tom.emulate_media(media="print")
    assert tom.locator("body").inner_text().strip() == "", "what is said to one alone has no place in a printer"
    tom.emulate_media(media="screen")
    expect(tom.get_by_role("link", name="somebody to talk to", exact=True).locator("visible=true").first).to_have_attribute("href", "/lines")
    expect(nia.locator("live-room")).not_to_contain_text("had a word")
    row.locator("summary", has_text="Act").click()
    press(maya, "They may speak again", row)
    expect(tom.locator("#words")).to_be_visible()


def test_one_key_makes_the_door_slow_and_one_makes_it_calm_again(talk, room):
    maya = room("Maya")
    maya.locator("h1").click()
    maya.keyboard.press("r")
    sees(maya, "The door is slow, because one of you said so.")
    press(maya, "As usual again")
    expect(maya.get_by_text("The door is slow, because one of you said so.")).to_be_hidden()
