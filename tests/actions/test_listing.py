"""What the calendar reads: the right rows, only what this reader may see, and never many queries."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event

from groups import clock, db
from groups.db import reading
from groups.rooms.actions import RoomSettings, make_room
from groups.rooms.models import Door
from groups.schedule import listing
from groups.schedule.calendar import Wish, calendar_page
from groups.schedule.front import front_page
from groups.schedule.month import days_of, edges_of
from groups.schedule.recurrence import AHEAD
from tests.evenings import NOON, busy_evenings, one, set_to


@pytest.fixture(autouse=True)
def noon(freeze):
    """It is Tuesday noon in London."""
    freeze(NOON)


@pytest.fixture
def queries(app):
    """The statements sent while a test runs."""
    sent = []

    def note(connection, cursor, statement, *_):
        sent.append(statement)

    event.listen(db.engine(), "before_cursor_execute", note)
    yield sent
    event.remove(db.engine(), "before_cursor_execute", note)


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


def test_a_month_is_two_bounded_queries_however_much_is_on(maya, rosa, quay, grove, queries):
    busy_evenings(maya, rosa, quay, grove)
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
    busy_evenings(maya, rosa, quay, grove)
    del queries[:]
    with reading() as session:
        page = front_page(session, frozenset(), ZoneInfo("Europe/Berlin"), clock.now())
    assert len(queries) <= empty <= 6
    assert len(page.tonight) == 5 and len(page.week) == 14 and page.more
    assert page.following is page.tonight[0], "nothing is on now"


def test_a_full_list_does_not_push_out_the_readers_own(maya, rosa, quay, grove):
    for n in range(9):
        room = make_room(maya.membership, RoomSettings(name=f"Room {n}"))
        one(maya, room, f"Harbour {n}", hours=1)
    own = one(rosa, grove, "Willow", hours=9)
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
    set_to(gone, archived_at=clock.now())

    def seen(*groups):
        with reading() as session:
            rows = listing.coming(session, frozenset(groups), clock.now(), clock.now() + AHEAD, 50)
        return {row.title for row in rows}

    assert seen() == {"open"}
    assert seen(maya.membership.group_id) == {"open", "members"}
    assert seen(rosa.membership.group_id) == {"open", "willow"}
