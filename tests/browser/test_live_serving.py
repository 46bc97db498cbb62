"""Serving in the led hour, in real browsers: everything stops, duties are asked and taken, private lines
are answered, and everyone takes away their own step."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from groups import clock
from groups.formats.modes import Mode
from groups.formats.shape import Segment
from groups.meeting import commands as c
from tests import hours
from tests.browser.rooms import HOUR, TALK, knocks, press, sees, sheet
from tests.sockets import until

HUSH = "Hush (everything stops)"


def test_everything_stops_and_goes_on(room, begun, clerk, hour):
    begun()
    maya, nia = room("Maya"), room("Nia", script=False)
    maya.locator("body").press("h")
    sees(maya, "Everything rests for a moment.")
    nia.reload()
    sees(nia, "Everything rests for a moment.")
    press(maya, "Go on")
    expect(maya.get_by_text("Everything rests for a moment.").locator("visible=true")).to_have_count(0)
    press(maya, HUSH)
    sees(maya, "Everything rests for a moment.")
    maya.locator("body").press("h")
    expect(maya.get_by_text("Everything rests for a moment.").locator("visible=true")).to_have_count(0)
    expect(maya.get_by_role("button", name="Next part: Talk")).to_have_count(0)
    for _ in range(3):  # however often: nobody asks for the floor, and the hour is the group's
        maya.locator("body").press("n")
    sees(maya, "Nobody asks for the floor just now")
    expect(maya.locator("live-room")).to_contain_text("Shares ·")
    press(maya, "Go to the next part", sheet(maya, "The clock"))
    sees(maya, "Anyone may speak")


@pytest.mark.parametrize("script", [True, False])
def test_one_button_stops_everything_and_stands_where_the_eyes_are(room, begun, clerk, hour, script):
    begun()
    maya = room("Maya", script=script)
    hush = maya.get_by_role("button", name="Hush").locator("visible=true")
    in_dock, at_desk = maya.locator(".dock").get_by_role("button", name="Hush"), maya.locator("chair-desk").get_by_role("button", name="Hush")
    expect(hush).to_have_count(1)
    expect(in_dock).to_be_visible()
    expect(in_dock).to_have_attribute("aria-keyshortcuts", "H")
    in_dock.press("Enter")
    sees(maya, "Everything rests for a moment.")
    expect(hush).to_have_count(0)
    press(maya, "Go on")
    expect(hush).to_have_count(1)
    clerk.write(hour, c.RaiseHand(by=hours.handle("Maya")), c.GiveFloor(by=hours.handle("Maya")))
    maya.reload() if not script else sees(maya, "It is your turn.")
    expect(hush).to_have_count(1)
    expect(at_desk).to_be_visible()
    if script:
        maya.locator("h1").click()
        maya.locator("body").press("h")
    else:
        at_desk.click()
    sees(maya, "Everything rests for a moment.")


def test_nobody_is_offered_to_be_let_in_while_everything_rests(room, begun, clerk, hour):
    begun()
    maya, plain = room("Maya"), room("Maya", script=False)
    knocks(clerk, hour, Ada=False)
    sheet(maya, "At the door")
    letting = maya.get_by_role("button", name="Let in", exact=True).locator("visible=true")
    expect(letting).to_have_count(1)
    press(maya, HUSH)
    sees(maya, "Nobody comes in while everything rests.")
    expect(letting).to_have_count(0)
    plain.reload()
    sheet(plain, "At the door")
    sees(plain, "Nobody comes in while everything rests.")
    expect(plain.get_by_role("button", name="Let in", exact=True).locator("visible=true")).to_have_count(0)
    press(maya, "Go on")
    expect(letting).to_have_count(1)


def test_somebody_is_asked_to_keep_the_door_and_hands_are_moved(room, begun, clerk, hour):
    begun()
    maya, nia = room("Maya", phone=True), room("Nia", script=False)
    clerk.write(hour, *(c.RaiseHand(by=hours.handle(name)) for name in ("Nia", "Tom")))
    sees(maya, "Call Nia")
    hands = sheet(maya, "Who is next")
    press(maya, "Next", hands.locator("li", has_text="Tom"))
    sees(maya, "Call Tom")
    inside = sheet(maya, "Who is inside")
    row = inside.locator("li", has_text="Nia")
    expect(row.get_by_role("button", name="Ask to keep the door")).to_be_hidden()
    row.locator("summary", has_text="Ask to help").click()
    press(maya, "Ask to keep the door", row)
    expect(row).to_contain_text("asked to keep the door")
    who = hours.handle("Nia")
    until(lambda: hours.now(clerk.ledger, hour).person(who).offered == "door", what="Nia to be asked")
    nia.reload()
    sees(nia, "You were asked to keep the door.")
    press(nia, "Not now")
    expect(row).to_contain_text("would rather not just now")
    row.locator("summary", has_text="Ask to help").click()
    press(maya, "Ask to keep the door", row)
    until(lambda: hours.now(clerk.ledger, hour).person(who).offered == "door", what="Nia to be asked")
    nia.reload()
    press(nia, "Yes, I will keep the door")
    sees(nia, "The desk")
    expect(row).to_contain_text("at the door")


def test_somebody_leads_where_nobody_does(browse, house, clerk):
    meeting = clerk.plan(begins_in=-1)
    clerk.open_lobby(meeting, HOUR)
    knocks(clerk, meeting, Tom=False, Nia=False)
    tom, nia = browse(house, "Tom", phone=True), browse(house, "Nia", script=False)
    for page in (tom, nia):
        page.goto(f"/g/{meeting.group.slug}/m/{meeting.public_id}/room")
        sees(page, "Nobody leads yet. Would you serve this hour?")
    press(nia, "Yes, I will lead")
    sees(nia, "The desk")
    assert clock.now() - meeting.starts_at >= timedelta(minutes=1)


def test_a_private_line_is_answered_and_nobody_else_reads_it(room, begun, clerk, hour):
    begun()
    maya, tom, nia = room("Maya", phone=True), room("Tom", phone=True), room("Nia", script=False)
    tom.locator(".more > summary").click()
    tom.locator(".more-sheet [name=words]").fill("May I pass tonight?")
    press(tom, "Send", tom.locator(".more-sheet"))
    sees(tom, "May I pass tonight?")
    expect(tom.locator(".more-sheet [name=words]")).to_have_value("")
    nia.locator(".more > summary").click()
    nia.get_by_role("link", name="Only they and you read it").click()
    nia.locator(".more-sheet [name=words]").fill("Is somebody there?")
    press(nia, "Send", nia.locator(".more-sheet"))
    sees(maya, "Private lines (2)")
    lines = sheet(maya, "Private lines")
    sees(maya, "Is somebody there?")
    row = lines.locator("li.line-of", has_text="May I pass tonight?")
    row.locator("[name=words]").fill("Of course.")
    press(maya, "Send", row)
    expect(row.locator("[name=words]")).to_have_value("")
    other = lines.locator("li.line-of", has_text="Is somebody there?")
    other.locator("[name=words]").fill("Yes, we are here.")
    press(maya, "Send", other)
    sees(maya, "Private lines (0)")
    sees(tom, "Of course.", seconds=30)
    assert "Yes, we are here." not in tom.content()
    nia.reload()
    if nia.locator(".more").get_attribute("open") is None:
        nia.locator(".more > summary").click()
    sees(nia, "Yes, we are here.")
    assert "Of course." not in nia.content()
    among = sheet(maya, "Among us")
    among.locator("[name=words]").fill("All calm.")
    press(maya, "Send", among)
    sees(maya, "All calm.")
    assert "All calm." not in tom.content()


def test_the_end_page_shows_ones_own_step_and_nobody_elses(clerk, browse, house):
    meeting, maya, tom = clerk.plan(begins_in=0), hours.handle("Maya"), hours.handle("Tom")
    clerk.open_lobby(meeting, (Segment("One step each", Mode.ROUND, 10, 5, turn=60, warn=15, step=True), HOUR[-1]))
    clerk.bring_in(meeting, "Tom", "Nia", chair="Maya")
    clerk.begin(meeting, "Maya")
    clerk.write(meeting, c.GiveFloor(by=maya, who=tom), c.Share(by=tom, client_id="by-tom-0001", words="I will call my brother."))
    pages = {name: browse(house, name, script=name != "Nia", phone=True) for name in ("Tom", "Nia", "Maya")}
    for page in pages.values():
        page.goto(f"/g/{meeting.group.slug}/m/{meeting.public_id}/room")
        sees(page, "I will call my brother.")
    clerk.write(meeting, c.Close(by=maya))
    pages["Nia"].reload()
    for name, page in pages.items():
        sees(page, "The room is closed.")
        expect(page.locator(".step-card").locator("visible=true")).to_have_count(1 if name == "Tom" else 0)
        assert ("I will call my brother." in page.content()) == (name == "Tom")


def test_after_the_close_nothing_that_was_said_comes_back_to_the_page(browse, house, begun, clerk, hour):
    """The server still tells the last number then; a page at its end must not go and ask for what it missed."""
    begun(HOUR.index(TALK))
    tom, maya = hours.handle("Tom"), hours.handle("Maya")
    clerk.write(hour, c.Share(by=tom, client_id="by-tom-0001", words="I will call my brother."))
    clerk.write(hour, c.WriteLine(by=tom, client_id="by-tom-0002", words="May I stay a while?"))
    page = browse(house, "Maya")
    with page.expect_websocket() as line:
        page.goto(f"/g/{hour.group.slug}/m/{hour.public_id}/room")
    sees(page, "I will call my brother.")
    sheet(page, "Private lines")
    sees(page, "May I stay a while?")
    page.evaluate("""() => {
      window.drawn = [];
      const room = document.querySelector("live-room");
      new MutationObserver(all => room.doing === "over" && drawn.push(...all.flatMap(one => [...one.addedNodes].map(node => node.textContent))))
        .observe(room, {childList: true, subtree: true});
    }""")
    last = f'"number":{clerk.ledger.look(hour.id).state.floor_head + 1}'
    with line.value.expect_event("framereceived", lambda frame: '"head"' in frame and last in frame):
        clerk.write(hour, c.Close(by=maya))
    sees(page, "The room is closed.")
    page.evaluate("document.querySelector('live-room').missing({stream: 'line', after: 0})")  # an answer later than any other
    for words in ("I will call my brother.", "May I stay a while?"):
        assert words not in page.content() and words not in str(page.evaluate("window.drawn")), words
