"""What a moderator reads first. Pure: a line says what kind it is, since when it waits and until when it
can; here is which of two lines stands above the other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

# From what cannot wait at all to what is only good to know. Those after `live` ask for nothing today.
KINDS = (
    "raid", "held", "nobody_on_duty", "door", "report", "incident", "gap", "step", "request", "offer", "closing", "appeal",
    "steward", "live", "pattern", "talk", "review", "talking",
)
NOW, TODAY = KINDS[:4], KINDS[:7]  # somebody is in a room and waits; somebody waits
# What is due this soon stands above everything but the rooms themselves.
PRESSES_WITHIN = {"gap": timedelta(minutes=30), "incident": timedelta(hours=2)}


@dataclass(frozen=True)
class Line:
    """One thing there is to do. kind: one of KINDS, and its sentence in `sentences/desk.py`; facts: what
    the sentence is filled in with; to: the address where it is dealt with; key: what makes it the same
    line a moment later; since: waits since then; due: can wait until then; group: whose it is,
    empty for stewards."""

    kind: str
    key: str
    to: str
    group: str
    facts: Mapping[str, str] = field(default_factory=dict)
    since: datetime | None = None
    due: datetime | None = None


def presses(line: Line, now: datetime) -> bool:
    """True for what should not wait for the next look at the desk."""
    if line.kind in NOW:
        return True
    within = PRESSES_WITHIN.get(line.kind)
    return within is not None and line.due is not None and line.due <= now + within


def in_order(lines: Iterable[Line], now: datetime) -> list[Line]:
    """The lines, most urgent first: people in rooms, what is nearly due, then by kind; among those of one
    kind what is due first, and what has waited longest."""
    never = datetime.max.replace(tzinfo=now.tzinfo)

    def rank(line):
        nearly_due = line.kind not in NOW and presses(line, now)
        place = len(NOW) - 0.5 if nearly_due else KINDS.index(line.kind)
        return place, line.due or never, line.since or never, line.group, line.key

    return sorted(lines, key=rank)
