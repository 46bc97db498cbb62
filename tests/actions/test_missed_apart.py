"""One account in two rooms, under two names: whatever it does or meets as one is told to neither room so that the two
could be joined by the moment."""

from datetime import timedelta
from functools import partial
from time import sleep

import pytest
from sqlalchemy import func, select

from groups import clock
from groups.accounts import passphrase
from groups.accounts.browsers import end_everywhere
from groups.accounts.changing import change_words
from groups.accounts.spare_codes import draw, make_card
from groups.db import reading
from groups.erasure.exporting import export_mine
from groups.logbook.models import LogEntry
from groups.meeting import keeping, seats
from groups.meeting.apart import APART, apart, one_after_another
from groups.meeting.following import leaves_every_room
from groups.meeting.models import Entry
from groups.sealing import of_house
from tests import hours
from tests.laddered import belongs
from tests.owned import keep
from tests.sockets import until

BEAT = timedelta(seconds=5)  # of `_who_is_there`


@pytest.fixture
def rooms(app, tom, willow):
    """Tom is in the Quay, and as Thomas he waits in the Grove, at the same hour. [(meeting, handle)]"""
    thomas, clerk = belongs(tom, willow, "Thomas"), hours.Clerk.of(app.extensions["ledger"])
    both = []
    for room, chair, who in (("The Quay", "Maya", tom.membership), ("The Grove", "Rosa", thomas)):
        meeting = hours.plan(room, begins_in=-1, phase="lobby")
        clerk.open_lobby(meeting)
        clerk.bring_in(meeting, who.name, chair=chair)
        both.append((meeting, who.handle))
    return both


def missed(ledger, rooms, at) -> list[bool]:
    """In which of the rooms somebody is gone, after a look at that moment."""
    for future in keeping.look_after(ledger, at):
        future.result(5)
    return [ledger.look(meeting.id).state.person(handle).standing == "left" for meeting, handle in rooms]


def test_two_rooms_miss_somebody_whose_lines_dropped_together_at_moments_apart(app, rooms):
    """By more than the beat at which a process looks at all rooms at once."""
    ledger = app.extensions["ledger"]
    dropped = (clock.now() + timedelta(seconds=n) for n in range(1000))
    at = next(one for one in dropped if abs(_apart(rooms[0], one) - _apart(rooms[1], one)) > 2 * BEAT)
    seats.note_seen([(meeting.id, handle) for meeting, handle in rooms], at)
    first, second = sorted(_apart(one, at) for one in rooms)
    limit = at + keeping.INSIDE_SEEN
    assert missed(ledger, rooms, limit + first - BEAT / 2) == [False, False]
    assert sorted(missed(ledger, rooms, limit + first + BEAT)) == [False, True], "one room misses them, the other not yet"
    assert sorted(missed(ledger, rooms, limit + second - BEAT / 2)) == [False, True]
    assert missed(ledger, rooms, limit + second + BEAT / 2) == [True, True]


def test_whoever_leaves_both_by_one_button_leaves_the_second_a_little_later(app, rooms, tom):
    ledger, done = app.extensions["ledger"], []
    leaves_every_room(ledger, tom.account.id)
    assert sorted(_gone(ledger, one) for one in rooms) == [False, True]
    one_after_another([partial(done.append, n) for n in range(5)], within=timedelta(milliseconds=200))
    assert done[:1] == [0]
    until(lambda: sorted(done) == [0, 1, 2, 3, 4], 10, "all of them to be done")


def test_whoever_is_back_in_the_second_by_then_stays(app, rooms, tom):
    """Signed out by mistake and in again: the room they came back to does not let them go a little later."""
    ledger, (first, second) = app.extensions["ledger"], rooms
    began = clock.now()
    seats.note_seen([(second[0].id, second[1])], began - BEAT)
    seats.note_seen([(first[0].id, first[1])], began)  # seen last there: left at once
    leaves_every_room(ledger, tom.account.id, within=timedelta(milliseconds=200))
    seats.note_seen([(second[0].id, second[1])], clock.now() + BEAT)
    until(lambda: _gone(ledger, first), 10, "the first room to miss them")
    sleep(0.5)
    assert not _gone(ledger, second)


def test_how_far_apart_is_another_each_time_and_only_the_house_can_reckon_it(app):
    moments = [clock.now() + timedelta(seconds=n) for n in range(2000)]
    here, there = [[apart(meeting, handle, at) for at in moments] for meeting, handle in ((1, "quay-tom"), (2, "grove-thomas"))]
    assert min(here) < APART / 50 and max(here) > APART * 0.98 and len(set(here)) == len(here)
    together = sum(abs(one - other) < BEAT for one, other in zip(here, there, strict=True)) / len(moments)
    assert together < 0.2, "as often as chance would have it for any two people"
    of_house.know("another-secret-0123456789-abcdefghijk")
    assert apart(1, "quay-tom", moments[0]) != here[0]


def test_what_an_account_does_for_itself_is_told_to_no_group(app, tom, rooms):
    """Other words, a card, a copy of everything: no room and no log hears of it; and of signing out no log."""
    settings, keyring = app.extensions["settings"], app.extensions["keyring"]
    keep(app, tom)
    before = told()
    make_card(tom.account, draw(), settings)
    change_words(tom.account, passphrase.generate(), settings, None)
    export_mine(tom.account, None, keyring)
    tom.sign_in()
    end_everywhere(tom.account)
    assert told() == before and before[0] > 0


def told():
    """How much was ever told to rooms, and to those who read the groups' logs."""
    with reading() as session:
        return [session.scalar(select(func.count()).select_from(kind)) for kind in (Entry, LogEntry)]


def _gone(ledger, room):
    """Once everything that was queued is done."""
    meeting, handle = room
    return hours.now(ledger, meeting).person(handle).standing == "left"


def _apart(room, at):
    meeting, handle = room
    return apart(meeting.id, handle, at)
