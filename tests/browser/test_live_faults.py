"""What a fault looks like to whoever was about to share: a calm line, their words where they were, and no
more to do than to wait. `make faults` counts what becomes of thousands of shares; here is one."""

import sqlite3
from contextlib import contextmanager
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import update

from groups import clock
from groups.db import change
from groups.meeting import commands as c
from groups.meeting import seats
from groups.meeting.models import Seat
from groups.sentences import sentence
from tests import hours
from tests.browser.rooms import HOUR, LETTER, TALK, press, sees
from tests.faults.breaking import standing_still

DROPPED = "The line dropped. Your draft is kept. Trying again."
NOT_YET = "Not sent yet, trying again. Your words are kept."


@pytest.fixture(scope="module")
def house(moved_in, tmp_path_factory):
    """A house of these tests' own, for they end it."""
    with hours.settled(moved_in, tmp_path_factory.mktemp("broken")) as server:
        yield server


@contextmanager
def killed(house):
    house.kill()
    yield
    house.restart()


@contextmanager
def disk_busy(house):
    """Another process holds the database. (A full disk is answered by the same sentence.)"""
    holding = sqlite3.connect(house.folder / "lamplight.db", isolation_level=None)
    holding.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        holding.close()


def frozen(house):
    """It is there, and answers nothing."""
    return standing_still(house.process.send_signal)


@pytest.mark.parametrize(("fault", "line", "dark"), [(killed, DROPPED, True), (disk_busy, "", False), (frozen, "", True)], ids=["killed", "busy", "frozen"])
def test_the_words_stay_and_are_shared_once_when_it_is_over(house, room, begun, hour, fault, line, dark):
    begun(HOUR.index(TALK))
    seats.note_seen([(hour.id, hours.handle("Maya"))], clock.now() + timedelta(minutes=5))
    tom, nia = room("Tom", phone=True, dark=dark), room("Nia")
    tom.locator("#words").fill(LETTER)
    with fault(house):
        if line:
            sees(tom, line)
        press(tom, "Share")
        sees(tom, NOT_YET, seconds=15)
        expect(tom.locator("#words")).to_have_value(LETTER)
        expect(tom.locator(".share")).to_have_count(0)
    sees(tom, "Your words are in the room.", seconds=20)
    expect(tom.locator("#words")).to_have_value("")
    expect(tom.locator("live-room").get_by_text("The line dropped").locator("visible=true")).to_have_count(0)
    for page in (tom, nia):
        expect(page.locator(".share", has_text="I almost did not come.")).to_have_count(1, timeout=15_000)


def test_words_on_their_way_wait_for_whoever_chairs_too(house, room, begun, clerk, hour):
    """Everybody's line was away for longer, and theirs is back before the chair's: the room rests, and then goes on."""
    begun(HOUR.index(TALK))
    tom = room("Tom")
    tom.locator("#words").fill(LETTER)
    with killed(house):
        press(tom, "Share")
        sees(tom, NOT_YET, seconds=15)
        with change() as (session, _):
            session.execute(update(Seat).where(Seat.handle == hours.handle("Maya")).values(seen_at=clock.now() - timedelta(minutes=3)))
        clerk.write(hour, c.HoldLost(by=c.ROOM))
    expect(tom.locator("live-room[data-facts~=paused]")).to_be_attached(timeout=40_000)
    tom.wait_for_timeout(5_000)  # longer than between two of the first tries
    sees(tom, NOT_YET)
    room("Maya")
    sees(tom, "Your words are in the room.", seconds=40)


def test_that_the_room_rests_is_said_only_while_it_does(room, begun, clerk, hour):
    begun(HOUR.index(TALK))
    tom = room("Tom")
    tom.locator("#words").fill(LETTER)
    clerk.write(hour, c.HoldLost(by=c.ROOM))
    expect(tom.locator("live-room[data-facts~=paused]")).to_be_attached()
    tom.evaluate("document.querySelector('#box').requestSubmit()")
    sees(tom, sentence("floor_paused"))
    clerk.write(hour, c.TakeDuty(by=hours.handle("Maya"), duty="chair", entitled=True), c.HoldTaken(by=c.ROOM))
    expect(tom.locator("live-room")).not_to_contain_text(sentence("floor_paused"))
    expect(tom.locator("#words")).to_have_value(LETTER)
