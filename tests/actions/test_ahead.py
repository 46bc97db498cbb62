"""A new release of the rules of time zones: hours ahead are at their time on the wall again, and are the same
hours. (That a law changed is played by rows that were reckoned otherwise.)"""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update

from groups import clock
from groups.db import change
from groups.rota.models import Duty
from groups.schedule.actions import schedule_series
from groups.schedule.ahead import follow_rules, look_ahead
from groups.schedule.models import Meeting
from groups.schedule.projection import signed_up
from tests.evenings import EVENING, NOON, meetings

HOUR = timedelta(hours=1)
SUMMER = datetime(2027, 3, 28, tzinfo=UTC)


@pytest.fixture
def series(maya, quay, freeze):
    """An evening every week, whose summer was reckoned by a law of an hour more."""
    freeze(NOON)
    found = schedule_series(maya.membership, quay, EVENING)
    with change() as (session, _):
        later = {name: getattr(Meeting, name) for name in ("own_start", "starts_at", "ends_at")}
        for row in session.query(Meeting).where(Meeting.series_id == found.id, Meeting.starts_at > SUMMER):
            for name in later:
                setattr(row, name, getattr(row, name) + HOUR)
    return found


def at(series, day):
    return next(row for row in meetings(series_id=series.id) if row.on_day == day)


def test_hours_that_a_new_law_moves_keep_their_time_on_the_wall_and_who_signed_up(series, tom):
    before = at(series, date(2027, 7, 6))
    with change() as (session, _):
        session.add(Duty(meeting_id=before.id, membership_id=tom.membership.id, kind="door"))
    assert follow_rules(clock.now(), "new") == 1
    after = at(series, date(2027, 7, 6))
    assert (after.public_id, after.starts_at, after.ends_at) == (before.public_id, before.starts_at - HOUR, before.ends_at - HOUR)
    assert at(series, date(2026, 12, 1)).starts_at == datetime(2026, 12, 1, 19, tzinfo=UTC)
    with change() as (session, _):
        assert signed_up(session, [after.id]) == 1


def test_it_is_looked_at_once_for_each_release_and_what_has_begun_is_history(series, freeze):
    freeze(datetime(2027, 5, 5, 12, tzinfo=UTC))
    assert (follow_rules(clock.now(), "one"), follow_rules(clock.now(), "one")) == (1, 0)
    assert at(series, date(2027, 5, 4)).starts_at == datetime(2027, 5, 4, 19, tzinfo=UTC), "it began an hour late, and that is so"
    assert at(series, date(2027, 5, 11)).starts_at == datetime(2027, 5, 11, 18, tzinfo=UTC)
    with change() as (session, _):
        session.execute(update(Meeting).where(Meeting.on_day == date(2027, 5, 11)).values(starts_at=SUMMER + timedelta(days=60)))
    assert (follow_rules(clock.now(), "one"), follow_rules(clock.now(), "two")) == (0, 1)


def test_the_house_looks_by_itself(series):
    look_ahead(clock.now())
    assert at(series, date(2027, 7, 6)).starts_at == datetime(2027, 7, 6, 18, tzinfo=UTC)
