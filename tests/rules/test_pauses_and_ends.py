"""When a series rests every year, and how it ends: not at all, on a day, or after so many times."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from groups.errors import Invalid
from groups.schedule.ends import FARTHEST, after_times, counted_out, settled, times
from groups.schedule.pauses import MOST, pauses_of, pauses_text, rests
from groups.schedule.recurrence import LATEST, days_between
from tests.rules.choices import Hour, first_days, month_days, repeats

FRIDAYS = "FREQ=WEEKLY;BYDAY=FR"
SUMMER = "07-15/08-31"


@pytest.mark.parametrize("text, resting, meeting", [
    (SUMMER, ["2026-07-15", "2026-08-31", "2030-08-01"], ["2026-07-14", "2026-09-01"]),
    ("12-24/01-02", ["2026-12-24", "2026-12-31", "2027-01-01", "2027-01-02"], ["2026-12-23", "2027-01-03"]),
    ("02-29/02-29", ["2028-02-29"], ["2027-02-28", "2027-03-01", "2028-02-28"]),
    ("12-25/12-25,05-01/05-01", ["2026-12-25", "2027-05-01"], ["2026-12-24", "2027-05-02"]),
    ("", [], ["2026-07-15"]),
    ("01-01/12-31", ["2026-01-01", "2028-02-29", "2026-12-31"], []),
])
def test_a_pause_is_there_every_year_with_both_its_ends(text, resting, meeting):
    assert all(rests(text, date.fromisoformat(day)) for day in resting)
    assert not any(rests(text, date.fromisoformat(day)) for day in meeting)


@given(st.lists(st.tuples(month_days, month_days), max_size=MOST))
def test_pauses_come_back_as_they_were_written(pauses):
    assert pauses_of(pauses_text(pauses)) == tuple(pauses)


@pytest.mark.parametrize("pauses, reason", [
    ([((2, 30), (3, 1))], "no_such_day"), ([((3, 1), (4, 31))], "no_such_day"), ([((13, 1), (1, 1))], "no_such_day"),
    ([((0, 1), (1, 1))], "no_such_day"), ([((7, 0), (7, 1))], "no_such_day"), ([((1, 1), (1, 2))] * (MOST + 1), "pause_unclear"),
])
def test_a_pause_that_cannot_be_is_refused(pauses, reason):
    with pytest.raises(Invalid) as caught:
        pauses_text(pauses)
    assert (caught.value.field, caught.value.reason) == ("pauses", reason)


@pytest.mark.parametrize("text", ["x", "07-15", "07-15/", "07-15/13-01", "02-30/03-01", ",", "07-15/08-31,", "7-15/8-31", "٠٧-15/08-31", " "])
def test_what_is_no_pause_is_refused(text):
    with pytest.raises(Invalid, match="pause_unclear"):
        pauses_of(text)


@given(repeats, first_days, st.lists(st.tuples(month_days, month_days), max_size=2), st.integers(1, 60))
def test_so_many_times_means_so_many_hours_met(choice, first_day, pauses, wanted):
    pauses = pauses_text(pauses)
    try:
        rule = after_times(choice.rule, first_day, pauses, wanted)
    except Invalid as refused:
        met = days_between(Hour(choice.rule, first_day, pauses=pauses), first_day, first_day + FARTHEST)
        assert refused.reason == "end_too_far" and sum(1 for _ in met) < wanted
        return
    series = settled(Hour(rule, first_day, pauses=pauses))
    days = list(days_between(series, first_day, LATEST))
    endless = days_between(replace(series, rule=choice.rule, last_day=None), first_day, series.last_day)
    assert len(days) == wanted == times(series) and days == list(endless)
    assert days[-1] == series.last_day == counted_out(series)
    since = days[wanted // 2]
    assert times(series, since) == wanted - wanted // 2, "what is left from a day on"
    assume(wanted > 1)
    assert times(replace(series, last_day=days[-2])) is None, "somebody ended it earlier"


def test_a_pause_uses_up_no_times():
    series = Hour(after_times(FRIDAYS, date(2026, 7, 3), SUMMER, 4), date(2026, 7, 3), pauses=SUMMER)
    assert series.rule == f"{FRIDAYS};COUNT=11"
    assert [f"{day:%d %b}" for day in days_between(series, date(2026, 1, 1), LATEST)] == ["03 Jul", "10 Jul", "04 Sep", "11 Sep"]


def test_a_counted_series_ends_within_ten_years():
    assert after_times("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1", date(2026, 1, 1), "", 10).endswith("COUNT=10")
    for rule, first_day, pauses, wanted in (
        ("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1", date(2026, 1, 1), "", 12), (FRIDAYS, date(2026, 1, 2), "01-01/12-31", 1),
    ):
        with pytest.raises(Invalid, match="end_too_far"):
            after_times(rule, first_day, pauses, wanted)
    with pytest.raises(Invalid, match="too_far"):
        after_times(FRIDAYS, date.max, "", 1)


@pytest.mark.parametrize("rule, last_day, kept, ends", [
    (FRIDAYS, None, FRIDAYS, None),
    (FRIDAYS, "2026-12-18", FRIDAYS, "2026-12-18"),
    (f"{FRIDAYS};UNTIL=20261218", None, FRIDAYS, "2026-12-18"),
    (f"{FRIDAYS};UNTIL=20261218T190000Z", None, FRIDAYS, "2026-12-18"),
    (f"{FRIDAYS};UNTIL=20261218T185959Z", None, FRIDAYS, "2026-12-17"),
    (f"{FRIDAYS};UNTIL=20261218", "2026-12-11", FRIDAYS, "2026-12-11"),
    (f"{FRIDAYS};COUNT=3", None, f"{FRIDAYS};COUNT=3", "2026-12-11"),
    (f"{FRIDAYS};COUNT=3", "2026-12-04", f"{FRIDAYS};COUNT=3", "2026-12-04"),
    ("FREQ=DAILY;COUNT=1", None, "FREQ=DAILY;COUNT=1", "2026-11-27"),
])
def test_however_it_ends_the_last_day_says_so(rule, last_day, kept, ends):
    plan = settled(Hour(rule, date(2026, 11, 27), last_day=last_day and date.fromisoformat(last_day)))
    assert (plan.rule, plan.last_day) == (kept, ends and date.fromisoformat(ends))


def test_the_end_is_the_same_before_and_after_it_is_settled():
    for rule in (f"{FRIDAYS};UNTIL=20261218T120000Z", f"{FRIDAYS};UNTIL=20261218T200000", f"{FRIDAYS};COUNT=3", FRIDAYS):
        series = Hour(rule, date(2026, 11, 27), zone="Pacific/Chatham")
        far = series.first_day + timedelta(days=90)
        assert list(days_between(series, series.first_day, far)) == list(days_between(settled(series), series.first_day, far))
