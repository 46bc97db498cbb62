"""Lists of other programs, read into candidates: one file for each kind. Nothing here is fetched, stored
or decided; what a row cannot give is said with the row."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from zlib import error as BadZip

import msgspec

from groups.errors import Invalid
from groups.exchange.sources import bmlt, calendar_file, copy, guide
from groups.exchange.sources.candidate import Candidate, Unread

MOST = 5_000  # rows looked at in one go
LARGEST = 8 * 1024 * 1024  # bytes of a copy once it is unpacked
PACKED = b"PK\x03\x04"
ARCHIVE = "export.json"  # in the zip that `copying.py` makes


@dataclass(frozen=True)
class Listed:
    """What was sent: what kind of list it is, in words, and its rows."""

    kind: str
    rows: tuple[Candidate | Unread, ...]


def listed(text: str) -> Listed:
    """The rows of a list, whichever kind it is. Raises Invalid("text", …) for what is none."""
    text = text.lstrip("\ufeff").strip()
    if not text:
        raise Invalid("text", "import_nothing")
    kind, rows = _rows(text)
    rows = tuple(rows)
    if not rows:
        raise Invalid("text", "import_no_rows")
    return Listed(kind, rows)


def text_of(content: bytes) -> str:
    """What is in a file: the hours of a copy made here, or text. Raises Invalid("text", …)."""
    if content.startswith(PACKED):
        return _unpacked(content)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")  # what tables are often saved in


def _rows(text) -> tuple[str, Iterator]:
    if text[:15].upper() == "BEGIN:VCALENDAR":
        _bounded(text.upper().count("BEGIN:VEVENT"))
        return "a calendar file", calendar_file.read_calendar(text)
    if text[0] in "[{":
        return _json(text)
    if guide.is_table(text):
        records = guide.records_of(text)
        _bounded(len(records))
        return "a table of meetings", guide.read_records(records, first=2)
    raise Invalid("text", "import_unknown")


def _json(text):
    try:
        thing = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        raise Invalid("text", "import_broken") from None
    if copy.is_copy(thing):
        hours = copy.as_copy(thing)
        _bounded(sum(len(room.series) for room in hours.rooms))
        return "a copy made here", copy.read_copy(hours)
    formats = []
    if isinstance(thing, dict):
        thing, formats = thing.get("meetings"), thing.get("formats")
    if not isinstance(thing, list):
        raise Invalid("text", "import_unknown")
    _bounded(len(thing))
    if any(bmlt.is_meeting(one) for one in thing[:20]):
        return "a BMLT list", bmlt.read_meetings(thing, formats if isinstance(formats, list) else [])
    return "a Meeting Guide list", guide.read_records(thing)


def _bounded(count):
    if count > MOST:
        raise Invalid("text", "import_too_many", given=count, limit=MOST)


def _unpacked(content):
    """The hours of a copy, without the rest of it: names of members stay in the file."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as folder, folder.open(ARCHIVE) as file:
            whole = file.read(LARGEST + 1)
        if len(whole) > LARGEST:
            raise Invalid("text", "import_broken")
        return msgspec.json.encode(copy.as_copy(msgspec.json.decode(whole))).decode()
    except (zipfile.BadZipFile, BadZip, KeyError, NotImplementedError, RuntimeError, EOFError, msgspec.DecodeError):
        raise Invalid("text", "import_broken") from None
