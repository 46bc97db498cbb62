"""Resting: a hush stops everything until somebody goes on; a lost chair lets the floor wait."""

from datetime import timedelta

import pytest

from groups.formats.modes import Mode
from groups.meeting import commands as c
from groups.meeting import events as e
from groups.meeting.clockwork import OVERRUN, RESTED, next_due
from groups.meeting.duty import TAKEN_OVER
from tests.rules.stage import CLOSING, PLAIN, ROUND, SHARES, TALK, Stage
from tests.steps import asked_to_leave

MINUTES = timedelta(minutes=1)


def hushed(*agenda, people=("tom", "nia")):
    """The hour runs, Rosa stands beside Maya, Tom has his hand up; then Maya hushes."""
    stage = Stage(*(agenda or (SHARES, CLOSING))).begins(*people)
    stage.rosa.comes().serves("second")
    if stage.state.rules.hands:
        stage.tom(c.RaiseHand)
    stage.maya(c.Hush)
    return stage


# --- hush ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", Mode)
def test_in_a_hush_nothing_is_said_nobody_is_called_and_no_part_ends_whatever_the_mode(mode):
    stage = hushed(PLAIN[mode], CLOSING)
    assert stage.tom.refused(c.Share, client_id="1", words="…") == "floor_hushed"
    assert stage.maya.refused(c.NextSegment) == "hushed"
    assert stage.maya.refused(c.GiveFloor) == "hushed"
    assert stage.tom.sees()["doing"] == "paused"
    assert stage.wait(minutes=40) == []


def test_in_a_hush_nobody_is_let_in_who_is_not_there_to_help():
    stage = hushed()
    stage.vera(c.Knock, name="Vera")
    for command, facts in ((c.Admit, {"who": "vera"}), (c.AdmitAll, {}), (c.AdmitKnown, {})):
        assert stage.rosa.refused(command, **facts) == "hushed"
    stage.rosa(c.Decline, who="vera")
    stage.otto.serves("door")
    assert stage.otto.me.standing == "inside"


def test_whose_line_drops_in_a_hush_waits_and_comes_straight_back_when_it_is_over():
    stage = hushed()
    stage.do(c.Unseen(by=c.ROOM, who="nia"))
    stage.nia(c.Knock, name="Nia")
    stage.vera(c.Knock, name="Vera")
    assert stage.nia.me.standing == "waiting"
    stage.rosa(c.GoOn)
    assert stage.nia.me.standing == "inside" and stage.vera.me.standing == "waiting"


def test_going_on_takes_up_where_the_hush_began():
    stage = Stage(SHARES, CLOSING).begins("tom", "nia")
    stage.tom(c.RaiseHand)
    stage.nia(c.RaiseHand)
    stage.maya(c.GiveFloor)
    stage.wait(60)
    part = stage.state.segment_ends_at
    stage.maya(c.Hush)
    assert stage.maya(c.Hush) == []
    stage.wait(minutes=3)
    assert stage.maya(c.GoOn) == [e.FloorResumed(at=stage.now, late=180)]
    assert stage.maya(c.GoOn) == []
    assert stage.turn == "tom" and stage.turn_seconds == 120 and stage.state.segment_ends_at == part + 3 * MINUTES


def test_only_those_on_duty_hush_and_go_on_and_only_while_the_hour_is_on():
    stage = Stage(SHARES)
    stage.tom(c.Knock, name="Tom")
    stage.maya.serves("chair")
    assert stage.maya.refused(c.Hush) == "door_not_open"
    stage.begins()
    assert stage.tom.refused(c.Hush) == stage.otto.refused(c.Hush) == "for_those_on_duty"
    stage.maya(c.Hush)
    assert stage.tom.refused(c.GoOn) == "for_those_on_duty"
    stage.maya(c.Close)
    assert stage.maya.refused(c.Hush) == "meeting_over" and stage.maya(c.GoOn) == []


def test_a_hush_is_not_broken_because_a_chair_is_seen_again_and_not_closed_because_it_is_long():
    stage = hushed()
    assert stage.do(c.HoldLost(by=c.ROOM)) == stage.do(c.HoldTaken(by=c.ROOM)) == []
    assert stage.wait(RESTED.total_seconds() + 60) == []
    assert next_due(stage.state) == stage.state.ends_at + OVERRUN
    stage.rosa(c.GoOn)
    assert stage.state.pause is None


def test_even_a_hush_ends_with_the_hour():
    stage = hushed()
    stage.wait(minutes=80)
    assert (stage.state.phase, stage.state.why_closed) == ("sealed", "hour_over") and stage.is_as_its_log()


def test_who_hushes_a_floor_that_rests_for_its_chair_stops_it_for_good():
    stage = Stage(SHARES, CLOSING).begins("tom")
    stage.rosa.comes().serves("second")
    part = stage.state.segment_ends_at
    stage.do(c.HoldLost(by=c.ROOM))
    stage.wait(30)
    stage.rosa(c.Hush)
    assert stage.state.hushed and stage.do(c.HoldTaken(by=c.ROOM)) == []
    stage.wait(30)
    stage.rosa(c.GoOn)
    assert stage.state.segment_ends_at == part + MINUTES and stage.state.pause is None


def test_a_hush_whose_chair_went_goes_on_into_a_rest_until_somebody_chairs():
    stage = hushed()
    stage.maya(c.Leave)
    stage.wait(30)
    assert [e.kind_of(event) for event in stage.rosa(c.GoOn)] == ["floor_resumed", "floor_paused"]
    assert stage.state.pause.why == "chair_away" and stage.rosa.sees()["may_lead_from"] == stage.now + TAKEN_OVER


def test_a_hush_that_nobody_holds_any_more_is_taken_over():
    stage = Stage(SHARES, CLOSING).begins("tom")
    stage.maya(c.Hush)
    stage.do(c.Unseen(by=c.ROOM, who="maya"))
    assert stage.maya.me.standing == "left" and stage.state.hushed
    stage.wait(TAKEN_OVER.total_seconds())
    stage.tom(c.TakeDuty, duty="chair")
    assert stage.state.hushed, "taking the chair does not end a hush by the way"
    stage.tom(c.GoOn)
    assert stage.state.pause is None and stage.is_as_its_log()


def test_in_a_hush_a_turn_may_be_given_back_and_the_next_is_not_called():
    stage = Stage(SHARES, CLOSING).begins("tom", "nia")
    stage.tom(c.RaiseHand)
    stage.nia(c.RaiseHand)
    stage.maya(c.GiveFloor)
    stage.maya(c.Hush)
    stage.wait(60)
    stage.tom(c.PassTurn)
    stage.wait(60)
    assert stage.turn is None and stage.nia.sees()["place"] == 1
    stage.maya(c.GoOn)
    stage.wait(20)
    assert stage.turn == "nia"


def test_in_a_hush_words_can_still_be_taken_out_and_somebody_asked_to_leave():
    stage = Stage(TALK, CLOSING).begins("tom", "nia")
    number = stage.tom.shares()
    stage.maya(c.Hush)
    stage.maya(c.RemoveShare, number=number, agreement=4)
    stage.maya(asked_to_leave, who="tom", agreement=4)
    assert stage.tom.me.standing == "out" and stage.state.shares[number].removed and stage.state.hushed


# --- the floor waits for its chair -----------------------------------------------------------------------


@pytest.mark.parametrize(("helper", "why"), [(None, "nobody_on_duty"), ("second", "chair_away")])
def test_the_floor_says_calmly_why_it_rests(helper, why):
    stage = Stage(ROUND, CLOSING).begins("tom")
    if helper:
        stage.tom.serves(helper)
    assert stage.do(c.HoldLost(by=c.ROOM)) == [e.FloorPaused(at=stage.now, why=why)]
    assert stage.tom.refused(c.Share, client_id="1", words="…") == "floor_paused"
    assert stage.maya.refused(c.NextSegment) == "floor_paused"
    stage.wait(20)
    assert stage.do(c.HoldTaken(by=c.ROOM)) == [e.FloorResumed(at=stage.now, late=20)]


def test_people_come_in_and_are_let_in_while_the_floor_rests_for_its_chair():
    stage = Stage(SHARES, CLOSING).begins("tom")
    stage.rosa.comes().serves("door")
    stage.do(c.HoldLost(by=c.ROOM))
    stage.vera(c.Knock, name="Vera")
    stage.rosa(c.Admit, who="vera")
    assert stage.vera.me.standing == "inside"
