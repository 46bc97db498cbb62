"""Rules on the wall clock: which days, which moments, how they are said, and what is refused."""

import time as stopwatch
from calendar import isleap
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

import pytest
from dateutil.rrule import rruleset, rrulestr
from dateutil.tz import resolve_imaginary
from hypothesis import given, settings
from hypothesis import strategies as st

from groups.errors import Invalid
from groups.schedule.pauses import pauses_of, pauses_text
from groups.schedule.places import where
from groups.schedule.recurrence import AHEAD, days_between, first_date, next_starts, starts_between
from groups.schedule.rules import parts_of, weekly_rule
from tests.rules.choices import Hour, first_days, month_days, repeats, walls, zones


def utc(*numbers):
    return datetime(*numbers, tzinfo=UTC)


def test_a_los_angeles_thursday_is_a_berlin_friday_and_moves_with_both_clocks():
    hour = Hour("FREQ=WEEKLY;BYDAY=TH", date(2025, 3, 6), time(19), "America/Los_Angeles")
    starts = [at.astimezone(where("Europe/Berlin")) for _, at in starts_between(hour, utc(2025, 3, 1), utc(2025, 4, 6))]
    assert [f"{at:%a %d %b %H:%M}" for at in starts] == [
        "Fri 07 Mar 04:00", "Fri 14 Mar 03:00", "Fri 21 Mar 03:00", "Fri 28 Mar 03:00", "Fri 04 Apr 04:00",
    ]


def test_a_london_hour_keeps_its_wall_time_over_both_changes():
    hour = Hour("FREQ=WEEKLY;BYDAY=SU")
    starts = dict(starts_between(hour, utc(2026, 3, 20), utc(2026, 11, 2)))
    assert starts[date(2026, 3, 22)] == utc(2026, 3, 22, 19)
    assert starts[date(2026, 3, 29)] == utc(2026, 3, 29, 18)
    assert starts[date(2026, 10, 18)] == utc(2026, 10, 18, 18)
    assert starts[date(2026, 10, 25)] == utc(2026, 10, 25, 19)


def test_a_range_takes_its_beginning_and_leaves_its_end():
    hour, at = Hour(), utc(2026, 1, 6, 19)
    assert [start for _, start in starts_between(hour, at, at + timedelta(days=7))] == [at]
    assert list(starts_between(hour, at + timedelta(microseconds=1), at + timedelta(days=7))) == []
    assert list(starts_between(hour, at, at)) == []


def test_nothing_happens_before_the_first_day():
    assert next(starts_between(Hour(), utc(2025, 1, 1), utc(2026, 3, 1)))[0] == date(2026, 1, 6)
    assert next(starts_between(Hour(first_day=date(2026, 1, 7)), utc(2025, 1, 1), utc(2026, 3, 1)))[0] == date(2026, 1, 13)


RULES = [
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,FR", ["2026-01-06", "2026-01-09", "2026-01-20", "2026-01-23"]),
    ("FREQ=MONTHLY;BYDAY=-1SU", ["2026-01-25", "2026-02-22", "2026-03-29", "2026-04-26"]),
    ("FREQ=MONTHLY;BYDAY=1WE,3WE", ["2026-01-07", "2026-01-21", "2026-02-04", "2026-02-18"]),
    # "the first Wednesday after the first Monday"
    ("FREQ=MONTHLY;BYDAY=WE;BYMONTHDAY=3,4,5,6,7,8,9", ["2026-01-07", "2026-02-04", "2026-03-04", "2026-04-08"]),
    ("FREQ=WEEKLY;BYDAY=TU;BYMONTH=1,2,9", ["2026-01-06", "2026-01-13", "2026-01-20", "2026-01-27"]),
    ("FREQ=DAILY;INTERVAL=3", ["2026-01-06", "2026-01-09", "2026-01-12", "2026-01-15"]),
    ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", ["2026-01-30", "2026-02-27", "2026-03-31", "2026-04-30"]),
    ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25", ["2026-12-25", "2027-12-25", "2028-12-25", "2029-12-25"]),
    ("FREQ=WEEKLY;COUNT=2", ["2026-01-06", "2026-01-13"]),
    ("FREQ=WEEKLY;UNTIL=20260120", ["2026-01-06", "2026-01-13", "2026-01-20"]),
    ("FREQ=WEEKLY;UNTIL=20260120T190000Z", ["2026-01-06", "2026-01-13", "2026-01-20"]),
    ("FREQ=WEEKLY;UNTIL=20260120T185959Z", ["2026-01-06", "2026-01-13"]),
    ("FREQ=WEEKLY;UNTIL=20260120T190000", ["2026-01-06", "2026-01-13", "2026-01-20"]),
]


@pytest.mark.parametrize("rule, days", RULES)
def test_the_rules_the_calendar_will_need_are_understood(rule, days):
    found = islice(days_between(Hour(rule), date(2026, 1, 1), date(2030, 1, 1)), 4)
    assert [day.isoformat() for day in found] == days


UNCLEAR = [
    "", "WEEKLY", "FREQ=", "FREQ=SECONDLY", "FREQ=HOURLY", "freq=weekly", "FREQ=WEEKLY;", "FREQ=WEEKLY;FREQ=DAILY",
    "RRULE:FREQ=WEEKLY", "FREQ=WEEKLY;INTERVAL=0", "FREQ=WEEKLY;INTERVAL=1000", "FREQ=WEEKLY;INTERVAL=-1",
    "FREQ=WEEKLY;COUNT=99999", "FREQ=WEEKLY;COUNT=2;UNTIL=20260101", "FREQ=WEEKLY;BYDAY=", "FREQ=WEEKLY;BYDAY=XX",
    "FREQ=WEEKLY;BYDAY=2TU", "FREQ=WEEKLY;BYMONTHDAY=3", "FREQ=DAILY;BYHOUR=1,2,3", "FREQ=WEEKLY;BYMINUTE=1",
    "FREQ=MONTHLY;BYDAY=TU;BYDAY=WE", "FREQ=MONTHLY;BYMONTHDAY=0", "FREQ=MONTHLY;BYMONTHDAY=99", "FREQ=YEARLY;BYMONTH=13",
    "FREQ=WEEKLY\nDTSTART:20260101T000000", "FREQ=WEEKLY;BYDAY=" + ",".join(["TU"] * 80), "FREQ=WEEKLY;UNTIL=2026",
    "FREQ=WEEKLY;UNTIL=20261399", "FREQ=WEEKLY;WKST=9", "FREQ=YEARLY;BYEASTER=0", "FREQ=WEEKLY;X=1", "\x00",
]


@pytest.mark.parametrize("rule", UNCLEAR)
def test_what_is_no_rule_for_days_is_refused_by_name(rule):
    with pytest.raises(Invalid) as caught:
        list(islice(days_between(Hour(rule), date(2026, 1, 1), date(2026, 6, 1)), 3))
    assert (caught.value.field, caught.value.reason) == ("rule", "rule_unclear")


NEVER = [
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2", "FREQ=DAILY;INTERVAL=7;BYDAY=MO", "FREQ=MONTHLY;BYDAY=6MO",
    "FREQ=MONTHLY;INTERVAL=12;BYMONTH=3", "FREQ=YEARLY;INTERVAL=99;BYMONTH=2;BYMONTHDAY=29",
]


@pytest.mark.parametrize("rule", NEVER)
def test_a_rule_that_gives_nothing_is_found_out_quickly(rule):
    began = stopwatch.perf_counter()
    assert next_starts(Hour(rule), utc(2026, 1, 1)) == []
    assert stopwatch.perf_counter() - began < 2, "dateutil alone looks until the year 9999"


def test_an_old_series_costs_no_more_than_a_new_one():
    old = Hour("FREQ=WEEKLY;INTERVAL=3;BYDAY=TU,FR", date(1971, 1, 5))
    direct = rrulestr(old.rule, dtstart=datetime(1971, 1, 5))
    wanted = [moment.date() for moment in direct.between(datetime(2026, 6, 1), datetime(2026, 12, 1))]
    began = stopwatch.perf_counter()
    assert list(days_between(old, date(2026, 6, 1), date(2026, 12, 1))) == wanted
    assert stopwatch.perf_counter() - began < 0.1


def test_an_absurd_range_is_our_mistake_and_is_loud():
    with pytest.raises(ValueError, match="longer than anybody plans"):
        list(starts_between(Hour(), utc(2000, 1, 1), utc(2100, 1, 1)))


@pytest.mark.parametrize("first_day, reason", [(date(1969, 12, 31), "in_the_past"), (date(9999, 12, 31), "too_far")])
def test_a_first_day_beyond_every_calendar_is_refused(first_day, reason):
    with pytest.raises(Invalid, match=reason):
        next_starts(Hour(first_day=first_day), utc(2026, 1, 1))


def test_the_next_few_are_as_many_as_asked_and_no_further_than_the_projection():
    assert len(next_starts(Hour(), utc(2026, 1, 1), 5)) == 5
    assert next_starts(Hour(first_day=date(2028, 1, 4)), utc(2026, 1, 1)) == []
    assert len(next_starts(Hour("FREQ=DAILY"), utc(2026, 1, 7), 9999)) == AHEAD.days


hours = st.builds(Hour, repeats.map(lambda choice: choice.rule), first_days, walls, zones)


@st.composite
def ten_years(draw):
    """A series with pauses and an end of any kind, and from when to look at ten years of it."""
    hour = draw(hours)
    pauses = pauses_text(draw(st.lists(st.tuples(month_days, month_days), max_size=3)))
    end = draw(st.one_of(
        st.just(""), st.integers(1, 400).map(";COUNT={}".format), st.dates(date(2020, 1, 1), date(2037, 1, 1)).map(";UNTIL={:%Y%m%d}".format)
    ))
    return replace(hour, rule=hour.rule + end, pauses=pauses), draw(st.datetimes(datetime(2018, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)))


@settings(max_examples=40)
@given(ten_years())
def test_our_starts_are_dateutils_starts(case):
    """Read by dateutil alone: its rules, its dates taken out, and its own idea of times that do not exist."""
    hour, start = case
    end = start + timedelta(days=3653)
    days = rruleset()
    days.rrule(rrulestr(hour.rule, dtstart=datetime.combine(hour.first_day, time())))
    for first, last in pauses_of(hour.pauses):
        for year in range(2018, 2039):
            till = year + (last < first)
            day = date(year, *first) if first != (2, 29) or isleap(year) else date(year, 3, 1)
            while day <= (date(till, *last) if last != (2, 29) or isleap(till) else date(till, 2, 28)):
                days.exdate(datetime.combine(day, time()))
                day += timedelta(days=1)
    wanted = []
    for day in days:
        wall = datetime.combine(day.date(), hour.wall_time, tzinfo=where(hour.zone))
        at = resolve_imaginary(wall).astimezone(UTC)
        if at >= end + timedelta(days=2):
            break
        if start <= at < end:
            wanted.append((day.date(), at))
    assert list(starts_between(hour, start, end)) == wanted


@given(hour=hours, start=st.datetimes(datetime(2019, 1, 1), datetime(2028, 1, 1)), cut=st.integers(0, 400 * 24 * 60))
def test_two_halves_of_a_range_make_the_whole(hour, start, cut):
    start = start.replace(tzinfo=UTC)
    middle, end = start + timedelta(minutes=cut), start + AHEAD
    whole = list(starts_between(hour, start, end))
    assert list(starts_between(hour, start, middle)) + list(starts_between(hour, middle, end)) == whole
    assert all(start <= at < end for _, at in whole)
    assert whole == sorted(whole, key=lambda pair: pair[1])


@given(day=st.dates(date(2020, 1, 1), date(2030, 1, 1)), weekdays=st.lists(st.integers(0, 6), min_size=1, max_size=7), every=st.integers(1, 26))
def test_the_first_date_of_a_week_is_within_seven_days_however_seldom_it_comes_again(day, weekdays, every):
    found = first_date(weekly_rule(weekdays, every), day)
    assert timedelta(0) <= found - day < timedelta(days=7)
    assert found.weekday() in weekdays


@pytest.mark.parametrize("rule, day, first", [
    ("FREQ=MONTHLY;INTERVAL=2;BYDAY=1WE", "2026-11-10", "2026-12-02"), ("FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31", "2026-11-10", "2026-12-31"),
    ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2026-11-10", "2028-02-29"), ("FREQ=YEARLY;BYMONTH=2;BYDAY=5FR", "2026-11-10", "2036-02-29"),
    ("FREQ=WEEKLY;BYDAY=TU;COUNT=1", "2026-11-10", "2026-11-10"), ("FREQ=DAILY;COUNT=1", "2026-11-10", "2026-11-10"),
    ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "2026-11-10", None),
])
def test_the_first_date_is_the_next_that_fits(rule, day, first):
    assert first_date(rule, date.fromisoformat(day)) == (first and date.fromisoformat(first))


def test_a_written_rule_is_read_back_as_it_was_meant():
    assert weekly_rule([4, 1, 4]) == "FREQ=WEEKLY;BYDAY=TU,FR"
    assert weekly_rule([6], 2) == "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU"
    assert parts_of(weekly_rule([6], 2)) == {"FREQ": "WEEKLY", "INTERVAL": "2", "BYDAY": "SU"}
