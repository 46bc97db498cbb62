"""What somebody wants to schedule, before it is stored: the same checks for the preview and for the
real thing. Pure; `now` comes from outside."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from groups.errors import Invalid
from groups.formats.checking import LONGEST, SHORTEST
from groups.formats.shape import Format
from groups.schedule.ends import FARTHEST, settled
from groups.schedule.languages import LANGUAGES
from groups.schedule.models import USUAL_NEEDS, DutyKind
from groups.schedule.pauses import pauses_of
from groups.schedule.places import where
from groups.schedule.recurrence import AHEAD, DAY, ONCE, first_date, next_starts, starts_between
from groups.schedule.rules import parts_of
from groups.schedule.wall_clock import start_of, what_was_taken
from groups.schedule.words import dated_words
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
        """The plan fit to be stored, its end kept as `ends.py` says. formats: those that can be chosen.
        Raises Invalid(field, reason) for the first thing that is not."""
        parts_of(self.rule)
        pauses_of(self.pauses)
        there = where(self.zone or "")
        for field, value, reason in (("first_day", self.first_day, "bad_date"), ("wall_time", self.wall_time, "bad_time")):
            if value is None:
                raise Invalid(field, reason)
        _begins_in_time(self.first_day, now.astimezone(there).date())
        plan = settled(replace(
            self, title=one_line("title", self.title, TITLE_LIMIT), zone=there.key,
            wall_time=self.wall_time.replace(second=0, microsecond=0, tzinfo=None),
            minutes=fitting(self.minutes, self.format, formats), needs=needed(self.needs),
            language=one_of("language", self.language, LANGUAGES),
            places=None if self.places is None else whole_number("places", self.places, *PLACES),
        ))
        _has_dates(plan, self.last_day, now)
        return plan

    def hours(self, now: datetime) -> list[tuple[date, datetime, datetime]]:
        """(own date, start, end) of every hour the projection will hold."""
        length = timedelta(minutes=self.minutes)
        return [(day, at, at + length) for day, at in starts_between(self, now, now + AHEAD)]


def _begins_in_time(first_day, today):
    if first_day < today:
        raise Invalid("first_day", "in_the_past")
    if first_day > today + AHEAD:
        raise Invalid("first_day", "too_far")


def _has_dates(plan, wanted_end, now):
    """Raises Invalid, beside what is the reason, for a plan that never meets while the calendar looks."""
    first = first_date(plan.rule, plan.first_day)
    if first is None:
        raise Invalid("rule", "never_comes")
    if plan.last_day and plan.last_day < first:
        raise Invalid("last_day", "ends_before", day=dated_words(first))
    if wanted_end and wanted_end - FARTHEST > now.date():
        raise Invalid("last_day", "end_too_far")
    if next_starts(plan, now, 1):
        return
    if plan.rule == ONCE and not plan.pauses:
        raise Invalid("wall_time", "already_past")
    if next_starts(replace(plan, pauses=""), now, 1):
        raise Invalid("pauses", "pauses_take_all")
    raise Invalid("rule", "no_dates")


def needed(needs: str) -> str:
    """The duties an hour needs, in their usual order, each once. Raises Invalid("needs", "choose_one")
    for one that is none; somebody has to lead, so the chair is always among them."""
    wanted = {one_of("needs", kind, list(DutyKind)) for kind in needs.split(",") if kind}
    return ",".join(kind for kind in DutyKind if kind in wanted or kind == DutyKind.CHAIR)


def first_hour(rule: str, day: date | None, wall_time: time | None, zone: str | None, now: datetime) -> date | None:
    """The day an hour begins to repeat: the first date of its rule from that day on. Today counts only
    while the hour is still ahead, or "every second Sunday" would skip the coming one. What is missing
    or makes no sense is left for `checked` to say. Raises Invalid("rule", …) where the first date is
    none at all, or further ahead than the calendar goes."""
    try:
        there = where(zone or "")
    except Invalid:
        return day
    today = now.astimezone(there).date()
    if day is None or wall_time is None or not today <= day <= today + AHEAD:
        return day
    begun = day == today and start_of(day, wall_time, there) <= now
    found = first_date(rule, day + DAY if begun else day)
    if found is None:
        raise Invalid("rule", "never_comes")
    if found > today + AHEAD:
        raise Invalid("rule", "first_too_far", day=dated_words(found))
    return found


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
