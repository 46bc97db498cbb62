"""The minutes of a part are over and hands are still up: go on, borrow from a later part, or ask."""

from datetime import timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups.formats.modes import Mode
from groups.formats.shape import Segment
from groups.meeting import commands as c
from groups.meeting import events as e
from groups.meeting.clockwork import ANSWER, next_due
from tests.rules.stage import CLOSING, TALK, Stage, called

FULL = Segment("Shares", Mode.ONE_VOICE, 10, 10, turn=160)  # three minutes each with the breath
LENDER = Segment("Talk", Mode.OPEN_TALK, 12, 5, turn=60)
MINUTE = timedelta(minutes=1)


def full(overflow, *later, minutes=None, **facts):
    """More hands than fit: everybody's is up, and everybody takes their whole turn."""
    segment = msgspec.structs.replace(FULL, overflow=overflow, **facts)
    later = later or (LENDER, CLOSING)
    minutes = minutes or segment.minutes + sum(part.minutes for part in later)
    stage = Stage(segment, *later, minutes=minutes).begins("tom", "nia", "rosa", "vera", "otto")
    for handle in ("tom", "nia", "rosa", "vera", "otto"):
        getattr(stage, handle)(c.RaiseHand)
    return stage


def until_asked(stage):
    """Till whoever chairs is asked for more time."""
    while stage.state.asked_until is None:
        stage.wait(1)
    return stage


# --- cut to next -----------------------------------------------------------------------------------------


def test_cut_to_next_goes_on_after_the_turn_that_is_running():
    stage = full("cut_to_next")
    assert called(stage.wait(minutes=12)) == ["tom", "nia", "rosa", "vera"]
    assert stage.state.index == 1 and stage.state.hands == ()


# --- borrow ----------------------------------------------------------------------------------------------


def test_borrowing_takes_whole_minutes_from_the_lender_and_the_hour_still_ends_in_time():
    stage = full("borrow", borrow_from=1)
    assert called(stage.wait(minutes=16)) == ["tom", "nia", "rosa", "vera", "otto"]
    borrowed = [event for event in stage.log if isinstance(event, e.TimeAdded)]
    assert [(event.by, event.to, event.lender) for event in borrowed] == [(c.ROOM, "segment", 1)]
    minutes = borrowed[0].seconds // 60
    assert borrowed[0].seconds == minutes * 60 and stage.state.agenda[1].minutes == LENDER.minutes - minutes
    stage.wait(minutes=20)
    assert stage.state.why_closed == "agenda" and stage.state.closed_at <= stage.state.ends_at
    assert stage.is_as_its_log()


def test_what_was_borrowed_is_not_counted_as_the_chairs():
    stage = full("borrow", borrow_from=1)
    while "time_added" not in stage.kinds():
        stage.wait(1)
    for _ in range(5):
        stage.maya(c.AddMinute)
    assert stage.maya.refused(c.AddMinute) == "enough_added"


def test_nobody_borrows_what_the_lender_needs_for_its_least():
    stage = full("borrow", msgspec.structs.replace(LENDER, least=11), CLOSING, borrow_from=1)
    assert called(stage.wait(minutes=13)) == ["tom", "nia", "rosa", "vera"]
    assert stage.state.index == 1 and stage.state.agenda[1].minutes == LENDER.minutes


@pytest.mark.parametrize("lender", [None, 0, 9])
def test_a_lender_that_is_past_or_does_not_exist_lends_nothing(lender):
    stage = full("borrow", borrow_from=lender)
    assert called(stage.wait(minutes=13)) == ["tom", "nia", "rosa", "vera"] and stage.state.index == 1


def test_with_no_hand_up_nothing_is_borrowed():
    stage = full("borrow", borrow_from=1)
    for handle in ("tom", "nia", "rosa", "vera", "otto"):
        getattr(stage, handle)(c.LowerHand)
    stage.wait(minutes=10)
    assert stage.state.index == 1 and "time_added" not in stage.kinds()


def test_an_hour_that_began_late_has_nothing_to_lend():
    """Ten minutes are gone already: the lender is down to its least in truth, whatever its plan says."""
    stage = full("borrow", borrow_from=1, minutes=17)
    stage.wait(minutes=30)
    assert stage.state.closed_at <= stage.state.ends_at + 3 * MINUTE
    assert "time_added" not in stage.kinds()


def test_a_room_that_slept_long_past_a_part_does_not_borrow_its_way_back():
    stage = full("borrow", LENDER, TALK, CLOSING, borrow_from=2, turn=20)
    stage.now += 25 * MINUTE
    stage.do(c.Tick(by=c.ROOM))
    assert stage.do(c.Tick(by=c.ROOM)) == []


@given(least=st.integers(0, 12), turn=st.integers(10, 240), minutes=st.integers(12, 24), slept=st.integers(0, 1500))
def test_borrowing_never_shortens_a_lender_below_its_least_nor_makes_the_hour_late(least, turn, minutes, slept):
    def evening(overflow):
        stage = full(overflow, msgspec.structs.replace(LENDER, least=least), CLOSING, borrow_from=1, turn=turn, minutes=minutes)
        stage.now += timedelta(seconds=slept)
        stage.wait(minutes=60)
        return stage

    stage, without = evening("borrow"), evening("cut_to_next")
    assert least <= stage.state.agenda[1].minutes <= LENDER.minutes
    late = max(stage.state.ends_at, without.state.closed_at) + timedelta(seconds=turn)  # the last turn is not cut
    assert stage.state.closed_at <= late


# --- ask -------------------------------------------------------------------------------------------------


def test_whoever_chairs_is_asked_and_without_an_answer_the_room_goes_on():
    stage = until_asked(full("ask"))
    assert stage.state.asked_until == stage.now + ANSWER == next_due(stage.state)
    assert e.wire(stage.log[-1], 1)["until"] == stage.state.asked_until and stage.log[-1].stream == "desk"
    stage.wait(44)
    assert stage.state.index == 0 and stage.turn is None
    stage.wait(1)
    assert stage.state.index == 1 and stage.state.asked_until is None


@pytest.mark.parametrize("answer_after", [1, 44])
def test_a_minute_given_is_a_minute_from_now_and_the_next_is_called(answer_after):
    stage = until_asked(full("ask"))
    stage.wait(answer_after)
    stage.maya(c.AddMinute)
    assert stage.state.asked_until is None and stage.state.segment_ends_at >= stage.now + MINUTE
    assert called(stage.wait(30)) == ["otto"]


def test_the_chair_may_say_no_by_going_on():
    stage = until_asked(full("ask"))
    stage.maya(c.NextSegment)
    assert stage.state.index == 1


def test_when_the_last_hand_goes_down_nobody_waits_for_an_answer():
    stage = until_asked(full("ask"))
    stage.otto(c.LowerHand)
    assert next_due(stage.state) <= stage.now
    stage.wait(0)
    assert stage.state.index == 1


def test_the_time_for_an_answer_stands_still_in_a_hush():
    stage = until_asked(full("ask"))
    stage.wait(20)
    stage.maya(c.Hush)
    stage.wait(minutes=5)
    stage.maya(c.GoOn)
    stage.wait(24)
    assert stage.state.index == 0
    stage.wait(1)
    assert stage.state.index == 1


def test_a_minute_given_in_a_hush_is_a_minute_after_it():
    stage = until_asked(full("ask"))
    stage.maya(c.Hush)
    stage.wait(minutes=5)
    stage.maya(c.AddMinute)
    stage.maya(c.GoOn)
    assert MINUTE <= stage.state.segment_ends_at - stage.now <= 2 * MINUTE


def test_nobody_is_asked_for_more_than_five_minutes():
    stage, asked = full("ask", turn=20), 0
    while stage.state.index == 0:
        for handle in ("tom", "nia", "rosa"):
            if getattr(stage, handle).refused(c.RaiseHand) is None:
                getattr(stage, handle)(c.RaiseHand)
        if stage.state.asked_until:
            asked += 1
            stage.maya(c.AddMinute)
        stage.wait(5)
    assert 1 <= asked <= 5


def test_a_room_that_slept_while_a_hand_was_up_asks_and_does_not_spin():
    stage = full("ask")
    stage.now += 20 * MINUTE
    assert [e.kind_of(event) for event in stage.do(c.Tick(by=c.ROOM))] == ["more_time_asked"]
    assert next_due(stage.state) > stage.now
