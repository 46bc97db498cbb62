"""Whoever leaves quickly, or signs out, keeps nobody waiting: the floor, the hand and the duty go back at once,
as if they had left by the button, and nothing tells that they did not."""

from datetime import timedelta
from time import sleep

import pytest
from sqlalchemy import select

from groups import announcements, clock
from groups.accounts import actions, browsers, passphrase
from groups.accounts.changing import change_words
from groups.accounts.models import SignIn
from groups.accounts.sessions import hashed
from groups.db import change, reading
from groups.formats.shape import Segment
from groups.ids import token
from groups.meeting import commands as c
from groups.meeting import following, seats
from groups.meeting.events import wire
from groups.meeting.jobs import Job
from groups.meeting.ledger import Ledger
from tests.hours import Clerk, do, now, plan
from tests.laddered import belongs
from tests.owned import keep
from tests.sockets import until

SOON = timedelta(milliseconds=300)  # when a room is asked whether it has seen them since
AGENDA = (Segment("Shares", "one_voice", 50, 10, turn=180),)


@pytest.fixture(autouse=True)
def house(app):
    """News reaches the room as in a running house."""
    book = app.extensions["ledger"]
    listeners = {
        actions.LeftQuickly: lambda news: following.left_quickly(book, news),
        actions.SignedOut: lambda news: following.signed_out(book, news, SOON),
    }
    for kind, listener in listeners.items():
        announcements.on(kind, listener)
    yield book
    for kind, listener in listeners.items():
        announcements.forget(kind, listener)


@pytest.fixture
def hour(house, maya, tom, nia):
    """Maya chairs, Tom has the floor, and Nia's hand is up."""
    return an_hour(house, maya, tom, nia)


def an_hour(book, maya, tom, nia):
    meeting = plan(begins_in=0)
    who = {person.name: person.membership.handle for person in (maya, tom, nia)}
    do(book, meeting, c.OpenLobby(
        by=c.ROOM, title="An hour", starts_at=meeting.starts_at, ends_at=meeting.ends_at, capacity=40, agenda=AGENDA
    ))
    do(book, meeting, *(c.Knock(by=handle, name=name) for name, handle in who.items()))
    do(book, meeting, c.TakeDuty(by=who["Maya"], duty="chair", entitled=True), c.AdmitAll(by=who["Maya"]))
    do(book, meeting, c.OpenDoor(by=who["Maya"]), c.RaiseHand(by=who["Tom"]), c.RaiseHand(by=who["Nia"]))
    do(book, meeting, c.GiveFloor(by=who["Maya"], who=who["Tom"]))
    assert book.look(meeting.id).state.turn.who == who["Tom"]
    return meeting


def signed_in(person, ago=timedelta()):
    """A browser they are signed in at, used so long ago; (its cookie, its number)."""
    cookie = token()
    with change() as (session, _):
        row = SignIn(token_hash=hashed(cookie), account_id=person.account.id, used_at=clock.now() - ago)
        session.add(row)
        session.flush()
        return cookie, row.id


def told(book, meeting, after):
    """What went out since that position, as it goes out, without its moments."""
    entries = book.read_on(after, 99)[1]
    moments = ("at", "number", "next_at")
    return [{k: v for k, v in wire(one.event, one.number).items() if k not in moments} | {"to": one.stream} for one in entries]


def test_who_leaves_quickly_gives_the_floor_back_at_once(house, hour, tom):
    actions.leave_quickly(hashed(signed_in(tom)[0]))
    state = now(house, hour)
    assert (state.turn, state.person(tom.membership.handle).standing) == (None, "left")


def test_a_hand_goes_down_and_a_duty_goes_back(house, hour, maya, nia):
    actions.leave_quickly(hashed(signed_in(nia)[0]))
    assert now(house, hour).hands == ()
    actions.leave_quickly(hashed(signed_in(maya)[0]))
    state = now(house, hour)
    assert (state.chair, state.pause.why) == (None, "nobody_on_duty")


def test_who_waits_at_the_door_does_not_wait_there_any_more(house, maya, tom):
    meeting = plan(begins_in=10)
    do(house, meeting, c.OpenLobby(
        by=c.ROOM, title="An hour", starts_at=meeting.starts_at, ends_at=meeting.ends_at, capacity=40, agenda=AGENDA
    ), c.Knock(by=tom.membership.handle, name="Tom"))
    actions.leave_quickly(hashed(signed_in(tom)[0]))
    assert now(house, meeting).standing("waiting") == []


def test_it_reads_like_the_button_on_every_wire(house, hour, maya, tom, nia):
    begin = house.look(hour.id)
    actions.leave_quickly(hashed(signed_in(tom)[0]))
    now(house, hour)
    quickly = told(house, hour, begin)
    other = an_hour(house, maya, tom, nia)
    begin = house.look(other.id)
    do(house, other, c.Leave(by=tom.membership.handle))
    assert quickly == told(house, other, begin) and [one["kind"] for one in quickly] == ["turn_ended", "stepped_away"]


def test_it_holds_where_another_process_has_the_room(app, house, hour, tom):
    """This process has never looked at the room; the other reads what it wrote."""
    elsewhere = Ledger(app.extensions["keyring"])
    try:
        following.left_quickly(elsewhere, actions.LeftQuickly(tom.account.id))
        elsewhere.submit(Job(hour.id, c.Tick(by=c.ROOM))).result(10)
    finally:
        elsewhere.stop()
    assert now(house, hour).turn is None


def test_somebody_who_leaves_quickly_leaves_nobody_elses_room(house, hour, rosa, otto):
    for person in (rosa, otto):
        actions.leave_quickly(hashed(signed_in(person)[0]))
    assert now(house, hour).turn is not None


def ends_here(tom, row):
    actions.end(row)


def ends_everywhere(tom, row):
    browsers.end_everywhere(tom.account)


def ends_there(tom, row):
    with reading() as session:
        name = session.scalar(select(SignIn.public_id).where(SignIn.id == row))
    browsers.end_one(tom.account, name)


@pytest.mark.parametrize("end", [ends_here, ends_everywhere, ends_there])
def test_who_signs_out_gives_the_floor_back_as_well(house, hour, tom, end):
    end(tom, signed_in(tom)[1])
    assert now(house, hour).turn is None


def test_who_signs_out_of_one_browser_and_sits_at_another_stays(house, hour, tom):
    """Seen by a socket there, or by a page without script that loads itself again: one note tells it, in every process."""
    here = signed_in(tom)[1]
    signed_in(tom)
    actions.end(here)
    seats.note_seen([(hour.id, tom.membership.handle)], clock.now() + following.CLOSED)
    sleep(3 * SOON.total_seconds())
    assert now(house, hour).turn is not None


def test_a_browser_that_was_only_used_lately_keeps_no_place(house, hour, tom):
    """At the front page, or in bed: nobody waits for a name whose page is closed."""
    here = signed_in(tom)[1]
    signed_in(tom)
    actions.end(here)
    assert now(house, hour).turn is not None, "not before it is sure"
    until(lambda: now(house, hour).turn is None, 10, "the floor to be free")


def test_nor_does_the_browser_at_which_one_asks_for_other_words(app, house, hour, tom):
    keep(app, tom)
    at_home = signed_in(tom)[1]
    signed_in(tom)
    change_words(tom.account, passphrase.generate(), app.extensions["settings"], at_home)
    until(lambda: now(house, hour).person(tom.membership.handle).standing == "left", 10, "the room to miss them")


def test_who_sits_in_one_of_two_rooms_at_the_other_browser_leaves_the_other_room_alone(app, house, hour, tom, willow):
    thomas = belongs(tom, willow, "Thomas")
    grove, clerk = plan("The Grove", begins_in=-1, phase="lobby"), Clerk.of(house)
    clerk.open_lobby(grove)
    clerk.bring_in(grove, "Thomas", chair="Rosa")
    here = signed_in(tom)[1]
    signed_in(tom)
    actions.end(here)
    seats.note_seen([(grove.id, thomas.handle)], clock.now() + following.CLOSED)
    until(lambda: now(house, hour).turn is None, 10, "the room they left to miss them at once")
    assert now(house, grove).person(thomas.handle).standing == "inside"


def test_a_browser_nobody_has_used_for_a_while_keeps_no_place(house, hour, tom):
    here = signed_in(tom)[1]
    signed_in(tom, ago=timedelta(minutes=20))
    actions.end(here)
    assert now(house, hour).turn is None


def test_somebody_else_who_comes_in_at_the_same_browser_takes_nobodys_floor_along(house, hour, tom, nia):
    row = signed_in(tom)[1]
    actions.take_over(row, nia.account)
    assert now(house, hour).turn is None


def test_who_only_types_their_words_again_stays(house, hour, tom):
    row = signed_in(tom)[1]
    actions.take_over(row, tom.account)
    assert now(house, hour).turn is not None
