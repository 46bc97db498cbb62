"""Steps, emergencies, undoing, concern: what those on duty may do about somebody, and what follows."""

from datetime import timedelta
from itertools import product

import pytest

from groups.conduct.ladder import EMERGENCIES, LADDER, LISTEN_FOR, height, is_next, out_for
from groups.meeting import commands as c
from groups.meeting import commands_safety as s
from groups.meeting import events as e
from tests.rules.stage import ROUND, SHARES, TALK, Stage

STEPS = ("warn", "listen", "leave")


@pytest.fixture
def stage():
    """Maya chairs; Tom and Nia are inside, in a part where anybody may speak."""
    return Stage(TALK, agreements=5, contact_agreement=3).begins("tom", "nia")


@pytest.mark.parametrize(("before", "step"), list(product((None, *LADDER), STEPS)))
def test_a_step_follows_the_one_before_or_stays_below_it(stage, before, step):
    """The whole table: nobody climbs two rungs at once, whatever was done on other evenings."""
    allowed = height(step) <= height(before) + 1
    assert is_next(step, before) == allowed
    reason = stage.maya.refused(s.TakeStep, who="tom", step=step, agreement=1, earlier=before)
    assert reason == (None if allowed else f"{step}_later")


def test_tonights_steps_count_as_well_as_earlier_ones(stage):
    for step in STEPS:
        stage.maya(s.TakeStep, who="tom", step=step, agreement=2)
    assert stage.state.people["tom"].standing == "out"
    assert stage.tom.sees()["agreement"] == 2 and stage.tom.refused(c.Knock, name="Tom") == "left_for_tonight"


@pytest.mark.parametrize("number", [0, -1, 6, None])
def test_every_step_names_an_agreement_there_is(stage, number):
    for command, facts in ((s.TakeStep, {"step": "warn"}), (s.RemoveNow, {"why": "threats"})):
        assert stage.maya.refused(command, who="tom", agreement=number, **facts) == "which_agreement"


def test_only_those_on_duty_take_steps_and_never_against_each_other_or_themselves(stage):
    stage.nia.serves("second")
    for by, who in (("tom", "nia"), ("tom", "tom"), ("maya", "nia"), ("nia", "maya"), ("maya", "maya")):
        word = "for_those_on_duty" if by == "tom" else "they_serve_too"
        player = getattr(stage, by)
        assert player.refused(s.TakeStep, who=who, step="warn", agreement=1) == word
        assert player.refused(s.RemoveNow, who=who, why="threats", agreement=1) == word


def test_nobody_is_put_out_who_never_came_or_was_declined_or_is_out(stage):
    stage.vera(c.Knock, name="Vera")
    stage.maya(c.Decline, who="vera")
    stage.maya(s.RemoveNow, who="tom", why="threats", agreement=1)
    for who in ("otto", "vera", "tom"):
        assert stage.maya.refused(s.RemoveNow, who=who, why="threats", agreement=1) == "not_here", who


def test_a_word_is_for_one_alone_and_takes_nothing_away(stage):
    assert [event.stream for event in stage.maya(s.TakeStep, who="tom", step="warn", agreement=1)] == ["desk"]
    assert (stage.tom.sees()["rung"], stage.tom.sees()["doing"]) == ("warn", "open")
    assert "rung" not in stage.nia.sees()
    stage.tom.shares()


def test_listening_lasts_ten_minutes_and_ends_by_itself():
    stage = Stage(SHARES, agreements=5).begins("tom", "nia")
    stage.tom(c.RaiseHand)
    stage.maya(c.GiveFloor)
    happened = stage.maya(s.TakeStep, who="tom", step="listen", agreement=1, earlier="warn")
    assert [type(event) for event in happened] == [e.TurnEnded, e.ListenOnly]
    assert stage.tom.refused(c.RaiseHand) == "listen_only" and stage.tom.sees()["doing"] == "silenced"
    assert stage.tom.refused(c.Share, client_id="1", words="…") == "listen_only"
    assert stage.tom.refused(c.WriteLine, client_id="2", words="Why?") is None, "the private line works"
    assert not [one for one in stage.wait(LISTEN_FOR.total_seconds() - 1) if isinstance(one, e.ListeningOver)]
    assert [one.who for one in stage.wait(2) if isinstance(one, e.ListeningOver)] == ["tom"]
    assert stage.tom.refused(c.RaiseHand) is None


def test_listening_can_be_ended_sooner(stage):
    stage.maya(s.TakeStep, who="tom", step="listen", agreement=1, earlier="warn")
    stage.maya(s.EndListening, who="tom")
    assert stage.tom.refused(c.Share, client_id="1", words="…") is None and stage.maya(s.EndListening, who="tom") == []


def test_whoever_listens_is_not_offered_a_round():
    stage = Stage(TALK, ROUND, agreements=5).begins("tom", "nia")
    stage.maya(s.TakeStep, who="tom", step="listen", agreement=1, earlier="warn")
    stage.maya(c.NextSegment)
    assert stage.state.order == ("maya", "nia")
    stage.maya(s.EndListening, who="tom")
    assert stage.state.order[-1] == "tom", "and comes last, once they may speak again"


@pytest.mark.parametrize("why", EMERGENCIES)
def test_an_emergency_skips_the_steps_and_takes_everything_out(stage, why):
    first = stage.tom.shares("one")
    stage.wait(minutes=2)
    second = stage.tom.shares("two")
    happened = stage.maya(s.RemoveNow, number=second, why=why, agreement=3)
    assert [event.share for event in happened if isinstance(event, e.ShareRemoved)] == [first, second]
    [out] = [event for event in happened if isinstance(event, e.PutOut)]
    assert (out.who, out.emergency, out.agreement) == ("tom", why, 3)
    floor = [event for event in happened if event.stream == "floor"]
    assert {type(event) for event in floor} == {e.ShareRemoved}, "in the room a share went, and nobody is named"


def test_whoever_is_out_at_once_is_told_for_how_long(stage):
    stage.maya(s.RemoveNow, who="tom", why="threats", agreement=3, days=7)
    stage.maya(s.RemoveNow, who="nia", why="threats", agreement=3)
    assert stage.tom.sees()["out_days"] == 7 and "out_days" not in stage.nia.sees()


@pytest.mark.parametrize(("by", "about", "days"), [(True, False, 7), (False, False, 2), (True, True, None), (False, True, None)])
def test_how_long_an_emergency_keeps_somebody_out(by, about, days):
    """Nobody who serves bars somebody who looks after the group: they are out for the day."""
    assert out_for(by, about) == (None if days is None else timedelta(days=days))


def test_whoever_already_went_away_can_still_be_put_out(stage):
    stage.tom(c.Leave)
    assert stage.maya.refused(s.TakeStep, who="tom", step="leave", agreement=1, earlier="listen") == "not_here"
    stage.maya(s.RemoveNow, who="tom", why="solicitation", agreement=3)
    assert stage.tom.refused(c.Knock, name="Tom") == "left_for_tonight"


def test_all_of_the_last_minutes_goes_and_nothing_before(stage):
    old = stage.tom.shares("long ago")
    stage.wait(minutes=6)
    new = stage.tom.shares("just now")
    others = stage.nia.shares("mine")
    stage.maya(s.RemoveLately, who="tom", minutes=5)
    gone = {number for number, mark in stage.state.shares.items() if mark.removed}
    assert gone == {new} and old not in gone and others not in gone


def test_concern_brings_the_page_to_them_once_and_names_nobody(stage):
    number = stage.tom.shares()
    [raised] = stage.nia(s.RaiseConcern, number=number)
    assert "by" not in raised.on_wire and stage.tom.sees()["cared_for"] is True
    assert stage.nia(s.RaiseConcern, number=number) == []
    assert stage.nia.refused(s.RaiseConcern, who="tom") == "for_those_on_duty"
    assert stage.maya.refused(s.RaiseConcern, who="nia") is None


def test_an_urgent_change_counts_for_this_hour_and_the_same_again_is_nothing(stage):
    facts = {"by": c.ROOM, "capacity": 9, "guard": "strict", "holds_first": True, "hands_seen": True}
    stage.do(s.ChangeRules(**facts))
    assert (stage.state.capacity, stage.state.guard, stage.state.hands_seen) == (9, "strict", True)
    assert stage.do(s.ChangeRules(**facts)) == []


def test_whoever_is_erased_is_gone_with_all_they_shared_and_the_others_stay(stage):
    mine, others = [stage.tom.shares("one")], stage.nia.shares("hers")
    stage.wait(minutes=6)
    mine.append(stage.tom.shares("two"))
    happened = stage.do(s.TakeAllBack(by=c.ROOM, who="tom"))
    assert {event.by for event in happened if isinstance(event, e.ShareRemoved)} == {"tom"}, "as if they had taken it back"
    assert {number for number, mark in stage.state.shares.items() if mark.removed} == set(mine) and others not in mine
    assert stage.state.people["tom"].standing not in ("inside", "waiting")
    assert stage.do(s.TakeAllBack(by=c.ROOM, who="tom")) == [] == stage.do(s.TakeAllBack(by=c.ROOM, who="nobody"))


def test_a_turn_is_not_left_standing_by_a_step():
    stage = Stage(SHARES, agreements=5).begins("tom", "nia")
    stage.tom(c.RaiseHand)
    stage.maya(c.GiveFloor)
    stage.maya(s.RemoveNow, who="tom", why="threats", agreement=1)
    assert stage.state.turn is None and stage.state.next_at <= stage.now + timedelta(seconds=30)


def test_a_step_lifted_on_its_page_ends_here_too(stage):
    stage.maya(s.TakeStep, who="tom", step="listen", agreement=1, earlier="warn")
    stage.do(s.LetBack(by=c.ROOM, who="tom"))
    assert stage.tom.refused(c.Share, client_id="1", words="…") is None
    stage.maya(s.TakeStep, who="tom", step="leave", agreement=1)
    stage.do(s.LetBack(by=c.ROOM, who="tom"))
    stage.tom(c.Knock, name="Tom")
    assert "agreement" not in stage.tom.sees() and stage.state.people["tom"].standing == "inside"
    assert stage.do(s.LetBack(by=c.ROOM, who="tom")) == []


def test_a_room_that_is_locked_for_this_hour_too_closes_it(stage):
    [closed] = stage.do(s.LockNow(by=c.ROOM))
    assert closed.why == "locked" and stage.do(s.LockNow(by=c.ROOM)) == []
