"""Whoever signed up on the rota serves by coming in: there is nothing more to press."""

import pytest

from groups.meeting import commands as c
from groups.meeting.commands_safety import BeginRaid
from groups.meeting.events import kind_of
from tests.rules.stage import CLOSING, QUIET, SHARES, Stage


@pytest.fixture
def lobby():
    """Maya chairs; it is a quarter to seven."""
    stage = Stage()
    stage.maya(c.Knock, name="Maya")
    stage.maya.serves("chair")
    return stage


def kinds(events):
    return [kind_of(event) for event in events]


@pytest.mark.parametrize("duty", ["chair", "door", "second", "reader", "timekeeper"])
def test_what_somebody_signed_up_for_is_theirs_by_coming_in(duty):
    stage = Stage()
    assert kinds(stage.maya(c.Knock, name="Maya", duty=duty)) == ["knocked", "duty_taken"]
    assert (stage.maya.me.standing, stage.maya.me.duty) == ("inside", duty)
    assert stage.maya(c.Knock, name="Maya", duty=duty) == [] == stage.maya(c.TakeDuty, duty=duty, entitled=True), "pressed all the same"


def test_a_duty_somebody_else_has_by_now_stays_with_them(lobby):
    assert kinds(lobby.nia(c.Knock, name="Nia", duty="chair")) == ["knocked"]
    assert (lobby.nia.me.standing, lobby.state.chair.handle) == ("waiting", "maya")


def test_a_chair_who_comes_late_wakes_a_floor_that_waits_for_one():
    stage = Stage(SHARES, CLOSING).begins("tom")
    stage.maya(c.Leave)
    assert stage.state.rests
    stage.nia(c.Knock, name="Nia", duty="chair")
    assert stage.state.chair.handle == "nia" and not stage.state.rests


def test_a_chair_who_comes_while_whoever_led_has_lost_the_line_wakes_the_floor_too():
    stage = Stage(SHARES, CLOSING).begins("tom")
    stage.do(c.HoldLost(by=c.ROOM))
    stage.nia(c.Knock, name="Nia", duty="chair")
    assert stage.state.chair.handle == "nia" and not stage.state.rests


def test_who_comes_back_is_asked_again_whether_they_serve():
    """They may have gone because they could not; and somebody else may lead by now."""
    stage = Stage()
    stage.maya(c.Knock, name="Maya", duty="chair")
    stage.maya(c.Leave)
    stage.maya(c.Knock, name="Maya", duty="chair")
    assert stage.maya.me.duty is None


def test_in_a_reading_that_nobody_leads_there_is_no_duty():
    stage = Stage(fallback=(QUIET, CLOSING))
    stage.tom(c.Knock, name="Tom")
    stage.wait(minutes=26)
    assert stage.state.unled
    stage.maya(c.Knock, name="Maya", duty="chair")
    assert (stage.maya.me.standing, stage.maya.me.duty) == ("inside", None)


def test_during_a_raid_whoever_only_just_came_to_the_group_waits_with_a_duty_too(lobby):
    lobby.maya(BeginRaid)
    lobby.nia(c.Knock, name="Nia", duty="door", fresh=True)
    assert lobby.nia.me.standing == "waiting"
