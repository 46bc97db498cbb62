"""Meeting Guide lists: a JSON array of records, or the same as a table whose first row names the columns
in plain words. Pure."""

import csv
import io
import re
from collections.abc import Iterator

from groups.errors import Invalid
from groups.exchange.codes import LANGUAGE_CODES
from groups.exchange.sources import cells
from groups.exchange.sources.candidate import FROM_NOW_ON, Candidate, Unread, each, id_of, weekly
from groups.schedule.plans import Plan

SOURCE = "meeting-guide"
USUAL = 60  # minutes, where no end is said
CLOSED = {"TC", "LOCATION TEMPORARILY CLOSED", "TEMPORARILY CLOSED"}
ONLINE = {"ONL", "ONLINE", "ONLINE MEETING"}
_LANGUAGE_NAMES = {
    "ENGLISH": "en", "ARABIC": "ar", "DANISH": "da", "GERMAN": "de", "GREEK": "el", "SPANISH": "es", "PERSIAN": "fa", "FARSI": "fa",
    "FINNISH": "fi", "FRENCH": "fr", "HEBREW": "he", "HINDI": "hi", "HUNGARIAN": "hu", "ITALIAN": "it", "JAPANESE": "ja",
    "KOREAN": "ko", "DUTCH": "nl", "NORWEGIAN": "no", "PUNJABI": "pa", "POLISH": "pl", "PORTUGUESE": "pt", "RUSSIAN": "ru",
    "SWEDISH": "sv", "THAI": "th", "TURKISH": "tr", "UKRAINIAN": "uk",
}
_LANGUAGES = {code: language for language, code in LANGUAGE_CODES.items()} | _LANGUAGE_NAMES
# What the columns of a table are called besides their own names.
_COLUMNS = {"id": "slug", "meeting": "name", "meeting_name": "name", "start_time": "time", "time_zone": "timezone"}
LONGEST_CELL = 64 * 1024


def read_records(records: list, first: int = 1) -> Iterator[Candidate | Unread]:
    """One after the other. first: how the first one is counted."""
    return each(records, _read, _name, first)


def records_of(text: str) -> list[dict[str, str]]:
    """The rows of a table as records; the first one, with the names, is row 1. Raises Invalid for what is no
    table."""
    csv.field_size_limit(LONGEST_CELL)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=_delimiter(text)))
    except csv.Error:
        raise Invalid("text", "import_unknown") from None
    names = [_column(name) for name in rows[0]]
    records = [dict(zip(names, row, strict=False)) for row in rows[1:]]
    while records and not any(records[-1].values()):
        records.pop()
    return records


def is_table(text: str) -> bool:
    """Whether the first row names what every row of such a list has."""
    first = text.lstrip().splitlines()[0] if text.strip() else ""
    names = {_column(name) for name in next(csv.reader([first[:LONGEST_CELL]], delimiter=_delimiter(first)), [])}
    return {"name", "day", "time"} <= names


def _read(row, record):
    if not isinstance(record, dict):
        raise Invalid("row", "import_no_hour")
    types = _types(record.get("types"))
    title, notes = cells.title(record.get("name"))
    if types & CLOSED:
        raise Invalid("types", "import_closed")
    if any(record.get(part) in (None, "", []) for part in ("day", "time")):
        raise Invalid("day", "import_no_day")
    days, begins = cells.weekdays(record["day"]), cells.clock(record["time"])
    ends = record.get("end_time")
    minutes = cells.minutes_until(begins, cells.clock(ends)) if cells.text(ends) else USUAL
    plan = Plan(
        title=title, first_day=FROM_NOW_ON, wall_time=begins, zone=cells.zone_name(record.get("timezone")), rule=weekly(days),
        minutes=minutes or USUAL, format=None, language=_language(record.get("types")),
    )
    slug = cells.text(record.get("slug"))
    called = id_of(slug) if slug else id_of(title, plan.rule, begins, plan.zone)
    return Candidate(row, title, SOURCE, called, plan, offline=_offline(record, types), notes=notes)


def _offline(record, types):
    if cells.text(record.get("conference_url")) or cells.text(record.get("conference_phone")) or types & ONLINE:
        return ""
    placed = any(cells.text(record.get(part)) for part in ("address", "formatted_address", "location"))
    return "import_in_person" if placed else "import_not_online"


def _name(record):
    return cells.shown(record.get("name")) if isinstance(record, dict) else ""


def _listed(cell):
    listed = cell if isinstance(cell, list) else cell.split(",") if isinstance(cell, str) else []
    return [cells.text(one).upper() for one in listed]


def _types(cell):
    return set(_listed(cell))


def _language(cell):
    """The first language among the types."""
    return next((_LANGUAGES[one] for one in _listed(cell) if one in _LANGUAGES), "")


def _column(name):
    plain = re.sub(r"[^a-z0-9]+", "_", name.strip().lower().lstrip("\ufeff")).strip("_")
    return _COLUMNS.get(plain, plain)


def _delimiter(text):
    first = text.split("\n", 1)[0]
    return max(",;\t", key=first.count)
