"""A week in parts: every hour is in exactly one of them, wherever and whenever somebody reads."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups.schedule.hours import hour_of
from groups.schedule.month import Tally, fill, monday_of
from groups.schedule.places import where
from groups.schedule.week import PARTS, SHOWN, by_day, edges_of_parts, empty_parts, lines
from groups.schedule.words import meetings_words, moved_words, week_words
from groups.zones import all_names

MONDAY = date(2026, 11, 23)
moments = st.datetimes(datetime(2026, 11, 20), datetime(2026, 12, 3)).map(lambda at: at.replace(tzinfo=UTC))


def utc(*numbers):
    return datetime(*numbers, tzinfo=UTC)


def week(starts, name="Europe/London", monday=MONDAY):
    zone, parts = where(name), empty_parts(monday, MONDAY)
    edges, rows = edges_of_parts(parts, zone), [SimpleNamespace(starts_at=at) for at in sorted(starts)]
    told = {}
    for number, (start, end) in enumerate(zip(edges, edges[1:], strict=False)):
        there = [row.starts_at for row in rows if start <= row.starts_at < end]
        if there:
            told[number] = Tally(len(there), there[0], there[-1] + timedelta(hours=1))
    return fill(parts, edges, told, rows, zone, shown=SHOWN)


@given(name=st.sampled_from(all_names()), starts=st.lists(moments, max_size=40))
def test_every_hour_is_in_one_part_of_one_day(name, starts):
    zone, parts = where(name), week(starts, name)
    local = [at.astimezone(zone) for at in starts]
    expected = Counter(
        (at.date(), next(part for part, begins in reversed(PARTS.items()) if at.hour >= begins))
        for at in local if MONDAY <= at.date() < MONDAY + timedelta(days=7)
    )
    assert {(one.date, one.part): one.count for one in parts if one.count} == expected


@given(name=st.sampled_from(all_names()), weeks=st.integers(-80, 60))
def test_the_edges_of_parts_follow_one_another_also_where_clocks_change(name, weeks):
    edges = edges_of_parts(empty_parts(MONDAY + timedelta(weeks=weeks), MONDAY), where(name))
    assert edges == sorted(set(edges)) and len(edges) == 7 * len(PARTS) + 1


def test_a_busy_evening_folds_alone_and_the_morning_stays():
    parts = week([utc(2026, 11, 26, 8)] + [utc(2026, 11, 26, 18, n) for n in range(SHOWN + 1)])
    busy = [one for one in parts if one.count]
    assert [(one.part, one.count, len(one.rows), one.is_folded) for one in busy] == [("morning", 1, 1, False), ("evening", 7, 0, True)]


def test_parts_with_nothing_all_week_are_no_line_and_days_with_nothing_stay():
    parts = week([utc(2026, 11, 26, 8), utc(2026, 11, 28, 20)])
    assert [part for part, _ in lines(parts)] == ["morning", "evening"] and all(len(cells) == 7 for _, cells in lines(parts))
    days = by_day(parts)
    assert [len(those) for those in days] == [1] * 7 and [those[0].date.day for those in days] == [23, 24, 25, 26, 27, 28, 29]
    assert [those[0].part for those in days][3] == "morning" and lines(week([])) == []


@pytest.mark.parametrize("day, monday", [(date(2026, 11, 26), MONDAY), (MONDAY, MONDAY), (date(2026, 11, 29), MONDAY)])
def test_a_week_begins_on_its_monday(day, monday):
    assert monday_of(day) == monday


@pytest.mark.parametrize("monday, words", [
    (MONDAY, "23 to 29 November 2026"), (date(2026, 11, 30), "30 November to 6 December 2026"),
    (date(2026, 12, 28), "28 December 2026 to 3 January 2027"),
])
def test_a_week_is_said_by_its_days(monday, words):
    assert week_words(monday) == words


@pytest.mark.parametrize("count, words", [(0, "nothing planned"), (1, "one meeting"), (9, "9 meetings")])
def test_meetings_are_counted_in_words(count, words):
    assert meetings_words(count) == words


@pytest.mark.parametrize("before, now, words", [
    ((2026, 11, 24, 19), (2026, 11, 24, 20), "19:00"), ((2026, 11, 24, 19), (2026, 11, 26, 19), "Tue 19:00"),
    ((2026, 11, 26, 19), (2026, 11, 24, 19), "Thu 19:00"), ((2026, 11, 24, 19), (2026, 12, 1, 19), "Tue 24 Nov, 19:00"),
])
def test_what_was_moved_says_from_when(before, now, words):
    assert moved_words(utc(*before), utc(*now)) == words


def seen(reader="Europe/Berlin", **values):
    row = {
        "public_id": "m", "title": "T", "slug": "s", "group_name": "G", "group_id": 1, "format": "sharing-60", "own_kind": None,
        "zone": "Pacific/Auckland", "starts_at": utc(2026, 11, 24, 19), "ends_at": utc(2026, 11, 24, 20), "phase": "planned",
        "own_start": None, "own_clock_first": False, "language": "en", "why": "",
    }
    return hour_of(SimpleNamespace(**row | values), where(reader), utc(2026, 11, 24, 12), frozenset())


def test_the_readers_clock_is_first_and_the_meetings_own_second():
    hour = seen()
    assert (f"{hour.first_clock:%H:%M}", hour.first_place, hour.second_clock) == ("20:00", "", "Wed 25 Nov, 08:00 in Auckland")


def test_where_people_meet_by_it_the_own_clock_is_first_with_its_city():
    hour = seen(own_clock_first=True)
    assert (f"{hour.first_clock:%H:%M}", hour.first_place, hour.second_clock) == ("08:00", "Auckland, Wed 25 Nov", "20:00 in Berlin")
    assert f"{hour.first_end:%H:%M}" == "09:00" and f"{hour.day}" == "2026-11-24", "it stays on the reader's day"
    same = seen("Pacific/Auckland", own_clock_first=True)
    assert (same.first_place, same.second_clock) == ("", ""), "who lives there needs no second clock"


def test_a_moved_hour_says_from_when_on_the_clock_that_is_read_first():
    assert seen(own_start=utc(2026, 11, 23, 19)).moved_from == "Mon 20:00"
    assert seen(own_start=utc(2026, 11, 23, 19), own_clock_first=True).moved_from == "Tue 08:00"
    assert seen(own_start=utc(2026, 11, 24, 19)).moved_from == "" and seen().moved_from == ""
    assert seen(own_start=utc(2026, 11, 23, 19), phase="cancelled").moved_from == "", "it went nowhere"


def test_an_hour_is_an_hour_in_the_night_clocks_change():
    night = seen(starts_at=utc(2026, 3, 29, 0, 30), ends_at=utc(2026, 3, 29, 1, 30), zone="Europe/London")
    assert f"{night.starts:%H:%M} {night.ends:%H:%M}" == "01:30 03:30" and night.minutes == 60


def test_an_hour_in_another_language_says_so_by_its_own_name():
    assert (seen().spoken, seen(language="de").spoken, seen(language="xx").spoken) == ("", "Deutsch", "")
