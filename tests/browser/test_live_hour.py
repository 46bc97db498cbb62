"""The led hour in real browsers: what the room says, notes and being heard, the door, duties, private
lines. A chair on a phone, a member, a member without script."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from groups import clock
from groups.formats.modes import Mode
from groups.formats.shape import Segment
from groups.meeting import commands as c
from groups.meeting import keeping
from tests import hours
from tests.browser.rooms import HOUR, LETTER, press, sees, sheet

READING = Segment(
    "A reading", Mode.READING, 5, 2, script="We read together.\nTake what helps.", text="A lamp was left on.\n\nIt was enough.",
    source="Ours, for this room.",
)


def knocks(clerk, meeting, **people):
    """These people come to the door, as if seen this moment; True for who is new here."""
    who = {name: hours.handle(name) or name.lower() for name in people}
    clerk.write(meeting, *(c.Knock(by=who[name], name=name, newcomer=new) for name, new in people.items()))
    keeping.note_seen([(meeting.id, handle) for handle in who.values()], clock.now())


@pytest.fixture
def reading_hour(clerk, browse, house):
    """An hour that begins with a reading, and somebody's page of it."""
    meeting = hours.plan(begins_in=0)
    clerk.open_lobby(meeting, (READING, *HOUR))

    def enter(name, **how):
        page = browse(house, name, **how)
        page.goto(f"/g/{meeting.group.slug}/m/{meeting.public_id}/room")
        return page

    return meeting, enter


def test_what_the_room_says_is_read_by_everyone(reading_hour, clerk):
    meeting, enter = reading_hour
    clerk.bring_in(meeting, "Tom", "Nia", chair="Maya")
    maya, tom = enter("Maya", phone=True), enter("Tom", phone=True)
    press(maya, "Open the door")
    nia = enter("Nia", script=False)
    for page in (maya, tom, nia):
        sees(page, "Take what helps.")
        expect(page.locator(".part-reading .share-words p")).to_have_count(2)
        sees(page, "Ours, for this room.")
        expect(page.get_by_text("We read together.", exact=True)).to_have_count(1)


def test_the_door_asks_little_and_says_what_comes(room, clerk, hour):
    tom, nia = room("Tom", phone=True), room("Nia", script=False)
    for page in (tom, nia):
        sees(page, "I am alone, or nobody can read along.")
        press(page, "Go to the lobby")
        sees(page, "What do you need from tonight?")
    press(tom, "To speak")
    sees(tom, "You came to speak.")
    press(nia, "To settle")
    sees(nia, "You came to settle.")
    knocks(clerk, hour, Ada=True)
    clerk.write(hour, c.AnswerDoor(by="ada", words="I am a little afraid."))
    maya = room("Maya", phone=True)
    press(maya, "Go to the lobby")
    press(maya, "Chair tonight")
    sees(maya, "1 came to speak, 0 to listen, 1 to settle.")
    door = sheet(maya, "At the door")
    sees(maya, "I am a little afraid.")
    knocks(clerk, hour, Bo=False)
    press(maya, "Let in those who were here before", door)
    expect(door.locator("li", has_text="Bo")).to_have_count(0)
    press(maya, "Let in", door.locator("li", has_text="Tom"))
    sees(tom, "You are in")
    press(maya, "Let in", door.locator("li", has_text="Nia"))
    door.locator("li", has_text="Ada").locator("summary").click()
    door.locator("li", has_text="Ada").locator("select").select_option("full")
    press(maya, "Tell them", door)
    expect(door.locator("li", has_text="Ada")).to_have_count(0)
    press(maya, "Open the door")
    nia.reload()
    sees(nia, "You came to listen.")
    press(nia, "I would like to speak after all")
    sees(nia, "There is nothing you need to do.")


def test_who_was_declined_reads_why_and_a_newcomer_can_say_a_word(room, clerk, hour):
    tom = hours.handle("Tom")
    clerk.bring_in(hour, chair="Maya")
    clerk.write(hour, c.Knock(by=tom, name="Tom", newcomer=True))
    page, plain = room("Tom", phone=True), room("Tom", script=False)
    page.locator(".lobby [name=words]").fill("Is it all right only to listen?")
    press(page, "Tell them")
    sees(page, "The people at the door have your words.")
    maya = room("Maya", phone=True)
    sheet(maya, "At the door")
    sees(maya, "Is it all right only to listen?")
    plain.get_by_role("link", name="Is there something the people at the door should know, or ask you?").click()
    plain.locator(".lobby [name=words]").fill("A second word.")
    press(plain, "Tell them")
    sees(maya, "A second word.")
    clerk.write(hour, c.Decline(by=hours.handle("Maya"), who=tom, why="another_group"))
    plain.reload()
    for one in (page, plain):
        sees(one, "another group may fit you better")


def test_a_note_stands_before_a_share_and_the_sharer_hears_that_they_were_heard(room, begun, clerk, hour):
    begun()
    maya, tom, nia = room("Maya", phone=True), room("Tom", phone=True), room("Nia", script=False)
    press(tom, "Raise your hand")
    press(maya, "Call Tom")
    press(tom, "A little longer")
    sees(tom, "A minute was added.")
    expect(tom.get_by_role("button", name="A little longer").locator("visible=true")).to_have_count(0)
    tom.locator("[name=note]").select_option("lapse")
    tom.locator("#words").fill(LETTER)
    press(tom, "Share")
    nia.reload()
    for page in (maya, nia):
        share = page.locator(".share", has=page.locator(".share-note"))
        sees(page, "A lapse")
        expect(share.locator(".share-words")).to_be_hidden()
        share.locator(".share-behind > summary").click()
        sees(page, "I almost did not come.")
        press(page, "I heard you")
    expect(maya.get_by_role("button", name="I heard you").locator("visible=true")).to_have_count(0)
    expect(nia.get_by_role("button", name="I heard you").locator("visible=true")).to_have_count(0)
    expect(tom.get_by_role("button", name="I heard you").locator("visible=true")).to_have_count(0)
    press(maya, "Next part: Talk")
    sees(tom, "The group heard you.")
    expect(maya.get_by_text("The group heard you.").locator("visible=true")).to_have_count(0)


def test_a_share_comes_at_reading_speed_and_is_whole_from_the_start(browse, house, begun, clerk, hour):
    begun()
    nia = browse(house, "Nia", still=False)
    nia.goto(f"/g/{hour.group.slug}/m/{hour.public_id}/room")
    expect(nia.locator("live-room:not([data-facts~=plain])")).to_be_attached()
    tom = hours.handle("Tom")
    clerk.write(hour, c.RaiseHand(by=tom), c.GiveFloor(by=hours.handle("Maya"), who=tom))
    clerk.write(hour, c.Share(by=tom, client_id="by-tom-0001", words="One. " * 12 + "\n\nThe last."))
    later = nia.locator(".share-words p", has_text="The last.")
    expect(later).to_have_class("to-come")
    expect(later).not_to_have_class("to-come", timeout=9000)


def test_everything_stops_and_goes_on(room, begun, clerk, hour):
    begun()
    maya, nia = room("Maya"), room("Nia", script=False)
    maya.locator("body").press("h")
    sees(maya, "Everything rests for a moment.")
    nia.reload()
    sees(nia, "Everything rests for a moment.")
    press(maya, "Go on")
    expect(maya.get_by_text("Everything rests for a moment.").locator("visible=true")).to_have_count(0)
    press(maya, "Everything stops")
    sees(maya, "Everything rests for a moment.")
    maya.locator("body").press("h")
    expect(maya.get_by_text("Everything rests for a moment.").locator("visible=true")).to_have_count(0)
    maya.locator("body").press("n")
    sees(maya, "Anyone may speak")


def test_somebody_is_asked_to_keep_the_door_and_hands_are_moved(room, begun, clerk, hour):
    begun()
    maya, nia = room("Maya", phone=True), room("Nia", script=False)
    clerk.write(hour, *(c.RaiseHand(by=hours.handle(name)) for name in ("Nia", "Tom")))
    sees(maya, "Call Nia")
    hands = sheet(maya, "Who is next")
    press(maya, "Next", hands.locator("li", has_text="Tom"))
    sees(maya, "Call Tom")
    inside = sheet(maya, "Who is inside")
    press(maya, "Ask to keep the door", inside.locator("li", has_text="Nia"))
    nia.reload()
    sees(nia, "You were asked to keep the door tonight.")
    press(nia, "Yes, I will keep the door")
    sees(nia, "The desk")
    expect(inside.locator("li", has_text="Nia")).to_contain_text("at the door")


def test_somebody_leads_where_nobody_does(browse, house, clerk):
    meeting = hours.plan(begins_in=-1)
    clerk.open_lobby(meeting, HOUR)
    knocks(clerk, meeting, Tom=False, Nia=False)
    tom, nia = browse(house, "Tom", phone=True), browse(house, "Nia", script=False)
    for page in (tom, nia):
        page.goto(f"/g/{meeting.group.slug}/m/{meeting.public_id}/room")
        sees(page, "Nobody leads yet. Would you serve tonight?")
    press(nia, "Yes, I will lead tonight")
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
    nia.get_by_role("link", name="Only they read it, and only you").click()
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
    meeting, maya, tom = hours.plan(begins_in=0), hours.handle("Maya"), hours.handle("Tom")
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
