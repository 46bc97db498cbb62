"""Series and their projection, one-off hours, duties, and what the calendar reads of them."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event, func, select

from groups import clock, db
from groups.announcements import forget, on
from groups.db import change, reading
from groups.errors import Invalid, NotFound, Refused
from groups.membership.models import Membership
from groups.rooms.actions import RoomSettings, make_room
from groups.rooms.formats import facts_of
from groups.rooms.models import Door, Room
from groups.schedule import listing
from groups.schedule.actions import (
    SERIES,
    DutyChanged,
    add_one_meeting,
    preview_series,
    schedule_series,
    serve,
    step_down,
)
from groups.schedule.calendar import Wish, calendar_page
from groups.schedule.front import front_page
from groups.schedule.models import Duty, Meeting, Phase, Series
from groups.schedule.month import days_of, edges_of
from groups.schedule.plans import Plan, first_hour
from groups.schedule.projection import extend_projection, project
from groups.schedule.recurrence import AHEAD, starts_between

TUESDAY = datetime(2026, 11, 24, 12, tzinfo=UTC)
EVENING = Plan(
    title="Evening harbour", first_day=date(2026, 11, 24), wall_time=time(19), zone="Europe/London",
    rule="FREQ=WEEKLY;BYDAY=TU", minutes=60, format="sharing-60",
)


@pytest.fixture(autouse=True)
def noon(freeze):
    """It is Tuesday noon in London."""
    freeze(TUESDAY)


def meetings(**where):
    with reading() as session:
        return session.scalars(select(Meeting).filter_by(**where).order_by(Meeting.starts_at)).all()


def counts():
    with reading() as session:
        return [session.scalar(select(func.count()).select_from(kind)) for kind in (Series, Meeting, Duty)]


def change_meeting(meeting, **values):
    with change() as (session, _):
        for name, value in values.items():
            setattr(session.get(Meeting, meeting.id), name, value)


def one(by, room, hours=7, title="A quiet hour", minutes=60):
    return add_one_meeting(
        by.membership, room, title=title, starts_at=clock.now() + timedelta(hours=hours), zone="Europe/London",
        minutes=minutes, format="sharing-60",
    )


# --- series and projection ---------------------------------------------------------------------


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
    freeze(TUESDAY + timedelta(hours=8))
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
    wanted = [day for day, _ in starts_between(series, TUESDAY, clock.now() + AHEAD)]
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
        project(session, series, TUESDAY, TUESDAY + AHEAD)
    assert [row.public_id for row in meetings()] == before


def test_what_was_moved_or_cancelled_is_not_brought_back(maya, quay, freeze):
    series = schedule_series(maya.membership, quay, EVENING)
    rows = meetings(series_id=series.id)
    change_meeting(rows[2], phase=Phase.CANCELLED)
    change_meeting(rows[-1], starts_at=rows[-1].starts_at + timedelta(days=20), ends_at=rows[-1].ends_at + timedelta(days=20))
    freeze.forward(days=14)
    assert extend_projection(clock.now()) == 2
    after = meetings(series_id=series.id)
    assert len({row.on_day for row in after}) == len(after) == 60
    assert [row.phase for row in after if row.on_day == rows[2].on_day] == ["cancelled"]


def test_a_series_that_ended_and_a_room_that_is_gone_get_no_more_dates(maya, quay, freeze):
    other = make_room(maya.membership, RoomSettings(name="The Attic"))
    series = schedule_series(maya.membership, quay, EVENING)
    schedule_series(maya.membership, other, EVENING)
    with change() as (session, _):
        session.get(Series, series.id).ended_at = clock.now()
        session.get(Room, other.id).archived_at = clock.now()
    freeze.forward(days=70)
    assert extend_projection(clock.now()) == 0


def test_a_long_pause_of_the_server_is_caught_up_from_now_on(maya, quay, freeze):
    schedule_series(maya.membership, quay, EVENING)
    freeze.forward(days=500)
    extend_projection(clock.now())
    assert [row.on_day for row in meetings() if row.starts_at > TUESDAY + timedelta(days=401)][0] > clock.now().date()


# --- what is refused ---------------------------------------------------------------------------


@pytest.mark.parametrize("changes, field, reason", [
    ({"title": ""}, "title", "empty"), ({"title": "x" * 61}, "title", "too_long"),
    ({"first_day": None}, "first_day", "bad_date"), ({"first_day": date(2026, 11, 23)}, "first_day", "in_the_past"),
    ({"first_day": date(2028, 1, 4)}, "first_day", "too_far"), ({"first_day": date.max}, "first_day", "too_far"),
    ({"first_day": date.min}, "first_day", "in_the_past"),
    ({"wall_time": None}, "wall_time", "bad_time"), ({"zone": "Mars/Olympus"}, "zone", "unknown_zone"),
    ({"zone": None}, "zone", "unknown_zone"),
    ({"rule": "FREQ=SECONDLY"}, "rule", "rule_unclear"), ({"rule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}, "rule", "no_dates"),
    ({"rule": "FREQ=WEEKLY;UNTIL=20200101"}, "rule", "no_dates"),
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
    needs = facts_of("sharing-60").needs
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
    with change() as (session, _):
        session.get(Room, quay.id).locked_at = clock.now()
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
    change_meeting(one(maya, quay), phase=Phase.CANCELLED)
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


def test_a_weekly_hour_begins_today_only_while_it_is_still_ahead():
    sunday = datetime(2026, 11, 22, 12, tzinfo=UTC)

    def begins(day, at, zone="Europe/London", weekdays=(6,)):
        return first_hour(list(weekdays), day, at, zone, sunday)

    assert begins(sunday.date(), time(19)) == date(2026, 11, 22)
    assert begins(sunday.date(), time(1, 30)) == date(2026, 11, 29)
    assert begins(sunday.date(), time(12)) == date(2026, 11, 29)
    assert begins(sunday.date(), time(13), "America/New_York") == date(2026, 11, 22)
    assert begins(date(2026, 11, 26), time(19), weekdays=(1, 4)) == date(2026, 11, 27)
    assert begins(date.max, time(19)) == date.max
    assert (begins(None, time(19)), begins(date(2026, 11, 26), None)) == (None, date(2026, 11, 26))
    assert begins(date(2026, 11, 26), time(19), "Nowhere") == date(2026, 11, 26)


# --- one hour ----------------------------------------------------------------------------------


def test_one_hour_is_added_and_may_have_begun(maya, quay):
    meeting = one(maya, quay, hours=-0.5)
    row = meetings(id=meeting.id)[0]
    assert (row.series_id, row.on_day, row.phase, row.room_id) == (None, None, "planned", quay.id)


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
        add_one_meeting(
            maya.membership, quay, title="T", starts_at=clock.now(), zone="Nowhere", minutes=60, format="sharing-60"
        )


# --- duties ------------------------------------------------------------------------------------


@pytest.fixture
def heard():
    """What is announced about duties."""
    told = []
    on(DutyChanged, told.append)
    yield told
    forget(DutyChanged, told.append)


def duties(meeting):
    with reading() as session:
        rows = session.execute(select(Duty.kind, Membership.name).join(Membership).where(Duty.meeting_id == meeting.id))
        return {row.kind: row.name for row in rows}


def test_members_sign_up_and_step_down(maya, tom, nia, quay, heard):
    meeting = one(maya, quay)
    serve(tom.membership, meeting, "chair")
    serve(nia.membership, meeting, "door")
    assert duties(meeting) == {"chair": "Tom", "door": "Nia"}
    step_down(tom.membership, meeting)
    serve(maya.membership, meeting, "chair")
    assert duties(meeting) == {"chair": "Maya", "door": "Nia"}
    assert heard == [DutyChanged(meeting.id)] * 4


def test_signing_up_or_stepping_down_twice_is_harmless(maya, tom, quay):
    meeting = one(maya, quay)
    first = serve(tom.membership, meeting, "chair")
    assert serve(tom.membership, meeting, "chair").id == first.id
    step_down(tom.membership, meeting)
    step_down(tom.membership, meeting)
    assert duties(meeting) == {}


def test_a_duty_is_one_persons_and_a_person_has_one(maya, tom, nia, quay, heard):
    meeting = one(maya, quay)
    serve(tom.membership, meeting, "chair")
    with pytest.raises(Refused, match="duty_taken"):
        serve(nia.membership, meeting, "chair")
    with pytest.raises(Refused, match="one_duty"):
        serve(tom.membership, meeting, "door")
    assert duties(meeting) == {"chair": "Tom"} and len(heard) == 1


@pytest.mark.parametrize("kind", ["moderator", "", None, "CHAIR"])
def test_there_are_three_duties(maya, quay, kind):
    with pytest.raises(Invalid, match="choose_one"):
        serve(maya.membership, one(maya, quay), kind)


@pytest.mark.parametrize("phase, reason", [
    ("cancelled", "meeting_cancelled"), ("open", "duty_settled"), ("closing", "duty_settled"), ("sealed", "meeting_over"),
    ("purged", "meeting_over"),
])
def test_duties_are_settled_before_the_hour(maya, tom, quay, phase, reason):
    meeting = one(maya, quay)
    serve(tom.membership, meeting, "chair")
    change_meeting(meeting, phase=phase)
    for wish in (lambda: serve(maya.membership, meeting, "door"), lambda: step_down(tom.membership, meeting)):
        with pytest.raises(Refused, match=reason):
            wish()
    assert duties(meeting) == {"chair": "Tom"}


def test_one_can_still_sign_up_in_the_lobby(maya, tom, quay):
    meeting = one(maya, quay)
    change_meeting(meeting, phase="lobby")
    serve(tom.membership, meeting, "second")
    assert duties(meeting) == {"second": "Tom"}


def test_nobody_serves_in_a_group_they_are_not_in(maya, rosa, tom, quay):
    meeting = one(maya, quay)
    with pytest.raises(NotFound):
        serve(rosa.membership, meeting, "chair")
    with change() as (session, _):
        session.get(Membership, tom.membership.id).left_at = clock.now()
    with pytest.raises(NotFound):
        serve(tom.membership, meeting, "chair")
    assert duties(meeting) == {}


# --- what the calendar reads -------------------------------------------------------------------


@pytest.fixture
def queries(app):
    """The statements sent while a test runs."""
    sent = []

    def note(connection, cursor, statement, *_):
        sent.append(statement)

    event.listen(db.engine(), "before_cursor_execute", note)
    yield sent
    event.remove(db.engine(), "before_cursor_execute", note)


def fill_evenings(maya, rosa, quay, grove, rooms=6):
    for n in range(rooms):
        room = make_room(maya.membership, RoomSettings(name=f"Room {n}", door="members" if n == 5 else "anyone"))
        for day in range(3):
            schedule_series(maya.membership, room, replace(EVENING, rule=f"FREQ=WEEKLY;BYDAY={('TU', 'TH', 'SA')[day]}"))
    schedule_series(maya.membership, quay, replace(EVENING, rule="FREQ=WEEKLY;BYDAY=WE"))
    schedule_series(rosa.membership, grove, replace(EVENING, zone="America/New_York"))


def test_tallies_counted_in_the_database_are_what_one_would_count_by_hand(maya, rosa, quay, grove):
    fill_evenings(maya, rosa, quay, grove)
    zone = ZoneInfo("Pacific/Auckland")
    edges = edges_of(days_of(date(2026, 12, 1)), zone)
    for mine in (frozenset(), frozenset([maya.membership.group_id]), frozenset([rosa.membership.group_id])):
        with reading() as session:
            told = listing.tallies(session, mine, edges)
            rows = [listing.one_day(session, mine, start, end, 1000, 0) for start, end in zip(edges, edges[1:], strict=False)]
        assert {number: tally.count for number, tally in told.items()} == {n: len(day) for n, day in enumerate(rows) if day}
        for number, tally in told.items():
            assert tally.first == min(row.starts_at for row in rows[number])
            assert tally.last == max(row.ends_at for row in rows[number])


def test_a_month_is_two_bounded_queries_however_much_is_on(maya, rosa, quay, grove, queries):
    fill_evenings(maya, rosa, quay, grove)
    del queries[:]
    with reading() as session:
        page = calendar_page(session, [], Wish(month="2026-12"), ZoneInfo("Europe/Berlin"), clock.now())
    assert len([statement for statement in queries if statement.startswith("SELECT")]) == 2
    assert all("LIMIT" in statement or "GROUP BY" in statement for statement in queries if statement.startswith("SELECT"))
    full = [day for day in page.days if day.is_folded]
    assert {day.date.weekday() for day in full} == {1, 3, 5} and all(day.rows == () and day.count == 5 for day in full)
    assert all(len(day.rows) == day.count for day in page.days if not day.is_folded)


def test_the_front_door_is_a_fixed_number_of_queries(maya, rosa, quay, grove, queries):
    with reading() as session:
        front_page(session, frozenset(), ZoneInfo("Europe/Berlin"), clock.now())
    empty = len(queries)
    fill_evenings(maya, rosa, quay, grove)
    del queries[:]
    with reading() as session:
        page = front_page(session, frozenset(), ZoneInfo("Europe/Berlin"), clock.now())
    assert len(queries) <= empty <= 6
    assert len(page.tonight) == 5 and len(page.week) == 14 and page.more
    assert page.following is page.tonight[0], "nothing is on now"


def test_a_full_list_does_not_push_out_the_readers_own(maya, rosa, quay, grove):
    for n in range(9):
        room = make_room(maya.membership, RoomSettings(name=f"Room {n}"))
        add_one_meeting(
            maya.membership, room, title=f"Harbour {n}", starts_at=clock.now() + timedelta(hours=1), zone="UTC", minutes=60,
            format="sharing-60",
        )
    own = add_one_meeting(
        rosa.membership, grove, title="Willow", starts_at=clock.now() + timedelta(hours=9), zone="UTC", minutes=60,
        format="sharing-60",
    )
    with reading() as session:
        for rosas in (True, False):
            mine = frozenset([rosa.membership.group_id] if rosas else [])
            page = front_page(session, mine, ZoneInfo("UTC"), clock.now())
            assert len(page.tonight) == 8 and page.more
            assert (own.public_id in [hour.meeting for hour in page.tonight]) == rosas
            assert page.tonight == sorted(page.tonight, key=lambda hour: hour.starts)


def test_nobody_sees_behind_a_closed_door(maya, rosa, quay, grove):
    hidden = make_room(maya.membership, RoomSettings(name="Back room", door=Door.MEMBERS))
    gone = make_room(maya.membership, RoomSettings(name="Old room"))
    for by, room, title in ((maya, quay, "open"), (maya, hidden, "members"), (maya, gone, "gone"), (rosa, grove, "willow")):
        one(by, room, title=title)
    with change() as (session, _):
        session.get(Room, gone.id).archived_at = clock.now()

    def seen(*groups):
        with reading() as session:
            rows = listing.coming(session, frozenset(groups), clock.now(), clock.now() + AHEAD, 50)
        return {row.title for row in rows}

    assert seen() == {"open"}
    assert seen(maya.membership.group_id) == {"open", "members"}
    assert seen(rosa.membership.group_id) == {"open", "willow"}
