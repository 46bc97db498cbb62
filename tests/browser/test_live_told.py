"""What has just happened is said where one is looking: at the end of an hour, after a press of a key, when a share goes,
when one is let in, when everything rests."""

import pytest
from playwright.sync_api import expect

from groups.meeting import commands as c
from groups.meeting.commands_safety import TakeStep
from groups.sentences import sentence
from tests import hours
from tests.browser.rooms import LETTER, press, sees, sheet
from tests.sockets import until

ON = "document.activeElement.textContent.trim()"
IN_VIEW = """(text) => [...document.querySelectorAll("live-room p")].some((one) => {
  const { top, bottom, left, right } = one.getBoundingClientRect();
  return one.innerText.includes(text) && top >= 0 && bottom <= innerHeight
    && one.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2));
})"""
SAID = "document.querySelector('[data-aside]').textContent"


def shows(page, text):
    """Wait until that can be read where the page is scrolled to."""
    until(lambda: page.evaluate(IN_VIEW, text), 5, f"{text!r} to be in view")


@pytest.fixture
def shared(clerk, hour, begun):
    """The hour has begun, and Tom shared so often that a page is longer than its screen."""
    begun()
    tom = hours.handle("Tom")
    for at in range(4):
        clerk.write(
            hour, c.RaiseHand(by=tom), c.GiveFloor(by=hours.handle("Maya")),
            c.Share(by=tom, client_id=f"a-long-one-{at}", words=f"{at}. {LETTER}\n\n" + "And the evening went on for a while. " * 12),
        )


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desktop"])
def test_the_last_page_is_read_from_its_first_words(room, shared, phone):
    maya, tom = room("Maya", phone=phone), room("Tom", phone=phone)
    press(maya, "Close the room now", sheet(maya, "Close the room"))
    for page in (maya, tom):
        shows(page, "The room is closed. What was said is gone in an hour.")
        assert page.evaluate("scrollY") == 0
        assert page.evaluate(ON).startswith("The room is closed.")


def test_whoever_chooses_by_keyboard_is_at_the_choices_beside_it(room, hour):
    tom = room("Tom", phone=True)
    press(tom, "Go to the lobby")
    sees(tom, "You are in the lobby, as Tom.")
    tom.get_by_role("button", name="To speak").focus()
    tom.keyboard.press("Enter")
    sees(tom, "You came to speak.")
    assert tom.evaluate(ON) == "To listen"
    tom.keyboard.press("Enter")
    sees(tom, "You came to listen.")
    assert tom.evaluate(ON) == "To settle"
    tom.keyboard.press("Enter")
    sees(tom, "You came to settle.")
    assert tom.evaluate(ON) == "To listen"


def test_where_nothing_is_to_be_chosen_the_keyboard_stays_in_this_part_of_the_page(room, hour):
    tom = room("Tom")
    tom.get_by_role("button", name="Go to the lobby").focus()
    tom.keyboard.press("Enter")
    sees(tom, "You are in the lobby, as Tom.")
    assert tom.evaluate("document.activeElement.getAttribute('aria-label')") == "Lobby"


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desktop"])
def test_a_share_that_is_taken_out_is_said_to_whoever_did_it_and_to_whose_it_was(room, shared, phone):
    maya, tom, nia = room("Maya", phone=phone), room("Tom", phone=phone), room("Nia", phone=phone)
    share = maya.locator(".share").first
    share.locator("summary").first.click()
    press(maya, "Take it out of the room", share)
    shows(maya, sentence("share_taken_out"))
    shows(tom, "Something you shared was taken out of the room.")
    sees(nia, "A share was removed.")
    expect(nia.locator("[data-line]")).to_have_text("")
    assert "A share was removed." in maya.evaluate(ON), "and the keyboard is where it was"
    own = tom.locator(".share").last
    own.locator("summary").first.click()
    press(tom, "Take it out of the room", own)
    shows(tom, sentence("share_taken_out"))


@pytest.mark.parametrize("how", ["script", "plain", "dark"])
def test_whose_share_was_taken_out_reads_why_where_it_stood_as_long_as_they_are_here(room, shared, clerk, hour, how):
    script = how != "plain"
    tom, nia = room("Tom", phone=True, script=script, dark=how == "dark"), room("Nia", script=script)
    numbers = [int(share.get_attribute("data-number")) for share in tom.locator(".share").all()]
    maya = hours.handle("Maya")
    clerk.write(hour, c.RemoveShare(by=maya, number=numbers[0], agreement=2), c.RemoveShare(by=maya, number=numbers[1]))
    for again in (False, True):
        if again or not script:
            tom.reload(), nia.reload()
        why, plain = (tom.locator(f".room-line[data-number='{number}']") for number in numbers[:2])
        expect(why).to_contain_text("This was yours, and it was taken out of the room. It is because of agreement 2: ")
        expect(why.locator("q")).not_to_be_empty()
        expect(why).to_contain_text("You can ask those on duty about it, on your private line under More.")
        expect(plain).to_contain_text("This was yours, and it was taken out of the room. You can ask", use_inner_text=True)
        expect(why).not_to_contain_text("the evening went on")
        expect(nia.locator(f".room-line[data-number='{numbers[0]}']")).to_have_text("A share was removed.")
    clerk.write(hour, c.TakeDuty(by=hours.handle("Tom"), duty="second", entitled=True))
    if not script:
        tom.reload()
    expect(why.get_by_text("You can ask those on duty")).to_be_hidden()


def test_whoever_is_let_in_early_reads_it_wherever_they_are(room, clerk, hour):
    tom, maya = room("Tom", phone=True), room("Maya")
    for page in (tom, maya):
        press(page, "Go to the lobby")
    press(maya, "Chair this hour")
    tom.evaluate("scrollTo(0, document.body.scrollHeight)")
    press(maya, "Let everyone in (1)")
    shows(tom, "You are in. This page changes by itself when we begin.")
    assert tom.evaluate(SAID) == "You are in."


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desktop"])
def test_whoever_is_asked_to_help_reads_it_wherever_they_are_and_finds_the_answer(room, shared, clerk, hour, phone):
    tom = room("Tom", phone=phone)
    tom.evaluate("scrollTo(0, 0)")
    clerk.write(hour, c.OfferDuty(by=hours.handle("Maya"), who=hours.handle("Tom"), duty="second"))
    link = tom.get_by_role("link", name="You were asked to help.")
    shows(tom, "You were asked to help.")
    assert tom.evaluate(SAID) == "You were asked to help. You can answer on this page."
    link.click()
    shows(tom, "You can say no; whoever asked sees only that it is not now.")
    press(tom, "Not now")
    expect(link).to_be_hidden()


def test_whoever_is_asked_to_help_reads_it_on_a_phone_on_its_side_where_the_dock_is_not_in_sight(room, shared, clerk, hour):
    tom = room("Tom", phone=True)
    tom.set_viewport_size({"width": 844, "height": 390})
    tom.evaluate("scrollTo(0, 0)")
    clerk.write(hour, c.OfferDuty(by=hours.handle("Maya"), who=hours.handle("Tom"), duty="second"))
    expect(tom.locator("[data-line]")).to_have_text("You were asked to help. You can answer on this page.")
    assert tom.evaluate("scrollY") == 0


def test_whoever_is_asked_to_keep_the_door_in_the_lobby_reads_it_wherever_they_are(room, clerk, hour):
    clerk.bring_in(hour, "Tom", chair="Maya")
    tom = room("Tom", phone=True)
    tom.evaluate("scrollTo(0, document.body.scrollHeight)")
    clerk.write(hour, c.OfferDuty(by=hours.handle("Maya"), who=hours.handle("Tom"), duty="door"))
    shows(tom, "You were asked to keep the door.")
    tom.get_by_role("link", name="You were asked to keep the door.").click()
    shows(tom, "You can say no; whoever asked sees only that it is not now.")


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desktop"])
def test_a_hush_is_read_by_whoever_reads_further_up(room, shared, clerk, hour, phone):
    tom = room("Tom", phone=phone)
    tom.evaluate("scrollTo(0, 0)")
    clerk.write(hour, c.Hush(by=hours.handle("Maya")))
    shows(tom, "Everything rests. You can write while we wait.")
    tom.locator("#words").fill(LETTER)
    shows(tom, "Everything rests. Your words are safe here.")


def test_nobody_on_duty_reads_the_name_of_a_line_that_is_not_there(room, begun, clerk, hour):
    begun()
    maya, tom = room("Maya"), room("Tom")
    for page, there in ((maya, 0), (tom, 1)):
        page.get_by_text("More", exact=True).click()
        expect(page.get_by_role("heading", name="A line to those on duty").locator("visible=true")).to_have_count(there)
    clerk.write(hour, c.WriteLine(by=hours.handle("Tom"), who=None, client_id="tom-asks-one", words="May I?"))
    clerk.write(hour, c.TakeDuty(by=hours.handle("Tom"), duty="door", entitled=True))
    sees(tom, "The desk")
    expect(tom.get_by_role("heading", name="A line to those on duty").locator("visible=true")).to_have_count(1)


def test_a_word_for_one_alone_that_was_opened_is_not_announced_any_more_and_the_next_one_is(room, begun, clerk, hour):
    begun()
    tom, maya = room("Tom", phone=True), hours.handle("Maya")
    clerk.write(hour, TakeStep(by=maya, who=hours.handle("Tom"), step="warn", agreement=1))
    link = tom.get_by_role("link", name="There is a word for you alone.")
    link.click()
    expect(link).to_be_hidden()
    sees(tom, "A word to you alone.")
    clerk.write(hour, TakeStep(by=maya, who=hours.handle("Tom"), step="warn", agreement=2))
    expect(link).to_be_visible()


def tells(page, number):
    """Report that share."""
    share = page.locator(f".share >> nth={number}")
    share.locator("summary").first.click()
    press(page, "Report it", share)
    shows(page, "Thank you for telling.")


def test_that_somebody_told_is_not_left_on_the_screen(room, shared):
    nia = room("Nia", phone=True)
    tells(nia, 0)
    expect(nia.locator("[data-line]")).to_be_empty(timeout=12_000)


def test_nor_does_it_stand_on_the_last_page(room, shared, clerk, hour):
    nia = room("Nia", phone=True)
    tells(nia, 0)
    clerk.write(hour, c.Close(by=hours.handle("Maya")))
    shows(nia, "The room is closed.")
    expect(nia.locator("[data-line]")).to_be_empty(timeout=1_000)
