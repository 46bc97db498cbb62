"""Coming back to a meeting: who one was here is still who one is."""

from groups.meeting import commands as c
from groups.meeting import events as e
from tests.rules.stage import SHARES, Stage


def test_who_was_let_in_before_comes_straight_back_while_there_is_a_place():
    stage = Stage(SHARES, capacity=2).begins("tom", "nia")
    stage.do(c.Unseen(by=c.ROOM, who="tom"))
    assert stage.tom.me.standing == "left"
    assert stage.tom(c.Knock, name="Tom")[-1] == e.Admitted(at=stage.now, who="tom", by=c.ROOM)
    stage.tom(c.Leave)
    stage.rosa.comes()
    stage.tom(c.Knock, name="Tom")
    assert stage.tom.me.standing == "waiting"
    assert stage.maya.refused(c.Admit, who="tom") == "room_full"


def test_who_only_waited_waits_again():
    lobby = Stage()
    lobby.maya(c.Knock, name="Maya")
    lobby.maya.serves("chair")
    lobby.tom(c.Knock, name="Tom")
    lobby.do(c.Unseen(by=c.ROOM, who="tom"))
    assert lobby.tom.me.standing == "left"
    lobby.tom(c.Knock, name="Tom")
    assert lobby.tom.me.standing == "waiting"


def test_when_those_on_duty_were_lost_whoever_is_here_may_take_their_place():
    stage = Stage(SHARES).begins("tom")
    stage.rosa.comes()
    assert stage.rosa.refused(c.TakeDuty, duty="chair", entitled=True) == "duty_taken"
    stage.do(c.HoldLost(by=c.ROOM))
    stage.rosa.serves("chair")
    assert stage.state.chair.handle == "rosa" and stage.state.pause is None
    assert stage.maya.me.standing == "inside" and stage.maya.me.duty is None
    assert stage.is_as_its_log()


def test_a_name_stays_what_it_was_for_as_long_as_the_meeting_lasts():
    """Whoever leaves the group and comes back under another name is still who they were here: nobody changes
    into somebody else in front of the others."""
    stage = Stage(agreements=3).begins("tom")
    stage.tom(c.Leave)
    [knocked, *_] = stage.tom(c.Knock, name="Somebody Else")
    assert knocked.name == "Tom" and stage.state.people["tom"].name == "Tom"
