"""Somebody erases themselves while an hour is on: no snapshot, and nothing that is caught up with, names them."""

import msgspec
import pytest

from groups.formats.modes import Mode
from groups.formats.shape import Segment
from groups.meeting import commands as c
from groups.meeting.commands_safety import TakeAllBack
from groups.meeting.snapshots import entries, missed, snapshot
from tests.hours import do, join, plan

AGENDA = (
    Segment("Round", Mode.ROUND, 10, 5, turn=60, order="random"), Segment("Talk", Mode.OPEN_TALK, 30, 5, turn=0),
    Segment("Closing", Mode.CLOSING, 5, 2),
)
NAME, SAID = "Leanora", "The kettle is on"


@pytest.fixture
def book(app):
    return app.extensions["ledger"]


@pytest.fixture
def who(maya, tom, nia):
    (lea,) = join(NAME)
    return {"maya": maya.membership.handle, "tom": tom.membership.handle, "nia": nia.membership.handle, "lea": lea.handle}


@pytest.fixture
def hour(book, who):
    """Maya chairs. Lea stood beside, was drawn into the order, had the floor, spoke, wrote to those on duty and on Tom's line."""
    meeting = plan(begins_in=0)
    lea, maya, tom = who["lea"], who["maya"], who["tom"]
    names = {"maya": "Maya", "tom": "Tom", "nia": "Nia", "lea": NAME}
    do(book, meeting, c.OpenLobby(
        by=c.ROOM, title="An hour", starts_at=meeting.starts_at, ends_at=meeting.ends_at, capacity=40, agenda=AGENDA,
    ), *(c.Knock(by=handle, name=names[one]) for one, handle in who.items()))
    do(book, meeting, c.TakeDuty(by=maya, duty="chair", entitled=True), c.TakeDuty(by=lea, duty="second", entitled=True))
    do(book, meeting, c.AdmitAll(by=maya), c.OpenDoor(by=maya), c.GiveFloor(by=maya, who=lea))
    do(book, meeting, c.Share(by=lea, client_id="lea-says-1", words=SAID), c.NextSegment(by=maya))
    do(book, meeting, c.Share(by=lea, client_id="lea-says-2", words=f"{SAID} again"))
    do(book, meeting, c.WriteDesk(by=lea, client_id="lea-notes-1", words=f"{SAID} for us"))
    do(book, meeting, c.WriteLine(by=tom, client_id="tom-asks-1", words="May I stay?"))
    do(book, meeting, c.WriteLine(by=lea, who=tom, client_id="lea-answers", words=f"{SAID} for you"))
    do(book, meeting, c.WriteLine(by=lea, client_id="lea-asks-1", words=f"{SAID} for me"))
    return meeting


def everything(book, meeting, who):
    """All that Maya, Tom and Nia can get of the hour, as it goes out."""
    got = [snapshot(book, meeting.id, who[name], after) for name in ("maya", "tom", "nia") for after in (0, None)]
    got += [missed(book, meeting.id, who[name], "floor", 0) for name in ("maya", "tom", "nia")]
    got += [missed(book, meeting.id, who["maya"], "desk", 0), missed(book, meeting.id, who["tom"], "line", 0)]
    got += [missed(book, meeting.id, who["maya"], "line", 0, who=who[name]) for name in ("tom", "lea")]
    return msgspec.json.encode(got).decode()


def test_no_snapshot_and_nothing_caught_up_with_names_them_or_says_what_they_said(book, hour, who):
    before = everything(book, hour, who)
    assert NAME in before and SAID in before
    do(book, hour, TakeAllBack(by=c.ROOM, who=who["lea"]))
    after = everything(book, hour, who)
    assert NAME not in after and SAID not in after


def test_what_goes_out_that_moment_names_them_neither(book, hour, who):
    before = book.look(hour.id)
    do(book, hour, TakeAllBack(by=c.ROOM, who=who["lea"]))
    live, numbered = book.read_on(before, 99)
    told = msgspec.json.encode(entries(numbered, live)).decode()
    assert NAME not in told and [one.event for one in numbered if one.stream == "floor"]
    named = [one["names"] for one in entries(numbered, live) if one["kind"] == "order_named"]
    assert [sorted(names) for names in named] == [["Maya", "Nia", "Tom"]]


def test_whoever_they_wrote_to_is_told_to_look_anew_and_nobody_else_is(book, hour, who):
    do(book, hour, TakeAllBack(by=c.ROOM, who=who["lea"]))
    parts = {name: snapshot(book, hour.id, who[name])["part"].get("line_anew") for name in ("maya", "tom", "nia")}
    assert parts == {"maya": None, "tom": 1, "nia": None}


def test_their_line_leaves_the_desk_and_twice_is_once(book, hour, who):
    do(book, hour, TakeAllBack(by=c.ROOM, who=who["lea"]))
    position = book.look(hour.id).position
    do(book, hour, TakeAllBack(by=c.ROOM, who=who["lea"]))
    assert book.look(hour.id).position == position
    desk = snapshot(book, hour.id, who["maya"])["desk"]
    assert [one["who"] for one in desk["view"]["lines"]] == [who["tom"]] == list(desk["lines"])


def test_the_floor_hears_nothing_where_no_order_was_announced(book, hour, who):
    """That somebody erased themselves is nobody's business who never read their name."""
    (quiet,) = join("Ulla")
    do(book, hour, c.Knock(by=quiet.handle, name="Ulla"), c.Admit(by=who["maya"], who=quiet.handle))
    head = book.look(hour.id).state.floor_head
    do(book, hour, TakeAllBack(by=c.ROOM, who=quiet.handle))
    assert book.look(hour.id).state.floor_head == head
