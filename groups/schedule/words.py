"""Times and days as people say them. Pure; English for now, and in one place."""

from datetime import UTC, date, datetime, time, timedelta

ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last"}


def clock_words(moment: datetime | time) -> str:
    """'19:45'. The moment must already be on the clock it is to be read from."""
    return f"{moment:%H:%M}"


def utc_stamp(moment: datetime) -> str:
    """'2026-11-24T19:45Z', for a `<time>`."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%MZ}"


def day_words(day: date, weekday: bool = True) -> str:
    """'Tuesday 24 November', or '24 November'."""
    return f"{day:%A} {day.day} {day:%B}" if weekday else f"{day.day} {day:%B}"


def dated_words(day: date, today: date | None = None, weekday: bool = False) -> str:
    """'24 November 2026', or '24 November' where the year is that of `today`."""
    year = "" if today and day.year == today.year else f" {day.year}"
    return day_words(day, weekday) + year


def short_day_words(day: date, today: date | None = None) -> str:
    """'Tue 24 Nov', for narrow columns; 'Tue 24 Nov 2027' where that is not the year of `today`."""
    year = f" {day.year}" if today and day.year != today.year else ""
    return f"{day:%a} {day.day} {day:%b}{year}"


def month_words(day: date) -> str:
    """'November 2026'."""
    return f"{day:%B %Y}"


def ordinal_words(number: int) -> str:
    """'1st', '22nd', '13th'."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def list_words(things: list[str], last: str = "and") -> str:
    """'Monday, Wednesday and Friday'."""
    return f" {last} ".join([", ".join(things[:-1]), things[-1]] if len(things) > 1 else things)


def minutes_words(minutes: int) -> str:
    """'45 minutes', 'one hour', '1 hour 30 minutes', '2 hours'."""
    hours, rest = divmod(minutes, 60)
    if hours == 0:
        return "one minute" if rest == 1 else f"{rest} minutes"
    whole = "one hour" if (hours, rest) == (1, 0) else f"{hours} hour{'s' if hours > 1 else ''}"
    return f"{whole} {rest} minutes" if rest else whole


def wait_words(wait: timedelta) -> str:
    """How long until something, roughly, the way one says it: 'in 6 minutes', 'in 3 hours', 'in 2 days'."""
    minutes = max(1, round(wait.total_seconds() / 60))
    if minutes < 90:
        return "in a minute" if minutes == 1 else f"in {minutes} minutes"
    hours = round(minutes / 60)
    return f"in {hours} hours" if hours < 36 else f"in {round(hours / 24)} days"
