"""Feeds and series for tests that need no database."""

from datetime import UTC, date, datetime, time

from icalendar import Calendar

from groups.schedule.models import DateChange, RoomDay, Series
from groups.schedule.occurrences import RoomDays
from groups.sealing import of_house
from groups.subscribing.ical import Carried, feed_text
from groups.subscribing.models import Feed

TODAY = date(2026, 11, 24)  # a Tuesday
MADE = datetime(2026, 11, 1, 9, tzinfo=UTC)
HERE = "https://meet.example.org"


def a_feed(**told) -> Feed:
    """A discreet feed, not stored."""
    of_house.know("a-secret-for-feeds-and-nobody-else")
    return Feed(**{"kind": "discreet", "uid_key": b"k" * 32, "word": "Appointment", "remind_minutes": None, "changed_at": MADE} | told)


def a_series(**told) -> Series:
    """Every Tuesday at seven in London, since a month ago, not stored."""
    usual = {
        "public_id": "bcdfghjkmn", "title": "Evening harbour", "first_day": date(2026, 10, 20), "last_day": None,
        "wall_time": time(19), "zone": "Europe/London", "rule": "FREQ=WEEKLY;BYDAY=TU", "pauses": "", "minutes": 60,
        "format": "sharing-60", "needs": "chair", "sequence": 3, "changed_at": MADE,
    }
    return Series(**usual | told)


def decided(**told) -> DateChange:
    """What somebody decided about one date."""
    return DateChange(**{"cancelled": False, "held": False, "why": "", "sequence": 4} | told)


def room_day(day: date, **told) -> RoomDay:
    """A day on which a room is closed, this once."""
    return RoomDay(**{"day": day, "yearly": False, "closed": True, "longer": 0, "note": ""} | told)


def carried(series: Series, decisions=None, days=(), **named) -> Carried:
    """A series in a feed."""
    return Carried(series, decisions or {}, RoomDays(list(days)), **named)


def read(*those: Carried, feed: Feed | None = None, today: date = TODAY) -> Calendar:
    """The feed of these, parsed again."""
    return Calendar.from_ical(feed_text(feed or a_feed(), those, today, HERE))


def events(calendar: Calendar) -> list:
    """Its events, in the order of their starts, the rule first."""
    return sorted(calendar.walk("VEVENT"), key=lambda event: ("RRULE" not in event, event["DTSTART"].dt.astimezone(UTC)))


def line(event, name: str) -> str:
    """A property as it is written, with its parameters: 'TZID=Europe/London:20261124T190000'."""
    return next(
        (text.removeprefix(name).lstrip(";:") for text in event.content_lines() if text.split(":")[0].split(";")[0] == name), ""
    )
