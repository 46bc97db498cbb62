"""What somebody wants to schedule, before it is stored: the same checks for the preview and for the
real thing. Pure; `now` comes from outside."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from groups.errors import Invalid
from groups.formats.checking import LONGEST, SHORTEST
from groups.formats.shape import Format
from groups.schedule.languages import LANGUAGES
from groups.schedule.models import USUAL_NEEDS, DutyKind
from groups.schedule.pauses import pauses_of
from groups.schedule.places import where
from groups.schedule.recurrence import AHEAD, first_on, next_starts, parts_of, start_of, starts_between, what_was_taken
from groups.text import one_line, one_of, whole_number

TITLE_LIMIT = 60
PLACES = (2, 200)  # people who may keep a place on one date


@dataclass(frozen=True)
class Plan:
    """A series to be. Fields are as somebody typed them until `checked` was asked; what they mean is
    said at `Series`."""

    title: str | None
    first_day: date | None
    wall_time: time | None
    zone: str | None
    rule: str
    minutes: int | None
    format: str | None
    pauses: str = ""
    needs: str = USUAL_NEEDS
    places: int | None = None
    own_clock_first: bool = False
    language: str = "en"
    last_day: date | None = None

    def checked(self, now: datetime, formats: Mapping[str, Format]) -> "Plan":
        """The plan fit to be stored. formats: those that can be chosen. Raises Invalid(field, reason)
        for the first thing that is not."""
        parts_of(self.rule)
        pauses_of(self.pauses)
        there = where(self.zone or "")
        for field, value, reason in (("first_day", self.first_day, "bad_date"), ("wall_time", self.wall_time, "bad_time")):
            if value is None:
                raise Invalid(field, reason)
        today = now.astimezone(there).date()
        if self.first_day < today:
            raise Invalid("first_day", "in_the_past")
        if self.first_day > today + AHEAD:
            raise Invalid("first_day", "too_far")
        plan = replace(
            self, title=one_line("title", self.title, TITLE_LIMIT),
            wall_time=self.wall_time.replace(second=0, microsecond=0, tzinfo=None),
            minutes=fitting(self.minutes, self.format, formats), needs=needed(self.needs),
            language=one_of("language", self.language, LANGUAGES),
            places=None if self.places is None else whole_number("places", self.places, *PLACES),
        )
        if not next_starts(plan, now, 1):
            raise Invalid("rule", "no_dates")
        return plan

    def hours(self, now: datetime) -> list[tuple[date, datetime, datetime]]:
        """(own date, start, end) of every hour the projection will hold."""
        length = timedelta(minutes=self.minutes)
        return [(day, at, at + length) for day, at in starts_between(self, now, now + AHEAD)]


def needed(needs: str) -> str:
    """The duties an hour needs, in their usual order, each once. Raises Invalid("needs", "choose_one")
    for one that is none; somebody has to lead, so the chair is always among them."""
    wanted = {one_of("needs", kind, list(DutyKind)) for kind in needs.split(",") if kind}
    return ",".join(kind for kind in DutyKind if kind in wanted or kind == DutyKind.CHAIR)


def first_hour(weekdays: list[int], day: date | None, wall_time: time | None, zone: str | None, now: datetime) -> date | None:
    """The day a weekly hour begins: the first of the weekdays from that day on. Today counts only
    while the hour is still ahead, or "every second Sunday" would skip the coming one. What is
    missing or makes no sense is left for `checked` to say."""
    try:
        there = where(zone or "")
    except Invalid:
        return day
    if day is None or wall_time is None:
        return day
    begun = day == now.astimezone(there).date() and start_of(day, wall_time, there) <= now
    return first_on(weekdays, day + timedelta(days=1) if begun else day)


def fitting(minutes: int | None, format_key: str | None, formats: Mapping[str, Format]) -> int:
    """The minutes, if such an hour can be held with this format. Raises Invalid."""
    minutes = whole_number("minutes", minutes, SHORTEST, LONGEST)
    needs = formats[one_of("format", format_key, formats)].least
    if minutes < needs:
        raise Invalid("minutes", "hour_too_short", needed=needs, given=minutes)
    return minutes


def takings(series, days: list[date], limit: int = 3) -> list[str]:
    """Sentences for those of these days on which the wall time is missing or comes twice."""
    said = (what_was_taken(day, series.wall_time, series.zone) for day in days)
    return [text for text in said if text][:limit]
