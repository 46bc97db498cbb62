"""Which formats and readings a group can choose from, and what a stored key means.

A key that was stored keeps its meaning: what is put away is not offered any more, and still works."""

import msgspec
from sqlalchemy import select

from groups.db import reading
from groups.formats.models import OwnFormat, OwnReading
from groups.formats.readings import Reading
from groups.formats.shape import Format
from groups.formats.shipped import FIRST, FORMATS, READINGS

# A key nobody knows any more: the calendar calls it a meeting, and it can still be held.
UNKNOWN = Format(key="", title="A meeting", kind="meeting", segments=FORMATS[FIRST].segments)


def format_of(group_id: int, key: str) -> Format:
    """The format of that key in this group, with every reading's words and source in its part: what a
    meeting takes over when its lobby opens. Always one that can be held."""
    with reading() as session:
        form = find_format(session, group_id, key)
        return with_texts(form, readings_of(session, group_id))


def find_format(session, group_id: int, key: str) -> Format:
    """The format of that key, shipped or the group's own, also when it was put away."""
    if key in FORMATS:
        return FORMATS[key]
    row = own_format(session, group_id, key)
    return row.format if row else UNKNOWN


def own_format(session, group_id: int, key: str) -> OwnFormat | None:
    """The group's own format of that key, or None."""
    return session.scalar(select(OwnFormat).where(OwnFormat.key == key, OwnFormat.group_id == group_id))


def own_formats(session, group_id: int, put_away: bool = False) -> list[OwnFormat]:
    """The group's own formats, by title: those in use, or those put away."""
    state = OwnFormat.archived_at.is_not(None) if put_away else OwnFormat.archived_at.is_(None)
    return list(session.scalars(select(OwnFormat).where(OwnFormat.group_id == group_id, state).order_by(OwnFormat.title)))


def offered(session, group_id: int, besides: str = "") -> dict[str, Format]:
    """What can be chosen: the group's own, then the shipped ones. besides: a key in use, which may
    stay although it is put away."""
    own = {row.key: row.format for row in own_formats(session, group_id)}
    kept = own_format(session, group_id, besides) if besides and besides not in FORMATS | own else None
    return own | FORMATS | ({kept.key: kept.format} if kept else {})


def readings_of(session, group_id: int) -> dict[str, Reading]:
    """Every text of the group's and every shipped one, also what was put away."""
    own = select(OwnReading).where(OwnReading.group_id == group_id)
    return READINGS | {row.key: row.reading for row in session.scalars(own)}


def own_readings(session, group_id: int) -> list[OwnReading]:
    """The group's own texts in use, by title."""
    own = select(OwnReading).where(OwnReading.group_id == group_id, OwnReading.archived_at.is_(None))
    return list(session.scalars(own.order_by(OwnReading.title)))


def with_texts(form: Format, readings: dict[str, Reading]) -> Format:
    """The format with the words of the readings it names in the parts that name them."""
    return msgspec.structs.replace(form, segments=tuple(_with_text(segment, readings) for segment in form.segments))


def _with_text(segment, readings):
    if not segment.reading:
        return segment
    found = readings.get(segment.reading)
    text, source = (found.text, f"“{found.title}”. {found.credit}") if found else ("", "")
    return msgspec.structs.replace(segment, text=text, source=source, reading="")
