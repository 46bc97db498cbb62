"""Making rooms and changing them: who may, what is stored, what is refused and left alone."""

import pytest
from sqlalchemy import func, select

from groups import clock
from groups.db import change, reading
from groups.errors import Invalid, NotFound, Refused
from groups.formats.shipped import FORMATS
from groups.membership.models import Membership
from groups.rooms.actions import (
    ROOMS,
    RoomSettings,
    change_room,
    look_after_room,
    make_room,
    plan_room,
    rooms_of,
)
from groups.rooms.models import Door, HandsSeenBy, Room

LANTERN = RoomSettings(
    name="The Lantern", about="Bring tea.", door="members", capacity=12, format="check-in-45", retention_minutes=0,
    newcomer_question="  What brings you\r\nhere? ", hands_seen_by="everyone",
)


def count():
    with reading() as session:
        return session.scalar(select(func.count()).select_from(Room))


def stored(room):
    with reading() as session:
        return session.get(Room, room.id)


def test_a_moderator_makes_a_room(maya, harbour):
    room = stored(make_room(maya.membership, LANTERN))
    assert (room.group_id, room.name, room.about, room.door) == (harbour.id, "The Lantern", "Bring tea.", Door.MEMBERS)
    assert (room.capacity, room.format, room.retention_minutes) == (12, "check-in-45", 0)
    assert (room.newcomer_question, room.hands_seen_by) == ("What brings you here?", HandsSeenBy.EVERYONE)
    assert room.slug != make_room(maya.membership, LANTERN).slug


def test_a_room_starts_from_sensible_settings(maya):
    start = plan_room(maya.membership)
    assert (start.door, start.capacity, start.retention_minutes) == ("anyone", 40, 60)
    assert start.format in FORMATS
    assert start.hands_seen_by == "duty" and start.newcomer_question


def test_a_room_may_ask_newcomers_nothing(maya):
    assert stored(make_room(maya.membership, RoomSettings(name="The Lantern", newcomer_question=" "))).newcomer_question == ""


def test_members_may_not_make_or_change_rooms(tom, quay):
    before = count()
    for wish in (
        lambda: plan_room(tom.membership), lambda: make_room(tom.membership, LANTERN),
        lambda: look_after_room(tom.membership, quay.slug), lambda: change_room(tom.membership, quay, LANTERN),
    ):
        with pytest.raises(Refused, match="for_moderators"):
            wish()
    assert count() == before and stored(quay).name == "The Quay"


def test_a_moderator_of_another_group_finds_nothing(rosa, quay):
    with pytest.raises(NotFound):
        look_after_room(rosa.membership, quay.slug)
    with pytest.raises(NotFound):
        change_room(rosa.membership, quay, LANTERN)
    assert stored(quay).name == "The Quay"


def test_who_left_the_group_finds_nothing_either(maya, quay):
    with change() as (session, _):
        session.get(Membership, maya.membership.id).left_at = clock.now()
    # The membership in hand is from before; the action looks again.
    with pytest.raises(NotFound):
        make_room(maya.membership, LANTERN)
    with pytest.raises(NotFound):
        change_room(maya.membership, quay, LANTERN)


@pytest.mark.parametrize("field, value, reason", [
    ("name", "", "empty"), ("name", " \n\t ", "empty"), ("name", None, "empty"), ("name", "\x00\u202e", "empty"),
    ("name", "x" * 61, "too_long"), ("about", "x" * 601, "too_long"),
    ("door", "everybody", "choose_one"), ("door", None, "choose_one"),
    ("capacity", None, "bad_number"), ("capacity", 1, "out_of_range"), ("capacity", 501, "out_of_range"),
    ("capacity", -(10**30), "out_of_range"),
    ("format", "karaoke", "choose_one"), ("format", None, "choose_one"),
    ("newcomer_question", "x" * 161, "too_long"), ("hands_seen_by", "nobody", "choose_one"), ("hands_seen_by", None, "choose_one"),
    ("retention_minutes", 7, "choose_one"), ("retention_minutes", -1, "choose_one"), ("retention_minutes", None, "choose_one"),
])
def test_what_makes_no_sense_is_refused_by_field_and_nothing_is_stored(maya, quay, field, value, reason):
    before = count()
    settings = RoomSettings(**{"name": "The Lantern", field: value})
    for wish in (lambda: make_room(maya.membership, settings), lambda: change_room(maya.membership, quay, settings)):
        with pytest.raises(Invalid) as caught:
            wish()
        assert (caught.value.field, caught.value.reason) == (field, reason)
    assert count() == before and stored(quay).name == "The Quay"


def test_what_shows_nothing_is_dropped_from_a_name_and_lines_stay_in_a_description(maya):
    settings = RoomSettings(name="  The\u202e Lan\x00tern \n ", about="One.\r\n\r\nTwo.\x07  ")
    room = stored(make_room(maya.membership, settings))
    assert (room.name, room.about) == ("The Lan tern", "One.\n\nTwo.")


def test_a_room_is_changed(maya, quay):
    change_room(maya.membership, quay, LANTERN)
    room = stored(quay)
    assert (room.name, room.capacity, room.slug) == ("The Lantern", 12, quay.slug)


def test_a_group_has_a_bounded_number_of_rooms(maya):
    with change() as (session, _):
        session.add_all(Room(group_id=maya.membership.group_id, name=f"Room {n}") for n in range(ROOMS - 1))
    with pytest.raises(Refused) as caught:
        make_room(maya.membership, LANTERN)
    assert (caught.value.reason, caught.value.facts) == ("enough_rooms", {"limit": ROOMS})


def test_the_rooms_of_a_group_are_its_own_in_use_by_name(maya, harbour, quay):
    make_room(maya.membership, LANTERN)
    with change() as (session, _):
        session.add(Room(group_id=harbour.id, name="The Attic", archived_at=clock.now()))
    assert [room.name for room in rooms_of(harbour)] == ["The Lantern", "The Quay"]
