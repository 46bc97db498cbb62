"""The clock: turns and parts of the hour end by themselves, added minutes, resting, the end."""

from datetime import timedelta

import pytest

from groups.formats.fitting import fit
from groups.formats.modes import Mode
from groups.formats.shipped import FORMATS
from groups.meeting import commands as c
from groups.meeting import events as e
from groups.meeting.clockwork import NOBODY_CAME, OVERRUN, RESTED, next_due
from tests.rules.stage import CLOSING, HOUR, PLAIN, QUIET, ROUND, SEVEN, SHARES, TALK, Stage

MINUTES = timedelta(minutes=1)


def lose_everybody_on_duty(stage):
    stage.do(c.HoldLost(by=c.ROOM))


def find_them_again(stage):
    return stage.do(c.HoldTaken(by=c.ROOM))


# --- beginning and ending ----------------------------------------------------------------------------


@pytest.mark.parametrize("late", [-1, 0, 4, 9])
def test_an_hour_begun_early_or_late_ends_when_it_was_to_end(late):
    stage = Stage(QUIET, SHARES, TALK, CLOSING, minutes=45).begins("tom", at=SEVEN + late * MINUTES)
    stage.wait(minutes=50)
    assert (stage.state.why_closed, stage.state.closed_at) == ("agenda", stage.state.ends_at)


@pytest.mark.parametrize("key", FORMATS)
@pytest.mark.parametrize("late", [-1, 0, 4, 9])
def test_every_format_runs_whole_and_in_its_time_when_everybody_takes_their_turn(key, late):
    form = FORMATS[key]
    stage = Stage(*form.segments, minutes=form.minutes).begins("tom", "nia", "rosa", "vera", at=SEVEN + late * MINUTES)
    while stage.state.phase != "sealed":
        stage.wait(15)
        for who in (stage.tom, stage.nia):
            if who.refused(c.RaiseHand) is None:
                who(c.RaiseHand)
        if stage.turn:
            stage.do(c.Share(by=stage.turn, client_id=str(len(stage.log)), words="…"))
    assert stage.state.why_closed == "agenda"
    assert stage.state.closed_at <= stage.state.ends_at
    assert [event.index for event in stage.log if isinstance(event, e.SegmentBegan)] == list(range(len(form.segments)))
    assert stage.is_as_its_log()


def test_what_a_quick_round_leaves_over_goes_to_the_part_that_grows():
    stage = Stage(ROUND, SHARES, CLOSING, minutes=38).begins()
    stage.wait(5)
    stage.maya(c.PassTurn)
    stage.wait(5)
    assert stage.state.segment is SHARES
    assert stage.state.segment_ends_at == stage.state.ends_at - 2 * MINUTES


def test_a_meeting_whose_door_nobody_opens_closes_ten_minutes_past_the_hour():
    stage = Stage()
    stage.tom(c.Knock, name="Tom")
    assert next_due(stage.state) == SEVEN + NOBODY_CAME
    stage.wait(minutes=24, seconds=59)
    assert stage.state.phase == "lobby"
    stage.wait(1)
    assert (stage.state.phase, stage.state.why_closed) == ("sealed", "nobody_served")


@pytest.mark.parametrize("mode", Mode)
def test_the_hour_ends_by_itself_whatever_the_mode(mode):
    stage = Stage(PLAIN[mode]).begins("tom", "nia")
    stage.wait(minutes=80)
    assert stage.state.phase == "sealed" and next_due(stage.state) is None
    assert stage.is_as_its_log()


def test_however_much_is_added_the_room_closes_a_quarter_of_an_hour_past_the_end():
    stage = Stage(SHARES, CLOSING, minutes=32).begins("tom")
    while stage.state.phase != "sealed":
        for who, command in ((stage.tom, c.RaiseHand), (stage.maya, c.AddMinute)):
            if who.refused(command) is None:
                who(command)
        stage.wait(20)
    assert stage.state.closed_at <= stage.state.ends_at + OVERRUN


def test_a_room_that_slept_through_the_hour_closes_it_when_it_wakes():
    stage = Stage(SHARES, CLOSING).begins("tom")
    stage.now += 2 * HOUR
    assert stage.do(c.Tick(by=c.ROOM)) == [e.MeetingClosed(at=stage.now, why="hour_over")]


def test_a_room_that_slept_through_a_part_goes_on_with_the_next_and_gives_it_its_time():
    stage = Stage(TALK, SHARES, CLOSING, minutes=40).begins("tom")
    stage.now += 25 * MINUTES
    stage.do(c.Tick(by=c.ROOM))
    assert stage.state.index == 1
    assert stage.state.segment_ends_at == fit((SHARES, CLOSING), stage.now, stage.state.ends_at)[0]


def test_looking_at_the_clock_twice_is_looking_once():
    stage = Stage(SHARES, CLOSING).begins("tom")
    stage.tom(c.RaiseHand)
    stage.now += 20 * MINUTES
    assert stage.do(c.Tick(by=c.ROOM)) != []
    assert stage.do(c.Tick(by=c.ROOM)) == []


# --- added minutes -----------------------------------------------------------------------------------


def test_a_minute_is_added_to_the_turn_up_to_five():
    stage = Stage(SHARES).begins("tom")
    assert stage.tom.refused(c.AddMinute) == "for_those_on_duty"
    stage.tom(c.RaiseHand)
    stage.maya(c.GiveFloor)
    ends_at = stage.state.segment_ends_at
    for _ in range(5):
        stage.maya(c.AddMinute)
    assert stage.turn_seconds == 180 + 5 * 60
    assert stage.state.segment_ends_at == ends_at
    assert stage.maya.refused(c.AddMinute) == "enough_added"
    stage.wait(180 + 5 * 60)
    assert stage.log[-1].how == "time"


def test_a_minute_is_added_to_the_part_when_nobody_has_the_floor_up_to_five():
    stage = Stage(QUIET, TALK, CLOSING).begins("tom")
    for _ in range(5):
        stage.maya(c.AddMinute)
    assert stage.maya.refused(c.AddMinute) == "enough_added"
    stage.wait(minutes=6)
    assert stage.state.index == 1
    stage.maya(c.AddMinute)  # another part, another five


# --- resting -----------------------------------------------------------------------------------------


def test_while_nobody_on_duty_is_here_the_floor_rests_and_every_deadline_moves():
    stage = Stage(SHARES, CLOSING).begins("tom")
    stage.tom(c.RaiseHand)
    stage.maya(c.GiveFloor)
    turn, part, hour = stage.state.turn.ends_at, stage.state.segment_ends_at, stage.state.ends_at
    lose_everybody_on_duty(stage)
    assert stage.do(c.HoldLost(by=c.ROOM)) == []
    assert stage.tom.refused(c.Share, client_id="1", words="…") == "floor_paused"
    assert stage.wait(minutes=9) == []
    assert find_them_again(stage) == [e.FloorResumed(at=stage.now, late=540)]
    assert find_them_again(stage) == []
    assert stage.state.turn.ends_at == turn + 9 * MINUTES
    assert stage.state.segment_ends_at == part + 9 * MINUTES
    assert stage.state.ends_at == hour
    assert stage.tom.refused(c.Share, client_id="1", words="…") is None


def test_while_the_floor_rests_nobody_is_called_and_the_hour_does_not_move_on():
    stage = Stage(SHARES, CLOSING).begins("tom")
    stage.tom(c.RaiseHand)
    lose_everybody_on_duty(stage)
    assert stage.maya.refused(c.GiveFloor) == stage.maya.refused(c.NextSegment) == "floor_paused"
    assert stage.wait(minutes=5) == []


def test_a_floor_that_rested_ten_minutes_closes():
    stage = Stage(SHARES, CLOSING).begins("tom")
    lose_everybody_on_duty(stage)
    assert next_due(stage.state) == stage.now + RESTED
    stage.wait(minutes=10)
    assert stage.state.why_closed == "nobody_on_duty"


def test_a_turn_that_ended_while_the_floor_rested_is_followed_by_a_breath_not_by_a_long_silence():
    stage = Stage(ROUND, CLOSING).begins("tom", "nia")
    stage.wait(5)
    lose_everybody_on_duty(stage)
    stage.wait(minutes=4)
    stage.maya(c.PassTurn)
    stage.wait(minutes=2)
    find_them_again(stage)
    stage.wait(5)
    assert stage.turn == "tom"


def test_a_hand_raised_while_the_floor_rested_is_called_soon_after():
    stage = Stage(SHARES, CLOSING).begins("tom")
    stage.wait(minutes=1)
    lose_everybody_on_duty(stage)
    stage.wait(minutes=4)
    stage.tom(c.RaiseHand)
    stage.wait(minutes=4)
    find_them_again(stage)
    assert stage.turn is None
    stage.wait(10)
    assert stage.turn == "tom"


def test_with_the_last_on_duty_the_floor_rests_until_somebody_serves_again():
    stage = Stage(SHARES, CLOSING).begins("tom")
    stage.maya(c.RaiseHand)
    stage.maya(c.GiveFloor)
    stage.wait(30)
    assert [e.kind_of(event) for event in stage.maya(c.Leave)] == ["turn_ended", "stepped_away", "floor_paused"]
    assert stage.state.pause.why == "nobody_on_duty"
    assert find_them_again(stage) == []
    stage.wait(60)
    stage.maya(c.Knock, name="Maya")
    assert stage.state.pause is not None
    stage.maya.serves("chair")
    assert stage.log[-1] == e.FloorResumed(at=stage.now, late=60)
    assert stage.is_as_its_log()


def test_in_the_lobby_and_after_the_close_nothing_rests():
    stage = Stage()
    assert stage.do(c.HoldLost(by=c.ROOM)) == []
    stage.begins().maya(c.Close)
    assert stage.do(c.HoldLost(by=c.ROOM)) == stage.do(c.HoldTaken(by=c.ROOM)) == []
