"""Days of a month, for a reader anywhere: what is on which day, and when a day folds."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups.errors import Invalid
from groups.schedule.hours import end_of_night, hour_of, opens_at, own_clock
from groups.schedule.month import (
    OWN,
    SHOWN,
    Tally,
    day_of,
    days_of,
    edges_of,
    empty_days,
    fill,
    in_full,
    month_of,
    tallied,
    turned,
    weeks,
)
from groups.schedule.places import where
from groups.schedule.words import clock_words, list_words, minutes_words, wait_words
from groups.zones import all_names

HOUR = timedelta(hours=1)
TODAY = date(2026, 11, 22)


@dataclass
class Row:
    starts_at: datetime
    is_mine: bool = False

    @property
    def ends_at(self):
        return self.starts_at + HOUR


def utc(*numbers):
    return datetime(*numbers, tzinfo=UTC)


def counted(days, rows, zone):
    """A tally for each day that has something, from what the database would say."""
    edges = edges_of(days, zone)
    begun = Counter(row.starts_at for row in rows if edges[0] <= row.starts_at < edges[-1])
    return tallied(edges, [(at, count, at + HOUR) for at, count in begun.items()])


def filled(month, rows, name="UTC"):
    zone, days = where(name), empty_days(month, TODAY)
    dates = [day.date for day in days]
    return fill(days, edges_of(dates, zone), counted(dates, rows, zone), rows, zone, is_own=lambda row: row.is_mine)


def on(days, day):
    return next(found for found in days if found.date == day)


@pytest.mark.parametrize("month, first, last, lines", [
    (date(2026, 11, 1), date(2026, 10, 26), date(2026, 12, 6), 6),
    (date(2027, 2, 1), date(2027, 2, 1), date(2027, 2, 28), 4),
    (date(2028, 2, 1), date(2028, 1, 31), date(2028, 3, 5), 5),
    (date(2026, 6, 1), date(2026, 6, 1), date(2026, 7, 5), 5),
])
def test_the_grid_is_whole_weeks_from_monday(month, first, last, lines):
    days = days_of(month)
    assert (days[0], days[-1]) == (first, last)
    grid = weeks(filled(month, []))
    assert len(grid) == lines and all(len(week) == 7 and week[0].date.weekday() == 0 for week in grid)


def test_days_know_whether_they_are_today_and_of_this_month():
    days = filled(date(2026, 11, 1), [])
    assert [day.date for day in days if day.is_today] == [TODAY]
    assert sum(day.in_month for day in days) == 30
    assert not on(days, date(2026, 12, 6)).in_month


@pytest.mark.parametrize("zone, day", [
    ("Europe/London", 24), ("America/Los_Angeles", 24), ("Asia/Kathmandu", 25), ("Pacific/Auckland", 25),
])
def test_a_meeting_is_on_the_readers_day(zone, day):
    days = filled(date(2026, 11, 1), [Row(utc(2026, 11, 24, 19))], zone)
    assert [found.date.day for found in days if found.count] == [day]


def test_a_few_meetings_are_all_shown_and_many_fold():
    few = [Row(utc(2026, 11, 3, 10 + n)) for n in range(SHOWN)]
    many = [Row(utc(2026, 11, 4, 10 + n)) for n in range(SHOWN + 1)]
    days = filled(date(2026, 11, 1), few + many)
    assert not on(days, date(2026, 11, 3)).is_folded and len(on(days, date(2026, 11, 3)).rows) == SHOWN
    full = on(days, date(2026, 11, 4))
    assert full.is_folded and full.rows == () and full.count == SHOWN + 1
    assert (clock_words(full.first), clock_words(full.last)) == ("10:00", "15:00")


def test_on_a_full_day_the_readers_own_stay_in_sight():
    rows = [Row(utc(2026, 11, 4, 10 + n), is_mine=n > 5) for n in range(10)]
    full = on(filled(date(2026, 11, 1), rows), date(2026, 11, 4))
    assert [row.starts_at.hour for row in full.rows] == [16, 17] and len(full.rows) == OWN


def test_folded_days_are_not_fetched_and_their_neighbours_are_one_stretch():
    zone, days = where("Europe/Berlin"), days_of(date(2026, 11, 1))
    edges = edges_of(days, zone)
    told = {n: Tally(count, None, None) for n, count in {3: 2, 4: 1, 9: SHOWN + 1, 10: 900, 11: 1, 20: SHOWN}.items()}
    assert in_full(edges, told) == [(edges[3], edges[5]), (edges[11], edges[12]), (edges[20], edges[21])]
    assert in_full(edges, told, 900) == [(edges[3], edges[5]), (edges[9], edges[12]), (edges[20], edges[21])]
    assert in_full(edges, {}) == [], "where nothing is, there is nothing to fetch"
    assert in_full(edges, dict.fromkeys(range(len(days)), Tally(99, None, None))) == []


def test_a_tally_joins_what_begins_at_different_moments_of_a_day():
    edges = edges_of([date(2026, 11, 4), date(2026, 11, 5)], where("Europe/Berlin"))
    begun = [(utc(2026, 11, 4, 18), 2, utc(2026, 11, 4, 21)), (utc(2026, 11, 4, 19), 1, utc(2026, 11, 4, 20)), (edges[1], 1, edges[1] + HOUR)]
    told = tallied(edges, begun)
    assert told == {0: Tally(3, utc(2026, 11, 4, 18), utc(2026, 11, 4, 21)), 1: Tally(1, edges[1], edges[1] + HOUR)}
    assert tallied(edges, reversed(begun)) == told and tallied(edges, []) == {}


moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(lambda at: at.replace(tzinfo=UTC))


@given(name=st.sampled_from(all_names()), months=st.integers(-10, 12), starts=st.lists(moments, max_size=60))
def test_every_meeting_is_on_its_local_day_once(name, months, starts):
    zone, month = where(name), turned(TODAY, months)
    rows = [Row(at) for at in sorted(starts)]
    days = filled(month, rows, name)
    wanted = Counter(row.starts_at.astimezone(zone).date() for row in rows)
    assert {day.date: day.count for day in days if day.count} == {
        day: count for day, count in wanted.items() if days[0].date <= day <= days[-1].date
    }
    for day in days:
        assert all(row.starts_at.astimezone(zone).date() == day.date for row in day.rows)


@given(name=st.sampled_from(all_names()), months=st.integers(-20, 12))
def test_the_edges_of_days_follow_one_another(name, months):
    days = days_of(turned(TODAY, months))
    edges = edges_of(days, where(name))
    assert edges == sorted(set(edges)) and len(edges) == len(days) + 1


def test_a_day_on_which_clocks_change_is_an_hour_shorter_or_longer():
    berlin = where("Europe/Berlin")
    lengths = {day: end - start for day in (date(2026, 3, 29), date(2026, 10, 25)) for start, end in [edges_of([day], berlin)]}
    assert lengths == {date(2026, 3, 29): 23 * HOUR, date(2026, 10, 25): 25 * HOUR}


@pytest.mark.parametrize("text, month", [
    (None, date(2026, 11, 1)), ("", date(2026, 11, 1)), ("2027-03", date(2027, 3, 1)), ("2024-11", date(2024, 11, 1)),
])
def test_a_month_is_read(text, month):
    assert month_of(text, TODAY) == month


@pytest.mark.parametrize("text, reason", [
    ("x", "bad_month"), ("2026-13", "bad_month"), ("2026-00", "bad_month"), ("-1-1", "bad_month"), ("2026-11-22", "bad_month"),
    ("0000-01", "bad_month"), ("99999-01", "bad_month"), ("2026-11\x00", "bad_month"), ("9" * 9999, "bad_month"),
    ("9999-12", "too_far"), ("0001-01", "too_far"), ("2024-10", "too_far"), ("2028-02", "too_far"),
])
def test_a_silly_month_is_refused_by_name(text, reason):
    with pytest.raises(Invalid, match=reason):
        month_of(text, TODAY)


@pytest.mark.parametrize("text, reason", [
    ("2026-11-31", "bad_date"), ("today", "bad_date"), ("2026-11", "bad_date"), ("9999-12-31", "too_far"), ("0001-01-01", "too_far"),
])
def test_a_silly_day_is_refused_by_name(text, reason):
    with pytest.raises(Invalid, match=reason):
        day_of(text, TODAY)
    assert day_of("2026-12-24", TODAY) == date(2026, 12, 24)


@pytest.mark.parametrize("now, zone, end", [
    (utc(2026, 11, 22, 20), "Europe/London", utc(2026, 11, 23, 4)),
    (utc(2026, 11, 23, 1), "Europe/London", utc(2026, 11, 23, 4)),
    (utc(2026, 11, 23, 4), "Europe/London", utc(2026, 11, 24, 4)),
    (utc(2026, 11, 22, 20), "America/Los_Angeles", utc(2026, 11, 23, 12)),
])
def test_tonight_lasts_until_four_in_the_morning(now, zone, end):
    assert end_of_night(now, where(zone)) == end


@pytest.mark.parametrize("zone, reader, words", [
    ("Europe/London", "Europe/London", ""), ("Europe/London", "Europe/Lisbon", ""),
    ("Europe/London", "Europe/Berlin", "19:00 in London"),
    ("America/Los_Angeles", "Europe/Berlin", "11:00 in Los Angeles"),
    ("Pacific/Auckland", "Europe/Berlin", "Wed 25 Nov, 08:00 in Auckland"),
    ("Asia/Kathmandu", "Europe/Berlin", "Wed 25 Nov, 00:45 in Kathmandu"),
])
def test_the_meetings_own_clock_is_named_by_city_where_it_differs(zone, reader, words):
    assert own_clock(utc(2026, 11, 24, 19), zone, where(reader)) == words


def test_two_cities_agree_on_some_days_and_not_on_others():
    def differ(day):
        return bool(own_clock(utc(2026, 10, day, 12), "Africa/Casablanca", where("Europe/London")))

    assert differ(24) and not differ(26)


def test_the_lobby_opens_a_real_quarter_of_an_hour_before():
    begins = datetime(2026, 3, 29, 3, 0, tzinfo=where("Europe/Berlin"))
    assert clock_words(opens_at(begins)) == "01:45"


@pytest.mark.parametrize("phase, ends_in, state", [
    ("planned", 60, "planned"), ("planned", -1, "over"), ("lobby", 60, "lobby"), ("open", 60, "live"), ("open", -30, "live"),
    ("closing", 1, "live"), ("sealed", -1, "over"), ("purged", -99, "over"), ("cancelled", 60, "cancelled"),
])
def test_a_meeting_has_one_state_for_its_readers(phase, ends_in, state):
    now = utc(2026, 11, 24, 19)
    ends = now + timedelta(minutes=ends_in)
    row = SimpleNamespace(
        public_id="m", title="T", slug="s", group_name="G", group_id=1, format="sharing-60", own_kind=None, zone="UTC",
        starts_at=ends - HOUR, ends_at=ends, phase=phase, own_start=None, own_clock_first=False, language="en", why="",
    )
    hour = hour_of(row, where("Asia/Kathmandu"), now, frozenset([1]))
    assert (hour.state, hour.is_on, hour.yours) == (state, state in ("lobby", "live"), True)
    assert hour.starts == row.starts_at and hour.starts.utcoffset() == timedelta(hours=5, minutes=45)


@pytest.mark.parametrize("minutes, words", [
    (1, "one minute"), (45, "45 minutes"), (60, "one hour"), (90, "1 hour 30 minutes"), (240, "4 hours"),
])
def test_lengths_are_said_as_people_say_them(minutes, words):
    assert minutes_words(minutes) == words


@pytest.mark.parametrize("minutes, words", [
    (0, "in a minute"), (6, "in 6 minutes"), (89, "in 89 minutes"), (150, "in 2 hours"), (60 * 30, "in 30 hours"),
    (60 * 48, "in 2 days"), (60 * 24 * 30, "in 30 days"),
])
def test_waits_are_said_roughly(minutes, words):
    assert wait_words(timedelta(minutes=minutes)) == words


def test_lists_are_said_with_an_and():
    assert [list_words(things) for things in (["a"], ["a", "b"], ["a", "b", "c"])] == ["a", "a and b", "a, b and c"]
