"""A series changed from a day on, ended, resumed, confirmed. What was held stays as it was, and a date
that is the same day keeps its row."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from groups import clock
from groups.db import reading
from groups.errors import Invalid, NotFound, Refused
from groups.rota.actions import serve
from groups.rota.coming import plan_to_come
from groups.schedule.actions import schedule_series
from groups.schedule.changing import cancel_date
from groups.schedule.models import DateChange, Phase, Series
from groups.schedule.projection import extend_projection
from groups.schedule.revising import change_series, confirm_series, end_series, preview_change, resume_series
from tests.actions.test_changing import dated, in_step
from tests.evenings import EVENING, been_here, count, duties, meetings, one, set_to

pytestmark = pytest.mark.usefixtures("noon")
SINCE = date(2026, 12, 8)


@pytest.fixture
def tuesdays(maya, quay):
    """The weekly evening."""
    return schedule_series(maya.membership, quay, EVENING)


def plan(**changes):
    return replace(EVENING, **({"first_day": SINCE} | changes))


def stored(series_id):
    with reading() as session:
        return session.get(Series, series_id)


def test_from_a_day_on_another_series_follows_and_what_was_before_stays(maya, tuesdays):
    before = {row.on_day: row.public_id for row in meetings(series_id=tuesdays.id)}
    new = change_series(maya.membership, tuesdays, SINCE, plan(wall_time=time(20), title="Late harbour"))
    assert (new.follows_id, stored(tuesdays.id).last_day) == (tuesdays.id, date(2026, 12, 7))
    assert [row.on_day for row in meetings(series_id=tuesdays.id)] == [date(2026, 11, 24), date(2026, 12, 1)]
    later = meetings(series_id=new.id)
    assert {row.on_day: row.public_id for row in later} == {day: name for day, name in before.items() if day >= SINCE}
    assert {row.title for row in later} == {"Late harbour"}
    assert later[0].starts_at == datetime(2026, 12, 8, 20, tzinfo=UTC)
    assert in_step(tuesdays.id)
    assert in_step(new.id)


def test_a_series_that_was_not_held_yet_is_changed_in_place(maya, tuesdays):
    same = change_series(maya.membership, tuesdays, date(2026, 11, 24), plan(first_day=date(2026, 11, 24), wall_time=time(18)))
    assert (same.id, same.sequence, count(Series)) == (tuesdays.id, 1, 1)
    assert meetings(series_id=tuesdays.id)[0].starts_at == datetime(2026, 11, 24, 18, tzinfo=UTC)
    assert in_step(tuesdays.id)


def test_decisions_about_dates_that_stay_stay_and_the_others_go(maya, tuesdays):
    cancel_date(maya.membership, dated(date(2026, 12, 15)), "Away.")
    cancel_date(maya.membership, dated(date(2026, 12, 22)), "Away, too.")
    new = change_series(maya.membership, tuesdays, SINCE, plan(rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"))
    assert count(DateChange) == 1
    assert [(row.on_day, row.why) for row in meetings(series_id=new.id) if row.phase == "cancelled"] == [(date(2026, 12, 22), "Away, too.")]
    assert in_step(new.id)


def test_what_will_happen_is_said_before_and_nothing_is_written(maya, tuesdays):
    before = [(row.public_id, row.starts_at) for row in meetings()]
    said = preview_change(maya.membership, tuesdays, SINCE, plan(rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"))
    assert (said.new, said.stay, said.come, said.go, said.lost) == (True, 28, 0, 28, 0)
    assert said.clauses == ["28 dates stay, with who serves and who plans to come", "28 dates go"]
    later = preview_change(maya.membership, tuesdays, SINCE, plan(wall_time=time(20)))
    assert later.clauses == ["56 dates stay, with who serves and who plans to come, and 56 dates of them at another time"]
    moved = preview_change(maya.membership, tuesdays, SINCE, plan(first_day=date(2026, 12, 9), rule="FREQ=WEEKLY;BYDAY=WE"))
    assert (moved.stay, moved.come, moved.go) == (0, 55, 56)  # the last Wednesday is beyond the 400 days
    assert [(row.public_id, row.starts_at) for row in meetings()] == before
    assert (count(Series), stored(tuesdays.id).sequence) == (1, 0)


def test_dates_that_were_decided_about_alone_are_named_as_staying_so(maya, tuesdays):
    for day in (date(2026, 12, 15), date(2026, 12, 22), date(2026, 12, 1)):  # every other week keeps the second of them; the last lies before the change
        cancel_date(maya.membership, dated(day), "Away.")
    said = "what was decided about 2 dates alone stays as it was decided"
    assert said in preview_change(maya.membership, tuesdays, SINCE, plan(wall_time=time(20))).clauses
    fortnightly = preview_change(maya.membership, tuesdays, SINCE, plan(rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"))
    assert "what was decided about one date alone stays as it was decided" in fortnightly.clauses
    assert count(DateChange) == 3


def test_sign_ups_on_dates_that_go_are_counted_beforehand_and_those_on_dates_that_stay_stay(app, maya, tom, tuesdays):
    been_here()
    goes, stays = dated(date(2026, 12, 15)), dated(date(2026, 12, 8))
    for hour in (goes, stays):
        serve(tom.membership, hour, "chair")
        plan_to_come(maya.membership, hour)
    fortnightly = plan(rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=TU")
    assert preview_change(maya.membership, tuesdays, SINCE, fortnightly).lost == 2
    change_series(maya.membership, tuesdays, SINCE, fortnightly)
    assert duties(stays) == {"chair": "Tom"} == duties(goes)
    row = meetings(id=goes.id)[0]
    assert (row.phase, row.why) == ("cancelled", "This hour does not meet on this day any more."), "whoever planned by it still finds it"


def test_past_meetings_never_change(maya, tuesdays, freeze):
    first = meetings(series_id=tuesdays.id)[0]
    set_to(first, phase=Phase.PURGED)
    freeze.forward(days=4)
    for since in (first.on_day, first.on_day - timedelta(days=7)):
        with pytest.raises(Invalid) as refused:
            change_series(maya.membership, tuesdays, since, plan(title="Another"))
        assert refused.value.reason == "begun_since"
    change_series(maya.membership, tuesdays, date(2026, 12, 1), plan(first_day=date(2026, 12, 1), title="Another"))
    row = meetings(id=first.id)[0]
    assert (row.title, row.starts_at, row.phase) == ("Evening harbour", first.starts_at, "purged")


def test_a_series_ends_and_goes_on_again(maya, tuesdays, freeze):
    end_series(maya.membership, tuesdays, SINCE)
    assert [row.on_day for row in meetings(series_id=tuesdays.id)] == [date(2026, 11, 24), date(2026, 12, 1)]
    freeze.forward(days=1)
    extend_projection(clock.now())
    assert len(meetings(series_id=tuesdays.id)) == 2
    resume_series(maya.membership, tuesdays)
    assert len([row for row in meetings(series_id=tuesdays.id) if row.starts_at > clock.now()]) == 57
    assert in_step(tuesdays.id)


def test_a_series_that_goes_on_as_another_one_does_not_go_on_twice(maya, tuesdays):
    change_series(maya.membership, tuesdays, SINCE, plan(wall_time=time(20)))
    with pytest.raises(Refused, match="series_goes_on"):
        resume_series(maya.membership, tuesdays)


def test_a_change_into_a_taken_hour_is_refused_whole(maya, quay, tuesdays):
    one(maya, quay, title="A quiet hour", hours=24 * 21 + 8.5)  # Tuesday 15 December, 20:30
    with pytest.raises(Refused, match="room_in_use"):
        change_series(maya.membership, tuesdays, SINCE, plan(wall_time=time(20)))
    assert (stored(tuesdays.id).last_day, len(meetings(series_id=tuesdays.id))) == (None, 58)


@pytest.mark.parametrize("changes, field, reason", [
    ({"first_day": date(2026, 12, 1)}, "first_day", "in_the_past"), ({"minutes": 5}, "minutes", "out_of_range"),
    ({"title": ""}, "title", "empty"), ({"rule": "FREQ=HOURLY"}, "rule", "rule_unclear"), ({"pauses": "x"}, "pauses", "pause_unclear"),
    ({"places": 1}, "places", "out_of_range"), ({"language": "xx"}, "language", "choose_one"),
])
def test_a_plan_that_makes_no_sense_changes_nothing(maya, tuesdays, changes, field, reason):
    with pytest.raises(Invalid) as refused:
        change_series(maya.membership, tuesdays, SINCE, plan(**changes))
    assert (refused.value.field, refused.value.reason, count(Series)) == (field, reason, 1)


def test_only_moderators_of_this_group_may(tom, rosa, tuesdays):
    for who, failure in ((tom, Refused), (rosa, NotFound)):
        for act in (
            lambda by: change_series(by, tuesdays, SINCE, plan()), lambda by: preview_change(by, tuesdays, SINCE, plan()),
            lambda by: end_series(by, tuesdays, SINCE), lambda by: resume_series(by, tuesdays), lambda by: confirm_series(by, tuesdays),
        ):
            with pytest.raises(failure):
                act(who.membership)


def test_a_series_nobody_served_is_shown_again_once_somebody_confirms_it(maya, tuesdays):
    set_to(tuesdays, unlisted_at=clock.now())
    for row in meetings(series_id=tuesdays.id):
        set_to(row, is_listed=False)
    confirm_series(maya.membership, tuesdays)
    assert stored(tuesdays.id).unlisted_at is None
    assert all(row.is_listed for row in meetings(series_id=tuesdays.id))
