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


def moved_words(before: datetime, now: datetime) -> str:
    """When an hour that was moved should have begun, both on the same clock: '19:00' where the day
    is the same, 'Tue 19:00' within a week, else 'Tue 24 Nov, 19:00'."""
    days = abs((now.date() - before.date()).days)
    if days > 6:
        return f"{short_day_words(before.date())}, {clock_words(before)}"
    return f"{before:%a} {clock_words(before)}" if days else clock_words(before)


def week_words(monday: date) -> str:
    """'23 to 29 November 2026', '30 November to 6 December 2026'."""
    sunday = monday + timedelta(days=6)
    if monday.year != sunday.year:
        return f"{monday.day} {monday:%B %Y} to {sunday.day} {sunday:%B %Y}"
    begins = monday.day if monday.month == sunday.month else f"{monday.day} {monday:%B}"
    return f"{begins} to {sunday.day} {sunday:%B %Y}"


def meetings_words(count: int) -> str:
    """'nothing planned', 'one meeting', '9 meetings'."""
    return f"{count} meetings" if count > 1 else "one meeting" if count else "nothing planned"


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


def dates_words(count: int) -> str:
    """'no date', 'one date', '28 dates'."""
    return {0: "no date", 1: "one date"}.get(count, f"{count} dates")


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
