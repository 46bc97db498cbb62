"""Lists of other programs, row by row: what is understood, and what is said of a row that cannot be taken."""

import json
from datetime import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groups.errors import Invalid
from groups.exchange.sources import cells, listed, text_of
from groups.exchange.sources.candidate import Candidate, Unread, id_of, weekly
from groups.sentences import SENTENCES
from tests.exchanged import TABLE, bmlt_list, bmlt_meeting, guide_list


def rows(text):
    return listed(text).rows


def one(**record):
    [row] = rows(json.dumps([{"name": "A", "slug": "a", "day": 2, "time": "20:00", "conference_url": "https://x"} | record]))
    return row


@pytest.mark.parametrize("cell, at", [
    ("19:30", time(19, 30)), ("7:30", time(7, 30)), ("19:30:00", time(19, 30)), ("7:30 PM", time(19, 30)), ("7:30pm", time(19, 30)),
    ("7 p.m.", time(19)), ("12:00 AM", time(0)), ("12 pm", time(12)), ("noon", time(12)), ("Midnight", time(0)), ("19h30", time(19, 30)),
    ("19.30", time(19, 30)), (" 08:05 ", time(8, 5)),
])
def test_clocks_are_written_in_many_ways(cell, at):
    assert cells.clock(cell) == at


@pytest.mark.parametrize("cell", ["24:00", "25:30", "19:60", "19", 19, "7:30 XM", "13 pm", "0 pm", "soon", None, [], {}, True, "²:00", "9" * 999])
def test_what_is_no_clock_is_refused(cell):
    with pytest.raises(Invalid, match="import_bad_time"):
        cells.clock(cell)


@pytest.mark.parametrize("cell, days", [
    (0, [0]), (6, [6]), ("3", [3]), ("Sunday", [0]), ("tues", [2]), ([1, 3, 1], [1, 3]), (["4", 5], [4, 5]), ("Mon, Wed & Fri", [1, 3, 5]),
    ("Saturday and Sunday", [0, 6]), (2.0, None), (7, None), (-1, None), (True, None), (None, None), ("daily", None), ({}, None),
])
def test_days_are_numbers_or_names(cell, days):
    if days is None:
        with pytest.raises(Invalid, match="import_bad_day"):
            cells.weekdays(cell)
    else:
        assert cells.weekdays(cell) == days


def test_names_are_freed_of_markup_and_shortened_at_a_word():
    assert cells.title("<b>Women&#8217;s</b>\n  hour\u202e") == ("Women’s hour", ())
    name, notes = cells.title("A very long name " * 6)
    assert len(name) <= 60 and name.endswith(" very…") and notes == (("import_shortened", {"limit": 60}),)
    assert len(cells.title("x" * 300)[0]) == 60


def test_a_meeting_guide_list_is_understood():
    found = listed(guide_list())
    evening, late, appointment = found.rows
    assert found.kind == "a Meeting Guide list"
    assert (evening.source, evening.source_id, evening.plan.title) == ("meeting-guide", "evening-circle", "Evening circle")
    assert (evening.plan.rule, evening.plan.wall_time, evening.plan.minutes, evening.plan.zone) == ("FREQ=WEEKLY;BYDAY=TU", time(20), 60, "")
    assert (late.plan.rule, late.plan.zone) == ("FREQ=WEEKLY;BYDAY=TH,FR", "Europe/Berlin")
    assert (appointment.row, appointment.name, appointment.reason) == (3, "By appointment", "import_no_day")


@pytest.mark.parametrize("record, reason", [
    ({"name": ""}, "import_no_name"), ({"name": None}, "import_no_name"), ({"day": 9}, "import_bad_day"), ({"day": []}, "import_no_day"),
    ({"time": "25:00"}, "import_bad_time"), ({"end_time": "late"}, "import_bad_time"), ({"timezone": "Mars"}, "import_bad_zone"),
    ({"types": ["O", "TC"]}, "import_closed"), ({"types": "Open, Location Temporarily Closed"}, "import_closed"),
])
def test_a_record_that_makes_no_sense_says_why(record, reason):
    assert one(**record).reason == reason


@pytest.mark.parametrize("record, offline", [
    ({}, ""), ({"conference_url": "", "conference_phone": "+1"}, ""), ({"conference_url": "", "types": ["ONL"]}, ""),
    ({"conference_url": None, "address": "12 Mill Lane"}, "import_in_person"), ({"address": "12 Mill Lane"}, ""),
    ({"conference_url": ""}, "import_not_online"),
])
def test_an_hour_with_no_way_to_meet_online_says_so(record, offline):
    assert one(**record).offline == offline


@pytest.mark.parametrize("types, language", [
    (["O", "S"], "es"), (["EN"], "en"), (["PUN", "D"], "pa"), ("Open, German", "de"), (["O"], ""), ([], ""), (None, ""), (["XX", 3, {}], ""),
])
def test_the_language_is_among_the_types(types, language):
    assert one(types=types).plan.language == language


def test_an_hour_may_end_after_midnight_and_without_an_end_is_an_hour():
    assert (one(time="23:30", end_time="00:45").plan.minutes, one().plan.minutes, one(end_time="20:00").plan.minutes) == (75, 60, 60)


def test_what_has_no_name_for_programs_gets_one_that_stays():
    nameless = one(slug=None)
    assert nameless.source_id == one(slug="").source_id != one(slug=None, time="21:00").source_id
    assert one(slug=42).source_id == "42" and len(one(slug="x" * 300).source_id) == 64


def test_a_table_is_the_same_by_its_columns_and_counted_as_a_table_is():
    evening, hall, late = rows(TABLE)
    assert (evening.row, evening.plan.title, evening.plan.wall_time, evening.plan.minutes, evening.plan.language) == (
        2, "Evening circle", time(20), 60, "de"
    )
    assert (evening.source, evening.source_id) == ("meeting-guide", "evening-circle")
    assert (hall.row, hall.offline) == (3, "import_in_person") and (late.plan.wall_time, late.plan.rule) == (time(0), "FREQ=WEEKLY;BYDAY=FR")
    assert len(rows(TABLE.replace(",", ";"))) == 3 and rows("\ufeff" + TABLE) == rows(TABLE)
    assert [row.reason for row in rows("name\tday\ttime\nA\t\t\n\nB\tMonday\t20:00\n\n\n") if isinstance(row, Unread)] == [
        "import_no_day", "import_no_name"
    ]


def test_a_bmlt_list_is_understood():
    found = listed(bmlt_list())
    friends, hall = found.rows
    assert found.kind == "a BMLT list" and friends.plan.title == "Never Alone & Friends"
    assert (friends.plan.rule, friends.plan.wall_time, friends.plan.minutes) == ("FREQ=WEEKLY;BYDAY=TU", time(19, 30), 90)
    assert (friends.source, friends.source_id, friends.offline, hall.offline) == ("bmlt", "17||", "", "import_in_person")


@pytest.mark.parametrize("meeting, reason", [
    ({"published": "0"}, "import_unpublished"), ({"weekday_tinyint": "0"}, "import_bad_day"), ({"weekday_tinyint": "8"}, "import_bad_day"),
    ({"weekday_tinyint": ""}, "import_no_day"), ({"start_time": None}, "import_no_day"), ({"duration_time": "long"}, "import_bad_time"),
    ({"formats": "O,TC"}, "import_closed"), ({"meeting_name": "  "}, "import_no_name"), ({"time_zone": "Eastern"}, "import_bad_zone"),
])
def test_a_bmlt_meeting_that_makes_no_sense_says_why(meeting, reason):
    [row] = rows(json.dumps([bmlt_meeting(**meeting)]))
    assert row.reason == reason


@pytest.mark.parametrize("number, day", [("1", "SU"), ("2", "MO"), ("7", "SA")])
def test_there_sunday_is_one(number, day):
    [row] = rows(json.dumps([bmlt_meeting(weekday_tinyint=number)]))
    assert row.plan.rule == f"FREQ=WEEKLY;BYDAY={day}"


def test_two_servers_count_alike_and_keys_mean_what_their_server_says():
    here, there = (bmlt_meeting(root_server_uri=uri) for uri in ("https://one.example.org/main_server/", "https://two.example.org/main_server"))
    assert [row.source_id for row in rows(json.dumps([here, there]))] == ["17|one.example.org|main_server", "17|two.example.org|main_server"]
    shut = {"meetings": [bmlt_meeting(formats="O,ZZ")], "formats": [{"key_string": "ZZ", "world_id": "TC"}, "nonsense"]}
    assert rows(json.dumps(shut))[0].reason == "import_closed"
    virtual = bmlt_meeting(venue_type="", virtual_meeting_link="", formats="O,ON")
    assert rows(json.dumps({"meetings": [virtual], "formats": [{"key_string": "ON", "world_id": "VM"}]}))[0].offline == ""


@pytest.mark.parametrize("language, taken, notes", [("de", "de", 0), ("EN-us", "en", 0), ("", "", 0), ("tlh", "", 1)])
def test_a_language_we_do_not_know_is_said(language, taken, notes):
    [row] = rows(json.dumps([bmlt_meeting(lang_enum=language)]))
    assert (row.plan.language, len(row.notes)) == (taken, notes)


def test_long_names_for_programs_are_kept_by_their_hash():
    assert id_of("a", 1) == "a|1" and len(id_of("x" * 81)) == 64 and id_of("a\x00") != "a\x00"
    assert weekly([0, 6, 1]) == "FREQ=WEEKLY;BYDAY=MO,SA,SU"


@pytest.mark.parametrize("content, text", [
    (b"\xef\xbb\xbf[]", "[]"), ("é".encode("utf-16"), "é"), ("é".encode("cp1252"), "é"), (b"\x81", "\ufffd"), (b"", ""),
])
def test_files_come_in_several_encodings(content, text):
    assert text_of(content).lstrip("\ufeff") == text


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"PK\x03\x04" + b"\x00" * 200])
def test_a_zip_that_is_none_is_refused(content):
    with pytest.raises(Invalid, match="import_broken"):
        text_of(content)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-10, 10**6) | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3), max_leaves=6,
)
GUIDE_KEYS = ("name", "slug", "day", "time", "end_time", "timezone", "types", "conference_url", "address")
BMLT_KEYS = tuple(bmlt_meeting()) + ("root_server_uri",)


@settings(max_examples=150)
@given(st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys((*GUIDE_KEYS, *BMLT_KEYS), JSON)) | JSON, max_size=4))
def test_whatever_stands_in_a_list_every_row_is_read_or_refused_with_a_sentence(records):
    try:
        found = rows(json.dumps(records))
    except Invalid as why:
        assert why.reason in ("import_no_rows",)
        return
    assert [row.row for row in found] == list(range(1, len(records) + 1))
    for row in found:
        assert isinstance(row, Candidate) or row.reason in SENTENCES


@given(st.text(max_size=300))
def test_whatever_text_is_sent_is_a_list_or_refused_with_a_sentence(text):
    for begun in (text, f"BEGIN:VCALENDAR\n{text}", f"[{text}", f"name,day,time\n{text}"):
        try:
            assert rows(begun)
        except Invalid as why:
            assert why.field == "text" and why.reason in SENTENCES
