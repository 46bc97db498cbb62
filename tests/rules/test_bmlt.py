"""A series in the words of BMLT: all strings, Sunday is 1, a record for each weekday."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups.exchange import bmlt
from groups.exchange.codes import FORMAT_CODES
from groups.ids import LENGTH, LETTERS
from tests.exchanged import row

BASE = "https://meet.example.org"
IDS = st.text(LETTERS, min_size=LENGTH, max_size=LENGTH)
COUNTED_EXACTLY = 2**53  # by JavaScript


def told(*rows):
    return msgspec.to_builtins(bmlt.meetings(rows, BASE))


def test_one_hour_in_full():
    [found] = told(row())
    assert found == {
        "id_bigint": str(bmlt.number_of("24tmm3tncm") * 7 + 2), "worldid_mixed": "",
        "service_body_bigint": str(bmlt.number_of("ftbk43hnr2")), "service_body_name": "Harbour", "weekday_tinyint": "3",
        "venue_type": "2", "start_time": "19:00:00", "duration_time": "01:00:00", "time_zone": "Europe/London",
        "formats": "VM,O,sharing-60", "format_shared_id_list": "1,2,101", "lang_enum": "en", "longitude": "0", "latitude": "0",
        "published": "1", "email_contact": "", "root_server_uri": f"{BASE}/feeds/bmlt", "meeting_name": "Evening harbour",
        "comments": "Bring tea.", "virtual_meeting_link": f"{BASE}/g/ftbk43hnr2/join",
        "virtual_meeting_additional_info": "The lobby opens 15 minutes before. In writing only; choose a name there, no account and no real name needed.",
    }


@pytest.mark.parametrize("rule, numbers", [
    ("FREQ=WEEKLY;BYDAY=SU", ["1"]), ("FREQ=WEEKLY;BYDAY=SA", ["7"]), ("FREQ=WEEKLY;BYDAY=MO,WE,SU", ["1", "2", "4"]),
    ("FREQ=DAILY", ["1", "2", "3", "4", "5", "6", "7"]), ("FREQ=MONTHLY;BYDAY=1SU", []),
])
def test_a_record_for_each_weekday_and_sunday_is_one(rule, numbers):
    found = told(row(rule=rule))
    assert [one["weekday_tinyint"] for one in found] == numbers
    assert len({one["id_bigint"] for one in found}) == len(numbers)


@pytest.mark.parametrize("minutes, words", [(45, "00:45:00"), (60, "01:00:00"), (150, "02:30:00")])
def test_lengths_are_written_out(minutes, words):
    assert told(row(minutes=minutes))[0]["duration_time"] == words


def test_every_value_is_a_string_and_says_the_same_in_both_lists():
    rows = [row(format=key) for key in FORMAT_CODES] + [row(format="own-wise", own_title="Ours", own_kind="quiet")]
    kinds = msgspec.to_builtins(bmlt.formats(rows, BASE))
    server = msgspec.to_builtins([bmlt.BmltServer(server_name="Lamplight")])
    for one in told(*rows) + kinds + server:
        assert all(type(value) is str for value in one.values())
    numbers = {one["key_string"]: one["id"] for one in kinds}
    assert len(numbers) == len(kinds)
    for one in told(*rows):
        assert one["format_shared_id_list"].split(",") == [numbers[key] for key in one["formats"].split(",")]


def test_a_format_keeps_its_number_and_says_what_it_is_elsewhere():
    found = {one.key_string: one for one in bmlt.formats([row(), row(format="speaker-60")], BASE)}
    assert [(key, one.id, one.world_id) for key, one in found.items()] == [
        ("VM", "1", "VM"), ("O", "2", "OPEN"), ("C", "3", "CLOSED"), ("sharing-60", "101", "DISC"), ("speaker-60", "105", "SPK"),
    ]
    own = bmlt.formats([row(format="bcdfghjkmn", own_title="Ours", own_kind="quiet")], BASE)[-1]
    assert (own.name_string, own.description_string, own.world_id) == ("Ours", "quiet", "")
    assert own.id == str(bmlt.number_of("bcdfghjkmn"))
    gone = bmlt.formats([row(format="gone-60")], BASE)[-1]
    assert (gone.name_string, gone.id) == ("A meeting", "0")


@given(IDS, IDS)
def test_no_two_ids_share_a_number_and_all_are_counted_exactly(one, other):
    assert (bmlt.number_of(one) == bmlt.number_of(other)) == (one == other)
    assert bmlt.number_of(one) * 7 + 6 < COUNTED_EXACTLY
