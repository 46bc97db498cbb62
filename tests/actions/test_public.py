"""What anybody may know: open groups, open doors, hours that take place. Each way of being private is
tried alone, against every list."""

from dataclasses import replace
from datetime import date, time, timedelta

import msgspec
import pytest

from groups import clock
from groups.db import change, reading
from groups.exchange import api, bmlt, public
from groups.exchange.asking import GroupsAsked, MeetingsAsked, SeriesAsked
from groups.exchange.meeting_guide import guide_meetings
from groups.membership.models import Access, Group
from groups.rooms.actions import RoomSettings, make_room
from groups.rooms.models import Door
from groups.schedule.actions import schedule_series
from groups.schedule.models import DateChange, Phase, Series
from groups.schedule.projection import reproject
from tests.evenings import EVENING, NOON, every_tuesday, meetings, one, set_to

pytestmark = pytest.mark.usefixtures("noon")
BASE = "https://meet.example.org"


@pytest.fixture
def evening(maya, quay):
    """Every Tuesday in the Quay, the first one tonight: the series."""
    meeting = every_tuesday(maya, quay)
    with reading() as session:
        return session.get(Series, meeting.series_id)


def told(**asked):
    """Ids of the series in the API, the feed and BMLT; the starts of the dated hours."""
    now = clock.now()
    with reading() as session:
        rows = public.weekly_series(session, now)
        series = [one.id for one in api.series(session, SeriesAsked(**asked), BASE, now)[0].series]
        dated = [one.starts_at for one in api.meetings(session, MeetingsAsked(**asked), BASE, now)[0].meetings]
    feed = [record.slug for record in guide_meetings(rows, BASE, "Lamplight")]
    assert {record.id_bigint for record in bmlt.meetings(rows, BASE)} == {str(bmlt.number_of(slug) * 7 + 2) for slug in feed}
    return series, feed, dated


def test_an_open_hour_is_told_everywhere(evening):
    series, feed, dated = told()
    assert series == feed == [evening.public_id]
    assert dated == [NOON + timedelta(hours=7), NOON + timedelta(days=7, hours=7)]


@pytest.mark.parametrize("what, values", [
    ("group", {"access": Access.CLOSED}), ("group", {"access": Access.SCREENED}), ("room", {"door": Door.MEMBERS}),
    ("room", {"archived_at": NOON}),
])
def test_behind_a_closed_door_nothing_is_told(evening, quay, harbour, what, values):
    set_to({"group": harbour, "room": quay}[what], **values)
    assert told() == ([], [], [])


def test_what_was_unlisted_is_told_nowhere_nor_its_dates(evening):
    with change() as (session, _):
        series = session.get(Series, evening.id)
        series.unlisted_at = clock.now()
        reproject(session, series, clock.now())
    assert told() == ([], [], [])


def test_a_date_that_is_cancelled_is_not_told_and_the_series_stays_weekly(evening):
    with change() as (session, _):
        series = session.get(Series, evening.id)
        session.add(DateChange(series_id=series.id, on_day=NOON.date(), cancelled=True))
        session.flush()
        reproject(session, series, clock.now())
    series, feed, dated = told()
    assert series == feed == [evening.public_id] and dated == [NOON + timedelta(days=7, hours=7)]


def test_an_hour_that_is_on_is_told_until_it_is_over(evening, freeze):
    [tonight] = meetings(series_id=evening.id)[:1]
    set_to(tonight, phase=Phase.OPEN)
    freeze(NOON + timedelta(hours=7, minutes=59))
    assert told()[2][0] == tonight.starts_at
    set_to(tonight, phase=Phase.SEALED)
    assert tonight.starts_at not in told()[2]


def test_what_does_not_meet_within_the_week_is_not_weekly_today(maya, quay, evening):
    def add(**other):
        return schedule_series(maya.membership, quay, replace(EVENING, **other)).public_id

    later = add(first_day=date(2027, 1, 5), wall_time=time(9))
    resting = add(wall_time=time(11, 30), pauses="11-20/12-31", first_day=date(2026, 11, 25), rule="FREQ=WEEKLY;BYDAY=WE")
    ended = add(wall_time=time(15), last_day=date(2026, 11, 24))
    other = add(wall_time=time(17), rule="FREQ=MONTHLY;BYDAY=4TU")
    series, feed, _ = told()
    assert set(series) == {evening.public_id, later, resting, ended, other}
    assert set(feed) == {evening.public_id, ended}, "that one is tonight for the last time"


def test_an_hour_alone_is_a_date_and_no_series(maya, quay):
    alone = one(maya, quay)
    assert told() == ([], [], [alone.starts_at])


def test_one_can_ask_for_a_language_or_a_group(maya, quay, harbour, willow, evening):
    german = schedule_series(maya.membership, quay, replace(EVENING, wall_time=time(9), first_day=date(2026, 11, 25), language="de"))
    assert set(told()[0]) == {evening.public_id, german.public_id}
    assert told(language="de")[0] == [german.public_id] and len(told(language="de")[2]) == 1
    assert set(told(group=harbour.slug)[0]) == {evening.public_id, german.public_id}
    for slug in (willow.slug, "b" * 10):
        with pytest.raises(Exception, match="not_found"):
            told(group=slug)


@pytest.mark.parametrize("asked, count", [
    ({}, 2), ({"from_day": date(1, 1, 1)}, 2), ({"from_day": date.max}, 0), ({"to_day": date.max}, 58), ({"to_day": date(1, 1, 1)}, 0),
    ({"from_day": date(2026, 12, 1)}, 2), ({"from_day": date(2026, 12, 2), "to_day": date(2026, 12, 2)}, 0),
    ({"from_day": date(2026, 12, 1), "to_day": date(2026, 12, 1)}, 1),
    ({"from_day": date(2026, 12, 2), "to_day": date(2026, 12, 2), "zone": "Pacific/Auckland"}, 1),
    ({"from_day": date(2026, 12, 2), "to_day": date(2026, 12, 1)}, 0),
])
def test_days_are_days_of_the_zone_and_as_far_as_the_calendar_reaches(evening, asked, count):
    with reading() as session:
        found, _ = api.meetings(session, MeetingsAsked(limit=100, **asked), BASE, clock.now())
    assert len(found.meetings) == count
    assert NOON.date() <= found.from_day and found.to_day <= NOON.date() + timedelta(days=400)


def test_next_goes_on_without_a_gap_or_a_double_also_where_many_begin_at_once(maya, quay):
    for n in range(4):
        room = make_room(maya.membership, RoomSettings(name=f"Room {n}"))
        schedule_series(maya.membership, room, EVENING)

    def walk(answer, kind, name, limit, **asked):
        found, cursor = [], None
        while True:
            with reading() as session:
                page, _ = answer(session, kind(limit=limit, cursor=cursor, **asked), BASE, clock.now())
            found += [thing.id for thing in getattr(page, name)]
            assert len(getattr(page, name)) <= limit
            if page.next is None:
                return found
            cursor = page.next

    for answer, kind, name, asked in (
        (api.meetings, MeetingsAsked, "meetings", {"to_day": date(2026, 12, 22)}), (api.series, SeriesAsked, "series", {}),
        (api.groups, GroupsAsked, "groups", {}),
    ):
        whole = walk(answer, kind, name, 100, **asked)
        assert len(set(whole)) == len(whole) == {"meetings": 20, "series": 4, "groups": 1}[name]
        assert walk(answer, kind, name, 1, **asked) == walk(answer, kind, name, 3, **asked) == whole


def test_no_row_holds_a_person_a_count_or_a_number_of_the_database(maya, tom, evening, harbour):
    now = clock.now()
    with reading() as session:
        rows = public.weekly_series(session, now)
        everything = [
            guide_meetings(rows, BASE, "Lamplight"), bmlt.meetings(rows, BASE), bmlt.formats(rows, BASE),
            api.meetings(session, MeetingsAsked(), BASE, now)[0], api.series(session, SeriesAsked(), BASE, now)[0],
            api.groups(session, GroupsAsked(), BASE, now)[0],
        ]
        members = session.get(Group, harbour.id)
    text = msgspec.json.encode(everything).decode()
    assert "Harbour" in text and members.slug in text
    for person in (maya, tom):
        assert person.name not in text and person.membership.handle not in text
    columns = {column.key for column in (*public.SERIES, *public.MEETINGS)}
    assert not columns & {"id", "room_id", "group_id", "series_id", "account_id", "membership_id", "by_id", "capacity", "missed"}
