"""What a fault looks like to whoever was about to share: a calm line, their words where they were, and no
more to do than to wait. `make faults` counts what becomes of thousands of shares; here is one."""

import sqlite3
from contextlib import contextmanager
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from groups import clock
from groups.meeting import seats
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
