"""The log as a file to take along: a table for people, JSON for programs. Pure."""

import csv
import io
import json
from collections.abc import Sequence

from groups.moderation.log_lines import Line

COLUMNS = (
    "number", "day", "said", "detail", "action", "by", "about", "agreement", "until", "meeting", "report", "step", "undone_on",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(lines: Sequence[Line]) -> str:
    """One row each. A cell that a spreadsheet would take for a formula (a name may begin like one)
    begins with an apostrophe."""
    out = io.StringIO()
    rows = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    rows.writeheader()
    rows.writerows({name: _guarded(value) for name, value in _row(line).items()} for line in lines)
    return out.getvalue()


def as_json(lines: Sequence[Line]) -> str:
    """The same as a list of objects; what there is nothing of is null."""
    return json.dumps([_row(line) for line in lines], ensure_ascii=False, indent=1)


def _row(line):
    entry = line.entry
    return {
        "number": line.number, "day": _day(entry.at), "said": line.text, "detail": entry.detail or None, "action": entry.action,
        "by": entry.by, "about": line.about, "agreement": entry.agreement, "until": _day(entry.until), "meeting": entry.meeting,
        "report": line.report, "step": entry.sanction, "undone_on": line.undone and _day(line.undone[1]),
    }


def _day(moment):
    """In UTC, and no nearer: see `log_lines.py`."""
    return moment and f"{moment:%Y-%m-%d}"


def _guarded(value):
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
