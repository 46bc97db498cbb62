"""Sharing: written while waiting, read at one pace by all, and never left without an answer."""

from datetime import timedelta

import msgspec
import pytest

from groups.formats.modes import RULES, Mode
from groups.meeting import commands as c
from groups.meeting import events as e
from groups.meeting.holds import LEAST_READING, MOST_READING, reading_time
from groups.meeting.views import desk_view, floor_view
from tests.rules.stage import CLOSING, PLAIN, QUIET, ROUND, SHARES, TALK, Stage

BREATH = RULES[Mode.ONE_VOICE].breath
SECONDS = timedelta(seconds=1)
LONG = "word " * 200  # a minute of reading


def called(stage, *handles):
    """These hands go up, and the first is called."""
    for handle in handles:
        getattr(stage, handle)(c.RaiseHand)
    stage.maya(c.GiveFloor)
    return stage


def everything_sent(stage):
    """All that anybody is handed, whoever they are: entries and views."""
    heads, seen = {}, []
    for event in stage.log:
        heads[event.stream] = heads.get(event.stream, 0) + 1
        if event.stream != "quiet":
            seen.append(e.wire(event, heads[event.stream]))
    views = [floor_view(stage.state), desk_view(stage.state, stage.now)]
    return msgspec.json.encode([seen, views]).decode()


# --- words and notes -----------------------------------------------------------------------------------


def test_a_note_goes_before_a_share_so_that_others_open_it_by_choice():
    stage = called(Stage(SHARES).begins("tom", "nia"), "tom")
    shared = stage.tom(c.Share, client_id="1", words="about the day", note="grief")[0]
    assert e.wire(shared, 9) | {"at": None} == {
        "number": 9, "kind": "shared", "at": None, "name": "Tom", "note": "grief", "reading": LEAST_READING, "words": "about the day",
    }


@pytest.mark.parametrize(("words", "seconds"), [("one", LEAST_READING), (LONG, 60), ("a word " * 2000, MOST_READING), ("ü" * 4000, LEAST_READING)])
def test_reading_takes_as_long_as_it_takes_within_reason(words, seconds):
    assert reading_time(words) == seconds


def test_the_next_is_called_when_the_share_was_read_and_after_a_breath():
    stage = called(Stage(SHARES).begins("tom", "nia"), "tom", "nia")
    stage.tom.shares(LONG)
    stage.wait(60 + BREATH - 1)
    assert stage.turn is None
    stage.wait(1)
    assert stage.turn == "nia"


def test_a_slow_writer_and_a_fast_one_cost_the_same_in_a_round():
    """Six minutes for eight are 45 seconds each with the breath, however long the shares are."""
    stage = Stage(ROUND, CLOSING, capacity=50)
    for n in range(1, 8):
        stage.do(c.Knock(by=f"p{n}", name=f"P{n}"))
    stage.begins()
    given = []
    while stage.state.segment.mode == Mode.ROUND:
        for event in stage.wait(5):
            if isinstance(event, e.FloorGiven):
                given.append((event.ends_at - event.at).total_seconds())
        if stage.turn and stage.turn_seconds <= 12:
            stage.do(c.Share(by=stage.turn, client_id=str(len(stage.log)), words=LONG))
    assert len(given) == 8 and min(given) >= 39, given


def test_a_part_does_not_end_before_its_last_share_was_read():
    stage = Stage(SHARES, CLOSING, minutes=32).begins("tom", "nia")
    stage.wait(minutes=29)
    stage.tom(c.RaiseHand)
    stage.wait(50)
    stage.tom.shares(LONG)
    stage.wait(59)
    assert stage.state.index == 0
    assert stage.nia.refused(c.Hear) is None, "there is time to say that one heard it"
    stage.wait(1)
    assert stage.state.index == 1


def test_the_time_to_read_stands_still_while_the_floor_rests():
    stage = Stage(SHARES, CLOSING, minutes=32).begins("tom", "nia")
    stage.wait(minutes=29)
    stage.tom(c.RaiseHand)
    stage.wait(50)
    stage.tom.shares(LONG)
    stage.wait(10)
    stage.maya(c.Hush)
    stage.wait(minutes=2)
    stage.maya(c.GoOn)
    stage.wait(49)
    assert stage.state.index == 0
    stage.wait(1)
    assert stage.state.index == 1


# --- a little longer -----------------------------------------------------------------------------------


def test_whoever_has_the_floor_may_ask_for_longer_once_and_is_never_refused():
    stage = called(Stage(msgspec.structs.replace(SHARES, extension=90)).begins("tom", "nia"), "tom")
    assert stage.nia.refused(c.Extend) == "turn_is_over" and stage.tom.sees()["may_extend"]
    assert stage.tom(c.Extend) == [e.TimeAdded(at=stage.now, by="tom", seconds=90, to="turn")]
    assert stage.turn_seconds == 180 + 90
    assert stage.tom.refused(c.Extend) == "asked_once" and not stage.tom.sees()["may_extend"]
    stage.maya(c.AddMinute)
    assert stage.turn_seconds == 180 + 90 + 60


def test_a_minute_from_the_chair_does_not_use_up_ones_own_asking():
    stage = called(Stage(SHARES).begins("tom"), "tom")
    stage.maya(c.AddMinute)
    assert stage.tom.refused(c.Extend) is None


def test_the_next_turn_may_be_longer_again():
    stage = called(Stage(SHARES).begins("tom", "nia"), "tom", "nia")
    stage.tom(c.Extend)
    stage.tom.shares()
    stage.maya(c.GiveFloor)
    assert stage.turn == "nia" and stage.nia.refused(c.Extend) is None


# --- the group heard you -------------------------------------------------------------------------------


def test_the_group_heard_you_is_told_to_the_sharer_alone_when_the_room_moves_on():
    stage = called(Stage(SHARES).begins("tom", "nia", "rosa"), "tom", "rosa")
    stage.tom.shares()
    for who in (stage.nia, stage.rosa):
        assert [event.stream for event in who(c.Hear)] == ["quiet"]
        assert who(c.Hear) == [], "once each"
    assert stage.tom.me.heard is None and "heard" not in stage.tom.sees()
    stage.wait(60)
    assert stage.turn == "rosa" and stage.tom.sees()["heard"] == "group"
    assert not any("heard" in who.sees() for who in (stage.maya, stage.nia, stage.rosa))


@pytest.mark.parametrize("moves_on", [c.NextSegment, c.Close])
def test_where_nobody_pressed_the_chairs_thanks_stand_in_however_the_room_moves_on(moves_on):
    stage = called(Stage(SHARES, CLOSING).begins("tom"), "tom")
    stage.tom.shares()
    stage.maya(moves_on)
    assert stage.tom.sees()["heard"] == "thanks"


def test_one_hears_others_not_oneself_and_only_the_share_that_is_in_the_room_now():
    stage = called(Stage(SHARES, TALK).begins("tom", "nia"), "tom")
    assert stage.nia.refused(c.Hear) == "no_such_share", "nothing was said yet"
    stage.tom.shares()
    assert stage.tom(c.Hear) == [] and stage.otto.refused(c.Hear) == "not_here"
    stage.maya(c.NextSegment)
    assert stage.nia.refused(c.Hear) == "no_such_share"


def test_another_share_tells_the_one_before_and_a_new_share_waits_for_its_own_answer():
    stage = Stage(TALK).begins("tom", "nia")
    stage.tom.shares()
    stage.nia(c.Hear)
    stage.nia.shares()
    assert stage.tom.sees()["heard"] == "group" and "heard" not in stage.nia.sees()
    stage.wait(60)
    stage.tom.shares()
    assert "heard" not in stage.tom.sees() and stage.nia.sees()["heard"] == "thanks"


def test_a_share_that_was_taken_out_is_not_heard_and_nobody_is_told_so():
    stage = called(Stage(SHARES, CLOSING).begins("tom", "nia"), "tom")
    number = stage.tom.shares()
    stage.nia(c.Hear)
    stage.maya(c.RemoveShare, number=number, agreement=2)
    assert stage.nia.refused(c.Hear) == "no_such_share"
    stage.maya(c.NextSegment)
    assert "heard" not in stage.tom.sees()


def test_who_heard_and_how_many_is_on_no_wire():
    def evening(*hearing):
        stage = called(Stage(SHARES, CLOSING).begins("tom", "nia", "rosa"), "tom")
        stage.tom.shares("…", client_id="1")
        for handle in hearing:
            getattr(stage, handle)(c.Hear)
        stage.maya(c.NextSegment)
        return everything_sent(stage)

    assert evening("nia") == evening("nia", "rosa", "maya") == evening()


# --- one step off-screen -------------------------------------------------------------------------------


def test_what_one_takes_away_is_ones_own_last_step():
    step = msgspec.structs.replace(ROUND, step=True)
    stage = Stage(step, CLOSING).begins("tom")
    stage.maya(c.GiveFloor, who="tom")
    number = stage.tom.shares("a walk")
    assert stage.tom.sees()["step"] == number and "step" not in stage.maya.sees()


@pytest.mark.parametrize("mode", [Mode.ROUND, Mode.ONE_VOICE])
def test_where_everyone_takes_their_turn_there_is_no_passing(mode):
    stage = Stage(msgspec.structs.replace(PLAIN[mode], pass_ok=False), QUIET).begins()
    if mode == Mode.ONE_VOICE:
        stage.maya(c.RaiseHand)
    stage.maya(c.GiveFloor)
    assert stage.maya.refused(c.PassTurn) == ("no_passing" if mode == Mode.ROUND else None)
