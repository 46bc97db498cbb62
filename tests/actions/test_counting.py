"""What is written down when an hour is sealed: its outcome, who came, who served; once."""

from datetime import timedelta

import pytest

from groups import clock
from groups.db import change, reading
from groups.formats.shape import Segment
from groups.meeting import commands as c
from groups.meeting.actions import tell_desk
from groups.meeting.jobs import Job
from groups.meeting.ledger import Ledger
from groups.membership.models import Membership
from groups.rota.actions import GivenBack
from groups.rota.coming import plan_to_come
from groups.rota.models import Attended, Coming, Served
from groups.schedule.models import DutyKind, Meeting
from tests.evenings import count
from tests.hours import do, plan


@pytest.fixture
def book(app):
    return app.extensions["ledger"]


@pytest.fixture
def hour(book, freeze):
    """Its lobby is open, it begins now."""
    meeting = plan(begins_in=0)
    do(book, meeting, c.OpenLobby(
        by=c.ROOM, title="An hour", starts_at=meeting.starts_at, ends_at=meeting.ends_at, capacity=40,
        agenda=(Segment("Shares", "one_voice", 50, 10, turn=60), Segment("Closing", "closing", 5, 1)),
        fallback=(Segment("Reading", "reading", 5, 1),),
    ))
    return meeting


def comes(book, meeting, *people):
    do(book, meeting, *(c.Knock(by=person.membership.handle, name=person.name) for person in people))


def takes(book, meeting, person, duty):
    do(book, meeting, c.TakeDuty(by=person.membership.handle, duty=duty, entitled=True))


def counted(kind=Attended):
    """{name: times}, or {(name, duty): times}."""
    with reading() as session:
        rows = session.query(kind, Membership.name).join(Membership, kind.membership_id == Membership.id).all()
    return {name if kind is Attended else (name, str(row.kind)): row.times for row, name in rows}


def outcome(meeting):
    with reading() as session:
        return session.get(Meeting, meeting.id).outcome


def test_an_hour_that_was_held_counts_who_was_let_in_and_who_served_while_it_ran(book, hour, maya, tom, nia, vera):
    comes(book, hour, maya, tom, nia)
    takes(book, hour, maya, "chair")
    takes(book, hour, tom, "second")
    by = maya.membership.handle
    do(book, hour, c.OpenDoor(by=by), c.Leave(by=tom.membership.handle))
    takes(book, hour, nia, "door")
    assert outcome(hour) is None and counted() == {}
    do(book, hour, c.Close(by=by))
    assert outcome(hour) == "held"
    assert counted() == {"Maya": 1, "Tom": 1, "Nia": 1}
    assert counted(Served) == {("Maya", "chair"): 1, ("Tom", "second"): 1, ("Nia", "door"): 1}
    with reading() as session:
        assert session.query(Served).first().last_on == clock.now().date()


def test_who_was_not_let_in_did_not_come_and_who_gave_their_duty_on_before_it_began_did_not_serve(book, hour, maya, tom, nia):
    comes(book, hour, maya, tom, nia)
    takes(book, hour, tom, "chair")
    do(book, hour, c.Leave(by=tom.membership.handle))
    takes(book, hour, maya, "chair")
    do(book, hour, c.OpenDoor(by=maya.membership.handle), c.Close(by=maya.membership.handle))
    assert counted() == {"Maya": 1, "Tom": 1}, "Tom was inside; Nia was not"
    assert counted(Served) == {("Maya", "chair"): 1}


def test_closing_twice_or_by_two_ledgers_counts_once(app, book, hour, maya):
    comes(book, hour, maya)
    takes(book, hour, maya, "chair")
    do(book, hour, c.OpenDoor(by=maya.membership.handle))
    other = Ledger(app.extensions["keyring"])
    try:
        other.look(hour.id)
        futures = [ledger.submit(Job(hour.id, c.Close(by=maya.membership.handle))) for ledger in (book, other) * 3]
        for future in futures:
            future.result(10)
    finally:
        other.stop()
    assert (counted(), counted(Served)) == ({"Maya": 1}, {("Maya", "chair"): 1})


def test_another_hour_adds_one_more(book, maya, freeze):
    for _ in range(2):
        meeting = plan(begins_in=0)
        do(book, meeting, c.OpenLobby(
            by=c.ROOM, title="", starts_at=meeting.starts_at, ends_at=meeting.ends_at, capacity=5, agenda=(Segment("A", "silence", 5, 1),)
        ))
        comes(book, meeting, maya)
        takes(book, meeting, maya, "chair")
        do(book, meeting, c.OpenDoor(by=maya.membership.handle), c.Close(by=maya.membership.handle))
    assert (counted(), counted(Served)) == ({"Maya": 2}, {("Maya", "chair"): 2})


def test_an_hour_nobody_led_was_read_and_counts_who_came_but_nobody_as_serving(book, hour, tom, nia, freeze):
    comes(book, hour, tom, nia)
    freeze(hour.starts_at + timedelta(minutes=11))
    do(book, hour, c.Tick(by=c.ROOM))
    freeze.forward(minutes=30)
    for _ in range(3):
        do(book, hour, c.Tick(by=c.ROOM))
    assert outcome(hour) == "read" and counted() == {"Tom": 1, "Nia": 1} and counted(Served) == {}


def test_an_hour_nobody_came_to_was_missed(book, hour, freeze):
    freeze(hour.starts_at + timedelta(minutes=11))
    do(book, hour, c.Tick(by=c.ROOM))
    assert outcome(hour) == "missed" and counted() == {}


def test_plans_to_come_are_over_with_the_hour(book, hour, maya, tom):
    with change() as (session, _):
        session.add(Coming(meeting_id=hour.id, membership_id=tom.membership.id))
    later = plan(begins_in=600)
    plan_to_come(tom.membership, later)
    comes(book, hour, maya)
    takes(book, hour, maya, "chair")
    do(book, hour, c.Close(by=maya.membership.handle))
    assert count(Coming) == 1


def test_those_on_duty_read_that_somebody_stepped_down(book, hour, maya):
    comes(book, hour, maya)
    takes(book, hour, maya, "chair")
    tell_desk(book, GivenBack(hour.id, DutyKind.DOOR, "Tom"))
    do(book, hour, c.Tick(by=c.ROOM))
    [note] = [one.event for one in book.look_at_stream(hour.id, "desk", 0, 50)[1] if type(one.event).__name__ == "DeskNote"]
    assert (note.name, note.words) == ("The rota", "Somebody stepped down: Tom. The hour still needs somebody at the door.")
