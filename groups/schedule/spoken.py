"""A rule said back in plain words, so that a person can see what was understood. Pure."""

from groups.schedule.recurrence import WEEKDAYS, Recurring, parts_of
from groups.schedule.words import ORDINALS, clock_words, day_words, list_words
from groups.zones import city

NAMES = dict(zip(WEEKDAYS, ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), strict=True))


def in_words(series: Recurring) -> str:
    """'every second Tuesday and Thursday at 19:00 in London, from 24 November'."""
    begins = day_words(series.first_day, weekday=False)
    return f"{days_in_words(series)} at {clock_words(series.wall_time)} in {city(series.zone)}, from {begins}"


def days_in_words(series: Recurring) -> str:
    """'every Tuesday', 'every second Friday', 'the last Sunday of the month'; what has no short name
    is said truthfully and leaves the dates to speak."""
    parts = parts_of(series.rule)
    every = int(parts.get("INTERVAL", 1))
    if set(parts) <= {"FREQ", "INTERVAL", "WKST"} and parts["FREQ"] == "DAILY":
        return {1: "every day", 2: "every second day"}.get(every, f"every {every} days")
    if set(parts) <= {"FREQ", "INTERVAL", "BYDAY", "WKST"} and parts["FREQ"] == "WEEKLY":
        return _weekly(parts, every, series)
    if set(parts) == {"FREQ", "BYDAY"} and parts["FREQ"] == "MONTHLY":
        named = [_nth(day) for day in parts["BYDAY"].split(",")]
        if all(named):
            return f"the {list_words(named)} of the month"
    return "on the dates below"


def _weekly(parts, every, series):
    days = parts.get("BYDAY", WEEKDAYS[series.first_day.weekday()]).split(",")
    if every == 1 and set(days) == set(WEEKDAYS):
        return "every day"
    named = list_words([NAMES[day] for day in sorted(set(days), key=WEEKDAYS.index)])
    if every > 2:
        return f"every {every} weeks on {named}"
    return f"every second {named}" if every == 2 else f"every {named}"


def _nth(day):
    number, name = day[:-2], NAMES[day[-2:]]
    return f"{ORDINALS[int(number)]} {name}" if number and int(number) in ORDINALS else None
