"""A reckoning as a page shows it: every row in words. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from groups.exchange.reckoning import CHANGED, NEW, NOT, SAME, Reckoning, Verdict
from groups.schedule.hours import own_clock
from groups.schedule.plans import takings
from groups.schedule.spoken import in_words
from groups.schedule.words import clock_words, day_words, minutes_words
from groups.sentences import sentence


@dataclass(frozen=True)
class Line:
    """One row. words: what was understood, or why not; next: its next date, on the reader's clock too; notes:
    what was taken differently; was: what it changes."""

    row: int
    name: str
    words: str
    room: str = ""
    next: str = ""
    notes: tuple[str, ...] = ()
    was: str = ""


@dataclass(frozen=True)
class Shown:
    """The page's lists. refused: (why, lines) of rows with the same sentence, most of them first."""

    kind: str
    count: int
    new: list[Line]
    changed: list[Line]
    same: list[Line]
    refused: list[tuple[str, list[Line]]]

    @property
    def taken(self) -> int:
        """How many rows bringing in does something for."""
        return len(self.new) + len(self.changed)


def shown(done: Reckoning, reader: ZoneInfo) -> Shown:
    """Every row in words."""

    def lines(outcome: str, line: Callable) -> list[Line]:
        return [line(verdict, reader) for verdict in done.of(outcome)]

    refused = sorted(lines(NOT, _refused), key=lambda line: (line.words, line.row))
    by_reason = [(why, list(those)) for why, those in groupby(refused, key=lambda line: line.words)]
    return Shown(
        done.kind, len(done.verdicts), lines(NEW, _taken), lines(CHANGED, _taken), lines(SAME, _taken),
        sorted(by_reason, key=lambda one: (-len(one[1]), one[1][0].row)),
    )


def _refused(verdict: Verdict, _) -> Line:
    return Line(verdict.row, verdict.name, sentence(verdict.reason, **verdict.facts))


def _taken(verdict: Verdict, reader: ZoneInfo) -> Line:
    ready = verdict.ready
    notes = [sentence(reason, **facts) for reason, facts in ready.notes]
    was = f"{verdict.here.plan.title}: {_said(verdict.here.plan)}" if verdict.here and verdict.outcome == CHANGED else ""
    return Line(
        verdict.row, ready.plan.title, _said(ready.plan), room=verdict.room.name if verdict.room else "",
        next=_next(ready.hours[0][0], ready.plan.zone, reader) if ready.hours else "",
        notes=(*notes, *takings(ready.plan, [day for day, _ in ready.starts], limit=2)), was=was,
    )


def _said(plan):
    return f"{in_words(plan)}, {minutes_words(plan.minutes)}"


def _next(at: datetime, zone: str, reader: ZoneInfo) -> str:
    here = at.astimezone(reader)
    there = own_clock(at, zone, reader)
    return f"{day_words(here.date())}, {clock_words(here)}{f' ({there})' if there else ''}"
