"""What the calendar reads: the right rows, only what this reader may see, and never many queries."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert

from groups import clock, db
from groups.db import change, reading
from groups.rooms.actions import RoomSettings, make_room
from groups.rooms.models import Door
from groups.schedule import listing
from groups.schedule.busy_days import KEPT, MANY, BusyDays
from groups.schedule.calendar import Wish, calendar_page
from groups.schedule.front import front_page, members_page
from groups.schedule.models import Meeting
from groups.schedule.month import days_of, edges_of
from groups.schedule.reader import Reader
from groups.schedule.recurrence import AHEAD
from tests.evenings import NOON, busy_evenings, one, set_to

pytestmark = pytest.mark.usefixtures("noon")
BERLIN = Reader(ZoneInfo("Europe/Berlin"), NOON)  # a stranger there


def reader(person, zone="Europe/London"):
    """Somebody of the cast, in their group."""
    return Reader(ZoneInfo(zone), NOON, (person.membership.group,), person.account.id)


def again(meeting, times, **other):
    """The same hour so many times more, or nearly the same, with no look at the rules."""
    columns = {key: value for key, value in vars(meeting).items() if key in Meeting.__table__.columns and key not in ("id", "public_id", "series_id")}
    with change() as (session, _):
        session.execute(insert(Meeting), [columns | other for _ in range(times)])


def test_tallies_counted_in_the_database_are_what_one_would_count_by_hand(maya, rosa, quay, grove):
    busy_evenings(maya, rosa, quay, grove)
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


def test_a_month_and_a_week_are_a_fixed_number_of_bounded_queries(maya, rosa, quay, grove, queries):
    asked = {}
    for busy in (False, True):
        if busy:
            busy_evenings(maya, rosa, quay, grove)
        for view in ("month", "week"):
            for who in (BERLIN, reader(maya)):
                del queries[:]
                with reading() as session:
                    page = calendar_page(session, who, Wish(view=view, month="2026-12", week="2026-12-01"))
                asks = [statement for statement in queries if statement.startswith(("SELECT", "WITH"))]
                bounds = ("LIMIT", "GROUP BY", "DISTINCT", ".meeting_id IN (", "meetings.id IN (")
                assert all(any(bound in ask for bound in bounds) for ask in asks), asks
                asked.setdefault((view, who), len(asks))
                assert len(asks) <= asked[view, who] + 1 + 2, "one more fetches what is shown, two ask what is marked"
    full = [day for day in page.days if day.is_folded]
    assert {day.date.weekday() for day in full} == set() and page.view == "week", "six at once still fit a week's evening"
    with reading() as session:
        page = calendar_page(session, BERLIN, Wish(month="2026-12"))
    full = [day for day in page.days if day.is_folded]
    assert {day.date.weekday() for day in full} == {1, 3, 5} and all(day.rows == () and day.count == 5 for day in full)
    assert all(len(day.rows) == day.count for day in page.days if not day.is_folded)


def test_of_a_day_with_hundreds_the_number_may_be_half_a_minute_old_and_nothing_else(maya, quay):
    hidden = make_room(maya.membership, RoomSettings(name="Back room", door=Door.MEMBERS))
    first = one(maya, quay, hours=1)
    again(first, MANY - 1)
    wednesday = one(maya, quay, hours=25)
    own, seconds = maya.membership.group_id, [0.0]
    listing._busy[db.engine()] = BusyDays(lambda: seconds[0])

    def told():
        edges = edges_of([date(2026, 11, 24), date(2026, 11, 25)], ZoneInfo("UTC"))
        with reading() as session:
            return [[tally.count for tally in listing.tallies(session, mine, edges).values()] for mine in (frozenset(), frozenset([own]))]

    assert told() == [[MANY, 1], [MANY, 1]]
    again(first, 1)
    again(wednesday, 1)
    again(first, 1, room_id=hidden.id)
    again(first, 1, is_listed=False)
    assert told() == [[MANY, 2], [MANY + 2, 2]], "what strangers see of Tuesday is remembered; a quiet day and what is one's own are counted"
    set_to(hidden, archived_at=clock.now())
    assert told() == [[MANY, 2], [MANY + 1, 2]]
    seconds[0] += KEPT + 1
    assert told() == [[MANY + 1, 2], [MANY + 2, 2]]


def test_the_front_door_is_a_fixed_number_of_queries(maya, rosa, quay, grove, queries):
    with reading() as session:
        front_page(session, BERLIN)
    empty = len(queries)
    busy_evenings(maya, rosa, quay, grove)
    del queries[:]
    with reading() as session:
        page = front_page(session, BERLIN)
    assert len(queries) <= empty <= 8
    assert len(page.tonight) == 5 and not page.more
    assert [(day.date.weekday(), day.count, len(day.rows)) for day in page.week] == [(2, 1, 1), (3, 5, 0), (5, 5, 0), (1, 5, 0)]
    assert page.following is page.tonight[0], "nothing is on now"
    del queries[:]
    with reading() as session:
        members_page(session, reader(maya))
    assert len(queries) <= 8


def test_others_do_not_push_out_the_readers_own(maya, rosa, quay, grove):
    for n in range(9):
        room = make_room(maya.membership, RoomSettings(name=f"Room {n}"))
        one(maya, room, f"Harbour {n}", hours=1)
    own = one(rosa, grove, "Willow", hours=9)
    with reading() as session:
        page = members_page(session, reader(rosa))
        theirs = members_page(session, reader(maya))
    assert page.next.meeting == own.public_id and page.later == [] and len(page.elsewhere) == 6
    assert not any(hour.yours for hour in page.elsewhere) and page.next.yours
    assert len([theirs.next, *theirs.later]) == 9 and theirs.elsewhere == [], "Willow takes nobody in from the street"


def test_nobody_sees_behind_a_closed_door(maya, rosa, quay, grove):
    hidden = make_room(maya.membership, RoomSettings(name="Back room", door=Door.MEMBERS))
    gone = make_room(maya.membership, RoomSettings(name="Old room"))
    for by, room, title in ((maya, quay, "open"), (maya, hidden, "members"), (maya, gone, "gone"), (rosa, grove, "willow")):
        one(by, room, title=title)
    set_to(gone, archived_at=clock.now())

    def seen(*groups):
        with reading() as session:
            rows = listing.coming(session, frozenset(groups), clock.now(), clock.now() + AHEAD, 50)
        return {row.title for row in rows}

    assert seen() == {"open"}
    assert seen(maya.membership.group_id) == {"open", "members"}
    assert seen(rosa.membership.group_id) == {"open", "willow"}
