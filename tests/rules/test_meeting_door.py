"""The door: coming, being let in or not, serving, going, being asked to go."""

from datetime import timedelta

import pytest

from groups.errors import Refused
from groups.meeting import commands as c
from groups.meeting import events as e
from tests.rules.stage import CLOSING, HOUR, NAMES, QUIET, ROUND, SEVEN, SHARES, TALK, Stage
from tests.steps import asked_to_leave


@pytest.fixture
def lobby():
    """Maya chairs; Tom waits; it is a quarter to seven."""
    stage = Stage()
    stage.maya(c.Knock, name="Maya")
    stage.maya.serves("chair")
    stage.tom(c.Knock, name="Tom")
    return stage


def standings(stage):
    return {person.handle: person.standing for person in stage.state.people.values()}


def test_whoever_knocks_waits_and_is_let_in_by_those_on_duty(lobby):
    assert standings(lobby) == {"maya": "inside", "tom": "waiting"}
    assert lobby.maya(c.Admit, who="tom") == [e.Admitted(at=lobby.now, who="tom", by="maya")]
    assert lobby.tom.me.standing == "inside"


def test_knocking_or_admitting_twice_is_once(lobby):
    assert lobby.tom(c.Knock, name="Somebody else") == []
    lobby.maya(c.Admit, who="tom")
    assert lobby.maya(c.Admit, who="tom") == lobby.maya(c.AdmitAll) == lobby.tom(c.Knock, name="Tom") == []
    assert lobby.tom.me.name == "Tom"


def test_the_lobby_opens_once(lobby):
    assert lobby.do(c.OpenLobby(by=c.ROOM, title="Again", starts_at=SEVEN, ends_at=SEVEN + HOUR, agenda=(), capacity=1)) == []
    assert lobby.state.title == "The hour"


def test_a_newcomer_is_known_as_one_at_the_desk(lobby):
    assert lobby.nia(c.Knock, name="Nia", newcomer=True)[0].newcomer
    assert lobby.nia.me.newcomer


def test_only_those_on_duty_handle_the_door(lobby):
    lobby.maya(c.Admit, who="tom")
    lobby.nia(c.Knock, name="Nia")
    for who in (lobby.tom, lobby.nia, lobby.otto):
        for command, facts in (
            (c.Admit, {"who": "nia"}), (c.AdmitAll, {}), (c.Decline, {"who": "nia"}), (asked_to_leave, {"who": "nia"}),
        ):
            assert who.refused(command, **facts) == "for_those_on_duty", (who.handle, command)


def test_declined_is_for_tonight_unless_the_door_thinks_again(lobby):
    lobby.maya(c.Decline, who="tom")
    assert lobby.tom.refused(c.Knock, name="Tom") == "declined_tonight"
    assert lobby.maya.refused(c.Decline, who="tom") == "not_here"
    lobby.maya(c.Admit, who="tom")
    assert lobby.tom.me.standing == "inside"


def test_somebody_inside_cannot_be_declined_only_asked_to_leave(lobby):
    lobby.maya(c.Admit, who="tom")
    assert lobby.maya.refused(c.Decline, who="tom") == "not_here"
    lobby.maya(asked_to_leave, who="tom", agreement=2)
    assert lobby.log[-1] == e.PutOut(at=lobby.now, who="tom", by="maya", agreement=2)
    assert lobby.tom.refused(c.Knock, name="Tom") == "left_for_tonight"
    for command in (c.Admit, asked_to_leave, c.Decline):
        assert lobby.maya.refused(command, who="tom") == "not_here"


def test_those_on_duty_cannot_put_each_other_or_themselves_out(lobby):
    lobby.tom.serves("door")
    assert lobby.maya.refused(asked_to_leave, who="tom") == "they_serve_too"
    assert lobby.tom.refused(asked_to_leave, who="maya") == "they_serve_too"
    assert lobby.maya.refused(asked_to_leave, who="maya") == "they_serve_too"


def test_nobody_is_let_in_who_is_not_at_the_door(lobby):
    lobby.nia(c.Knock, name="Nia")
    lobby.nia(c.Leave)
    for who in ("nia", "otto", ""):
        assert lobby.maya.refused(c.Admit, who=who) == "not_here"
        assert lobby.maya.refused(asked_to_leave, who=who) == "not_here"


def test_the_room_holds_as_many_as_it_holds_and_those_on_duty_besides():
    stage = Stage(capacity=2)
    for handle in NAMES:
        getattr(stage, handle)(c.Knock, name=NAMES[handle])
    stage.maya.serves("chair")
    stage.maya(c.AdmitAll)
    assert [p.handle for p in stage.state.standing("inside")] == ["maya", "tom", "nia"]
    assert stage.maya.refused(c.Admit, who="rosa") == stage.maya.refused(c.AdmitAll) == "room_full"
    stage.rosa.serves("door")
    assert stage.rosa.me.standing == "inside"
    stage.tom(c.Leave)
    stage.rosa(c.AdmitAll)
    assert stage.vera.me.standing == "inside" and stage.otto.me.standing == "waiting"



def test_a_circle_that_is_whole_shuts_its_door_for_all_but_those_who_were_in_it():
    stage = Stage(SHARES, door_shuts_at=SEVEN + timedelta(minutes=5)).begins("tom")
    stage.rosa(c.Knock, name="Rosa")
    stage.wait(minutes=4, seconds=59)
    assert stage.nia.refused(c.Knock, name="Nia") is None
    stage.wait(1)
    assert stage.nia.refused(c.Knock, name="Nia") == "door_shut"
    stage.maya(c.Admit, who="rosa")  # who came in time may still be let in
    stage.tom(c.Leave)
    stage.tom(c.Knock, name="Tom")
    assert stage.tom.me.standing == "inside"



def test_the_last_on_duty_does_not_slip_away_unseen_while_the_floor_waits_for_them():
    stage = Stage(SHARES).begins("tom")
    stage.do(c.HoldLost(by=c.ROOM))
    assert stage.do(c.Unseen(by=c.ROOM, who="maya")) == stage.do(c.Unseen(by=c.ROOM, who="otto")) == []
    assert stage.maya.me.duty == "chair"


def test_a_chair_who_is_lost_while_somebody_else_serves_frees_the_chair():
    stage = Stage(SHARES).begins("tom")
    stage.rosa.comes().serves("door")
    assert stage.rosa.refused(c.TakeDuty, duty="chair", entitled=True) == "duty_taken"
    stage.do(c.Unseen(by=c.ROOM, who="maya"))
    stage.rosa.serves("chair")
    assert stage.state.chair.handle == "rosa" and stage.state.pause is None


def test_going_is_silent_and_once(lobby):
    assert [type(event) for event in lobby.tom(c.Leave)] == [e.SteppedAway]
    assert lobby.tom(c.Leave) == lobby.otto(c.Leave) == []


def test_a_duty_is_one_persons_and_is_free_when_they_go(lobby):
    assert lobby.maya.serves("chair") == []
    assert lobby.tom.refused(c.TakeDuty, duty="chair", entitled=True) == "duty_taken"
    assert lobby.otto.refused(c.TakeDuty, duty="chair", entitled=True) == "come_first"
    lobby.tom.serves("door")
    lobby.maya(c.Leave)
    lobby.tom.serves("chair")
    assert lobby.state.chair.handle == "tom"
    lobby.maya(c.Knock, name="Maya")
    assert lobby.maya.me.duty is None and lobby.maya.refused(c.OpenDoor) == "for_those_on_duty"
    lobby.maya.serves("door")
    assert lobby.maya.me.on_duty and lobby.state.chair.handle == "tom"


def test_only_the_chair_opens_moves_on_and_closes(lobby):
    lobby.tom.serves("door")
    lobby.now = SEVEN
    assert lobby.tom.refused(c.OpenDoor) == "for_the_chair"
    assert lobby.nia.refused(c.OpenDoor) == "for_those_on_duty"
    lobby.maya(c.OpenDoor)
    assert lobby.maya(c.OpenDoor) == []
    for command in (c.NextSegment, c.Close):
        assert lobby.tom.refused(command) == "for_the_chair"
        assert lobby.nia.refused(command) == "for_those_on_duty"
        assert lobby.maya.refused(command) is None


@pytest.mark.parametrize(
    ("seconds_before", "refused"), [(900, "too_early"), (61, "too_early"), (60, None), (0, None), (-540, None)]
)
def test_the_door_opens_from_a_minute_before_the_hour(lobby, seconds_before, refused):
    lobby.now = SEVEN - timedelta(seconds=seconds_before)
    assert lobby.maya.refused(c.OpenDoor) == refused


def test_whoever_is_too_early_hears_how_many_minutes_it_is(lobby):
    with pytest.raises(Refused) as refusal:
        lobby.maya(c.OpenDoor)
    assert refusal.value.facts == {"minutes": 15}


def test_on_the_floor_nothing_happens_before_the_hour(lobby):
    lobby.maya(c.AdmitAll)
    assert lobby.tom.refused(c.RaiseHand) == "door_not_open"
    assert lobby.tom.refused(c.Share, client_id="1", words="…") == "door_not_open"
    for command in (c.GiveFloor, c.AddMinute, c.NextSegment):
        assert lobby.maya.refused(command) == "door_not_open"


def test_nobody_may_do_anything_in_a_meeting_that_is_only_planned():
    planned = Stage()
    planned.state, planned.log = type(planned.state)(), []
    assert planned.tom.refused(c.Knock, name="Tom") == "not_yet_open"
    assert planned.maya.refused(c.TakeDuty, duty="chair", entitled=True) == "not_yet_open"
    assert planned.maya.refused(c.OpenDoor) == "for_those_on_duty"
    assert planned.tom(c.Leave) == planned.wait(minutes=300) == []


def test_after_the_close_nobody_comes_serves_or_is_handled_at_the_door():
    stage = Stage(TALK).begins("tom")
    stage.nia(c.Knock, name="Nia")
    stage.maya(c.Close)
    assert stage.rosa.refused(c.Knock, name="Rosa") == "meeting_over"
    for command, facts in (
        (c.TakeDuty, {"duty": "second"}), (c.Admit, {"who": "nia"}), (c.AdmitAll, {}), (c.Decline, {"who": "nia"}),
        (asked_to_leave, {"who": "tom"}), (c.AddMinute, {}), (c.NextSegment, {}), (c.GiveFloor, {}),
    ):
        assert stage.maya.refused(command, **facts) == "meeting_over", command
    assert stage.maya(c.Close) == stage.tom(c.Leave) == stage.wait(minutes=60) == []


@pytest.mark.parametrize("segment", [QUIET, ROUND, SHARES, TALK, CLOSING])
def test_who_comes_late_is_let_in_at_any_part_of_the_hour(segment):
    stage = Stage(segment).begins("tom")
    stage.rosa.comes()
    assert stage.rosa.me.standing == "inside"
    assert stage.is_as_its_log()
