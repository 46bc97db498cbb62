"""A series in the words of the Meeting Guide: weekly ones only, their days, their odd codes."""

from datetime import date, time

import msgspec
import pytest

from groups.exchange.codes import FORMAT_CODES, LANGUAGE_CODES, guide_types
from groups.exchange.meeting_guide import guide_meeting, guide_meetings
from groups.exchange.weekly import end_time, week_days
from groups.formats.shipped import FORMATS
from groups.schedule.languages import LANGUAGES
from tests.exchanged import TYPES, guide_faults, row

BASE = "https://meet.example.org"


def told(**other):
    return msgspec.to_builtins(guide_meeting(row(**other), BASE, "Lamplight"))


@pytest.mark.parametrize("rule, days", [
    ("FREQ=WEEKLY", [2]), ("FREQ=WEEKLY;BYDAY=TU", [2]), ("FREQ=WEEKLY;BYDAY=SU", [0]), ("FREQ=WEEKLY;BYDAY=SA", [6]),
    ("FREQ=WEEKLY;BYDAY=MO,TU,FR", [1, 2, 5]), ("FREQ=WEEKLY;BYDAY=SU,SA", [0, 6]), ("FREQ=WEEKLY;INTERVAL=1;WKST=SU", [2]),
    ("FREQ=DAILY", [0, 1, 2, 3, 4, 5, 6]), ("FREQ=DAILY;BYDAY=MO,TU", [1, 2]),
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", None), ("FREQ=DAILY;INTERVAL=2", None), ("FREQ=DAILY;COUNT=1", None),
    ("FREQ=WEEKLY;COUNT=8", None), ("FREQ=WEEKLY;UNTIL=20271231", None), ("FREQ=WEEKLY;BYMONTH=1,2", None),
    ("FREQ=MONTHLY;BYDAY=1TU", None), ("FREQ=MONTHLY;BYDAY=TU", None), ("FREQ=YEARLY", None),
])
def test_only_what_meets_every_week_on_the_same_days_is_weekly(rule, days):
    assert week_days(row(rule=rule)) == days
    assert (guide_meeting(row(rule=rule), BASE, "Lamplight") is None) == (days is None)


@pytest.mark.parametrize("first_day, day", [(date(2026, 11, 22 + n), n) for n in range(7)])
def test_a_rule_without_a_day_means_the_day_it_began_and_sunday_is_nought(first_day, day):
    assert week_days(row(rule="FREQ=WEEKLY", first_day=first_day)) == [day]


@pytest.mark.parametrize("begins, minutes, ends", [
    (time(19), 60, time(20)), (time(19, 45), 45, time(20, 30)), (time(23, 30), 90, time(1)), (time(0), 240, time(4)),
])
def test_an_hour_may_end_after_midnight(begins, minutes, ends):
    assert end_time(begins, minutes) == ends


def test_one_hour_in_full():
    assert told() == {
        "name": "Evening harbour", "slug": "24tmm3tncm", "day": 2, "time": "19:00", "end_time": "20:00",
        "timezone": "Europe/London", "types": ["O", "D", "EN"], "group": "Harbour", "group_notes": "A quiet hour.",
        "conference_url": f"{BASE}/g/ftbk43hnr2/join",
        "conference_url_notes": "The lobby opens 15 minutes before. In writing only; choose a name there, no account and no real name needed.",
        "notes": "Bring tea.", "url": f"{BASE}/g/ftbk43hnr2", "updated": "2026-11-22 09:30:05", "entity": "Lamplight",
        "entity_url": BASE, "entity_website_url": BASE,
    }


def test_several_days_are_a_list_and_what_is_empty_is_left_out():
    found = told(rule="FREQ=WEEKLY;BYDAY=MO,WE", about="", purpose="")
    assert found["day"] == [1, 3] and not {"notes", "group_notes"} & found.keys()


@pytest.mark.parametrize("key, language, is_open, types", [
    ("sharing-60", "en", True, ["O", "D", "EN"]), ("speaker-60", "es", True, ["O", "SP", "S"]),
    ("open-talk-60", "it", False, ["C", "D", "XT", "ITA"]), ("reading-15", "ko", True, ["O", "LIT", "MED", "KOR"]),
    ("values-60", "zh", True, ["O"]), ("a group's own", "pt", True, ["O", "POR"]), ("steps-60", "cs", False, ["C", "LIT"]),
    ("body-45", "pa", True, ["O", "MED", "PUN"]), ("body-45", "tr", True, ["O", "MED", "TUR"]),
])
def test_types_say_who_how_and_in_which_language(key, language, is_open, types):
    assert guide_types(key, language, is_open) == types


def test_every_format_and_language_of_ours_has_been_thought_of():
    assert FORMAT_CODES.keys() == FORMATS.keys()
    assert LANGUAGES.keys() - LANGUAGE_CODES.keys() == {"cs", "zh"}, "the Meeting Guide has no code for these"
    for key in FORMATS:
        for language in LANGUAGES:
            assert set(guide_types(key, language, True)) <= TYPES


def test_a_feed_of_all_kinds_has_no_faults():
    rows = [
        row(public_id=f"{n:010}", rule=rule, format=key, language=language, about=about)
        for n, (rule, key, language, about) in enumerate(
            (rule, key, language, about)
            for rule in ("FREQ=WEEKLY;BYDAY=TU,TH", "FREQ=DAILY", "FREQ=MONTHLY;BYDAY=1TU")
            for key in FORMATS for language in LANGUAGES for about in ("", "Bring tea.\nAnd a chair.")
        )
    ]
    feed = msgspec.to_builtins(guide_meetings(rows, BASE, "Lamplight"))
    assert len(feed) == len(rows) // 3 * 2
    assert guide_faults(feed) == []


def test_the_rules_we_hold_it_against_find_faults():
    good = told()
    for name, value in (
        ("day", 7), ("day", []), ("day", True), ("time", "7:30 pm"), ("end_time", "24:00"), ("types", ["VM"]), ("types", ["O", "C"]),
        ("conference_url", ""), ("slug", "no spaces"), ("name", ""), ("entity", ""), ("contact_1_name", "Maya"), ("notes", None),
    ):
        assert guide_faults([good | {name: value}]), name
    assert guide_faults([good, good]) == ["slugs are not unique"] and guide_faults({}) and not guide_faults([good])
