"""Who sees which hours, and which of them somebody asked for: the conditions every list of the calendar
is made with. `mine` are the ids of the reader's groups; nobody sees anything else but open doors."""

from dataclasses import dataclass

from sqlalchemy import and_, or_, select

from groups.formats.models import OwnFormat
from groups.formats.shipped import FORMATS
from groups.membership.models import Access, Group
from groups.rooms.models import Door, Room
from groups.schedule.filters import Choices, Filter
from groups.schedule.marks import served_by
from groups.schedule.models import Meeting
from groups.schedule.reader import Reader
from groups.sql import folded as letters
from groups.text import folded

OPEN_DOOR = and_(Group.access == Access.OPEN, Room.door == Door.ANYONE)


@dataclass(frozen=True)
class Narrow:
    """Conditions a list is narrowed by: about its rooms and their groups, and about its meetings."""

    rooms: tuple = ()
    meetings: tuple = ()


NOTHING = Narrow()


def in_sight(mine: frozenset[int], narrow: Narrow = NOTHING) -> list:
    """The conditions for a query that has joined Meeting, Room and Group. An hour that is not listed
    is there for its own group only."""
    stranger = and_(OPEN_DOOR, Meeting.is_listed)
    seen = or_(Group.id.in_(mine), stranger) if mine else stranger
    return [seen, Room.archived_at.is_(None), *narrow.rooms, *narrow.meetings]


def seen_rooms(mine: frozenset[int], narrow: Narrow = NOTHING):
    """The ids of the rooms in sight, as a subquery."""
    seen = or_(Group.id.in_(mine), OPEN_DOOR) if mine else OPEN_DOOR
    rooms = select(Room.id).join(Group, Room.group_id == Group.id)
    return rooms.where(seen, Room.archived_at.is_(None), *narrow.rooms)


def countable(mine: frozenset[int], narrow: Narrow = NOTHING) -> list:
    """The same as `in_sight`, for a query that has only Meeting: thousands of rows are counted by one
    index and one look each into a set of rooms. The sum keeps the database from going through the
    rooms one by one instead, which takes it eight times as long."""
    own = Meeting.room_id.in_(select(Room.id).where(Room.group_id.in_(mine)))
    listed = or_(Meeting.is_listed, own) if mine else Meeting.is_listed
    return [(Meeting.room_id + 0).in_(seen_rooms(mine, narrow)), listed, *narrow.meetings]


def for_members(mine: frozenset[int]) -> list:
    """What members of these groups see besides what anybody does, for a query that has only Meeting."""
    rooms = select(Room.id).where(Room.group_id.in_(mine), Room.archived_at.is_(None))
    open_rooms = select(Room.id).join(Group, Room.group_id == Group.id).where(Group.id.in_(mine), OPEN_DOOR)
    return [Meeting.room_id.in_(rooms), or_(~Meeting.is_listed, Meeting.room_id.not_in(open_rooms))]


def narrowed(chosen: Filter, choices: Choices, reader: Reader) -> Narrow:
    """The conditions a filter stands for."""
    rooms, meetings = [], []
    if chosen.whom:
        rooms.append(Group.for_whom.in_(choices.whom[chosen.whom].stands_for))
    if chosen.access:
        rooms.append(OPEN_DOOR if chosen.access == "open" else ~OPEN_DOOR)
    if chosen.group:
        rooms.append(Group.id.in_(choices.groups[chosen.group].stands_for))
    if chosen.room:
        rooms.append(Room.id == choices.rooms[chosen.room].stands_for)
    if chosen.language:
        meetings.append(Meeting.language == chosen.language)
    if chosen.kind:
        kinds = choices.kinds[chosen.kind].stands_for
        meetings.append(_of_kind(OwnFormat.kind.in_(kinds), lambda form: form.kind in kinds))
    if chosen.serving:
        meetings.append(served_by(reader.account_id))
    return Narrow(tuple(rooms), tuple(meetings + [_says(word) for word in chosen.looked_for]))


def _says(word):
    """The hour's title, its room, its group or its kind has this word in it."""
    def there(*columns):
        return or_(*(letters(column).contains(word, autoescape=True) for column in columns))

    rooms = select(Room.id).join(Group, Room.group_id == Group.id).where(there(Room.name, Group.name))
    kind = _of_kind(there(OwnFormat.kind, OwnFormat.title), lambda form: word in folded(f"{form.kind} {form.title}"))
    return or_(Meeting.room_id.in_(rooms), kind, there(Meeting.title))


def _of_kind(own, shipped):
    """The hour goes by a format like this: a group's own by a condition, a shipped one by a question."""
    keys = [key for key, form in FORMATS.items() if shipped(form)]
    return or_(Meeting.format.in_(keys), Meeting.format.in_(select(OwnFormat.key).where(own)))
