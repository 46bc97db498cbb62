"""Rooms are locked, put away, used again; and changed at once where it is urgent."""

from datetime import timedelta

import pytest

from groups import clock
from groups.db import change, reading
from groups.errors import Invalid, NotFound, Refused
from groups.meeting.actions import reach
from groups.membership.models import Membership
from groups.rooms.actions import RoomChanged, RoomSettings, all_rooms, change_room, rooms_of
from groups.rooms.closing import archive_room, lock_room, reopen_room, unlock_room, who_closed
from groups.rooms.models import Door, Guard, Room
from groups.rota.coming import come_to_door
from groups.schedule.models import Meeting, Phase
from tests import hours
from tests.actions.logged import logged
from tests.news import heard

VERBS = (lambda by, room: lock_room(by, room, "A pipe burst."), unlock_room, archive_room, reopen_room)


@pytest.fixture
def told():
    with heard(RoomChanged) as news:
        yield news


def stored(room):
    with reading() as session:
        return session.get(Room, room.id)


def test_a_room_is_locked_with_a_reason_and_unlocked(maya, quay, harbour, told):
    lock_room(maya.membership, quay, " A pipe\nburst. ")
    lock_room(maya.membership, quay, "Another reason.")
    room = stored(quay)
    assert room.locked_at and (room.locked_why, who_closed(room)) == ("A pipe burst.", "Maya")
    unlock_room(maya.membership, quay)
    unlock_room(maya.membership, quay)
    assert stored(quay).locked_at is None and stored(quay).locked_why == "" and who_closed(stored(quay)) is None
    assert logged(harbour, "action", "detail") == [("room_locked", quay.slug), ("room_unlocked", quay.slug)]
    assert told == [RoomChanged(quay.id), RoomChanged(quay.id), RoomChanged(quay.id)]


@pytest.mark.parametrize("why, reason", [("", "empty"), (" \n ", "empty"), (None, "empty"), ("x" * 201, "too_long")])
def test_a_lock_needs_its_reason(maya, quay, why, reason):
    with pytest.raises(Invalid) as wrong:
        lock_room(maya.membership, quay, why)
    assert (wrong.value.field, wrong.value.reason) == ("why", reason) and stored(quay).locked_at is None


def test_a_room_is_put_away_and_used_again(maya, quay, harbour):
    archive_room(maya.membership, quay)
    archive_room(maya.membership, quay)
    assert rooms_of(harbour) == [] and [room.id for room in all_rooms(maya.membership)] == [quay.id] and who_closed(stored(quay)) == "Maya"
    reopen_room(maya.membership, quay)
    reopen_room(maya.membership, quay)
    assert [room.id for room in rooms_of(harbour)] == [quay.id]
    assert logged(harbour) == ["room_archived", "room_reopened"]


@pytest.mark.parametrize("verb", VERBS)
def test_it_is_for_moderators_of_the_rooms_own_group(verb, tom, rosa, quay):
    with pytest.raises(Refused, match="for_moderators"):
        verb(tom.membership, quay)
    with pytest.raises(NotFound):
        verb(rosa.membership, quay)
    assert stored(quay).locked_at is None and stored(quay).archived_at is None


def test_a_locked_room_lets_nobody_to_its_door(maya, tom, quay):
    meeting = hours.plan(begins_in=1)
    with change() as (session, _):
        session.get(Meeting, meeting.id).phase = Phase.LOBBY
    member, found = reach(tom.account.id, meeting.public_id)
    come_to_door(member, found)
    lock_room(maya.membership, quay, "Later.")
    with pytest.raises(Refused, match="room_locked"):
        come_to_door(member, found)


def test_a_room_for_known_members_is_shut_to_who_joined_this_week(maya, tom, quay):
    change_room(maya.membership, quay, RoomSettings(name="The Quay", door=Door.KNOWN))
    meeting = hours.plan(begins_in=1)
    with change() as (session, _):
        session.get(Meeting, meeting.id).phase = Phase.LOBBY
    member, found = reach(tom.account.id, meeting.public_id)
    with pytest.raises(Refused, match="for_known"):
        come_to_door(member, found)
    with change() as (session, _):
        session.get(Membership, member.id).joined_at = clock.now() - timedelta(days=8)
    come_to_door(member, found)


def test_what_keeps_a_room_safe_is_stored_and_changes_are_told_and_logged(maya, quay, harbour, told):
    wish = RoomSettings(
        name="The Quay", for_whom=" women ", more_agreements="Cameras off.\r\n\r\n  No names. ", guard="strict", holds_first=False,
    )
    change_room(maya.membership, quay, wish)
    room = stored(quay)
    assert (room.for_whom, room.more_agreements, room.guard, room.holds_first) == ("women", "Cameras off.\nNo names.", Guard.STRICT, False)
    change_room(maya.membership, quay, wish)  # nothing new: no line
    change_room(maya.membership, quay, wish, urgent=True)
    assert logged(harbour) == ["room_changed", "room_changed_now"]
    assert told == [RoomChanged(quay.id, False), RoomChanged(quay.id, True)]


@pytest.mark.parametrize("field, value, reason", [
    ("guard", "paranoid", "choose_one"), ("guard", None, "choose_one"), ("for_whom", "x" * 81, "too_long"),
    ("more_agreements", "x" * 301, "too_long"), ("more_agreements", "x" * 2000, "too_long"), ("more_agreements", "\n".join("abcdef"), "enough_more_agreements"),
])
def test_what_makes_no_sense_is_refused_by_field(maya, quay, field, value, reason):
    with pytest.raises(Invalid) as wrong:
        change_room(maya.membership, quay, RoomSettings(**{"name": "The Attic", field: value}))
    assert (wrong.value.field, wrong.value.reason) == (field, reason) and stored(quay).name == "The Quay"
