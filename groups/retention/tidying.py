"""Tidying, step by step: what has had its time goes. A step that fails keeps none of the others from its
work; when each last went well is kept, and shown to stewards, so that nothing fails in silence.

Each step is safe to run twice, in two processes at once, and again after it was cut off."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from groups.db import change, engine, reading
from groups.retention.models import Tidied

log = logging.getLogger(__name__)
LATE = timedelta(hours=1)  # a step that has not gone well for so long is shown as late
WRONG_CLOCK = timedelta(minutes=1)  # a success further ahead was written by a clock that was wrong


class NotYet(Exception):
    """Something was in the way just now; the next round tries again. That is no failure, and no success: whoever
    is in the way for an hour makes the step late."""


@dataclass(frozen=True)
class Step:
    """One thing that goes when its time is over: a name that stays, and the work, which is given the time."""

    name: str
    work: Callable[[datetime], object]


@dataclass(frozen=True)
class Look:
    """How tidying goes. `late`: the steps that have not gone well for an hour, with when they last did.
    `since`: when the last of all steps went well, the oldest of them; None where one never did."""

    since: datetime | None
    late: tuple[tuple[str, datetime | None], ...]


def tidy(steps: Sequence[Step], now: datetime) -> list[str]:
    """Run every step, and write down which went well. Returns the names of those that failed; the first
    failure of a row of them is logged, by its kind alone."""
    ended, failed = [], {}
    for step in steps:
        try:
            step.work(now)
        except NotYet:
            continue
        except Exception as failure:
            failed[step.name] = type(failure).__name__
        ended.append(step.name)
    for name, kind in _written_down([step.name for step in steps], ended, failed, now).items():
        log.error("tidying fails: %s: %s", name, kind)
    return list(failed)


def look(steps: Sequence[str], now: datetime) -> Look:
    """How it stands with these steps."""
    with reading() as session:
        done = dict(session.execute(select(Tidied.step, Tidied.done_at)).all())
    when = [(name, done.get(name)) for name in steps]
    late = tuple((name, at) for name, at in when if at is None or not now - LATE <= at <= now + WRONG_CLOCK)
    return Look(None if any(at is None for _, at in when) else min(at for _, at in when), late)


def done_at(name: str) -> datetime | None:
    """When something that has its own rhythm was last done; None where it never was."""
    with reading() as session:
        return session.scalar(select(Tidied.done_at).where(Tidied.step == name))


def note_done(name: str, now: datetime) -> None:
    """It was done."""
    with change() as (session, _):
        session.merge(Tidied(step=name, done_at=now))


def _written_down(names, ended, failed, now):
    """The steps that began to fail just now, with how. Of those that did not end nothing is written down but
    that they are there."""
    begun = {}
    with change() as (session, _):
        add = (sqlite if engine().dialect.name == "sqlite" else postgresql).insert(Tidied)
        session.execute(add.values([{"step": name} for name in sorted(names)]).on_conflict_do_nothing())
        # In one order: two processes that tidy at once wait for each other.
        for row in session.scalars(select(Tidied).where(Tidied.step.in_(ended)).order_by(Tidied.step).with_for_update()):
            if row.step not in failed:
                row.done_at, row.failing_since = now, None
            elif row.failing_since is None:
                row.failing_since, begun[row.step] = now, failed[row.step]
    return begun
