"""A rule said back in plain words, so that a person can see what was understood. Pure."""

from calendar import day_name, month_name
from datetime import date

from groups.schedule import repeats
from groups.schedule.ends import counted_out, times
from groups.schedule.pauses import LEAP_YEAR, pauses_of
from groups.schedule.recurrence import Recurring
from groups.schedule.rules import said_out, text_of
from groups.schedule.words import ORDINALS, clock_words, dated_words, list_words, ordinal_words
from groups.zones import city

UNSPOKEN = "on the dates below"


def in_words(series: Recurring, today: date | None = None) -> str:
    """'every second week on Tuesday and Thursday at 19:00 in London, from 24 November until 18 December,
    not from 15 July to 31 August'. today: what has begun by then is not said to begin, and this year's
    number is left away."""
    repeat = repeats.chosen(series.rule, series.first_day)
    clock = f"at {clock_words(series.wall_time)} in {city(series.zone)}"
    if isinstance(repeat, repeats.Once):
        return f"on {dated_words(series.first_day, today, weekday=True)} {clock}"
    return ", ".join([f"{_days(repeat, series)} {clock}"] + _seldom(repeat) + _span(series, today) + _pauses(series.pauses))


def days_in_words(series: Recurring) -> str:
    """'every Tuesday', 'every second Friday', 'the last Sunday of the month'; what has no short name
    is said truthfully and leaves the dates to speak."""
    repeat = repeats.chosen(series.rule, series.first_day)
    return ", ".join([_days(repeat, series), *_seldom(repeat)])


def _days(repeat, series):
    return _SAID[type(repeat)](repeat, series) if repeat else _imported(series)


def _once(_, series):
    return f"on {dated_words(series.first_day, weekday=True)}"


def _weekly(repeat, _):
    days = [day_name[day] for day in repeat.weekdays]
    if len(days) == 7:
        return {1: "every day", 2: "every day of every second week"}.get(repeat.every, f"every {repeat.every} weeks on every day")
    if repeat.every > 2:
        return f"every {repeat.every} weeks on {list_words(days)}"
    if repeat.every == 2:
        return f"every second {days[0]}" if len(days) == 1 else f"every second week on {list_words(days)}"
    return f"every {list_words(days)}"


def _monthly_weekday(repeat, _):
    which = f"{list_words([ORDINALS[nth] for nth in repeat.nths])} {list_words([day_name[day] for day in repeat.month_weekdays])}"
    return _of_month(f"the {which}", repeat.months)


def _monthly_date(repeat, _):
    days = [ordinal_words(day) if day > 0 else "last day" for day in repeat.month_days]
    return _of_month(f"the {list_words(days)}", repeat.months)


def _weekday_after(repeat, _):
    which = f"the {day_name[repeat.weekday]} after the {ORDINALS[repeat.nth]} {day_name[repeat.after]}"
    return _of_month(which, repeat.months)


def _yearly_date(repeat, _):
    return f"every year on {repeat.day} {month_name[repeat.month]}"


def _yearly_weekday(repeat, _):
    return f"every year on the {ORDINALS[repeat.month_nth]} {day_name[repeat.month_weekday]} of {month_name[repeat.month]}"


_SAID = {
    repeats.Once: _once, repeats.Weekly: _weekly, repeats.MonthlyWeekday: _monthly_weekday, repeats.MonthlyDate: _monthly_date,
    repeats.WeekdayAfter: _weekday_after, repeats.YearlyDate: _yearly_date, repeats.YearlyWeekday: _yearly_weekday,
}


def _of_month(which, months):
    return {1: f"{which} of the month", 2: f"{which} of every second month"}.get(months, f"every {months} months on {which}")


def _seldom(repeat):
    """A word on days that some months or years do not have."""
    match repeat:
        case repeats.MonthlyWeekday(nths=nths) if 5 in nths:
            return ["where there is a fifth"]
        case repeats.MonthlyDate(month_days=days) if late := [day for day in days if day > 28]:
            return [f"where there is a {list_words([ordinal_words(day) for day in late])}"]
        case repeats.YearlyWeekday(month_nth=5):
            return ["where there is a fifth"]
        case repeats.YearlyDate(month=2, day=29):
            return ["in leap years"]
    return []


def _imported(series):
    """Rules the form cannot make, which came from elsewhere: every few days, or in some months only."""
    parts = said_out(series.rule, series.first_day)
    every = int(parts.get("INTERVAL", 1))
    if parts.keys() <= {"FREQ", "INTERVAL"} and parts["FREQ"] == "DAILY":
        return "every second day" if every == 2 else f"every {every} days"
    months = parts.pop("BYMONTH", "")
    repeat = repeats.chosen(text_of(parts), series.first_day) if months and parts["FREQ"] in ("WEEKLY", "MONTHLY") else None
    if repeat is None or every > 1 or _seldom(repeat):
        return UNSPOKEN
    return f"{_days(repeat, series)} in {list_words([month_name[int(month)] for month in months.split(',')])}"


def _span(series, today):
    """How often, from when, until when."""
    begun = today and series.first_day < today
    begins = "" if begun else f"from {dated_words(series.first_day, today)}"
    last = series.last_day or counted_out(series)
    ends = f"until {dated_words(last, today)}" if last else ""
    count = None if begun else times(series)
    if count == 1:
        return [f"once, on {dated_words(last, today)}"]
    often = {None: "", 2: "twice"}.get(count, f"{count} times")
    return [part for part in (often, f"{begins} {ends}".strip()) if part]


def _pauses(text):
    said = []
    for first, last in pauses_of(text):
        first, last = (dated_words(date(LEAP_YEAR, *end), date(LEAP_YEAR, 1, 1)) for end in (first, last))
        said.append(f"on {first}" if first == last else f"from {first} to {last}")
    return [f"not {list_words(said, last='or')}"] if said else []
