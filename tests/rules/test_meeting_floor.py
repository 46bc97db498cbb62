"""The floor: one voice at a time, open talk, taking words back, the parts of the hour."""

import pytest

from groups.formats.modes import RULES, Mode
from groups.meeting import commands as c
from groups.meeting import events as e
from tests.rules.stage import CLOSING, PLAIN, QUIET, ROUND, SHARES, TALK, UNHEARD, Stage, called

BREATH = RULES[Mode.ONE_VOICE].breath


# --- one voice -------------------------------------------------------------------------------------


def test_hands_are_called_in_the_order_they_went_up():
    stage = Stage(SHARES).begins("tom", "nia", "rosa")
    for who in (stage.nia, stage.rosa, stage.tom):
        who(c.RaiseHand)
        assert who(c.RaiseHand) == []
    assert called(stage.wait(minutes=12)) == ["nia", "rosa", "tom"]


def test_the_chair_may_call_at_once_the_first_hand_or_another():
    stage = Stage(SHARES).begins("tom", "nia", "rosa")
    assert stage.maya.refused(c.GiveFloor) == "no_hand"
    assert stage.maya.refused(c.GiveFloor, who="tom") == "hand_is_down"
    for who in (stage.tom, stage.nia):
        who(c.RaiseHand)
    assert stage.tom.refused(c.GiveFloor) == "for_those_on_duty"
    stage.maya(c.GiveFloor, who="nia")
    assert stage.turn == "nia" and stage.turn_seconds == 180
    assert stage.maya.refused(c.GiveFloor) == "floor_is_taken"
    stage.nia.shares()
    stage.maya(c.GiveFloor)
    assert stage.turn == "tom"


def test_the_room_calls_the_next_after_a_breath():
    stage = Stage(SHARES).begins("tom", "nia")
    stage.tom(c.RaiseHand)
    stage.nia(c.RaiseHand)
    stage.maya(c.GiveFloor)
    stage.tom(c.PassTurn)
    stage.wait(BREATH - 1)
    assert stage.turn is None
    stage.wait(1)
    assert stage.turn == "nia"


def test_a_fresh_hand_leaves_the_chair_ten_seconds_to_call():
    stage = Stage(SHARES).begins("tom", "nia")
    stage.wait(minutes=3)
    stage.tom(c.RaiseHand)
    stage.wait(9)
    stage.nia(c.RaiseHand)
    assert stage.turn is None
    stage.wait(1)
    assert stage.turn == "tom"


def test_a_hand_may_go_down_again():
    stage = Stage(SHARES).begins("tom", "nia")
    stage.tom(c.RaiseHand)
    stage.nia(c.RaiseHand)
    stage.tom(c.LowerHand)
    assert stage.tom(c.LowerHand) == []
    stage.wait(30)
    assert stage.turn == "nia" and stage.nia.refused(c.RaiseHand) == "you_have_the_floor"


def test_no_turn_begins_in_the_last_half_minute():
    stage = Stage(SHARES, CLOSING, minutes=32).begins("tom")
    stage.wait(minutes=29, seconds=25)
    stage.tom(c.RaiseHand)
    stage.wait(34)
    assert stage.turn is None and stage.state.index == 0
    stage.wait(1)
    assert stage.state.index == 1


def test_a_turn_begun_in_time_is_not_cut_by_the_end_of_its_part():
    stage = Stage(SHARES, CLOSING, minutes=32).begins("tom")
    stage.wait(minutes=29)
    stage.tom(c.RaiseHand)
    stage.wait(minutes=2)
    assert stage.turn == "tom" and stage.state.index == 0
    stage.wait(minutes=1, seconds=10)
    assert stage.state.index == 1


def test_some_minutes_are_kept_for_those_not_yet_heard():
    stage = Stage(ROUND, SHARES, UNHEARD).begins("tom", "nia", "rosa")
    stage.wait(5)
    stage.maya.shares("a word in a round is not a share")
    stage.maya(c.NextSegment)
    for who in (stage.tom, stage.nia):
        who(c.RaiseHand)
    stage.maya(c.GiveFloor)
    stage.tom.shares()
    stage.tom(c.RaiseHand)
    stage.maya(c.NextSegment)
    assert stage.tom.refused(c.RaiseHand) == "for_those_not_heard"
    assert stage.maya.refused(c.RaiseHand) is stage.nia.refused(c.RaiseHand) is stage.rosa.refused(c.RaiseHand) is None


@pytest.mark.parametrize("following", [QUIET, ROUND, TALK, CLOSING])
def test_hands_go_down_where_there_are_none(following):
    stage = Stage(SHARES, following).begins("tom")
    stage.tom(c.RaiseHand)
    stage.maya(c.NextSegment)
    assert stage.state.hands == ()


# --- open talk -------------------------------------------------------------------------------------


def test_in_open_talk_everyone_may_speak_a_minute_apart():
    stage = Stage(TALK).begins("tom", "nia")
    stage.tom.shares()
    stage.nia.shares()
    stage.wait(59)
    assert stage.tom.refused(c.Share, client_id="x", words="…") == "a_moment_between"
    stage.wait(1)
    assert stage.tom.refused(c.Share, client_id="x", words="…") is None


# --- taking words back, moving on, everywhere -------------------------------------------------------


def test_a_share_is_taken_back_by_its_own_or_by_those_on_duty_once():
    stage = Stage(TALK).begins("tom", "nia")
    mine, other = stage.tom.shares(), stage.nia.shares()
    assert stage.tom.refused(c.RemoveShare, number=other) == "for_those_on_duty"
    assert stage.otto.refused(c.RemoveShare, number=mine) == "not_here"
    assert stage.maya.refused(c.RemoveShare, number=1) == stage.maya.refused(c.RemoveShare, number=-1) == "no_such_share"
    stage.tom(c.RemoveShare, number=mine)
    assert stage.maya(c.RemoveShare, number=mine) == []
    stage.maya(c.Close)
    stage.maya(c.RemoveShare, number=other, agreement=3)  # also after the hour, until the words are gone
    assert all(mark.removed for mark in stage.state.shares.values())


def test_whose_share_somebody_else_took_out_is_told_why_and_nobody_else_is():
    stage = Stage(TALK).begins("tom", "nia")
    own, other = stage.tom.shares(), stage.nia.shares()
    stage.tom(c.RemoveShare, number=own)
    assert "taken" not in stage.tom.sees(), "they did it themselves"
    stage.maya(c.RemoveShare, number=other, agreement=2)
    assert stage.nia.sees()["taken"] == [{"number": other, "agreement": 2}]
    assert "taken" not in stage.tom.sees() and "taken" not in stage.maya.sees()
    stage.wait(minutes=2)
    another = stage.nia.shares()
    stage.maya(c.RemoveShare, number=another)
    assert stage.nia.sees()["taken"][1:] == [{"number": another, "agreement": None}]


def test_the_same_share_again_is_the_same_share():
    stage = Stage(TALK).begins("tom", "nia")
    stage.tom.shares(client_id="one")
    stage.wait(minutes=2)
    assert stage.tom(c.Share, client_id="one", words="…") == []
    assert stage.nia(c.Share, client_id="one", words="…") != []  # another person's number one


def test_moving_on_ends_the_turn_and_after_the_last_part_the_hour():
    stage = Stage(SHARES, CLOSING).begins("tom")
    stage.tom(c.RaiseHand)
    stage.maya(c.GiveFloor)
    assert [e.kind_of(event) for event in stage.maya(c.NextSegment)] == ["turn_ended", "segment_began"]
    assert stage.maya(c.NextSegment) == [e.MeetingClosed(at=stage.now, why="agenda")]


@pytest.mark.parametrize("mode", Mode)
def test_what_each_mode_allows(mode):
    stage = Stage(PLAIN[mode]).begins("tom")
    speak = {"nobody": "no_words_now", "turn": "wait_your_turn", "anyone": None}[RULES[mode].words]
    assert stage.tom.refused(c.Share, client_id="1", words="…") == speak
    assert stage.tom.refused(c.RaiseHand) == (None if mode == Mode.ONE_VOICE else "no_hands_now")
    assert stage.tom.refused(c.PassTurn) == "turn_is_over"
    assert stage.maya.refused(c.EndTurn) == "nobody_has_the_floor"
    assert stage.maya.refused(c.AddMinute) is stage.maya.refused(c.NextSegment) is stage.maya.refused(c.Close) is None
    calling = {Mode.ROUND: None, Mode.ONE_VOICE: "no_hand"}.get(mode, "no_hands_now")
    assert stage.maya.refused(c.GiveFloor) == calling
    assert stage.state.phase == ("closing" if mode == Mode.CLOSING else "open")


# --- two taps ---------------------------------------------------------------------------------------


def test_a_second_tap_on_next_skips_no_part():
    stage = Stage(QUIET, SHARES, CLOSING).begins("tom")
    assert stage.maya(c.NextSegment, index=0)
    assert stage.maya(c.NextSegment, index=0) == []
    assert stage.state.index == 1


def test_a_second_tap_on_end_turn_ends_nobody_elses_turn():
    stage = Stage(ROUND).begins("tom", "nia")
    stage.wait(RULES[Mode.ROUND].breath)
    first = stage.turn
    stage.maya(c.EndTurn, who=first)
    stage.wait(RULES[Mode.ROUND].breath)
    second = stage.turn
    assert second not in (None, first)
    assert stage.maya(c.EndTurn, who=first) == [] and stage.turn == second


def test_a_word_in_a_round_starts_no_wait_in_the_talk_that_follows():
    stage = Stage(ROUND, TALK).begins("tom")
    stage.wait(RULES[Mode.ROUND].breath)
    stage.maya.shares()
    stage.maya(c.NextSegment, index=0)
    assert stage.maya.shares()
