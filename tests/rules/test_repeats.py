"""What somebody chooses becomes a rule and comes back as the same choice; the rule gives the days that
were meant; and what cannot be is refused beside what is the reason."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groups.errors import Invalid
from groups.schedule.recurrence import days_of
from groups.schedule.repeats import MonthlyDate, MonthlyWeekday, Once, WeekdayAfter, Weekly, YearlyDate, YearlyWeekday, chosen
from groups.schedule.rules import LONGEST_RULE, WEEKDAYS, parts_of
from tests.rules.choices import first_days, repeats

DAY = timedelta(days=1)
SATURDAY = date(2026, 11, 28)

RULES = [
    (Once(), "FREQ=DAILY;COUNT=1"),
    (Weekly(1, (1,)), "FREQ=WEEKLY;BYDAY=TU"),
    (Weekly(2, (4,)), "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
    (Weekly(26, (0, 4)), "FREQ=WEEKLY;INTERVAL=26;BYDAY=MO,FR"),
    (MonthlyWeekday(1, (-1,), (6,)), "FREQ=MONTHLY;BYDAY=-1SU"),
    (MonthlyWeekday(1, (1, 3), (2,)), "FREQ=MONTHLY;BYDAY=1WE,3WE"),
    (MonthlyWeekday(3, (2, -1), (0, 4)), "FREQ=MONTHLY;INTERVAL=3;BYDAY=2MO,2FR,-1MO,-1FR"),
    (MonthlyDate(1, (1, 15)), "FREQ=MONTHLY;BYMONTHDAY=1,15"),
    (MonthlyDate(2, (31, -1)), "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=31,-1"),
    # "the first Wednesday after the first Monday", and the like
    (WeekdayAfter(1, 2, 1, 0), "FREQ=MONTHLY;BYDAY=WE;BYMONTHDAY=3,4,5,6,7,8,9"),
    (WeekdayAfter(1, 0, 1, 0), "FREQ=MONTHLY;BYDAY=MO;BYMONTHDAY=8,9,10,11,12,13,14"),
    (WeekdayAfter(1, 6, 3, 0), "FREQ=MONTHLY;BYDAY=SU;BYMONTHDAY=21,22,23,24,25,26,27"),
    (YearlyDate(2, 29), "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"),
    (YearlyWeekday(11, -1, 6), "FREQ=YEARLY;BYMONTH=11;BYDAY=-1SU"),
]


@pytest.mark.parametrize("choice, rule", RULES)
def test_a_choice_has_its_rule_and_the_rule_its_choice(choice, rule):
    assert choice.rule == rule
    assert chosen(rule, SATURDAY) == choice


@given(choice=repeats, first_day=first_days)
def test_every_choice_comes_back_from_its_rule(choice, first_day):
    assert len(choice.rule) + len(";COUNT=9999") <= LONGEST_RULE and parts_of(choice.rule)
    assert chosen(choice.rule, first_day) == choice
    assert chosen(f"{choice.rule};COUNT=12", first_day) == chosen(f"{choice.rule};UNTIL=20300101", first_day) == choice


def fits(choice, first, day):
    """Whether a day is one of those somebody means, by looking at a calendar."""
    months = (day.year - first.year) * 12 + day.month - first.month
    nth, last = (day.day - 1) // 7 + 1, (day + 7 * DAY).month != day.month
    match choice:
        case Weekly(every, weekdays):
            weeks = ((day - day.weekday() * DAY) - (first - first.weekday() * DAY)).days // 7
            return day.weekday() in weekdays and weeks % every == 0
        case MonthlyWeekday(every, nths, weekdays):
            return months % every == 0 and day.weekday() in weekdays and (nth in nths or last and -1 in nths)
        case MonthlyDate(every, days):
            return months % every == 0 and (day.day in days or (day + DAY).day == 1 and -1 in days)
        case WeekdayAfter(every, weekday, which, after):
            others = [n for n in range(1, 32 if day.day > 28 else 29) if (day.replace(day=1) + (n - 1) * DAY).weekday() == after]
            return months % every == 0 and day.weekday() == weekday and 0 < day.day - others[which - 1] <= 7
        case YearlyDate(month, number):
            return (day.month, day.day) == (month, number)
        case YearlyWeekday(month, which, weekday):
            return day.month == month and day.weekday() == weekday and (nth == which or last and which == -1)


@settings(max_examples=40)
@given(choice=repeats, first=first_days)
def test_the_rule_gives_the_days_that_were_meant(choice, first):
    days = [first + n * DAY for n in range(1500)]
    assert list(days_of(choice.rule, first, first, days[-1])) == [day for day in days if fits(choice, first, day)]


def imported():
    """Rules as other calendars write them, sense or nonsense."""
    def rule(freq, **parts):
        return ";".join([f"FREQ={freq}"] + [f"{name}={text}" for name, text in parts.items() if text])

    day, sign = st.sampled_from(WEEKDAYS), st.sampled_from(["", "+", "-"])
    numbered = st.builds("{}{}{}".format, sign, st.integers(1, 5), day)
    listed = lambda one: st.lists(one, max_size=3).map(",".join)  # noqa: E731
    interval, start = st.sampled_from(["", "1", "2", "3"]), st.sampled_from(["", *WEEKDAYS])
    dates, in_months = listed(st.builds("{}{}".format, sign, st.integers(1, 31))), listed(st.integers(1, 12).map(str))
    return st.one_of(
        st.builds(rule, st.just("DAILY"), INTERVAL=interval, BYMONTH=in_months),
        st.builds(rule, st.just("WEEKLY"), INTERVAL=interval, BYDAY=listed(day), WKST=start, BYMONTH=in_months),
        st.builds(rule, st.sampled_from(["MONTHLY", "YEARLY"]), BYDAY=listed(st.one_of(day, numbered)), BYMONTHDAY=dates, BYMONTH=in_months,
                  INTERVAL=interval, WKST=start),
    )


@settings(max_examples=120)
@given(rule=imported(), first=first_days)
def test_a_rule_from_elsewhere_is_taken_for_a_choice_only_where_that_gives_the_same_days(rule, first):
    choice = chosen(rule, first)
    if choice:
        last = first + 1500 * DAY
        assert list(days_of(choice.rule, first, first, last)) == list(days_of(rule, first, first, last))
        assert chosen(choice.rule, first) == choice


@pytest.mark.parametrize("rule, choice", [
    ("FREQ=WEEKLY", Weekly(1, (5,))), ("FREQ=WEEKLY;INTERVAL=1;BYDAY=FR,TU;WKST=SU", Weekly(1, (1, 4))), ("FREQ=MONTHLY", MonthlyDate(1, (28,))),
    ("FREQ=YEARLY", YearlyDate(11, 28)), ("FREQ=DAILY", Weekly(1, tuple(range(7)))), ("FREQ=MONTHLY;BYDAY=+1WE", MonthlyWeekday(1, (1,), (2,))),
    ("FREQ=MONTHLY;BYDAY=WE;BYMONTHDAY=9,8,7,6,5,4,3", WeekdayAfter(1, 2, 1, 0)), ("FREQ=DAILY;COUNT=1", Once()),
    ("FREQ=WEEKLY;BYDAY=TU;BYMONTH=1,2", None), ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU", None), ("FREQ=WEEKLY;INTERVAL=27", None),
    ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", None), ("FREQ=MONTHLY;BYDAY=WE;BYMONTHDAY=3,4,5", None), ("FREQ=DAILY;INTERVAL=3", None),
    ("FREQ=MONTHLY;BYDAY=WE;BYMONTHDAY=1,2,3,4,5,6,7", None), ("FREQ=MONTHLY;BYDAY=1WE,3TH", None), ("FREQ=MONTHLY;BYMONTHDAY=-2", None),
    ("FREQ=YEARLY;INTERVAL=2;BYMONTH=1;BYMONTHDAY=1", None), ("FREQ=YEARLY;BYDAY=1SU", None), ("FREQ=MONTHLY;BYDAY=6WE", None),
    ("FREQ=MONTHLY;INTERVAL=13;BYDAY=1WE", None), ("FREQ=YEARLY;BYMONTH=1,2;BYMONTHDAY=3", None),
])
def test_rules_of_other_calendars_are_understood_or_left_as_they_are(rule, choice):
    assert chosen(rule, SATURDAY) == choice


REFUSED = [
    (Weekly(1, ()), "weekdays", "choose_day"), (Weekly(1, (7,)), "weekdays", "choose_day"), (Weekly(0, (1,)), "every", "out_of_range"),
    (Weekly(27, (1,)), "every", "out_of_range"), (Weekly(None, (1,)), "every", "bad_number"),
    (MonthlyWeekday(1, (), (1,)), "nths", "choose_which"), (MonthlyWeekday(1, (6,), (1,)), "nths", "choose_which"),
    (MonthlyWeekday(1, (0,), (1,)), "nths", "choose_which"), (MonthlyWeekday(1, (1,), ()), "month_weekdays", "choose_day"),
    (MonthlyWeekday(13, (1,), (1,)), "months", "out_of_range"), (MonthlyWeekday(1, (1, 2, 3, 4), (0, 1, 2, 3, 4, 5)), "nths", "nearly_weekly"),
    (MonthlyDate(1, ()), "month_days", "choose_date"), (MonthlyDate(1, (32,)), "month_days", "choose_date"),
    (MonthlyDate(None, (1,)), "months", "bad_number"), (WeekdayAfter(1, 7, 1, 0), "weekday", "choose_one"),
    (WeekdayAfter(1, 2, 4, 0), "nth", "choose_one"), (WeekdayAfter(1, 2, 1, None), "after", "choose_one"),
    (YearlyDate(2, 30), "day", "no_such_day"), (YearlyDate(4, 31), "day", "no_such_day"), (YearlyDate(13, 1), "month", "choose_one"),
    (YearlyDate(1, 0), "day", "choose_one"), (YearlyWeekday(2, 6, 4), "month_nth", "choose_one"), (YearlyWeekday(2, 5, 9), "month_weekday", "choose_one"),
]


@pytest.mark.parametrize("choice, field, reason", REFUSED)
def test_a_choice_that_makes_no_sense_is_refused_beside_what_is_wrong(choice, field, reason):
    with pytest.raises(Invalid) as caught:
        choice.rule  # noqa: B018
    assert (caught.value.field, caught.value.reason) == (field, reason)
