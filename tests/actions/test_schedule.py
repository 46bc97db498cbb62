"""Series and their projection: which dated meetings a rule becomes, and that it stays one of each."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from groups import clock
from groups.db import change
from groups.rooms.actions import RoomSettings, make_room
from groups.schedule.actions import schedule_series
from groups.schedule.models import Phase
from groups.schedule.projection import extend_projection, project
from groups.schedule.recurrence import AHEAD, starts_between
from tests.evenings import EVENING, NOON, meetings, set_to

pytestmark = pytest.mark.usefixtures("noon")


def test_a_series_brings_its_meetings_for_the_next_400_days(maya, quay):
    series = schedule_series(maya.membership, quay, EVENING)
    rows = meetings(series_id=series.id)
    assert len(rows) == 58
    assert (rows[0].on_day, rows[0].starts_at) == (date(2026, 11, 24), datetime(2026, 11, 24, 19, tzinfo=UTC))
    assert (rows[-1].on_day, rows[-1].starts_at) == (date(2027, 12, 28), datetime(2027, 12, 28, 19, tzinfo=UTC))
    summer = next(row for row in rows if row.on_day == date(2027, 7, 6))
    assert summer.starts_at == datetime(2027, 7, 6, 18, tzinfo=UTC), "the wall clock stays"
    for row in rows:
        assert row.ends_at - row.starts_at == timedelta(hours=1)
        assert (row.title, row.zone, row.format, row.phase) == ("Evening harbour", "Europe/London", "sharing-60", "planned")
    assert len({row.public_id for row in rows}) == 58


def test_only_hours_that_are_still_ahead_are_planned(maya, quay, freeze):
    freeze(NOON + timedelta(hours=8))
    series = schedule_series(maya.membership, quay, EVENING)
    assert meetings(series_id=series.id)[0].on_day == date(2026, 12, 1)


def test_a_series_at_a_time_that_is_missing_once_is_moved_on_that_day(maya, quay):
    plan = replace(EVENING, wall_time=time(2, 30), zone="Europe/Berlin", rule="FREQ=WEEKLY;BYDAY=SU")
    rows = meetings(series_id=schedule_series(maya.membership, quay, plan).id)
    berlin = {row.on_day: row.starts_at.astimezone(ZoneInfo("Europe/Berlin")) for row in rows}
    assert berlin[date(2027, 3, 28)].time() == time(3, 30)
    assert berlin[date(2027, 3, 21)].time() == berlin[date(2027, 4, 4)].time() == time(2, 30)
    assert berlin[date(2027, 10, 31)].utcoffset() == timedelta(hours=2), "the first of the two"


def test_the_projection_moves_on_with_the_days_and_running_it_again_adds_nothing(maya, quay, freeze):
    series = schedule_series(maya.membership, quay, EVENING)
    assert extend_projection(clock.now()) == 0
    freeze.forward(days=70)
    assert extend_projection(clock.now()) == 10
    assert extend_projection(clock.now()) == 0
    rows = meetings(series_id=series.id)
    wanted = [day for day, _ in starts_between(series, NOON, clock.now() + AHEAD)]
    assert [row.on_day for row in rows] == wanted


def test_several_processes_may_extend_at_once(maya, quay, freeze):
    for hour in (8, 12, 17):
        schedule_series(maya.membership, quay, replace(EVENING, wall_time=time(hour), first_day=date(2026, 11, 25)))
    freeze.forward(days=70)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: extend_projection(clock.now()), range(4)))
    rows = meetings()
    assert len({(row.series_id, row.on_day) for row in rows}) == len(rows) == 3 * (57 + 10)


def test_who_comes_second_finds_the_date_taken_and_leaves_it(maya, quay):
    series = schedule_series(maya.membership, quay, EVENING)
    before = [row.public_id for row in meetings()]
    with change() as (session, _):
        project(session, series, NOON, NOON + AHEAD)
    assert [row.public_id for row in meetings()] == before


def test_what_was_moved_or_cancelled_is_not_brought_back(maya, quay, freeze):
    series = schedule_series(maya.membership, quay, EVENING)
    rows = meetings(series_id=series.id)
    set_to(rows[2], phase=Phase.CANCELLED)
    set_to(rows[-1], starts_at=rows[-1].starts_at + timedelta(days=20), ends_at=rows[-1].ends_at + timedelta(days=20))
    freeze.forward(days=14)
    assert extend_projection(clock.now()) == 2
    after = meetings(series_id=series.id)
    assert len({row.on_day for row in after}) == len(after) == 60
    assert [row.phase for row in after if row.on_day == rows[2].on_day] == ["cancelled"]


def test_a_series_that_ended_and_a_room_that_is_gone_get_no_more_dates(maya, quay, freeze):
    other = make_room(maya.membership, RoomSettings(name="The Attic"))
    series = schedule_series(maya.membership, quay, EVENING)
    schedule_series(maya.membership, other, EVENING)
    set_to(series, last_day=clock.now().date())
    set_to(other, archived_at=clock.now())
    freeze.forward(days=70)
    assert extend_projection(clock.now()) == 0


def test_a_long_pause_of_the_server_is_caught_up_from_now_on(maya, quay, freeze):
    schedule_series(maya.membership, quay, EVENING)
    freeze.forward(days=500)
    extend_projection(clock.now())
    assert [row.on_day for row in meetings() if row.starts_at > NOON + timedelta(days=401)][0] > clock.now().date()
