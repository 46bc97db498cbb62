"""News from outside a live meeting: an urgent change of its room, a lock, a step lifted on its page, a role that was taken."""

from dataclasses import replace

import pytest

from groups.db import change
from groups.formats.shape import Segment
from groups.meeting import commands as c
from groups.meeting.commands_safety import TakeStep
from groups.meeting.following import role_removed, room_changed, step_lifted
from groups.membership.roles import RoleRemoved
from groups.rooms.actions import RoomChanged
from groups.rooms.models import Room
from groups.rota.models import Duty
from groups.schedule.models import DutyKind, Meeting
from tests.hours import do, now, plan


@pytest.fixture
def book(app):
    return app.extensions["ledger"]


@pytest.fixture
def hour(book, maya, tom):
    """Maya chairs, Tom is inside."""
    meeting = plan(begins_in=0)
    handles = {"Maya": maya.membership.handle, "Tom": tom.membership.handle}
    do(book, meeting, c.OpenLobby(
        by=c.ROOM, title="An hour", starts_at=meeting.starts_at, ends_at=meeting.ends_at, capacity=40,
        agenda=(Segment("Talk", "open_talk", 50, 10, turn=1),), guard="off",
    ))
    do(book, meeting, *(c.Knock(by=who, name=name) for name, who in handles.items()))
    do(book, meeting, c.TakeDuty(by=handles["Maya"], duty="chair", entitled=True), c.AdmitAll(by=handles["Maya"]))
    do(book, meeting, c.OpenDoor(by=handles["Maya"]))
    return meeting


def with_room(quay, **settings):
    with change() as (session, _):
        room = session.get(Room, quay.id)
        for name, value in settings.items():
            setattr(room, name, value)


def test_an_urgent_change_counts_at_once_and_any_other_from_the_next_hour_on(book, hour, quay):
    with_room(quay, guard="strict", capacity=12)
    room_changed(book, RoomChanged(quay.id, urgent=False))
    assert now(book, hour).guard == "off"
    room_changed(book, RoomChanged(quay.id, urgent=True))
    assert (now(book, hour).guard, now(book, hour).capacity) == ("strict", 12)


def test_a_change_of_the_room_leaves_a_circle_its_few_places(book, hour, quay):
    with change() as (session, _):
        session.get(Meeting, hour.id).places = 6
    with_room(quay, guard="strict")
    room_changed(book, RoomChanged(quay.id, urgent=True))
    assert (now(book, hour).guard, now(book, hour).capacity) == ("strict", 6)


def test_a_lock_that_cannot_wait_ends_the_hour(book, hour, quay):
    with_room(quay, locked_at=hour.starts_at)
    room_changed(book, replace(RoomChanged(quay.id, urgent=True), urgent=False))
    assert now(book, hour).phase == "open"
    room_changed(book, RoomChanged(quay.id, urgent=True))
    assert (now(book, hour).phase, now(book, hour).why_closed) == ("sealed", "locked")


def test_a_step_lifted_on_its_page_is_lifted_in_the_room(book, hour, maya, tom):
    step = TakeStep(by=maya.membership.handle, who=tom.membership.handle, step="listen", agreement=1, earlier="warn")
    do(book, hour, step)
    assert tom.membership.handle in now(book, hour).silenced
    step_lifted(book, hour.id, tom.membership.handle)
    assert not now(book, hour).silenced
    step_lifted(book, None, tom.membership.handle)


@pytest.mark.parametrize("signed_up", [False, True])
def test_a_role_that_was_taken_takes_what_was_served_by_it_and_leaves_what_the_rota_gives(book, hour, maya, signed_up):
    if signed_up:
        with change() as (session, _):
            session.add(Duty(meeting_id=hour.id, membership_id=maya.membership.id, kind=DutyKind.CHAIR))
    role_removed(book, RoleRemoved(maya.membership.id, maya.membership.handle))
    assert now(book, hour).person(maya.membership.handle).duty == ("chair" if signed_up else None)
    assert now(book, hour).rests is not signed_up
