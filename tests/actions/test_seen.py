"""Who is taken for gone, and who is not: the seats of a meeting."""

from datetime import timedelta

import pytest
from sqlalchemy import event, select

from groups import clock
from groups.db import change, engine, reading
from groups.erasure.erasing import erase
from groups.meeting import commands as c
from groups.meeting import keeping, seats
from groups.meeting.actions import open_lobby
from groups.meeting.apart import APART
from groups.meeting.duty import may_lead_from
from groups.meeting.models import Seat
from groups.schedule.models import Meeting
from tests.hours import do

JUST_BEFORE, AFTER = timedelta(seconds=-1), timedelta(seconds=1)


@pytest.fixture
def book(app):
    return app.extensions["ledger"]


@pytest.fixture
def hour(app, book, quay, maya, tom, nia):
    """An hour that began twenty minutes ago: Maya chairs, Tom is inside, Nia waits; nobody was noted as seen."""
    starts = clock.now() - timedelta(minutes=5)
    with change() as (session, _):
        meeting = Meeting(room=quay, title="An hour", zone="UTC", starts_at=starts, ends_at=starts + timedelta(hours=1), format="sharing-60")
        session.add(meeting)
    open_lobby(book, meeting)
    who = {name: person.membership.handle for name, person in (("Maya", maya), ("Tom", tom), ("Nia", nia))}
    do(book, meeting, *(c.Knock(by=handle, name=name) for name, handle in who.items()))
    do(book, meeting, c.TakeDuty(by=who["Maya"], duty="chair", entitled=True), c.Admit(by=who["Maya"], who=who["Tom"]), c.OpenDoor(by=who["Maya"]))
    meeting.who = who
    return meeting


def looked_after(book, meeting, at, since=None):
    """Look at that moment, wait for what follows, and return the state. since: when the clock was set."""
    for future in keeping.look_after(book, at, since):
        future.result(5)
    return book.look(meeting.id).state


def standing(state, meeting):
    return {name: state.person(handle).standing for name, handle in meeting.who.items()}


def test_somebody_not_noted_yet_is_not_somebody_gone(book, hour):
    """They came by a socket this moment, between two beats of the heart."""
    state = looked_after(book, hour, clock.now())
    assert standing(state, hour) == {"Maya": "inside", "Tom": "inside", "Nia": "waiting"} and state.pause is None


def test_somebody_never_seen_again_is_gone_after_a_while(book, hour):
    began = clock.now()
    looked_after(book, hour, began)
    state = looked_after(book, hour, began + seats.HOLD + AFTER)
    assert state.pause is not None, "nobody on duty holds the floor"
    state = looked_after(book, hour, began + keeping.WAITING_SEEN + JUST_BEFORE)
    assert standing(state, hour)["Nia"] == "waiting"
    state = looked_after(book, hour, began + keeping.WAITING_SEEN + APART)
    assert standing(state, hour) == {"Maya": "inside", "Tom": "inside", "Nia": "left"}
    state = looked_after(book, hour, began + keeping.INSIDE_SEEN + APART)
    assert standing(state, hour)["Tom"] == "left"


def test_a_clock_that_was_set_ahead_costs_nobody_a_place_before_they_could_be_seen_by_it(book, hour):
    """A process that has much to do notes late who sits at it; another has rested after the jump, and looks."""
    began = clock.now()
    seats.note_seen([(hour.id, handle) for handle in hour.who.values()], began)
    ahead = began + timedelta(hours=1)
    for late in (timedelta(seconds=20), keeping.WAITING_SEEN + JUST_BEFORE):
        state = looked_after(book, hour, ahead + late, since=ahead)
        assert standing(state, hour) == {"Maya": "inside", "Tom": "inside", "Nia": "waiting"}
    assert standing(looked_after(book, hour, ahead + keeping.WAITING_SEEN + APART, since=ahead), hour)["Nia"] == "left"
    state = looked_after(book, hour, ahead + keeping.INSIDE_SEEN + JUST_BEFORE, since=ahead)
    assert standing(state, hour)["Tom"] == "inside"
    assert standing(looked_after(book, hour, ahead + keeping.INSIDE_SEEN + APART, since=ahead), hour)["Tom"] == "left"


def test_the_floor_rests_soon_after_the_chairs_line_dropped_and_wakes_when_it_is_back(book, hour):
    now, maya = clock.now(), hour.who["Maya"]
    seats.note_seen([(hour.id, maya)], now)
    seats.line_dropped(hour.id, maya, now)
    assert looked_after(book, hour, now + seats.GRACE + JUST_BEFORE).pause is None
    assert looked_after(book, hour, now + seats.GRACE + AFTER).pause is not None
    seats.note_seen([(hour.id, maya)], now + timedelta(seconds=20))
    assert looked_after(book, hour, now + timedelta(seconds=20)).pause is None


def test_a_chair_who_opens_a_page_is_seen_before_anybody_looks_again(book, hour):
    """Several lines of theirs dropped; each of them has the room looked at, one after the other."""
    now, maya, tom = clock.now(), hour.who["Maya"], hour.who["Tom"]
    seats.note_seen([(hour.id, maya)], now - seats.HOLD - AFTER)
    assert looked_after(book, hour, now).pause is not None
    keeping.wake(book, book.look(hour.id), tom, now)
    assert looked_after(book, hour, now).pause is not None, "Tom does not chair"
    keeping.wake(book, book.look(hour.id), maya, now)
    assert looked_after(book, hour, now).pause is None


def test_without_the_chair_the_floor_rests_and_who_serves_beside_may_carry_on(book, hour):
    now = clock.now()
    do(book, hour, c.TakeDuty(by=hour.who["Tom"], duty="door", entitled=True))
    seats.note_seen([(hour.id, handle) for handle in hour.who.values()], now)
    seats.line_dropped(hour.id, hour.who["Maya"], now)
    state = looked_after(book, hour, now + seats.GRACE + AFTER)
    assert state.pause.why == "chair_away"
    assert may_lead_from(state, state.person(hour.who["Tom"])) is not None


def test_who_comes_back_after_an_hour_is_not_taken_for_gone(book, hour):
    """What was noted of them before is old; coming is being seen, whatever process lets them in."""
    tom = hour.who["Tom"]
    seats.note_seen([(hour.id, handle) for handle in hour.who.values()], clock.now())
    do(book, hour, c.Leave(by=tom))
    seats.note_seen([(hour.id, tom)], clock.now() - timedelta(hours=1))
    do(book, hour, c.Knock(by=tom, name="Tom"))
    assert standing(looked_after(book, hour, clock.now()), hour)["Tom"] == "inside"


def test_a_line_that_closes_late_makes_nobody_seen_again(book, hour):
    """A dead line may close long after its person was last seen; that is no sign of life."""
    now, maya = clock.now(), hour.who["Maya"]
    seats.note_seen([(hour.id, maya)], now)
    assert looked_after(book, hour, now + seats.HOLD + AFTER).pause is not None
    seats.line_dropped(hour.id, maya, now + seats.HOLD + AFTER)
    assert looked_after(book, hour, now + seats.HOLD + 2 * AFTER).pause is not None


def test_who_erased_themselves_a_moment_ago_is_not_noted_any_more(book, hour, tom):
    """The beat looked who is there, and then they went."""
    seen = [(hour.id, handle) for handle in hour.who.values()]
    erase(tom.account, True, book)
    seats.note_seen(seen, clock.now())
    with reading() as session:
        assert set(session.scalars(select(Seat.handle))) == {hour.who["Maya"], hour.who["Nia"]}


def test_a_page_left_open_after_the_hour_writes_nobody_down_again(app, book, hour):
    do(book, hour, c.Close(by=hour.who["Maya"]))
    later = clock.now() + timedelta(hours=2)
    assert keeping.purge_due(book, app.extensions["keyring"], later) == 1
    seats.note_seen([(hour.id, who) for who in hour.who.values()], later)
    with reading() as session:
        assert session.scalars(select(Seat)).all() == []


def test_what_was_written_down_of_an_hour_that_is_gone_goes_with_the_next_tidying(app, book, hour):
    do(book, hour, c.Close(by=hour.who["Maya"]))
    later = clock.now() + timedelta(hours=2)
    keeping.purge_due(book, app.extensions["keyring"], later)
    with change() as (session, _):
        session.add(Seat(meeting_id=hour.id, handle=hour.who["Tom"], seen_at=later))
    assert keeping.purge_due(book, app.extensions["keyring"], later) == 1
    with reading() as session:
        assert session.scalars(select(Seat)).all() == []


def test_what_is_asked_every_two_seconds_looks_at_no_hour_that_is_over_or_ahead(app, book, hour):
    asked = []
    event.listen(engine(), "before_cursor_execute", listener := lambda *told: asked.append(told[2:4]))
    try:
        keeping.load_live(book)
    finally:
        event.remove(engine(), "before_cursor_execute", listener)
    question, given = next(one for one in asked if "phase IN" in one[0])
    with engine().connect() as connection:
        plan = [row[-1] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {question}", given)]
    assert len(plan) == 1 and "ix_meetings_with_words" in plan[0], plan
