"""How a line of the group's log reads, and how it leaves the house."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from groups.logbook.models import LogEntry
from groups.moderation.log_export import COLUMNS, as_csv, as_json
from groups.moderation.log_lines import KEPT_FROM_WHOM, Known, kind_words, line_of
from groups.sentences.log import LOG

THEN = datetime(2026, 11, 24, 19, tzinfo=UTC)
KNOWN = Known({"m": "Maya", "t": "Tom", "e": "=cmd|' /C calc'!A0"}, {"quay": "The Quay"})


def entry(action, by=None, about=None, **more):
    return LogEntry(id=7, at=THEN, action=action, by=by, about=about, **({"detail": ""} | more))


@pytest.mark.parametrize("action, by, about, text", [
    ("step_warn", "m", "t", "Maya gave Tom a word of warning."),
    ("step_warn", None, "t", "The room gave Tom a word of warning."),
    ("step_warn", "gone", "gone", "Somebody who left gave somebody who left a word of warning."),
    ("step_warn", "m", None, "Maya gave somebody a word of warning."),
    ("report_made", None, None, "Something was reported."),
    ("nobody_knows_this", "m", None, "Maya did something this log has no words for."),
])
def test_a_line_is_a_sentence(action, by, about, text):
    assert line_of(1, entry(action, by, about), KNOWN).text == text


def test_names_somebody_chose_are_known_apart_from_our_words():
    line = line_of(1, entry("step_warn", "m", "gone"), KNOWN)
    assert [piece for piece, chosen in line.said if chosen] == ["Maya"]


def test_why_a_door_is_slow_is_said_and_what_the_sentence_says_is_said_once():
    assert line_of(1, entry("raid_began", detail="joins"), KNOWN).text == "The room made the door slow: many came at once."
    assert line_of(1, entry("raid_began", "m", detail="key"), KNOWN).text == "Maya made the door slow: by the key on the desk."
    hushed = line_of(1, entry("hushed", "m", detail="hush"), KNOWN)
    assert (hushed.text, hushed.detail) == ("Maya stopped everything for a moment.", "")


def test_a_detail_reads_as_words_and_an_unknown_one_without_its_strokes():
    assert line_of(1, entry("report_made", detail="contact"), KNOWN).detail == "a way to be reached"
    assert line_of(1, entry("report_made", detail="not_known_here"), KNOWN).detail == "not known here"


@pytest.mark.parametrize("action", LOG)
def test_what_others_keep_about_the_reader_does_not_say_that_it_is_about_them(action):
    kept = action.startswith(("note_", "pattern_", "report_"))
    line = line_of(1, entry(action, "m", "t"), replace(KNOWN, reader="t"))
    assert line.about == (None if action in KEPT_FROM_WHOM else "t")
    assert kept == (action in KEPT_FROM_WHOM)
    assert ("Tom" in line.text) == ("{about}" in LOG[action] and not kept)
    assert line_of(1, entry(action, "m", "t"), replace(KNOWN, reader="m")).about == "t"


def test_what_a_sentence_says_already_is_not_said_again_below_it(monkeypatch):
    monkeypatch.setitem(LOG, "agreement_added", "{by} added agreement {agreement}: {detail}, until {until}.")
    line = line_of(1, entry("agreement_added", "m", agreement=4, detail="spoken_to", until=THEN), KNOWN)
    assert line.text == "Maya added agreement 4: spoken to, until 24 November 2026."
    assert (line.detail, line.agreement, line.until) == ("", None, None)
    line = line_of(1, entry("step_listen", "m", "t", agreement=4, until=THEN), KNOWN)
    assert (line.agreement, line.until) == (4, THEN)


def test_a_line_about_a_room_says_its_name_and_never_its_id():
    assert line_of(1, entry("room_locked", "m", detail="quay"), KNOWN).detail == "The Quay"
    assert line_of(1, entry("room_locked", "m", detail="gone"), KNOWN).detail == ""


def test_who_undid_it_is_said_beside_it():
    undoing = LogEntry(by="m", at=THEN, action="step_lifted", undoes_id=7)
    assert line_of(1, entry("step_warn", "t", "e"), KNOWN, undoing).undone == ("Maya", THEN)


def test_a_kind_is_called_by_its_sentence_about_nobody():
    assert kind_words("step_warn") == "Somebody gave somebody a word of warning"
    assert kind_words("raid_began") == "Somebody made the door slow"
    assert kind_words("access_changed") == "Somebody changed who may come"
    assert not [action for action in LOG if "…" in kind_words(action) and "{agreement}" not in LOG[action]]


def test_a_table_has_a_row_each_and_no_formula_in_any_cell():
    lines = [line_of(1, entry("step_warn", "e", "t", agreement=3, until=THEN), KNOWN), line_of(2, entry("report_made"), KNOWN)]
    rows = list(csv.DictReader(io.StringIO(as_csv(lines))))
    assert [tuple(row) for row in rows] == [COLUMNS] * 2
    assert rows[0]["said"] == "'=cmd|' /C calc'!A0 gave Tom a word of warning."
    assert (rows[0]["number"], rows[0]["agreement"], rows[0]["until"]) == ("1", "3", "2026-11-24")
    assert not [cell for row in rows for cell in row.values() if cell[:1] in "=+-@\t\r" and cell]


@pytest.mark.parametrize("reader, told", [("t", None), ("m", "r1"), ("", "r1")])
def test_what_is_taken_along_does_not_tell_whom_it_is_about_that_there_was_a_report(reader, told):
    line = line_of(1, entry("step_warn", "m", "t", report="r1"), replace(KNOWN, reader=reader))
    assert json.loads(as_json([line]))[0]["report"] == told
    assert next(csv.DictReader(io.StringIO(as_csv([line]))))["report"] == (told or "")


def test_programs_get_the_same_as_it_is():
    said = json.loads(as_json([line_of(1, entry("step_warn", "e", "t", agreement=3), KNOWN)]))
    assert said[0]["said"].startswith("=cmd") and said[0]["agreement"] == 3 and said[0]["until"] is None
    assert tuple(said[0]) == COLUMNS
