"""Ways an hour can repeat, made up by Hypothesis, and series that do."""

from dataclasses import dataclass
from datetime import date, time

from hypothesis import strategies as st

from groups.schedule.repeats import (
    AFTER,
    MONTH_DAYS,
    NTHS,
    MonthlyDate,
    MonthlyWeekday,
    WeekdayAfter,
    Weekly,
    YearlyDate,
    YearlyWeekday,
)
from groups.zones import all_names


@dataclass(frozen=True)
class Hour:
    """As much of a series as its dates need."""

    rule: str = "FREQ=WEEKLY;BYDAY=TU"
    first_day: date = date(2026, 1, 6)
    wall_time: time = time(19)
    zone: str = "Europe/London"
    last_day: date | None = None
    pauses: str = ""


def _some(values, most=None):
    return st.sets(st.sampled_from(values), min_size=1, max_size=most).map(
        lambda found: tuple(sorted(found, key=lambda number: (number < 0, number)))
    )


weekday = st.integers(0, 6)
months = st.integers(1, 12)
weekly = st.builds(Weekly, st.integers(1, 26), _some(range(7)))
monthly = st.one_of(
    st.builds(MonthlyWeekday, months, _some(NTHS, 4), _some(range(7), 5)),
    st.builds(MonthlyDate, months, _some(MONTH_DAYS)),
    st.builds(WeekdayAfter, months, weekday, st.sampled_from(AFTER), weekday),
)
yearly = st.one_of(
    st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda day: YearlyDate(day.month, day.day)),
    st.builds(YearlyWeekday, months, st.sampled_from(NTHS), weekday),
)
repeats = st.one_of(weekly, monthly, yearly)
first_days = st.dates(date(2019, 1, 1), date(2027, 1, 1))
walls = st.times().map(lambda at: at.replace(second=0, microsecond=0, fold=0))
zones = st.sampled_from(all_names())
month_days = st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda day: (day.month, day.day))
