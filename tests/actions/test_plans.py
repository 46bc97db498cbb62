"""What can be scheduled and what cannot: plans that make no sense, rooms that are taken, hours alone."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from groups import clock
from groups.db import change
from groups.errors import Invalid, NotFound, Refused
from groups.formats.shipped import FORMATS
from groups.rooms.actions import RoomSettings, make_room
from groups.schedule.actions import SERIES, preview_series, schedule_series
from groups.schedule.models import Meeting, Phase, Series
from groups.schedule.plans import first_hour
from groups.schedule.recurrence import ONCE
from tests.evenings import EVENING, NOON, count, meetings, one, set_to

pytestmark = pytest.mark.usefixtures("noon")


def counts():
    return count(Series), count(Meeting)


@pytest.mark.parametrize("changes, field, reason", [
    ({"title": ""}, "title", "empty"), ({"title": "x" * 61}, "title", "too_long"),
    ({"first_day": None}, "first_day", "bad_date"), ({"first_day": date(2026, 11, 23)}, "first_day", "in_the_past"),
    ({"first_day": date(2028, 1, 4)}, "first_day", "too_far"), ({"first_day": date.max}, "first_day", "too_far"),
    ({"first_day": date.min}, "first_day", "in_the_past"),
    ({"wall_time": None}, "wall_time", "bad_time"), ({"zone": "Mars/Olympus"}, "zone", "unknown_zone"),
    ({"zone": None}, "zone", "unknown_zone"),
    ({"rule": "FREQ=SECONDLY"}, "rule", "rule_unclear"), ({"rule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}, "rule", "never_comes"),
    ({"rule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29"}, "rule", "no_dates"), ({"rule": "FREQ=WEEKLY;UNTIL=20200101"}, "last_day", "ends_before"),
    ({"rule": "FREQ=WEEKLY;UNTIL=20261399"}, "rule", "rule_unclear"), ({"last_day": date(2026, 11, 23)}, "last_day", "ends_before"),
    ({"last_day": date.min}, "last_day", "ends_before"), ({"last_day": date(2037, 1, 1)}, "last_day", "end_too_far"),
    ({"last_day": date.max}, "last_day", "end_too_far"),
    ({"rule": "FREQ=MONTHLY;BYDAY=1WE", "last_day": date(2026, 11, 30)}, "last_day", "ends_before"),
    ({"pauses": "01-01/12-31"}, "pauses", "pauses_take_all"), ({"pauses": "02-30/03-01"}, "pauses", "pause_unclear"),
    ({"rule": "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24", "pauses": "12-24/01-02"}, "pauses", "pauses_take_all"),
    ({"rule": ONCE, "wall_time": time(12)}, "wall_time", "already_past"), ({"rule": ONCE, "wall_time": time(0)}, "wall_time", "already_past"),
    ({"rule": ONCE, "pauses": "11-01/11-30"}, "pauses", "pauses_take_all"), ({"language": "xx"}, "language", "choose_one"),
    ({"needs": "chair,bouncer"}, "needs", "choose_one"), ({"places": 1}, "places", "out_of_range"), ({"places": 201}, "places", "out_of_range"),
    ({"minutes": None}, "minutes", "bad_number"), ({"minutes": 5}, "minutes", "out_of_range"),
    ({"minutes": 241}, "minutes", "out_of_range"), ({"format": "karaoke"}, "format", "choose_one"),
])
def test_a_plan_that_makes_no_sense_is_refused_by_field(maya, quay, changes, field, reason):
    before = counts()
    for wish in (schedule_series, preview_series):
        with pytest.raises(Invalid) as caught:
            wish(maya.membership, quay, replace(EVENING, **changes))
        assert (caught.value.field, caught.value.reason) == (field, reason)
    assert counts() == before


def test_an_hour_too_short_for_its_format_says_how_much_it_needs(maya, quay):
    needs = FORMATS["sharing-60"].least
    with pytest.raises(Invalid) as caught:
        schedule_series(maya.membership, quay, replace(EVENING, minutes=needs - 1))
    assert (caught.value.field, caught.value.reason) == ("minutes", "hour_too_short")
    assert (caught.value.facts["needed"], caught.value.facts["given"]) == (needs, needs - 1)
    schedule_series(maya.membership, quay, replace(EVENING, minutes=needs))


def test_members_may_not_schedule_and_others_find_no_room(tom, rosa, quay):
    before = counts()
    with pytest.raises(Refused, match="for_moderators"):
        schedule_series(tom.membership, quay, EVENING)
    with pytest.raises(Refused, match="for_moderators"):
        one(tom, quay)
    for wish in (lambda: schedule_series(rosa.membership, quay, EVENING), lambda: one(rosa, quay)):
        with pytest.raises(NotFound):
            wish()
    assert counts() == before


def test_a_closed_room_takes_no_new_hours(maya, quay):
    set_to(quay, locked_at=clock.now())
    with pytest.raises(Refused, match="room_locked"):
        schedule_series(maya.membership, quay, EVENING)


def test_a_preview_stores_nothing(maya, quay):
    before = counts()
    plan = preview_series(maya.membership, quay, replace(EVENING, title="  Evening   harbour "))
    assert plan == EVENING and counts() == before


def test_a_room_that_is_taken_refuses_the_whole_series_and_says_by_what(maya, quay):
    one(maya, quay, hours=24 * 7 * 30 + 6.5, title="Summer talk")
    before = counts()
    with pytest.raises(Refused) as caught:
        schedule_series(maya.membership, quay, EVENING)
    assert (caught.value.reason, caught.value.facts) == ("room_in_use", {"title": "Summer talk"})
    assert counts() == before


@pytest.mark.parametrize("wall_time, is_free", [
    (time(18), True), (time(18, 1), False), (time(19), False), (time(19, 59), False), (time(20), True),
])
def test_hours_may_touch_but_not_overlap(maya, quay, wall_time, is_free):
    schedule_series(maya.membership, quay, EVENING)
    plan = replace(EVENING, wall_time=wall_time)
    if is_free:
        schedule_series(maya.membership, quay, plan)
    else:
        with pytest.raises(Refused, match="room_in_use"):
            schedule_series(maya.membership, quay, plan)


def test_clocks_that_change_apart_can_make_two_hours_meet(maya, quay):
    schedule_series(maya.membership, quay, replace(EVENING, wall_time=time(18)))
    with pytest.raises(Refused, match="room_in_use"):  # 19:00 in London most of the year, 18:00 in March
        schedule_series(maya.membership, quay, replace(EVENING, wall_time=time(14), zone="America/New_York"))


def test_a_cancelled_hour_and_another_room_are_in_nobodys_way(maya, quay):
    set_to(one(maya, quay), phase=Phase.CANCELLED)
    schedule_series(maya.membership, quay, EVENING)
    schedule_series(maya.membership, make_room(maya.membership, RoomSettings(name="The Attic")), EVENING)


def test_a_room_has_a_bounded_number_of_series(maya, quay):
    with change() as (session, _):
        session.add_all(
            Series(room_id=quay.id, title="T", first_day=date(2026, 1, 1), wall_time=time(1), zone="UTC", format="sharing-60")
            for _ in range(SERIES)
        )
    with pytest.raises(Refused) as caught:
        schedule_series(maya.membership, quay, EVENING)
    assert (caught.value.reason, caught.value.facts) == ("enough_series", {"limit": SERIES})


def test_an_hour_begins_today_only_while_it_is_still_ahead():
    sunday = datetime(2026, 11, 22, 12, tzinfo=UTC)

    def begins(day, at, zone="Europe/London", rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=SU"):
        return first_hour(rule, day, at, zone, sunday)

    assert begins(sunday.date(), time(19)) == date(2026, 11, 22)
    assert begins(sunday.date(), time(1, 30)) == date(2026, 11, 29)
    assert begins(sunday.date(), time(12)) == date(2026, 11, 29)
    assert begins(sunday.date(), time(13), "America/New_York") == date(2026, 11, 22)
    assert begins(date(2026, 11, 26), time(19), rule="FREQ=WEEKLY;BYDAY=TU,FR") == date(2026, 11, 27)
    assert begins(sunday.date(), time(19), rule="FREQ=MONTHLY;INTERVAL=3;BYDAY=1WE") == date(2026, 12, 2)
    assert begins(date.max, time(19)) == date.max
    assert (begins(None, time(19)), begins(date(2026, 11, 26), None)) == (None, date(2026, 11, 26))
    assert begins(date(2026, 11, 26), time(19), "Nowhere") == date(2026, 11, 26)


@pytest.mark.parametrize("rule, reason, facts", [
    ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "never_comes", {}),
    ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "first_too_far", {"day": "29 February 2028"}),
    ("FREQ=YEARLY;BYMONTH=2;BYDAY=5FR", "first_too_far", {"day": "29 February 2036"}),
])
def test_days_that_never_come_or_only_in_years_are_said_to(rule, reason, facts):
    with pytest.raises(Invalid) as caught:
        first_hour(rule, NOON.date(), time(19), "Europe/London", NOON)
    assert (caught.value.reason, {name: caught.value.facts[name] for name in facts}) == (reason, facts)


def test_an_hour_alone_can_be_later_today_and_is_the_only_one(maya, quay):
    series = schedule_series(maya.membership, quay, replace(EVENING, rule=ONCE, wall_time=time(12, 1)))
    assert (series.rule, series.last_day) == (ONCE, NOON.date())
    assert [row.starts_at for row in meetings(series_id=series.id)] == [datetime(2026, 11, 24, 12, 1, tzinfo=UTC)]


@pytest.mark.parametrize("changes, dates, last_day", [
    ({"rule": "FREQ=WEEKLY;BYDAY=TU;COUNT=3"}, 3, date(2026, 12, 8)), ({"rule": "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261207T190000Z"}, 2, date(2026, 12, 7)),
    ({"last_day": date(2026, 11, 24)}, 1, date(2026, 11, 24)), ({"pauses": "12-01/12-31", "last_day": date(2027, 1, 12)}, 3, date(2027, 1, 12)),
])
def test_a_series_is_stored_with_its_end_and_its_pauses(maya, quay, changes, dates, last_day):
    series = schedule_series(maya.membership, quay, replace(EVENING, **changes))
    assert (len(meetings(series_id=series.id)), series.last_day) == (dates, last_day)
    assert "UNTIL" not in series.rule and series.pauses == changes.get("pauses", "")


def test_a_zone_is_stored_under_its_name_of_today(maya, quay):
    assert schedule_series(maya.membership, quay, replace(EVENING, zone="Asia/Calcutta")).zone == "Asia/Kolkata"


def test_one_hour_is_added_and_may_have_begun(maya, quay):
    meeting = one(maya, quay, hours=-0.5)
    row = meetings(id=meeting.id)[0]
    assert (row.on_day, row.own_start, row.phase, row.room_id) == (row.starts_at.date(), row.starts_at, "planned", quay.id)


@pytest.mark.parametrize("hours, reason", [(-2, "in_the_past"), (24 * 401, "too_far")])
def test_an_hour_that_is_over_or_beyond_the_calendar_is_refused(maya, quay, hours, reason):
    with pytest.raises(Invalid, match=reason):
        one(maya, quay, hours=hours)
    assert counts()[1] == 0


def test_one_hour_respects_the_room_the_format_and_the_zone(maya, quay):
    one(maya, quay)
    with pytest.raises(Refused, match="room_in_use"):
        one(maya, quay, hours=7.5)
    with pytest.raises(Invalid, match="hour_too_short"):
        one(maya, quay, hours=20, minutes=10)
    with pytest.raises(Invalid, match="unknown_zone"):
        one(maya, quay, zone="Nowhere")
