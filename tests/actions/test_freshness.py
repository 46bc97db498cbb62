"""A series nobody serves is not shown to strangers; its moderators say that it still meets."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from groups import clock
from groups.db import reading
from groups.schedule import freshness
from groups.schedule.actions import schedule_series
from groups.schedule.freshness import to_confirm, unlist_missed
from groups.schedule.models import Phase, Series
from groups.schedule.revising import confirm_series
from tests.evenings import EVENING, meetings, set_to

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def tuesdays(maya, quay):
    """The weekly evening."""
    return schedule_series(maya.membership, quay, EVENING)


def lived(series, freeze, *outcomes):
    """Weeks go by, each hour ending so (None: the house itself was away)."""
    for outcome in outcomes:
        row = next(row for row in meetings(series_id=series.id) if row.starts_at > clock.now())
        set_to(row, outcome=outcome, phase=Phase.SEALED if outcome else Phase.PLANNED)
        freeze.forward(days=7)


def unlisted(series):
    with reading() as session:
        return session.get(Series, series.id).unlisted_at is not None


@pytest.mark.parametrize("outcomes, hidden", [
    (["missed", "missed"], True), (["missed", "read"], True), (["held", "missed"], False), (["missed", "held"], False),
    (["missed"], False), (["missed", None, "missed"], True), (["missed", "missed", "held"], False), ([], False),
])
def test_two_missed_starts_in_a_row_hide_a_series_from_strangers(tuesdays, freeze, outcomes, hidden):
    lived(tuesdays, freeze, *outcomes)
    assert (unlist_missed(clock.now()), unlisted(tuesdays)) == (int(hidden), hidden)
    assert unlist_missed(clock.now()) == 0
    assert {row.is_listed for row in meetings(series_id=tuesdays.id) if row.starts_at > clock.now()} == {not hidden}


def test_who_confirms_it_starts_the_counting_anew(maya, tuesdays, freeze):
    lived(tuesdays, freeze, "missed", "missed")
    unlist_missed(clock.now())
    confirm_series(maya.membership, tuesdays)
    assert (unlist_missed(clock.now()), unlisted(tuesdays)) == (0, False)
    lived(tuesdays, freeze, "missed")
    assert unlist_missed(clock.now()) == 0
    lived(tuesdays, freeze, "missed")
    assert unlist_missed(clock.now()) == 1


def test_moderators_are_asked_about_what_is_hidden_and_about_what_is_old(maya, tuesdays, harbour, willow, freeze):
    def asked(group):
        with reading() as session:
            return [series.id for series in to_confirm(session, group.id, clock.now())]

    assert asked(harbour) == []
    lived(tuesdays, freeze, "missed", "missed")
    unlist_missed(clock.now())
    assert (asked(harbour), asked(willow)) == ([tuesdays.id], [])
    confirm_series(maya.membership, tuesdays)
    assert asked(harbour) == []
    freeze.forward(days=181)
    assert asked(harbour) == [tuesdays.id]
    set_to(tuesdays, last_day=clock.now().date() - timedelta(days=3))
    assert asked(harbour) == []


def test_however_many_were_missed_once_those_missed_twice_are_found(maya, quay, tuesdays, freeze, monkeypatch):
    monkeypatch.setattr(freshness, "MOST", 1)
    others = [schedule_series(maya.membership, quay, replace(EVENING, wall_time=time(hour))) for hour in (9, 21)]
    for series, outcomes in ((tuesdays, ["missed", "held"]), (others[0], ["held", "missed"]), (others[1], ["missed", "missed"])):
        for outcome, row in zip(outcomes, meetings(series_id=series.id), strict=False):
            set_to(row, outcome=outcome, phase=Phase.SEALED)
    freeze.forward(days=14)
    assert unlist_missed(clock.now()) == 1
    assert [unlisted(series) for series in (tuesdays, *others)] == [False, False, True]
