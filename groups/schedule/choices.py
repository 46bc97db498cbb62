"""What there is to choose from on the calendar, as far as somebody may see it: a few small queries,
each with a limit."""

from sqlalchemy import select

from groups.errors import NotFound
from groups.formats.models import OwnFormat
from groups.formats.shipped import FORMATS
from groups.membership.models import Access, Group
from groups.rooms.models import Room
from groups.schedule import marks
from groups.schedule.filters import ACCESS, MINE, Choices, Option, signed
from groups.schedule.languages import LANGUAGES
from groups.schedule.models import Series
from groups.schedule.reader import Reader
from groups.schedule.seeing import seen_rooms

GROUPS, ROOMS, WORDINGS = 60, 60, 100  # more are not offered; a search finds them


def choices_for(session, reader: Reader, slug: str) -> Choices:
    """What this reader can choose from. slug: the group the address names, or "" or MINE; its rooms can
    be chosen too. Raises NotFound for a group that is not there for this reader."""
    groups = _groups(session, reader)
    if slug and slug != MINE and slug not in groups:
        groups[slug] = _open_group(session, slug)
    return Choices(
        languages=_languages(session, reader), kinds=_kinds(session, reader),
        whom=signed(session.scalars(_seen(select(Group.for_whom), reader).where(Group.for_whom != ""))),
        access={value: Option(label) for value, label in ACCESS.items()} if reader.groups else {},
        groups=groups, rooms=_rooms(session, reader, groups[slug].stands_for) if slug and slug != MINE else {},
        can_serve=reader.account_id is not None and bool(marks.SERVED),
    )


def _groups(session, reader):
    """The reader's own, then the open ones by name."""
    groups = {MINE: Option("my groups", reader.mine)} if len(reader.groups) > 1 else {}
    groups |= {group.slug: Option(group.name, frozenset([group.id])) for group in reader.groups}
    open_ones = Group.access == Access.OPEN, Group.closed_at.is_(None), Group.id.not_in(reader.mine)
    others = select(Group.slug, Group.name, Group.id).where(*open_ones)
    for slug, name, number in session.execute(others.order_by(Group.name, Group.id).limit(GROUPS)):
        groups[slug] = Option(name, frozenset([number]))
    return groups


def _open_group(session, slug):
    found = slug.isalnum() and session.execute(  # a database may choke on other things than it holds
        select(Group.id, Group.name).where(Group.slug == slug, Group.access == Access.OPEN)
    ).one_or_none()
    if not found:
        raise NotFound()
    return Option(found.name, frozenset([found.id]))


def _rooms(session, reader, group):
    rooms = select(Room.slug, Room.name, Room.id).where(Room.group_id.in_(group), Room.id.in_(seen_rooms(reader.mine)))
    return {slug: Option(name, number) for slug, name, number in session.execute(rooms.order_by(Room.name, Room.id).limit(ROOMS))}


def _languages(session, reader):
    spoken = select(Series.language).where(Series.room_id.in_(seen_rooms(reader.mine))).distinct()
    found = set(session.scalars(spoken))
    return {code: Option(name, code) for code, name in LANGUAGES.items() if code in found}


def _kinds(session, reader):
    own = _seen(select(OwnFormat.kind).join(Group, OwnFormat.group_id == Group.id), reader)
    return signed([*dict.fromkeys(form.kind for form in FORMATS.values()), *session.scalars(own)])


def _seen(query, reader):
    """Of groups the reader belongs to, or that anybody may come to."""
    there = Group.id.in_(reader.mine) | (Group.access == Access.OPEN) if reader.mine else Group.access == Access.OPEN
    return query.where(there).distinct().limit(WORDINGS)
