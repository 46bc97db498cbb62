"""The round: everyone is offered the floor once, in order, for as long as everybody else."""

from datetime import timedelta

import pytest

from groups.formats.fitting import LEAST_OFFER
from groups.formats.modes import Mode
from groups.formats.shipped import FORMATS
from groups.meeting import commands as c
from groups.meeting import events as e
from groups.meeting.holds import LEAST_READING
from tests.rules.stage import CLOSING, ROUND, Stage, called


def test_a_round_offers_the_floor_to_everyone_chair_first_then_as_they_came():
    stage = Stage(ROUND, CLOSING).begins("tom", "nia", "rosa")
    assert called(stage.wait(minutes=7)) == ["maya", "tom", "nia", "rosa"]


def test_the_chair_goes_first_also_when_the_chair_came_last():
    stage = Stage(ROUND)
    for handle in ("tom", "nia"):
        getattr(stage, handle)(c.Knock, name=handle)
    stage.begins()
    assert stage.state.order == ("maya", "tom", "nia")


@pytest.mark.parametrize(("people", "seconds"), [(1, 60), (5, 60), (8, 40), (12, 25), (20, LEAST_OFFER + 1)])
def test_in_a_round_everyone_gets_the_same(people, seconds):
    """Six minutes; a turn is a minute at most, and a breath of five seconds lies between two."""
    stage = Stage(ROUND, CLOSING, capacity=50)
    for n in range(1, people):
        stage.do(c.Knock(by=f"p{n}", name=f"P{n}"))
    stage.begins()
    given = [event.ends_at - event.at for event in stage.wait(minutes=12) if isinstance(event, e.FloorGiven)]
    assert len(given) == people
    assert all(abs(part.total_seconds() - seconds) <= 1 for part in given), given


def test_a_round_that_goes_quickly_leaves_the_rest_their_full_turn_and_ends_early():
    stage = Stage(ROUND, CLOSING, capacity=50)
    for n in range(1, 11):
        stage.do(c.Knock(by=f"p{n}", name=f"P{n}"))
    stage.begins()
    began = stage.now
    while stage.state.segment.mode == Mode.ROUND:
        stage.wait(5)
        if stage.turn:
            stage.do(c.PassTurn(by=stage.turn))
    assert stage.now - began < timedelta(minutes=2)
    assert stage.kinds().count("floor_given") == 11


def test_a_turn_in_a_round_ends_by_one_share_by_passing_or_by_the_clock():
    stage = Stage(ROUND, CLOSING).begins("tom", "nia")
    stage.wait(5)
    assert stage.tom.refused(c.Share, client_id="1", words="…") == "wait_your_turn"
    assert stage.tom.refused(c.PassTurn) == "turn_is_over"
    stage.maya.shares()
    assert stage.turn is None and stage.maya.refused(c.Share, client_id="2", words="…") == "wait_your_turn"
    stage.wait(LEAST_READING + 5)
    stage.tom(c.PassTurn)
    stage.wait(5 + 60)
    assert [event.how for event in stage.log if isinstance(event, e.TurnEnded)] == ["shared", "passed", "time"]


def test_who_comes_during_a_round_is_offered_the_floor_last_whether_serving_or_not():
    stage = Stage(ROUND, CLOSING).begins("tom")
    stage.nia.comes()
    stage.rosa(c.Knock, name="Rosa")
    stage.rosa.serves("door")
    assert called(stage.wait(minutes=6)) == ["maya", "tom", "nia", "rosa"]


def test_who_had_their_turn_in_a_round_and_comes_back_is_not_offered_another():
    stage = Stage(ROUND, ROUND).begins("tom", "nia")
    stage.wait(5)
    stage.maya(c.PassTurn)
    stage.wait(5)
    stage.tom.shares()
    stage.tom(c.Leave)
    stage.tom(c.Knock, name="Tom")
    assert stage.tom.me.standing == "inside" and stage.state.order == ("nia",)
    stage.maya(c.NextSegment)
    assert stage.state.order == ("maya", "tom", "nia")  # another round, another turn


def test_whose_line_dropped_in_the_middle_of_their_turn_is_offered_another_at_the_end():
    stage = Stage(ROUND, CLOSING).begins("tom", "nia")
    stage.wait(5)
    stage.maya(c.PassTurn)
    stage.wait(5)
    stage.do(c.Unseen(by=c.ROOM, who="tom"))
    assert stage.turn is None and stage.kinds()[-2:] == ["turn_ended", "stepped_away"]
    stage.tom(c.Knock, name="Tom")
    assert stage.state.order == ("nia", "tom")


def test_in_a_round_the_chair_may_call_somebody_earlier_but_nobody_twice():
    stage = Stage(ROUND, CLOSING).begins("tom", "nia")
    stage.maya(c.GiveFloor, who="nia")
    stage.nia.shares()
    assert stage.maya.refused(c.GiveFloor, who="nia") == "hand_is_down"
    assert stage.maya.refused(c.GiveFloor, who="otto") == "not_here"
    stage.maya(c.GiveFloor)
    assert stage.turn == "maya" and stage.state.order == ("tom",)


@pytest.mark.parametrize("key", FORMATS)
@pytest.mark.parametrize("people", [5, 20, 40])
def test_however_many_come_everyone_is_offered_the_floor_and_the_hour_still_ends_in_time(key, people):
    form = FORMATS[key]
    stage = Stage(*form.segments, minutes=form.minutes, capacity=50)
    for n in range(1, people):
        stage.do(c.Knock(by=f"p{n}", name=f"P{n}"))
    stage.begins()
    rounds = sum(segment.mode == Mode.ROUND for segment in form.segments)
    given = called(stage.wait(minutes=form.minutes + 15))  # nobody says a word, so every turn is as long as it can be
    assert len(given) == rounds * people
    assert stage.state.why_closed == "agenda"
    assert stage.state.closed_at <= stage.state.ends_at + timedelta(seconds=30)
