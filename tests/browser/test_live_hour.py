"""The led hour in real browsers: what the room says, the door, notes and being heard. A chair on a phone,
a member, a member without script."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from groups.formats.modes import Mode
from groups.formats.shape import Segment
from groups.meeting import commands as c
from groups.rooms.models import NEWCOMER_QUESTION
from tests import hours
from tests.browser.rooms import HOUR, LETTER, knocks, press, sees, sheet

READING = Segment(
    "A reading", Mode.READING, 5, 2, script="We read together.\nTake what helps.", text="A lamp was left on.\n\nIt was enough.",
    source="Ours, for this room.",
)


@pytest.fixture
def reading_hour(clerk, browse, house):
    """An hour that begins with a reading, and somebody's page of it."""
    meeting = clerk.plan(begins_in=0)
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
        sees(page, "What do you need from this hour?")
    press(tom, "To speak")
    sees(tom, "You came to speak.")
    press(nia, "To settle")
    sees(nia, "You came to settle.")
    knocks(clerk, hour, Ada=True)
    clerk.write(hour, c.WriteLine(by="ada", client_id="by-ada-0001", words="I am a little afraid."))
    maya = room("Maya", phone=True)
    press(maya, "Go to the lobby")
    press(maya, "Chair this hour")
    expect(maya.locator(".needs")).to_be_hidden()
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
    sees(maya, "Feet on the floor.")
    nia.reload()
    sees(nia, "You came to listen.")
    press(nia, "I would like to speak after all")
    sees(nia, "There is nothing you need to do.")


def test_a_newcomers_word_at_the_door_is_answered_there_and_goes_in_with_them(room, clerk, hour):
    tom = hours.handle("Tom")
    clerk.bring_in(hour, chair="Maya")
    clerk.write(hour, c.Knock(by=tom, name="Tom", newcomer=True))
    page, plain, maya = room("Tom", phone=True), room("Tom", script=False), room("Maya", phone=True)
    page.locator(".lobby [name=words]").locator("visible=true").fill("Is it all right only to listen?")
    press(page, "Tell them")
    sees(page, "Is it all right only to listen?")
    sees(maya, "A private line waits for an answer.")
    sheet(maya, "At the door")
    sees(maya, "Is it all right only to listen?")
    plain.get_by_role("link", name=NEWCOMER_QUESTION).click()
    sees(plain, "Is it all right only to listen?")
    plain.locator(".lobby [name=words]").locator("visible=true").fill("A second word.")
    press(plain, "Tell them")
    sees(maya, "A second word.")
    maya.get_by_role("link", name="A private line waits for an answer.").click()
    line = maya.locator("li.line-of", has_text="A second word.")
    line.locator("[name=words]").fill("Of course.")
    press(maya, "Send", line)
    sees(page, "Of course.")
    expect(maya.get_by_text("A private line waits")).to_be_hidden()
    page.locator(".lobby [name=words]").locator("visible=true").fill("Thank you.")
    press(page, "Tell them")
    sees(maya, "A private line waits for an answer.")
    press(maya, "Let everyone in (1)")
    sees(page, "You are in")
    sees(page, "Of course.")
    sees(maya, "A private line waits for an answer.")


def test_who_was_declined_reads_why(room, clerk, hour):
    tom = hours.handle("Tom")
    clerk.bring_in(hour, chair="Maya")
    clerk.write(hour, c.Knock(by=tom, name="Tom"))
    page, plain = room("Tom", phone=True), room("Tom", script=False)
    clerk.write(hour, c.Decline(by=hours.handle("Maya"), who=tom, why="another_group"))
    plain.reload()
    for one in (page, plain):
        sees(one, "another group may fit you better")


def test_whoever_comes_to_a_circle_whose_door_is_shut_reads_so_and_is_offered_no_door(clerk, browse, house):
    meeting = clerk.plan(begins_in=-6, form="circle-90", minutes=90)
    clerk.write(meeting, c.OpenLobby(
        by=c.ROOM, title=meeting.title, starts_at=meeting.starts_at, ends_at=meeting.ends_at, agenda=HOUR, capacity=5,
        door_shuts_at=meeting.starts_at + timedelta(minutes=5), hands_seen=True,
    ))
    clerk.bring_in(meeting, chair="Maya")
    clerk.begin(meeting, "Maya")
    for script in (True, False):
        page = browse(house, "Tom", script=script)
        page.goto(f"/g/{meeting.group.slug}/m/{meeting.public_id}/room")
        sees(page, "This circle is whole, and its door is shut.")
        assert not page.get_by_role("button", name="Go to the lobby").is_visible()


def test_where_a_group_wishes_it_everyone_inside_sees_whose_hands_are_up(clerk, browse, house):
    meeting = clerk.plan(begins_in=0)
    clerk.write(meeting, c.OpenLobby(
        by=c.ROOM, title=meeting.title, starts_at=meeting.starts_at, ends_at=meeting.ends_at, agenda=HOUR, capacity=5, hands_seen=True,
    ))
    clerk.bring_in(meeting, "Tom", "Nia", chair="Maya")
    clerk.begin(meeting, "Maya", 2)
    tom, nia = browse(house, "Tom"), browse(house, "Nia", script=False)
    tom.goto(f"/g/{meeting.group.slug}/m/{meeting.public_id}/room")
    clerk.write(meeting, c.RaiseHand(by=hours.handle("Nia")))
    nia.goto(tom.url)
    for page in (tom, nia):
        sees(page, "Waiting to speak: Nia.")


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
    sees(tom, "Your words are in the room.")
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
    press(maya, "Go to the next part", sheet(maya, "The clock"))
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
