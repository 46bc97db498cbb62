"""Whether an hour from elsewhere fits in here: its plan completed by what somebody chose, and checked. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise

import msgspec

from groups.errors import Invalid
from groups.exchange.archive import DecisionKept
from groups.exchange.sources.candidate import Candidate
from groups.exchange.sources.cells import shorten, title
from groups.formats.checking import LONGEST, SHORTEST
from groups.formats.shape import Format
from groups.formats.shipped import FORMATS
from groups.schedule.occurrences import Occurrence, RoomDays, occurrence
from groups.schedule.places import where
from groups.schedule.plans import Plan, needed
from groups.schedule.projection import FARTHEST_MOVE
from groups.schedule.recurrence import AHEAD, next_starts, starts_between
from groups.schedule.words import day_words
from groups.zones import city

WHY_LIMIT = 200  # characters, of `DateChange.why`


@dataclass(frozen=True)
class Wish:
    """How somebody wants hours to be taken. rooms: slugs, in the order they are tried. zone, format, language:
    for hours that are silent about theirs. offline: those that meet elsewhere too."""

    rooms: tuple[str, ...]
    zone: str
    format: str
    language: str
    offline: bool = False


@dataclass(frozen=True)
class Ready:
    """A candidate with a plan that can be stored. starts: (own date, own start) of its dates ahead; hours:
    (start, end) of those that take place, with what was decided about them."""

    candidate: Candidate
    plan: Plan
    decisions: tuple[DecisionKept, ...]
    starts: tuple[tuple[date, datetime], ...]
    hours: tuple[tuple[datetime, datetime], ...]
    notes: tuple[tuple[str, dict], ...]

    def dates(self, days: RoomDays) -> list[Occurrence]:
        """Its dates ahead, in a room with these days."""
        about = {one.on_day: one for one in self.decisions}
        return [occurrence(self.plan, day, at, about.get(day), days.on(day)) for day, at in self.starts]


def fit(candidate: Candidate, wish: Wish, formats: Mapping[str, Format], now: datetime) -> Ready:
    """The candidate as it would be stored. formats: those that can be chosen. Raises Invalid."""
    if candidate.offline and not wish.offline:
        raise Invalid("offline", candidate.offline)
    notes, plan = list(candidate.notes), candidate.plan
    key = plan.format if plan.format in FORMATS else wish.format
    if plan.format and key != plan.format:
        notes.append(("import_format_taken", {"title": formats[key].title if key in formats else ""}))
    if not plan.zone:
        notes.append(("import_zone_taken", {"city": city(wish.zone)}))
    plan = replace(plan, zone=plan.zone or wish.zone, format=key, language=plan.language or wish.language)
    if not SHORTEST <= plan.minutes <= LONGEST:
        raise Invalid("minutes", "import_length", given=plan.minutes, low=SHORTEST, high=LONGEST)
    plan = replace(plan, first_day=_first(plan, now)).checked(now, formats)
    about = {one.on_day: _decision(one) for one in candidate.decisions if plan.first_day <= one.on_day <= (now + AHEAD).date()}
    starts, length = _starts(plan.rule, plan.first_day, plan.last_day, plan.wall_time, plan.zone, plan.pauses, now), plan.minutes
    hours = [(at, at + timedelta(minutes=length)) for day, at in starts if day not in about]
    moved = (occurrence(plan, day, at, about[day], None) for day, at in starts if day in about)
    hours = sorted(hours + [(one.starts_at, one.ends_at) for one in moved if not one.cancelled])
    if any(one[1] > two[0] for one, two in pairwise(hours)):
        raise Invalid("hours", "room_in_use", title=plan.title)
    return Ready(candidate, plan, tuple(about.values()), starts, tuple(hours), tuple(notes))


@lru_cache(maxsize=500)
def _starts(rule, first_day, last_day, wall_time, zone, pauses, now):
    """Its dates ahead. In a long list very many hours share a day and a time."""
    plan = Plan("", first_day, wall_time, zone, rule, SHORTEST, None, pauses=pauses, last_day=last_day)
    return tuple(starts_between(plan, now, now + AHEAD))


def _decision(one):
    """What was decided elsewhere, as far as it means something here."""
    if one.to_day and abs(one.to_day - one.on_day) > FARTHEST_MOVE:
        raise Invalid("decisions", "import_far_move", day=day_words(one.on_day))
    fits = one.minutes is not None and SHORTEST <= one.minutes <= LONGEST
    return msgspec.structs.replace(
        one, why=shorten(one.why, WHY_LIMIT), title=title(one.title)[0] if one.title else None,
        minutes=one.minutes if fits else None, format=one.format if one.format in FORMATS else None,
        needs=needed(one.needs) if one.needs else None,
    )


def _first(plan, now):
    """The first date that is still ahead, counted from where the list counts."""
    today = now.astimezone(where(plan.zone)).date()
    since = replace(plan, first_day=plan.first_day or today)
    coming = next_starts(since, now, 1)
    if not coming:
        raise Invalid("first_day", "import_over")
    return coming[0][0]
