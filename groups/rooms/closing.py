"""Closing a room's door for a while, putting a room away, and opening it again. Each is a line in the
group's log; who did it and why stands beside the room, for those who look after it."""

from groups import clock
from groups.db import change, reading
from groups.logbook.writing import write_log
from groups.membership.models import Membership
from groups.rooms.actions import RoomChanged, reached
from groups.rooms.models import Room
from groups.text import one_line

WHY_LIMIT = 200  # characters


def lock_room(by: Membership, room: Room, why: str, urgent: bool = False) -> Room:
    """No lobby opens and nobody comes to its door until it is unlocked. An hour that is on now goes on with
    whoever is inside, unless it is urgent. Locking twice keeps the first reason.

    Raises Invalid("why", …) without a reason, Refused, NotFound."""
    with change() as (session, announce):
        by, room = reached(session, by, room)
        why = one_line("why", why, WHY_LIMIT)
        if room.locked_at is None:
            room.locked_at, room.locked_by_id, room.locked_why = clock.now(), by.id, why
            write_log(session, by.group_id, "room_locked", by=by.handle, detail=room.slug)
        announce(RoomChanged(room.id, urgent))
    return room


def unlock_room(by: Membership, room: Room) -> Room:
    """Lobbies open again. Doing it twice is harmless. Raises Refused, NotFound."""
    with change() as (session, announce):
        by, room = reached(session, by, room)
        if room.locked_at is not None:
            room.locked_at, room.locked_by_id, room.locked_why = None, None, ""
            write_log(session, by.group_id, "room_unlocked", by=by.handle, detail=room.slug)
            announce(RoomChanged(room.id))
    return room


def archive_room(by: Membership, room: Room) -> Room:
    """Put the room away: its hours leave the calendar, and are there again when it is reopened. Doing it
    twice is harmless. Raises Refused, NotFound."""
    with change() as (session, announce):
        by, room = reached(session, by, room)
        if room.archived_at is None:
            room.archived_at, room.archived_by_id = clock.now(), by.id
            write_log(session, by.group_id, "room_archived", by=by.handle, detail=room.slug)
            announce(RoomChanged(room.id))
    return room


def reopen_room(by: Membership, room: Room) -> Room:
    """Use the room again, with the hours it had. Doing it twice is harmless. Raises Refused, NotFound."""
    with change() as (session, announce):
        by, room = reached(session, by, room)
        if room.archived_at is not None:
            room.archived_at, room.archived_by_id = None, None
            write_log(session, by.group_id, "room_reopened", by=by.handle, detail=room.slug)
            announce(RoomChanged(room.id))
    return room


def who_closed(room: Room) -> str | None:
    """The name of whoever locked the room or put it away; None where that is nobody, or not known."""
    number = room.archived_by_id if room.archived_at else room.locked_by_id
    with reading() as session:
        member = session.get(Membership, number) if number else None
    return member.name if member else None
