"""A row of somebody else's list, as far as it could be read. Pure."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from groups.errors import Invalid
from groups.exchange.archive import DecisionKept
from groups.schedule.plans import Plan

LONGEST_ID = 80  # characters, of `Series.source_id`
FROM_NOW_ON: date | None = None  # where counting begins, for a list that does not say


@dataclass(frozen=True)
class Candidate:
    """An hour that may be brought in. row: its place in the list, as somebody looking at it counts.
    source, source_id: where it comes from and what it is called there.

    plan: what it says; its format, and what it is silent about (zone, language: empty), is somebody's to
    choose. Its first_day is where counting begins, None for "from now on". offline: the reason word for an
    hour that is not held online. decisions: about single dates. notes: (reason word, facts) of what was
    taken differently from what it says."""

    row: int
    name: str
    source: str
    source_id: str
    plan: Plan
    offline: str = ""
    decisions: tuple[DecisionKept, ...] = ()
    notes: tuple[tuple[str, dict], ...] = ()


@dataclass(frozen=True)
class Unread:
    """A row that cannot be taken, and why: a reason word and its facts."""

    row: int
    name: str
    reason: str
    facts: dict


def each(rows: Iterable, read: Callable, name: Callable, first: int = 1) -> Iterator[Candidate | Unread]:
    """Read one row after the other; what cannot be read keeps nothing else back. first: how the first one
    is counted."""
    for number, row in enumerate(rows, first):
        try:
            yield read(number, row)
        except Invalid as why:
            yield Unread(number, name(row), why.reason, {key: fact for key, fact in why.facts.items() if key != "field"})


def id_of(*parts: object) -> str:
    """What a row is called where it comes from, fit to be stored; long or odd ones by their hash."""
    text = "|".join(str(part) for part in parts)
    return text if len(text) <= LONGEST_ID and text.isprintable() else sha256(text.encode(errors="replace")).hexdigest()


def weekly(days: Iterable[int]) -> str:
    """The rule for these weekdays every week, counted from Sunday = 0."""
    names = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
    return f"FREQ=WEEKLY;BYDAY={','.join(names[day] for day in sorted(set(days), key=lambda day: (day - 1) % 7))}"
