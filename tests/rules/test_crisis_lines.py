"""Every number can be dialled, every line says where it comes from and when somebody last looked."""

import json
from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups import clock
from groups.crisis import check, saying
from groups.crisis.choosing import by_clock, chosen
from groups.crisis.countries import DIALLED, FOLDER, Line, countries, digits, read, regions
from groups.text import folded
from groups.zones import all_names

LINES = [(country, line) for country in countries().values() for line in country.lines]
TODAY = date(2026, 11, 26)
LINE = {
    "name": "A line", "needs": ["anybody"], "phones": ["116 123"], "languages": ["English"], "source": "https://example.org",
    "checked": "2026-11-01", "found": {"kind": "own", "at": "https://example.org/call"},
}


def line(**other):
    return msgspec.json.decode(json.dumps({name: value for name, value in (LINE | other).items() if value != "left out"}), type=Line)


def test_there_are_many_countries_and_each_has_a_number_for_this_minute_and_somebody_who_listens():
    assert len(countries()) >= 35
    for country in countries().values():
        assert country.emergency and country.lines, country.name
        assert country.in_order[0].needs[0] == "anybody" or not any("anybody" in one.needs for one in country.lines), country.name


def test_countries_stand_in_the_order_of_their_names():
    names = [folded(country.name) for country in countries().values()]
    assert names == sorted(names)


@pytest.mark.parametrize("country, one", LINES, ids=[f"{country.code} {one.name}" for country, one in LINES])
def test_a_line_says_where_it_comes_from_and_no_number_stands_there_twice(country, one):
    assert one.source.startswith("http")
    assert one.checked is None or one.checked <= clock.now().date()
    numbers = [digits(number) for line in country.lines for number in line.phones]
    assert all(numbers.count(digits(number)) == 1 for number in one.phones), one.name
    assert "!" not in saying.about(one) and saying.checked(one, TODAY)


def test_nothing_in_the_files_cannot_be_so():
    assert check.wrong(clock.now().date()) == []


def test_the_files_say_how_their_emergency_numbers_were_compared():
    for name, region in regions().items():
        assert region.emergency.source.startswith("https://") and region.emergency.checked <= clock.now().date(), name
    assert {file.stem for file in FOLDER.iterdir()} == set(regions())


@pytest.mark.parametrize(
    "wrong",
    [
        {"phones": ["call us"]}, {"phones": ["1"]}, {"phones": ["1234567890123456"]}, {"phones": ["116-123"]}, {"phones": ["116 123 "]},
        {"phones": []}, {"text": {"number": "SHOUT"}}, {"whatsapp": "+"}, {"chat": "javascript:alert(1)"}, {"source": "example.org"},
        {"source": "left out"}, {"needs": []}, {"needs": ["everything"]}, {"languages": []}, {"checked": "yesterday"},
        {"checked": None}, {"found": "left out"}, {"found": {"kind": "rumour", "at": "https://example.org"}}, {"phone": "116 123"},
    ],
    ids=str,
)
def test_what_cannot_be_dialled_or_does_not_say_where_it_comes_from_is_refused(wrong):
    with pytest.raises(msgspec.ValidationError):
        line(**wrong)


def test_a_mistake_is_told_with_its_place():
    region = {"emergency": {"source": "https://example.org", "checked": "2026-11-01"}, "countries": [
        {"code": "XX", "name": "Nowhere", "emergency": [{"number": "112"}], "lines": [LINE | {"phones": ["12a"]}]},
    ]}
    with pytest.raises(msgspec.ValidationError, match=r"12a cannot be dialled.*countries\[0\]\.lines\[0\]|12a cannot be dialled"):
        read(json.dumps(region).encode())


@given(st.text(max_size=20))
def test_a_number_is_digits_and_spaces_and_nothing_a_page_could_trip_over(text):
    if DIALLED.fullmatch(text):
        assert set(digits(text)) <= set("+*0123456789") or any(letter.isdigit() for letter in text)
        assert not set(text) & set("<>\"'&")


@pytest.mark.parametrize(
    "ago, said",
    [(0, "Checked in November 2026, on its own pages."), (365, "Checked in November 2025, on its own pages."), (366, saying.ASK)],
)
def test_after_a_year_the_page_asks_to_be_told(ago, said):
    text = saying.checked(line(checked=(TODAY - timedelta(days=ago)).isoformat()), TODAY)
    assert said in text and (saying.ASK in text) == (ago > 365)


def test_what_was_never_checked_says_so():
    assert saying.checked(line(checked=None, found="left out"), TODAY) == "Not checked yet."


def test_the_list_by_age_begins_with_what_was_never_checked():
    days = [row[0] for row in check.by_age(TODAY)]
    known = [one for one in days if one is not None]
    assert days[: len(days) - len(known)] == [None] * (len(days) - len(known)) and known == sorted(known, reverse=True)
    assert len(days) == len(LINES) + len(regions())


@pytest.mark.parametrize(
    "zone, code", [("Europe/Berlin", "DE"), ("GB", "GB"), ("Asia/Calcutta", "IN"), ("UTC", None), ("", None), (None, None), ("../etc", None)]
)
def test_the_country_of_a_clock(zone, code):
    assert by_clock(zone) is (countries()[code] if code else None)


def test_every_zone_is_a_country_of_ours_or_none():
    assert all(by_clock(zone) is None or by_clock(zone).code in countries() for zone in all_names())


@pytest.mark.parametrize("asked, code", [("GB", "GB"), ("gb", "GB"), (" de ", "DE"), ("XX", None), ("", None), (None, None), ("GB\0", None)])
def test_a_country_is_chosen_by_its_code(asked, code):
    assert chosen(asked) is (countries()[code] if code else None)


def test_the_list_to_keep_holds_every_number():
    text = saying.plain(countries().values(), TODAY)
    for country, one in LINES:
        assert country.name.upper() in text
        assert all(number in text for number in one.phones) and one.source in text
    assert "Text SHOUT to 85258" in text and "<" not in text
