"""The chair is lost: the floor rests, somebody carries on, and the chair may take it back."""

import pytest

from groups.meeting import commands as c
from groups.meeting import events as e
from groups.meeting.clockwork import RESTED
from groups.meeting.duty import TAKEN_OVER
from groups.meeting.views import lobby_view
from tests.rules.stage import CLOSING, SHARES, Stage


def lost(stage):
    stage.do(c.HoldLost(by=c.ROOM))
    return stage


def led_by_two():
    stage = Stage(SHARES, CLOSING).begins("tom", "nia")
    stage.rosa.comes().serves("second")
    return lost(stage)


def test_when_the_chairs_line_is_lost_the_floor_rests_and_the_second_may_carry_on_after_a_minute():
    stage = led_by_two()
    assert stage.state.pause.why == "chair_away" and stage.rosa.sees()["may_lead_from"] == stage.now + TAKEN_OVER
    assert "may_lead_from" not in stage.tom.sees()
    stage.wait(59)
    assert stage.rosa.refused(c.TakeDuty, duty="chair") == "not_signed_up"
    stage.wait(1)
    assert stage.tom.refused(c.TakeDuty, duty="chair") == "not_signed_up"
    assert stage.rosa(c.TakeDuty, duty="chair")[-1] == e.FloorResumed(at=stage.now, late=60)
    assert stage.state.chair.handle == "rosa" and stage.maya.me.duty is None and stage.state.pause is None


@pytest.mark.parametrize("on_the_rota", [True, False])
def test_the_chair_may_take_it_back_whether_on_the_rota_or_not(on_the_rota):
    stage = led_by_two()
    stage.wait(60)
    stage.rosa(c.TakeDuty, duty="chair")
    stage.maya(c.TakeDuty, duty="chair", entitled=on_the_rota)
    assert stage.state.chair.handle == "maya" and stage.rosa.me.duty is None
    assert stage.rosa.refused(c.TakeDuty, duty="chair") == "not_signed_up"


def test_another_helper_does_not_wake_a_floor_whose_chair_is_lost():
    stage = led_by_two()
    stage.nia.serves("door")
    assert stage.state.pause is not None
    assert stage.tom.refused(c.TakeDuty, duty="door", entitled=True) == "duty_taken", "only the chair was lost"


def test_when_the_only_one_on_duty_is_lost_anybody_inside_may_carry_on_after_a_minute():
    stage = lost(Stage(SHARES, CLOSING).begins("tom"))
    stage.vera(c.Knock, name="Vera")
    assert stage.state.pause.why == "nobody_on_duty" and stage.tom.sees()["may_lead_from"] == stage.now + TAKEN_OVER
    assert stage.tom.refused(c.TakeDuty, duty="chair") == "not_signed_up"
    stage.wait(60)
    assert stage.vera.refused(c.TakeDuty, duty="chair") == "not_signed_up", "nobody leads from outside the door"
    stage.tom(c.TakeDuty, duty="chair")
    assert stage.state.chair.handle == "tom" and stage.state.pause is None


def test_a_chair_who_goes_leaves_the_floor_at_rest_until_somebody_takes_over():
    stage = Stage(SHARES, CLOSING).begins("tom")
    stage.maya(c.Leave)
    assert stage.state.pause.why == "nobody_on_duty" and stage.tom.sees()["may_lead_from"] == stage.now + TAKEN_OVER
    stage.wait(60)
    stage.tom(c.TakeDuty, duty="chair")
    stage.maya(c.Knock, name="Maya")
    stage.maya(c.TakeDuty, duty="chair")
    assert stage.state.chair.handle == "maya"


def test_a_chair_who_changes_to_another_duty_leaves_no_floor_unheld():
    stage = Stage(SHARES, CLOSING).begins("tom")
    stage.maya.serves("door")
    assert stage.state.pause.why == "chair_away"
    stage.maya(c.TakeDuty, duty="chair")
    assert stage.state.pause is None


def test_a_floor_that_nobody_takes_up_again_closes():
    stage = led_by_two()
    stage.wait(RESTED.total_seconds())
    assert stage.state.why_closed == "nobody_on_duty" and stage.is_as_its_log()


def test_what_is_offered_is_what_can_be_taken_the_chair_again_while_the_floor_rests():
    stage = Stage(SHARES, CLOSING).begins("tom", "nia")
    stage.rosa.comes().serves("door")
    for before, offered in ((None, {"second", "reader"}), (lost, {"second", "reader", "chair"})):
        stage = before(stage) if before else stage
        free = {duty for duty in ("chair", "door", "second", "reader") if duty not in lobby_view(stage.state)["served"]}
        assert free == offered
        for duty in ("chair", "door", "second", "reader"):
            refused = stage.nia.refused(c.TakeDuty, duty=duty, entitled=True)
            assert refused == (None if duty in free else "duty_taken")


def test_whoever_serves_may_offer_the_chair_too_while_the_floor_rests():
    stage = led_by_two()
    stage.rosa(c.OfferDuty, who="tom", duty="chair")
    stage.tom(c.TakeDuty, duty="chair")
    assert stage.state.chair.handle == "tom" and not stage.state.rests


def test_whose_role_was_taken_from_them_leads_no_more_and_cannot_take_the_chair_back():
    stage = Stage(SHARES, CLOSING).begins("tom")
    stage.rosa.comes().serves("second")
    stage.do(c.EndDuty(by=c.ROOM, who="maya", kept=("door",)))
    assert (stage.maya.me.duty, stage.maya.me.standing, stage.state.pause.why) == (None, "inside", "chair_away")
    assert "may_lead_from" not in stage.maya.sees() and stage.maya.refused(c.TakeDuty, duty="chair") == "not_signed_up"
    assert stage.maya.refused(c.Hush) == "for_those_on_duty"
    stage.wait(60)
    stage.rosa(c.TakeDuty, duty="chair")
    assert stage.state.pause is None and stage.is_as_its_log()


def test_what_the_rota_gives_them_stays_theirs_and_who_serves_nothing_loses_nothing():
    stage = Stage(SHARES, CLOSING).begins("tom")
    for handle, kept in (("maya", ("chair",)), ("tom", ()), ("otto", ())):
        assert stage.do(c.EndDuty(by=c.ROOM, who=handle, kept=kept)) == []
    assert stage.state.chair.handle == "maya" and stage.state.pause is None
