"""Service: who is asked, who keeps the door of many, and what happens when nobody leads."""

from datetime import timedelta

import pytest

from groups.formats.modes import Mode
from groups.formats.shape import Segment
from groups.meeting import commands as c
from groups.meeting import events as e
from groups.meeting.clockwork import NOBODY_CAME, next_due
from groups.meeting.door import MANY
from groups.meeting.views import desk_view
from tests.rules.stage import CLOSING, QUIET, SEVEN, SHARES, TALK, Stage

READ = Segment("A text", Mode.READING, 4, 4, text="Three quiet lines.")
FALLBACK = (READ, CLOSING)


def lobby(*handles, **facts):
    """These people wait; nobody serves yet."""
    stage = Stage(QUIET, SHARES, CLOSING, fallback=FALLBACK, **facts)
    for handle in handles:
        getattr(stage, handle)(c.Knock, name=handle.title())
    return stage


# --- offering ----------------------------------------------------------------------------------------


def test_whoever_is_asked_to_serve_may_and_only_what_they_were_asked():
    stage = lobby("tom", "nia")
    stage.maya.serves("chair")
    stage.maya(c.AdmitAll)
    assert stage.tom.refused(c.TakeDuty, duty="door") == "not_signed_up"
    stage.maya(c.OfferDuty, who="tom", duty="door")
    assert stage.maya(c.OfferDuty, who="tom", duty="door") == []
    assert stage.tom.sees()["offered"] == "door"
    assert stage.tom.refused(c.TakeDuty, duty="second") == "not_signed_up"
    assert stage.nia.refused(c.TakeDuty, duty="door") == "not_signed_up"
    stage.tom(c.TakeDuty, duty="door")
    assert stage.tom.me.duty == "door" and "offered" not in stage.tom.sees()


def test_only_those_on_duty_ask_only_somebody_inside_and_only_for_what_is_free():
    stage = lobby("tom", "nia")
    stage.maya.serves("chair")
    assert stage.maya.refused(c.OfferDuty, who="tom", duty="door") == "not_here"
    stage.maya(c.AdmitAll)
    assert stage.tom.refused(c.OfferDuty, who="nia", duty="door") == "for_those_on_duty"
    assert stage.maya.refused(c.OfferDuty, who="otto", duty="door") == "not_here"
    assert stage.maya.refused(c.OfferDuty, who="tom", duty="chair") == "duty_taken"


def test_what_somebody_else_took_meanwhile_is_offered_no_longer():
    stage = lobby("tom", "nia")
    stage.maya.serves("chair")
    stage.maya(c.AdmitAll)
    stage.maya(c.OfferDuty, who="tom", duty="door")
    stage.nia.serves("door")
    assert "offered" not in stage.tom.sees()
    stage.nia(c.Leave)
    assert stage.tom.refused(c.TakeDuty, duty="door") == "not_signed_up"


def test_nobody_is_asked_to_serve_when_the_hour_is_over():
    stage = Stage(TALK).begins("tom")
    stage.maya(c.Close)
    assert stage.maya.refused(c.OfferDuty, who="tom", duty="door") == "meeting_over"


# --- the door above eight ----------------------------------------------------------------------------


def crowd(people):
    """Maya chairs alone; so many others wait."""
    stage = lobby()
    stage.maya.serves("chair")
    for n in range(people):
        stage.do(c.Knock(by=f"p{n}", name=f"P{n}"))
    return stage


def test_the_chair_alone_lets_in_as_many_as_one_can_look_after():
    stage = crowd(MANY - 1)
    assert desk_view(stage.state, stage.now)["chair_may_admit"]
    stage.maya(c.AdmitAll)
    assert len(stage.state.standing("inside")) == MANY


@pytest.mark.parametrize("duty", ["second", "reader"])
def test_above_eight_somebody_else_keeps_the_door(duty):
    stage = crowd(MANY)
    assert not desk_view(stage.state, stage.now)["chair_may_admit"], "the page offers nothing that would be refused"
    assert stage.maya.refused(c.AdmitAll) == stage.maya.refused(c.AdmitKnown) == "door_needs_somebody"
    for n in range(MANY - 1):
        stage.maya(c.Admit, who=f"p{n}")
    assert stage.maya.refused(c.Admit, who="p7") == "door_needs_somebody"
    stage.do(c.TakeDuty(by="p0", duty=duty, entitled=True))
    assert stage.maya.refused(c.Admit, who="p7") == "door_needs_somebody", "another duty is not the door"
    stage.maya(c.OfferDuty, who="p1", duty="door")
    stage.do(c.TakeDuty(by="p1", duty="door"))
    assert desk_view(stage.state, stage.now)["chair_may_admit"]
    stage.maya(c.AdmitAll)
    assert len(stage.state.standing("inside")) == MANY + 1


# --- nobody serves -----------------------------------------------------------------------------------


def test_when_the_hour_has_come_anybody_who_was_here_before_may_serve_tonight():
    stage = lobby("tom")
    stage.nia(c.Knock, name="Nia", newcomer=True)
    assert stage.tom.refused(c.TakeDuty, duty="chair") == "not_signed_up"
    assert stage.tom.sees()["may_lead_from"] == SEVEN and "may_lead_from" not in stage.nia.sees()
    stage.wait(minutes=15)
    assert stage.nia.refused(c.TakeDuty, duty="chair") == "not_signed_up"
    stage.tom(c.TakeDuty, duty="chair")
    assert stage.tom.me.on_duty and "may_lead_from" not in stage.tom.sees()
    stage.tom(c.AdmitAll)
    stage.tom(c.OpenDoor)
    assert stage.state.phase == "open" and not stage.state.unled


def test_with_somebody_at_the_door_but_nobody_in_the_chair_anybody_may_still_lead():
    stage = lobby("tom")
    stage.rosa.serves("door")
    assert stage.tom.sees()["may_lead_from"] == stage.rosa.sees()["may_lead_from"] == SEVEN
    stage.wait(minutes=15)
    assert stage.rosa.refused(c.TakeDuty, duty="chair") is stage.tom.refused(c.TakeDuty, duty="chair") is None
    assert stage.tom.refused(c.TakeDuty, duty="second") == "not_signed_up", "the chair is what is missing"


def test_a_chair_who_forgets_to_open_is_opened_for():
    stage = lobby("tom")
    stage.maya.serves("chair")
    assert next_due(stage.state) == SEVEN + NOBODY_CAME
    happened = stage.wait(minutes=25)
    assert [e.kind_of(event) for event in happened] == ["door_opened", "segment_began"] and happened[0].by == c.ROOM
    assert stage.tom.me.standing == "waiting", "the room lets nobody in on a chair's behalf"


@pytest.mark.parametrize("helper", [None, "door"])
def test_when_nobody_leads_those_who_came_read_together(helper):
    stage = lobby("tom", "nia")
    if helper:
        stage.rosa.serves(helper)
    stage.wait(minutes=25)
    assert [e.kind_of(event) for event in stage.log[-4:]] == ["reading_began", "admitted", "admitted", "segment_began"]
    assert stage.state.unled and stage.state.segment == READ and not stage.state.anybody_on_duty
    assert stage.tom.refused(c.Share, client_id="1", words="…") == "no_words_now"
    assert stage.tom.refused(c.TakeDuty, duty="chair", entitled=True) == "read_tonight"
    stage.vera(c.Knock, name="Vera", newcomer=True)
    assert stage.vera.me.standing == "inside"
    assert stage.do(c.HoldLost(by=c.ROOM)) == stage.tom(c.Leave)[1:] == [], "a reading rests for nobody"
    stage.wait(minutes=6)
    assert (stage.state.phase, stage.state.why_closed) == ("sealed", "agenda") and stage.is_as_its_log()


def test_a_reading_has_no_more_places_than_the_room_and_a_free_one_goes_to_whoever_waits():
    stage = lobby("tom", "nia", "rosa", capacity=2)
    stage.wait(minutes=25)
    assert [p.handle for p in stage.state.standing("inside")] == ["tom", "nia"]
    stage.vera(c.Knock, name="Vera")
    assert stage.vera.me.standing == "waiting"
    stage.nia(c.Leave)
    assert [p.handle for p in stage.state.standing("inside")] == ["tom", "rosa"]


def test_a_chair_whose_line_was_lost_in_the_lobby_keeps_nobody_from_leading():
    stage = lobby("tom")
    stage.maya.serves("chair")
    stage.do(c.Unseen(by=c.ROOM, who="maya"))
    assert stage.state.chair is None and stage.tom.sees()["may_lead_from"] == SEVEN
    stage.wait(minutes=25)
    assert stage.state.unled


def test_a_circle_that_has_not_begun_still_waits_for_whoever_is_late():
    """Also for a chair: a door that shut before anybody opened it would keep out the one who is awaited."""
    stage = Stage(SHARES, CLOSING, door_shuts_at=SEVEN + timedelta(minutes=5))
    stage.tom(c.Knock, name="Tom")
    stage.wait(minutes=21)
    stage.maya.serves("chair")
    stage.maya(c.AdmitAll)
    stage.maya(c.OpenDoor)
    assert stage.tom.me.standing == "inside" and stage.nia.refused(c.Knock, name="Nia") == "door_shut"


def test_with_nobody_at_all_the_hour_closes():
    stage = lobby()
    stage.wait(minutes=25)
    assert (stage.state.phase, stage.state.why_closed) == ("sealed", "nobody_served")


@pytest.mark.parametrize("duty", ["chair", None])
def test_a_house_that_was_away_for_the_whole_hour_begins_nothing_when_it_wakes(duty):
    stage = lobby("tom")
    stage.maya.serves(duty) if duty else None
    stage.now += timedelta(hours=3)
    assert stage.do(c.Tick(by=c.ROOM)) == [e.MeetingClosed(at=stage.now, why="nobody_served")]
