"""What moderators do with rooms."""

from collections.abc import Container
from dataclasses import dataclass, fields

from sqlalchemy import func, select

from groups import policy
from groups.db import change, fresh, reading
from groups.errors import Invalid, NotFound, Refused
from groups.formats.choosing import offered
from groups.formats.shape import Format
from groups.formats.shipped import FIRST
from groups.logbook.writing import write_log
from groups.membership.models import Membership
from groups.rooms.agreements import MORE_AGREEMENTS, MORE_LIMIT
from groups.rooms.models import NEWCOMER_QUESTION, Door, Guard, HandsSeenBy, Room
from groups.seen import refuse_unless_seen, sum_of
from groups.text import one_line, one_of, paragraphs, whole_number

NAME_LIMIT, ABOUT_LIMIT, QUESTION_LIMIT, FOR_WHOM_LIMIT = 60, 600, 160, 80
SMALLEST, LARGEST = 2, 500  # people
RETENTION = (0, 15, 60, 240, 1440)  # minutes words may outlive the close
ROOMS = 30  # in one group


@dataclass(frozen=True)
class RoomChanged:
    """A room is another than it was: its settings, or locked or put away. It counts from the next meeting
    on; where it is urgent, for the hour that is on now, too."""

    room_id: int
    urgent: bool = False


@dataclass(frozen=True)
class RoomSettings:
    """What can be said about a room. The defaults are what a new room starts from."""

    name: str = ""
    about: str = ""
    door: str = Door.ANYONE
    capacity: int | None = 40
    format: str = FIRST
    retention_minutes: int | None = 60
    newcomer_question: str = NEWCOMER_QUESTION
    hands_seen_by: str = HandsSeenBy.DUTY
    for_whom: str = ""
    more_agreements: str = ""
    guard: str = Guard.USUAL
    holds_first: bool = True

    def checked(self, formats: Container[str]) -> dict:
        """Every value fit to be stored, by name. formats: keys of those that can be chosen. Raises
        Invalid(field, reason)."""
        return {
            "name": one_line("name", self.name, NAME_LIMIT),
            "about": paragraphs("about", self.about, ABOUT_LIMIT),
            "door": Door(one_of("door", self.door, list(Door))),
            "capacity": whole_number("capacity", self.capacity, SMALLEST, LARGEST),
            "format": one_of("format", self.format, formats),
            "retention_minutes": one_of("retention_minutes", self.retention_minutes, RETENTION),
            "newcomer_question": " ".join(paragraphs("newcomer_question", self.newcomer_question, QUESTION_LIMIT).split()),
            "hands_seen_by": HandsSeenBy(one_of("hands_seen_by", self.hands_seen_by, list(HandsSeenBy))),
            "for_whom": " ".join(paragraphs("for_whom", self.for_whom, FOR_WHOM_LIMIT).split()),
            "more_agreements": _more_agreements(self.more_agreements),
            "guard": Guard(one_of("guard", self.guard, list(Guard))),
            "holds_first": bool(self.holds_first),
        }


def _more_agreements(typed):
    """One a line; lines that say nothing go."""
    text = paragraphs("more_agreements", typed, (MORE_LIMIT + 1) * MORE_AGREEMENTS)
    lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    if len(lines) > MORE_AGREEMENTS:
        raise Invalid("more_agreements", "enough_more_agreements", limit=MORE_AGREEMENTS)
    if any(len(line) > MORE_LIMIT for line in lines):
        raise Invalid("more_agreements", "too_long", limit=MORE_LIMIT)
    return "\n".join(lines)


def plan_room(by: Membership) -> RoomSettings:
    """What a new room would start from, for somebody who may make one. Raises Refused."""
    policy.may_manage_rooms(by)
    return RoomSettings()


def make_room(by: Membership, settings: RoomSettings) -> Room:
    """A new room in the actor's group. Raises Invalid(field, …), Refused."""
    with change() as (session, _):
        by = fresh(session, by)
        policy.may_manage_rooms(by)
        values = settings.checked(offered(session, by.group_id))
        if session.scalar(select(func.count()).select_from(Room).where(Room.group_id == by.group_id)) >= ROOMS:
            raise Refused("enough_rooms", limit=ROOMS)
        room = Room(group=by.group, **values)
        session.add(room)
        session.flush()
        write_log(session, by.group_id, "room_made", by=by.handle, detail=room.slug)
    return room


def look_after_room(by: Membership, slug: str) -> Room:
    """The room of that name in the actor's group, for somebody who looks after it.

    Raises NotFound for other groups' rooms, Refused for members who do not moderate."""
    with reading() as session:
        found = select(Room).where(Room.slug == slug, Room.group_id == by.group_id)
        room = session.scalar(found) if slug.isalnum() else None
    if room is None:
        raise NotFound()
    policy.may_manage_rooms(by)
    return room


def state_of(room: Room) -> str:
    """A short sum over everything that can be changed about a room: another one as soon as anything is."""
    return sum_of("room", room.id, [getattr(room, field.name) for field in fields(RoomSettings)])


def change_room(by: Membership, room: Room, settings: RoomSettings, urgent: bool = False, seen: str = "") -> Room:
    """Change a room. It counts from the next meeting on: an hour that has begun keeps what it began
    with, unless it is urgent. seen: what `state_of` gave for the room somebody was looking at; empty where that does
    not matter. Raises Invalid(field, …), Refused, NotFound; Overtaken where somebody else changed it since."""
    with change() as (session, announce):
        session.execute(select(Room.id).where(Room.id == room.id).with_for_update())  # one after the other
        by, room = reached(session, by, room)
        values = settings.checked(offered(session, by.group_id, room.format))
        changed = {name: value for name, value in values.items() if getattr(room, name) != value}
        if changed:
            refuse_unless_seen(seen, state_of(room))
        for name, value in changed.items():
            setattr(room, name, value)
        if changed or urgent:
            write_log(session, by.group_id, "room_changed_now" if urgent else "room_changed", by=by.handle, detail=room.slug)
            announce(RoomChanged(room.id, urgent))
    return room


def reached(session, by: Membership, room: Room) -> tuple[Membership, Room]:
    """Both as they stand now, for somebody who looks after the room's group; inside a change. Raises
    NotFound, Refused."""
    by, room = fresh(session, by), fresh(session, room)
    if room.group_id != by.group_id:
        raise NotFound()
    policy.may_manage_rooms(by)
    return by, room


def formats_for(group_id: int, besides: str = "") -> dict[str, Format]:
    """The formats a room or an hour of this group can have. besides: the one it has, put away or not."""
    with reading() as session:
        return offered(session, group_id, besides)


def all_rooms(by: Membership) -> list[Room]:
    """Every room of the group by name, those that were put away last. Raises Refused."""
    policy.may_manage_rooms(by)
    with reading() as session:
        rooms = session.scalars(select(Room).where(Room.group_id == by.group_id).order_by(Room.name)).all()
    return sorted(rooms, key=lambda room: room.archived_at is not None)


def rooms_of(group) -> list[Room]:
    """The group's rooms in use, by name."""
    with reading() as session:
        rooms = select(Room).where(Room.group_id == group.id, Room.archived_at.is_(None)).order_by(Room.name)
        return list(session.scalars(rooms.limit(ROOMS)))
