"""A copy made here, "lamplight-export/1": its hours come back with what was decided about their dates. Pure."""

from collections.abc import Iterator
from dataclasses import fields

import msgspec

from groups.errors import Invalid
from groups.exchange.archive import VERSION, RoomKept
from groups.exchange.sources import cells
from groups.exchange.sources.candidate import Candidate, Unread, each, id_of
from groups.schedule.plans import Plan

SOURCE = "lamplight"


class Hours(msgspec.Struct, kw_only=True):
    """The part of a copy that holds hours. Nothing else of it is looked at, names of members least of all."""

    version: str = VERSION
    rooms: list[RoomKept]


def read_copy(copy: Hours) -> Iterator[Candidate | Unread]:
    """The hours of rooms in use, counted from 1."""
    kept = [series for room in copy.rooms if not room.is_archived for series in room.series]
    return each(kept, _read, lambda series: cells.shown(series.title))


def is_copy(thing: object) -> bool:
    """Whether this is a copy made here."""
    return isinstance(thing, dict) and thing.get("version") == VERSION


def as_copy(thing: object) -> Hours:
    """The copy in its types. Raises Invalid where it is not whole."""
    try:
        return msgspec.convert(thing, Hours)
    except (msgspec.ValidationError, RecursionError):
        raise Invalid("text", "import_broken") from None


def _read(row, series):
    title, notes = cells.title(series.title)
    zone, (language, more) = cells.zone_name(series.zone), cells.language(series.language)
    said = {field.name: getattr(series, field.name) for field in fields(Plan)}
    plan = Plan(**said | {"title": title, "zone": zone, "language": language})
    return Candidate(row, title, SOURCE, id_of(series.id), plan, decisions=tuple(series.decisions), notes=notes + more)

