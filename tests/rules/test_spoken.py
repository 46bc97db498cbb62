"""A series said back: plain sentences for everything that can be chosen, with its pauses and its end, and
nothing untrue about rules that came from elsewhere."""

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given

from groups.schedule.repeats import MonthlyDate, MonthlyWeekday, Once, WeekdayAfter, Weekly, YearlyDate, YearlyWeekday
from groups.schedule.spoken import UNSPOKEN, days_in_words, in_words
from tests.rules.choices import Hour, repeats

TODAY = date(2026, 11, 20)
FRIDAY = Hour("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", date(2026, 11, 27))

DAYS = [
    (Once(), "on Tuesday 6 January 2026"),
    (Weekly(1, (1,)), "every Tuesday"), (Weekly(1, (0, 2, 4)), "every Monday, Wednesday and Friday"), (Weekly(1, tuple(range(7))), "every day"),
    (Weekly(2, (4,)), "every second Friday"), (Weekly(2, (1, 3)), "every second week on Tuesday and Thursday"),
    (Weekly(3, (0,)), "every 3 weeks on Monday"),
    (MonthlyWeekday(1, (-1,), (6,)), "the last Sunday of the month"),
    (MonthlyWeekday(1, (1, 3), (2,)), "the first and third Wednesday of the month"),
    (MonthlyWeekday(2, (2,), (0, 4)), "the second Monday and Friday of every second month"),
    (MonthlyWeekday(3, (5,), (4,)), "every 3 months on the fifth Friday, where there is a fifth"),
    (MonthlyDate(1, (1, 15)), "the 1st and 15th of the month"), (MonthlyDate(1, (-1,)), "the last day of the month"),
    (MonthlyDate(2, (2, 30, 31)), "the 2nd, 30th and 31st of every second month, where there is a 30th and 31st"),
    (WeekdayAfter(1, 2, 1, 0), "the Wednesday after the first Monday of the month"),
    (YearlyDate(12, 24), "every year on 24 December"), (YearlyDate(2, 29), "every year on 29 February, in leap years"),
    (YearlyWeekday(11, -1, 6), "every year on the last Sunday of November"),
    (YearlyWeekday(5, 5, 6), "every year on the fifth Sunday of May, where there is a fifth"),
]


@pytest.mark.parametrize("choice, words", DAYS)
def test_every_way_to_repeat_has_its_words(choice, words):
    assert days_in_words(Hour(choice.rule)) == words


@given(one=repeats, other=repeats)
def test_two_choices_are_never_said_in_the_same_words(one, other):
    said = [days_in_words(Hour(choice.rule)) for choice in (one, other)]
    assert UNSPOKEN not in said and (said[0] == said[1]) == (one == other)


WHOLE = [
    ({}, "every second Friday at 19:00 in London, from 27 November"),
    ({"zone": "America/St_Johns", "wall_time": time(7, 5)}, "every second Friday at 07:05 in St. John’s, from 27 November"),
    ({"last_day": date(2026, 12, 18)}, "every second Friday at 19:00 in London, from 27 November until 18 December"),
    ({"last_day": date(2027, 6, 18)}, "every second Friday at 19:00 in London, from 27 November until 18 June 2027"),
    ({"pauses": "07-15/08-31"}, "every second Friday at 19:00 in London, from 27 November, not from 15 July to 31 August"),
    ({"pauses": "07-15/08-31,12-24/01-02,05-01/05-01"},
     "every second Friday at 19:00 in London, from 27 November, not from 15 July to 31 August, from 24 December to 2 January or on 1 May"),
    ({"rule": f"{FRIDAY.rule};COUNT=12"}, "every second Friday at 19:00 in London, 12 times, from 27 November until 30 April 2027"),
    ({"rule": f"{FRIDAY.rule};COUNT=2"}, "every second Friday at 19:00 in London, twice, from 27 November until 11 December"),
    ({"rule": f"{FRIDAY.rule};COUNT=1"}, "every second Friday at 19:00 in London, once, on 27 November"),
    ({"rule": f"{FRIDAY.rule};COUNT=4", "pauses": "12-24/01-02"},
     "every second Friday at 19:00 in London, 3 times, from 27 November until 8 January 2027, not from 24 December to 2 January"),
    # somebody ended it before its time
    ({"rule": f"{FRIDAY.rule};COUNT=12", "last_day": date(2026, 12, 18)},
     "every second Friday at 19:00 in London, from 27 November until 18 December"),
    # what has begun is not said to begin
    ({"first_day": date(2026, 11, 6)}, "every second Friday at 19:00 in London"),
    ({"first_day": date(2026, 11, 6), "rule": f"{FRIDAY.rule};COUNT=12"}, "every second Friday at 19:00 in London, until 9 April 2027"),
    ({"rule": "FREQ=DAILY;COUNT=1", "first_day": date(2026, 11, 27)}, "on Friday 27 November at 19:00 in London"),
    ({"rule": "FREQ=DAILY;COUNT=1", "first_day": date(2027, 11, 26)}, "on Friday 26 November 2027 at 19:00 in London"),
]


@pytest.mark.parametrize("changes, words", WHOLE)
def test_a_series_is_said_back_with_its_clock_its_pauses_and_its_end(changes, words):
    assert in_words(replace(FRIDAY, **changes), TODAY) == words


def test_without_a_today_every_year_is_named():
    assert in_words(replace(FRIDAY, last_day=date(2026, 12, 18))) == (
        "every second Friday at 19:00 in London, from 27 November 2026 until 18 December 2026"
    )


@pytest.mark.parametrize("rule, words", [
    ("FREQ=DAILY", "every day"), ("FREQ=DAILY;INTERVAL=2", "every second day"), ("FREQ=DAILY;INTERVAL=9", "every 9 days"),
    ("FREQ=WEEKLY;BYDAY=TU;BYMONTH=9,1,2", "every Tuesday in January, February and September"),
    ("FREQ=MONTHLY;BYDAY=-1SU;BYMONTH=3", "the last Sunday of the month in March"),
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;BYMONTH=3", UNSPOKEN), ("FREQ=MONTHLY;BYDAY=WE", UNSPOKEN), ("FREQ=YEARLY;BYDAY=WE", UNSPOKEN),
    ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", UNSPOKEN), ("FREQ=MONTHLY;BYDAY=1WE,3TH", UNSPOKEN),
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU", UNSPOKEN), ("FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29", UNSPOKEN),
    ("FREQ=DAILY;INTERVAL=2;BYMONTH=3", UNSPOKEN), ("FREQ=DAILY;BYDAY=MO", UNSPOKEN),
])
def test_rules_from_elsewhere_are_said_as_plainly_as_they_can_be_and_never_untruly(rule, words):
    assert days_in_words(Hour(rule)) == words
