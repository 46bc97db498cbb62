"""What becomes of each row of a list, given what is here already. Pure: rooms with their hours and earlier
imports come in, verdicts go out. What comes first takes its place first."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256

from groups.exchange.fitting import Ready
from groups.exchange.sources.candidate import Unread
from groups.exchange.weekly import week_days
from groups.schedule.plans import Plan
from groups.schedule.recurrence import next_starts

NEW, CHANGED, SAME, NOT = "new", "changed", "same", "not"
COMPARED = 60  # dates by which an hour that is here is held against what comes


@dataclass
class Occupied:
    """One room's hours ahead, and how many series run there."""

    slug: str
    name: str
    series: int
    _taken: list[tuple[datetime, datetime, str, int]] = field(default_factory=list)

    def take(self, hours: Iterable[tuple[datetime, datetime]], title: str, series_id: int) -> None:
        """These hours belong to that series now."""
        for start, end in hours:
            insort(self._taken, (start, end, title, series_id))

    def free(self, series_id: int) -> None:
        """What belonged to that series is free again."""
        self._taken = [hour for hour in self._taken if hour[3] != series_id]

    def clash(self, hours: Sequence[tuple[datetime, datetime]], besides: int | None = None) -> str | None:
        """The title of an hour that overlaps one of these, or None. besides: a series that does not count."""
        for start, end in hours:
            n = bisect_left(self._taken, (end,)) - 1
            # They do not overlap each other, so only the last ones to begin before this ends can be in its way.
            while n >= 0 and self._taken[n][1] > start:
                if self._taken[n][3] != besides:
                    return self._taken[n][2]
                n -= 1
        return None


@dataclass(frozen=True)
class Here:
    """A series that came by an earlier import (or is the very one a copy was made of). series_id: its number;
    room: the slug of its room; plan: as it is now; is_over: it was ended here; decided: the dates about
    which something was decided."""

    series_id: int
    room: str
    plan: Plan
    is_over: bool
    decided: frozenset[date]


@dataclass(frozen=True)
class Verdict:
    """What becomes of one row. outcome: new, changed, same (it is here already, just so) or not; reason,
    facts: why not; room: where it goes; ready, here: what comes, and what it changes."""

    row: int
    name: str
    outcome: str
    reason: str = ""
    facts: dict = field(default_factory=dict)
    room: Occupied | None = None
    ready: Ready | None = None
    here: Here | None = None


@dataclass(frozen=True)
class Reckoning:
    """What becomes of all rows. kind: of the list, in words; seen: a word for exactly this outcome; bringing
    in asks that it still is."""

    kind: str
    verdicts: tuple[Verdict, ...]
    seen: str

    def of(self, *outcomes: str) -> list[Verdict]:
        """The rows that become of it."""
        return [verdict for verdict in self.verdicts if verdict.outcome in outcomes]


@dataclass(frozen=True)
class Surroundings:
    """Where rows are to go. places: rooms in use by slug; chosen: those somebody chose, in the order they are
    tried; here: earlier imports by (source, source_id); most: series a room may have."""

    places: Mapping[str, Occupied]
    chosen: Sequence[str]
    here: Mapping[tuple[str, str], Here]
    most: int


def reckon(kind: str, rows: Iterable[Ready | Unread], around: Surroundings, now: datetime) -> Reckoning:
    """What becomes of each row, one after the other. The places are taken as it goes."""
    verdicts, stood = [], {}
    for row in rows:
        if isinstance(row, Unread):
            verdicts.append(Verdict(row.row, row.name, NOT, row.reason, row.facts))
            continue
        called = (row.candidate.source, row.candidate.source_id)
        first = stood.setdefault(called, row.candidate.row)
        if first != row.candidate.row:
            verdicts.append(_verdict(row, NOT, "import_twice", {"row": first}))
        elif here := around.here.get(called):
            verdicts.append(_again(row, here, around, now))
        else:
            verdicts.append(_anew(row, around))
    return Reckoning(kind, tuple(verdicts), sha256("\n".join(map(_told, verdicts)).encode()).hexdigest()[:20])


def same_dates(ready: Ready, here: Here, now: datetime) -> bool:
    """Whether it meets as it did."""
    plan, ours = ready.plan, here.plan
    if all(getattr(plan, name) == getattr(ours, name) for name in ("wall_time", "zone", "pauses", "last_day")):
        days = week_days(plan)
        if days is not None and days == week_days(ours) and ours.first_day <= plan.first_day:
            return True  # the same weekdays every week; no need to count
    return next_starts(ready.plan, now, COMPARED) == next_starts(here.plan, now, COMPARED)


def undecided(ready: Ready, here: Here) -> list:
    """What the list decides about dates about which nothing was decided here."""
    return [one for one in ready.decisions if one.on_day not in here.decided]


def differs(ready: Ready, here: Here, now: datetime) -> bool:
    """Whether what comes says something else than what is here. What it is silent about (how the hour runs,
    who serves) is ours and does not count, and what was decided here about a date stands."""
    plan, ours, language = ready.plan, here.plan, ready.candidate.plan.language
    if (plan.title, plan.minutes, plan.last_day) != (ours.title, ours.minutes, ours.last_day):
        return True
    return bool(language and language != ours.language or undecided(ready, here)) or not same_dates(ready, here, now)


def _again(ready, here, around, now):
    place = around.places.get(here.room)
    if here.is_over:
        return _verdict(ready, NOT, "import_ended", here=here)
    if not differs(ready, here, now):
        return _verdict(ready, SAME, room=place, here=here)
    if place is None:
        return _verdict(ready, NOT, "room_locked", here=here)
    if title := place.clash(ready.hours, besides=here.series_id):
        return _verdict(ready, NOT, "room_in_use", {"title": title}, here=here)
    place.free(here.series_id)
    place.take(ready.hours, ready.plan.title, here.series_id)
    return _verdict(ready, CHANGED, room=place, here=here)


def _anew(ready, around):
    places = [around.places[slug] for slug in around.chosen if around.places[slug].series < around.most]
    if not places:
        return _verdict(ready, NOT, "enough_series", {"limit": around.most})
    in_the_way = ""
    for place in places:
        title = place.clash(ready.hours)
        if title is None:
            place.take(ready.hours, ready.plan.title, -ready.candidate.row)  # no series has this number
            place.series += 1
            return _verdict(ready, NEW, room=place)
        in_the_way = in_the_way or title
    return _verdict(ready, NOT, "room_in_use", {"title": in_the_way})


def _verdict(ready, outcome, reason="", facts=None, **other):
    return Verdict(ready.candidate.row, ready.candidate.name, outcome, reason, facts or {}, ready=ready, **other)


def _told(verdict):
    where = verdict.room.slug if verdict.room else ""
    return f"{verdict.row} {verdict.outcome} {verdict.reason} {where} {verdict.ready and verdict.ready.plan}"
