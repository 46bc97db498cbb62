"""The live page in a real browser: a chair's whole hour, a member with and without script, and lines
that drop. Whatever happens, what somebody wrote is in one place: their box, or the room."""

from playwright.sync_api import expect

from groups.meeting import commands as c
from groups.meeting.commands_safety import TakeStep
from groups.sentences import sentence
from tests import hours
from tests.browser.rooms import HOUR, LETTER, TALK, press, sees, sheet
from tests.sockets import until
from tests.steps import asked_to_leave


def test_a_chair_on_a_phone_carries_the_whole_hour(room):
    maya, tom, nia = room("Maya", phone=True), room("Tom"), room("Nia", script=False)
    for page in (maya, tom, nia):
        press(page, "Go to the lobby")
    sees(tom, "You are in the lobby, as Tom.")
    press(maya, "Chair this hour")
    press(maya, "Let everyone in (2)")  # nobody who waits misses the first minute
    press(maya, "Open the door")
    sees(tom, "Feet on the floor.")
    sees(maya, "Let us begin.")
    press(maya, "Next part: Names")
    press(maya, "Take your turn")
    sees(maya, "It is your turn, if you like.")
    maya.locator("#words").fill("Rested.")
    press(maya, "Share")
    sees(tom, "Rested.")
    press(maya, "Call Tom")
    sees(maya, "Tom has the floor")
    press(tom, "Pass")
    press(maya, "Call Nia")
    sees(maya, "Nia has the floor")
    nia.reload()
    nia.locator("#words").fill("Here, just about.")
    press(nia, "Share")
    sees(maya, "Here, just about.")
    press(maya, "Next part: Shares")
    press(tom, "Raise your hand")
    sees(tom, "You are next. Write while you wait.")
    press(maya, "Call Tom")
    sees(tom, "It is your turn.")
    press(maya, "Add a minute", sheet(maya, "The clock"))
    sees(tom, "A minute was added.")
    tom.locator("#words").fill(LETTER)
    press(tom, "Share")
    share = maya.locator(".share", has_text="I almost did not come.")
    expect(share.locator(".share-words p")).to_have_count(2)
    share.locator("summary").click()
    share.locator("select[name=agreement]").first.select_option("3")
    press(maya, "Take it out of the room", share)
    sees(tom, "This was yours, and it was taken out of the room.")
    expect(tom.locator("live-room")).not_to_contain_text("I almost did not come.")
    nia.reload()
    assert "I almost did not come." not in nia.content()
    press(maya, "Close the room now", sheet(maya, "Close the room"))
    for page in (maya, tom):
        sees(page, "The room is closed. What was said is gone in an hour.")
        expect(page.locator(".share")).to_have_count(0)
    assert "Here, just about." not in tom.content()


def test_without_script_a_draft_survives_taking_the_hand_down(room, begun):
    begun()
    tom = room("Tom", script=False)
    press(tom, "Raise your hand")
    tom.locator("#words").fill(LETTER)
    press(tom, "Take my hand down")
    expect(tom.locator("#words")).to_have_value(LETTER)
    press(tom, "Raise your hand")
    expect(tom.locator("#words")).to_have_value(LETTER)


def test_a_member_without_script_keeps_the_draft_and_has_the_turn(room, begun, clerk, hour):
    begun()
    tom = room("Tom", script=False, phone=True)
    assert "http-equiv" in tom.content(), "whoever only listens has the page looked at again"
    press(tom, "Raise your hand")
    sees(tom, "You are next. Write while you wait.")
    assert "http-equiv" not in tom.content(), "a page with a box in it is never reloaded by itself"
    sees(tom, "While you write, this page changes only when you look again. Your words come along.")
    tom.locator("#words").fill(LETTER)
    press(tom, "Look again")
    expect(tom.locator("#words")).to_have_value(LETTER)
    clerk.write(hour, c.GiveFloor(by=hours.handle("Maya")))
    press(tom, "Look again")
    sees(tom, "It is your turn.")
    clerk.write(hour, c.EndTurn(by=hours.handle("Maya")))
    press(tom, "Share")
    sees(tom, sentence("wait_your_turn"))
    expect(tom.locator("#words")).to_have_value(LETTER)


def test_a_line_that_drops_in_the_middle_of_a_share_loses_and_doubles_nothing(room, begun, clerk, hour):
    begun()
    tom, nia = room("Tom"), room("Nia")
    clerk.write(hour, c.RaiseHand(by=hours.handle("Tom")), c.GiveFloor(by=hours.handle("Maya")))
    sees(tom, "It is your turn.")
    tom.locator("#words").fill(LETTER)
    tom.context.set_offline(True)
    sees(tom, "The line dropped. Your draft is kept. Trying again.")
    press(tom, "Share")
    sees(tom, "Not sent yet, trying again. Your words are kept.")
    expect(tom.locator("#words")).to_have_value(LETTER)
    clerk.write(hour, c.RaiseHand(by=hours.handle("Nia")))
    tom.context.set_offline(False)
    sees(tom, "Your words are in the room.")
    expect(tom.locator("#words")).to_have_value("")
    for page in (tom, nia):
        expect(page.locator(".share", has_text="I almost did not come.")).to_have_count(1)
    expect(tom.locator(".share-yours").locator("visible=true")).to_have_count(1)
    expect(nia.locator(".share-yours").locator("visible=true")).to_have_count(0)


def test_one_box_holds_the_draft_through_every_change(room, begun, clerk, hour):
    begun()
    tom, maya = room("Tom"), hours.handle("Maya")
    press(tom, "Raise your hand")
    box = tom.locator("#words")
    box.fill(LETTER)
    box.evaluate("box => { box.itIsTheSame = true }")
    for change, told in (
        (c.GiveFloor(by=maya), "It is your turn."), (c.EndTurn(by=maya), "Your draft is kept here."),
        (c.NextSegment(by=maya), "Anyone may speak."), (c.Leave(by=maya), "The room is resting"),
        (asked_to_leave(by=maya, who=hours.handle("Tom")), "These are your own words, not shared."),
    ):
        if isinstance(change, TakeStep):
            clerk.bring_in(hour, chair="Maya")
        clerk.write(hour, change)
        sees(tom, told)
        expect(box).to_have_value(LETTER)
        assert box.evaluate("box => box.itIsTheSame && box.isConnected && !box.closest('[hidden]')")


def test_a_refusal_stands_beside_the_box_and_keeps_the_words(room, begun):
    begun(HOUR.index(TALK))
    tom = room("Tom")
    tom.locator("#words").fill("Once.")
    press(tom, "Share")
    sees(tom, "Your words are in the room.")
    tom.locator("#words").fill("And again.")
    press(tom, "Share")
    sees(tom, "Please leave the others a moment")
    expect(tom.locator("#words")).to_have_value("And again.")
    tom.locator("#words").fill("x" * 4001)
    press(tom, "Share")
    sees(tom, "This is longer than fits (4,000 characters).")
    assert len(tom.locator("#words").input_value()) == 4001


def asleep_and_awake(page, clerk, hour):
    """Their device slept until their place was given up, and wakes; from here on they are back only by knocking."""
    page.context.set_offline(True)
    sees(page, "The line dropped.")
    clerk.write(hour, c.Unseen(by=c.ROOM, who=hours.handle("Tom")))
    page.context.set_offline(False)
    who = hours.handle("Tom")  # the browser is asked something, too: what it sends passes through here
    until(lambda: page.evaluate("1") and hours.now(clerk.ledger, hour).person(who).standing == "inside", 20, "Tom to be back")


def test_coming_back_after_a_long_sleep_needs_no_second_knock(room, begun, clerk, hour):
    begun()
    tom = room("Tom")
    asleep_and_awake(tom, clerk, hour)
    sees(tom, "If you would like a turn, raise your hand.")


def test_a_knock_that_was_lost_on_the_way_is_made_again_on_the_next_line(browse, house, begun, clerk, hour):
    begun()
    lost = []

    def losing_the_first(line):
        there = line.connect_to_server()

        def passes(said):
            if "knock" in said and not lost:
                lost.append(said)
                line.close()
            else:
                there.send(said)

        line.on_message(passes)

    tom = browse(house, "Tom")
    tom.route_web_socket("**/socket.io/**", losing_the_first)
    tom.goto(f"/g/{hour.group.slug}/m/{hour.public_id}/room")
    sees(tom, "If you would like a turn, raise your hand.")
    expect(tom.locator("live-room:not([data-facts~=plain])")).to_be_attached()
    asleep_and_awake(tom, clerk, hour)
    sees(tom, "If you would like a turn, raise your hand.")
    assert len(lost) == 1


def test_a_second_tap_on_the_big_button_does_not_end_a_turn(room, begun, clerk, hour):
    begun()
    maya = room("Maya", phone=True)
    clerk.write(hour, c.RaiseHand(by=hours.handle("Tom")))
    sees(maya, "Call Tom")
    maya.locator("[data-next] button").locator("visible=true").dblclick()
    sees(maya, "Tom has the floor")
    maya.wait_for_timeout(300)
    expect(maya.locator(".room-line", has_text="Tom has the floor.")).to_be_visible()
