"""One date of a series: cancelled, moved, altered, held after all, and back; whatever happens to the
series, the date keeps its row. The rows are always what the rule, the room and the decisions say."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from groups import clock
from groups.db import reading
from groups.errors import Invalid, NotFound, Refused
from groups.schedule.actions import schedule_series
from groups.schedule.changing import Wish, cancel_date, change_date, hold_date, restore_date
from groups.schedule.models import DateChange, Phase, Series
from groups.schedule.projection import expected, extend_projection
from groups.schedule.recurrence import AHEAD, ONCE
from groups.schedule.room_days import add_room_day, remove_room_day, room_days
from tests.evenings import EVENING, count, every_tuesday, meetings, one, set_to

pytestmark = pytest.mark.usefixtures("noon")


def wish(day=date(2026, 12, 1), at=time(19), minutes=60, title="Evening harbour", form="sharing-60", needs="chair,door,second", why=""):
    return Wish(day, at, minutes, title, form, needs, why)


def dated(day, **where):
    return next(row for row in meetings(**where) if row.on_day == day)


def in_step(series_id):
    """Whether the stored rows are exactly what rule, room and decisions come to."""
    with reading() as session:
        series = session.get(Series, series_id)
        wanted = {
            one.day: (one.starts_at, one.ends_at, one.title, one.format, one.needs, one.cancelled, one.why)
            for one in expected(session, series, clock.now() - timedelta(days=31), clock.now() + AHEAD) if one.starts_at > clock.now()
        }
    rows = [row for row in meetings(series_id=series_id) if row.starts_at > clock.now()]
    stored = {
        row.on_day: (row.starts_at, row.ends_at, row.title, row.format, row.needs, row.phase == Phase.CANCELLED, row.why)
        for row in rows
    }
    return stored == wanted


def test_a_date_is_cancelled_with_a_reason_and_brought_back(maya, quay):
    tonight = every_tuesday(maya, quay)
    cancel_date(maya.membership, tonight, "  The heating   is out. ")
    row = meetings(id=tonight.id)[0]
    assert (row.phase, row.why, row.public_id) == ("cancelled", "The heating is out.", tonight.public_id)
    assert in_step(tonight.series_id)
    cancel_date(maya.membership, tonight, "")
    assert meetings(id=tonight.id)[0].why == ""
    restore_date(maya.membership, tonight)
    row = meetings(id=tonight.id)[0]
    assert (row.phase, row.why, count(DateChange)) == ("planned", "", 0)
    restore_date(maya.membership, tonight)


def test_every_edit_counts_for_those_who_fetch_the_series(maya, quay, freeze):
    tonight = every_tuesday(maya, quay)
    for number, act in enumerate((cancel_date, restore_date, hold_date), 1):
        freeze.forward(minutes=1)
        act(maya.membership, tonight)
        with reading() as session:
            series = session.get(Series, tonight.series_id)
        assert (series.sequence, clock.now() - series.changed_at < timedelta(minutes=1)) == (number, True)


def test_a_date_is_moved_on_the_series_own_clock_and_keeps_its_own_date(maya, quay):
    tonight = every_tuesday(maya, quay)
    next_week = dated(date(2026, 12, 1))
    change_date(maya.membership, next_week, wish(day=date(2026, 12, 3), at=time(20, 30), minutes=75, why="Tuesday is taken."))
    row = meetings(id=next_week.id)[0]
    assert (row.on_day, row.own_start) == (date(2026, 12, 1), datetime(2026, 12, 1, 19, tzinfo=UTC))
    assert (row.starts_at, row.ends_at) == (datetime(2026, 12, 3, 20, 30, tzinfo=UTC), datetime(2026, 12, 3, 21, 45, tzinfo=UTC))
    assert (row.why, row.phase) == ("Tuesday is taken.", "planned")
    assert in_step(tonight.series_id)


def test_what_is_as_the_series_has_it_is_not_remembered_and_follows_the_series(maya, quay):
    every_tuesday(maya, quay)
    change_date(maya.membership, dated(date(2026, 12, 1)), wish(title="A short one", minutes=45, form="check-in-45"))
    with reading() as session:
        decision = session.scalar(select(DateChange))
    assert (decision.to_day, decision.to_time, decision.title, decision.needs) == (None, None, "A short one", None)
    assert (decision.minutes, decision.format) == (45, "check-in-45")


@pytest.mark.parametrize("change, field, reason", [
    ({"day": date(2026, 11, 23)}, "day", "in_the_past"),
    ({"day": date(2027, 2, 1)}, "day", "moved_too_far"),
    ({"day": None}, "day", "bad_date"),
    ({"at": None}, "wall_time", "bad_time"),
    ({"minutes": 5}, "minutes", "out_of_range"),
    ({"title": " "}, "title", "empty"),
    ({"form": "nothing"}, "format", "choose_one"),
    ({"needs": "chair,cook"}, "needs", "choose_one"),
    ({"why": "x" * 201}, "why", "too_long"),
])
def test_a_change_that_makes_no_sense_is_refused_and_nothing_is_different(maya, quay, change, field, reason):
    tonight = every_tuesday(maya, quay)
    with pytest.raises(Invalid) as refused:
        change_date(maya.membership, dated(date(2026, 12, 1)), wish(**change))
    assert (refused.value.field, refused.value.reason) == (field, reason)
    assert count(DateChange) == 0
    assert in_step(tonight.series_id)


def test_a_move_into_somebody_elses_hour_or_an_own_date_is_refused(maya, quay):
    every_tuesday(maya, quay)
    one(maya, quay, title="A quiet hour", hours=24 * 8 + 7)  # Wednesday 2 December, 19:00
    for day, title in ((date(2026, 12, 2), "A quiet hour"), (date(2026, 12, 8), "Evening harbour")):
        with pytest.raises(Refused) as refused:
            change_date(maya.membership, dated(date(2026, 12, 1)), wish(day=day, at=time(19, 30)))
        assert (refused.value.reason, refused.value.facts["title"]) == ("room_in_use", title)


def test_a_cancelled_date_comes_back_only_while_its_room_is_free(maya, quay):
    every_tuesday(maya, quay)
    next_week = dated(date(2026, 12, 1))
    cancel_date(maya.membership, next_week)
    one(maya, quay, hours=24 * 7 + 7)
    for bring_back in (restore_date, hold_date):
        with pytest.raises(Refused, match="room_in_use"):
            bring_back(maya.membership, next_week)
    assert meetings(id=next_week.id)[0].phase == "cancelled"


def test_what_has_begun_or_is_over_is_never_changed(maya, quay, freeze):
    tonight = every_tuesday(maya, quay)
    for phase in (Phase.LOBBY, Phase.OPEN, Phase.SEALED, Phase.PURGED):
        set_to(tonight, phase=phase)
        for act in (cancel_date, restore_date, hold_date):
            with pytest.raises(Refused, match="hour_has_begun"):
                act(maya.membership, tonight)
    set_to(tonight, phase=Phase.PLANNED)
    freeze.forward(hours=8)
    with pytest.raises(Refused, match="hour_has_begun"):
        cancel_date(maya.membership, tonight)


def test_a_date_put_off_keeps_its_row_when_its_own_hour_has_passed(maya, quay, freeze):
    tonight = every_tuesday(maya, quay)
    change_date(maya.membership, tonight, wish(day=date(2026, 11, 27)))
    freeze.forward(days=2)
    add_room_day(maya.membership, quay, date(2026, 12, 25), yearly=True)
    extend_projection(clock.now())
    assert meetings(id=tonight.id)[0].starts_at == datetime(2026, 11, 27, 19, tzinfo=UTC)
    assert in_step(tonight.series_id)
    with pytest.raises(Refused, match="hour_has_begun"):
        restore_date(maya.membership, tonight)  # it would lie in the past
    cancel_date(maya.membership, tonight, "Put off again.")
    assert meetings(id=tonight.id)[0].phase == "cancelled"


def test_only_moderators_of_this_group_decide(maya, tom, rosa, quay):
    tonight = every_tuesday(maya, quay)
    for who, failure in ((tom, Refused), (rosa, NotFound)):
        for act in (cancel_date, restore_date, hold_date, lambda by, hour: change_date(by, hour, wish())):
            with pytest.raises(failure):
                act(who.membership, tonight)
        with pytest.raises(failure):
            add_room_day(who.membership, quay, date(2026, 12, 25))


def test_a_closed_day_cancels_every_hour_in_the_room_every_year_and_one_can_be_held(maya, quay):
    tonight = every_tuesday(maya, quay)
    fridays = schedule_series(maya.membership, quay, replace(EVENING, rule="FREQ=WEEKLY;BYDAY=FR"))
    closed = add_room_day(maya.membership, quay, date(2026, 12, 25), yearly=True, note="Christmas")
    christmas = dated(date(2026, 12, 25), series_id=fridays.id)
    assert (christmas.phase, christmas.why) == ("cancelled", "Christmas")
    assert in_step(fridays.id)
    assert in_step(tonight.series_id)
    hold_date(maya.membership, christmas)
    assert meetings(id=christmas.id)[0].phase == "planned"
    restore_date(maya.membership, christmas)
    assert meetings(id=christmas.id)[0].phase == "cancelled"
    assert [one.id for one in room_days(quay)] == [closed.id]
    remove_room_day(maya.membership, quay, closed.id)
    remove_room_day(maya.membership, quay, closed.id)
    assert (meetings(id=christmas.id)[0].phase, room_days(quay)) == ("planned", [])


def test_a_day_can_be_longer_unless_the_next_hour_is_in_the_way(maya, quay):
    every_tuesday(maya, quay)
    add_room_day(maya.membership, quay, date(2026, 12, 1), longer=30)
    longer = dated(date(2026, 12, 1))
    assert longer.ends_at - longer.starts_at == timedelta(minutes=90)
    one(maya, quay, hours=24 * 14 + 8.25)
    with pytest.raises(Refused, match="room_in_use"):
        add_room_day(maya.membership, quay, date(2026, 12, 8), longer=30)
    assert len(room_days(quay)) == 1


@pytest.mark.parametrize("day, how, reason", [
    (None, {}, "bad_date"), (date(2026, 11, 1), {}, "day_is_over"), (date(2026, 12, 1), {"longer": 1}, "out_of_range"),
    (date(2026, 12, 1), {"note": "x" * 121}, "too_long"),
])
def test_a_day_that_makes_no_sense_is_refused(maya, quay, day, how, reason):
    with pytest.raises(Invalid) as refused:
        add_room_day(maya.membership, quay, day, **how)
    assert refused.value.reason == reason


def test_a_day_is_in_the_list_once(maya, quay):
    add_room_day(maya.membership, quay, date(2026, 12, 24))
    with pytest.raises(Refused, match="day_marked"):
        add_room_day(maya.membership, quay, date(2026, 12, 24))


def test_an_hour_that_happens_once_is_not_put_on_a_day_on_which_the_room_is_closed(maya, quay):
    add_room_day(maya.membership, quay, date(2026, 12, 1))
    with pytest.raises(Invalid, match="room_closed_day"):
        one(maya, quay, hours=24 * 7 + 7)
    once = replace(EVENING, first_day=date(2026, 12, 1), rule=ONCE)
    with pytest.raises(Invalid, match="room_closed_day"):
        schedule_series(maya.membership, quay, once)
    assert count(Series) == 0
