"""A series edited this way and that for a while. Whatever was done or refused: the rows ahead are what
rule, room and decisions come to, no two hours share the room, and what was held is as it was."""

from dataclasses import replace
from datetime import date, time, timedelta
from itertools import pairwise
from random import Random

import pytest
from sqlalchemy import select

from groups import clock
from groups.db import reading
from groups.errors import Failure
from groups.schedule.actions import schedule_series
from groups.schedule.changing import Wish, cancel_date, change_date, hold_date, restore_date
from groups.schedule.models import Phase, Series
from groups.schedule.projection import extend_projection
from groups.schedule.revising import change_series, end_series, resume_series
from groups.schedule.room_days import add_room_day, remove_room_day, room_days
from tests.actions.test_changing import in_step
from tests.evenings import EVENING, NOON, meetings, set_to

RULES = ("FREQ=WEEKLY;BYDAY=TU", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,FR", "FREQ=MONTHLY;BYDAY=-1SU", "FREQ=DAILY;INTERVAL=3;COUNT=40")
TIMES = (time(1, 30), time(2, 30), time(12), time(19), time(23, 30))
ZONES = ("Europe/London", "America/New_York", "Australia/Lord_Howe")


def all_series():
    with reading() as session:
        return list(session.scalars(select(Series).order_by(Series.id)))


def history():
    return {row.id: (row.starts_at, row.ends_at, row.title, row.phase) for row in meetings() if row.starts_at <= clock.now()}


def overlaps():
    rows = [row for row in meetings() if row.phase == Phase.PLANNED and row.starts_at > clock.now()]
    return [(one.title, two.title) for one, two in pairwise(rows) if one.ends_at > two.starts_at]


def something(chance, maya, quay, freeze):
    """One thing a moderator might do next, or a few days going by."""
    ahead = [row for row in meetings() if row.starts_at > clock.now() and row.phase in (Phase.PLANNED, Phase.CANCELLED)][:30]
    series = chance.choice(all_series())
    by, today, at = maya.membership, clock.now().date(), chance.choice(TIMES)
    row = chance.choice(ahead) if ahead else None
    what = chance.randrange(9 if row else 5)
    if what == 0:
        freeze.forward(days=chance.randrange(1, 9))
        for over in [one for one in meetings() if one.ends_at <= clock.now() and one.phase == Phase.PLANNED]:
            set_to(over, phase=Phase.PURGED)
        extend_projection(clock.now())
    elif what == 1:
        since = today + timedelta(days=chance.randrange(60))
        plan = replace(EVENING, first_day=since, rule=chance.choice(RULES), wall_time=at, zone=chance.choice(ZONES), title=f"Since {since}")
        change_series(by, series, since, replace(plan, pauses=chance.choice(("", "12-20/01-06"))))
    elif what == 2:
        day = today + timedelta(days=chance.randrange(50))
        add_room_day(by, quay, day, yearly=chance.random() < 0.3, longer=chance.choice((None, 15, 120)), note="As said.")
    elif what == 3 and room_days(quay):
        remove_room_day(by, quay, chance.choice(room_days(quay)).id)
    elif what == 4:
        chance.choice((lambda: end_series(by, series, today + timedelta(days=chance.randrange(40))), lambda: resume_series(by, series)))()
    elif what in (5, 6):
        chance.choice((cancel_date, restore_date, hold_date))(by, row)
    elif what > 6:
        day = row.on_day + timedelta(days=chance.randrange(-3, 4))
        change_date(by, row, Wish(day, at, chance.choice((45, 60, 90)), row.title, "sharing-60", "chair,door"))


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_done_the_calendar_stays_one_whole(maya, quay, freeze, seed):
    freeze(NOON)
    chance, done, before = Random(seed), 0, {}
    schedule_series(maya.membership, quay, EVENING)
    schedule_series(maya.membership, quay, replace(EVENING, first_day=date(2026, 11, 25), rule="FREQ=WEEKLY;BYDAY=WE"))
    for _ in range(30):
        before |= history()
        try:
            something(chance, maya, quay, freeze)
            done += 1
        except Failure:
            pass
        for one in all_series():
            assert in_step(one.id), one.rule
        assert overlaps() == []
    now = {row.id: (row.starts_at, row.ends_at, row.title) for row in meetings()}
    assert all(now.get(number) == was[:3] for number, was in before.items())
    assert done > 12
