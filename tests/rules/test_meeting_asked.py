"""Being asked to serve in the hour itself: who may be, saying no, and how a duty ends that somebody else holds."""

import pytest

from groups.errors import Refused
from groups.meeting import commands as c
from groups.meeting import commands_safety as s
from groups.meeting import events as e
from groups.meeting.decide import decide
from groups.meeting.duty import TAKEN_OVER
from groups.meeting.views import desk_view
from tests.rules.stage import CLOSING, SEVEN, SHARES, Stage

MAYA = ("maya",)  # she looks after the group


def led():
    """Maya, who looks after the group, chairs; Tom keeps the door and Nia is inside. Neither of them does."""
    stage = Stage(SHARES, CLOSING)
    stage.maya(c.Knock, name="Maya", moderates=True)
    stage.begins("tom", "nia")
    stage.tom.serves("door")
    return stage


def row(stage, handle):
    """Somebody's line on the desk."""
    return next(one for one in desk_view(stage.state, stage.now)["inside"] if one["who"] == handle)


# --- who may be asked --------------------------------------------------------------------------------


def test_nobody_in_their_first_week_is_asked_to_serve_and_the_desk_does_not_offer_it():
    stage = led()
    stage.vera(c.Knock, name="Vera", newcomer=True)
    stage.maya(c.Admit, who="vera")
    for duty in ("second", "reader", "timekeeper"):
        assert stage.maya.refused(c.OfferDuty, who="vera", duty=duty, looks_after=MAYA) == "too_new_to_serve"
    assert row(stage, "vera")["asks"] == {} and row(stage, "nia")["asks"] == {"second": "anybody"}


@pytest.mark.parametrize("steps", [("warn",), ("warn", "listen")])
def test_nobody_on_a_step_is_asked_and_what_was_asked_before_is_over(steps):
    stage = led()
    stage.maya(c.OfferDuty, who="nia", duty="second")
    for step in steps:
        stage.maya(s.TakeStep, who="nia", step=step, agreement=1)
    assert stage.nia.me.offered is None and row(stage, "nia")["asks"] == {}
    assert stage.nia.refused(c.TakeDuty, duty="second") == "no_duty_on_a_step"
    assert stage.nia.refused(c.TakeDuty, duty="second", entitled=True) == "no_duty_on_a_step", "the rota helps nobody then"
    assert stage.maya.refused(c.OfferDuty, who="nia", duty="second", looks_after=MAYA) == "they_are_on_a_step"
    assert stage.nia.refused(c.TakeDuty, duty="second", entitled=True, moderates=True) is None, "whoever looks after the group may"


def test_whoever_looks_after_the_group_may_stand_beside_though_every_duty_is_somebodys():
    stage = led()
    stage.nia.serves("second")
    for handle, looks_after in (("vera", True), ("rosa", False)):
        getattr(stage, handle)(c.Knock, name=handle.title(), moderates=looks_after)
        stage.maya(c.Admit, who=handle)
        assert getattr(stage, handle).sees().get("moderates", False) == looks_after
    assert stage.rosa.refused(c.TakeDuty, duty="second", entitled=True) == "duty_taken"
    for duty in ("chair", "door"):
        assert stage.vera.refused(c.TakeDuty, duty=duty, entitled=True, moderates=True) == "duty_taken"
    stage.vera(c.TakeDuty, duty="second", entitled=True, moderates=True)
    assert stage.vera.me.on_duty and stage.nia.me.on_duty, "nobody is pushed aside"
    stage.vera(c.TakeDutyBack, who="tom", looks_after=("vera",))
    assert stage.tom.me.duty is None and stage.is_as_its_log()


def test_what_the_rota_does_not_open_yet_only_a_moderator_asks_for():
    stage = led()
    stage.rosa(c.Knock, name="Rosa", not_yet=("chair", "second"))
    stage.maya(c.Admit, who="rosa")
    assert row(stage, "rosa")["asks"] == {"second": "moderators"}
    assert stage.tom.refused(c.OfferDuty, who="rosa", duty="second") == "rota_not_yet"
    assert stage.tom.refused(c.OfferDuty, who="rosa", duty="reader") is None
    stage.maya(c.OfferDuty, who="rosa", duty="second", looks_after=MAYA)
    stage.rosa(c.TakeDuty, duty="second")
    assert stage.log[-1] == e.DutyTaken(at=stage.now, who="rosa", duty="second", by="maya")


def test_whoever_is_asked_may_say_not_now_and_those_on_duty_see_both():
    stage = led()
    stage.maya(c.OfferDuty, who="nia", duty="second")
    assert row(stage, "nia")["asked"] == "second"
    stage.nia(c.DeclineDuty)
    assert (row(stage, "nia")["asked"], row(stage, "nia")["not_now"]) == (None, True)
    assert stage.nia(c.DeclineDuty) == [] and stage.nia.refused(c.TakeDuty, duty="second") == "not_signed_up"
    stage.maya(c.OfferDuty, who="nia", duty="second")
    assert not row(stage, "nia")["not_now"] and stage.nia.sees()["offered"] == "second"
    assert stage.is_as_its_log()


def test_whoever_was_put_on_a_step_does_not_lead_the_hour_when_nobody_else_does():
    stage = Stage(SHARES, CLOSING).begins("tom", "nia")
    stage.maya(s.TakeStep, who="nia", step="warn", agreement=1)
    stage.maya(c.Leave)
    stage.wait(TAKEN_OVER.total_seconds())
    assert "may_lead_from" not in stage.nia.sees() and stage.tom.sees()["may_lead_from"] == stage.now
    assert stage.nia.refused(c.TakeDuty, duty="chair") == "no_duty_on_a_step"


def test_an_hour_in_which_nobody_may_lead_is_still_read_together():
    stage = Stage(SHARES, CLOSING, fallback=(CLOSING,))
    stage.vera(c.Knock, name="Vera", newcomer=True)
    stage.wait(minutes=25)
    assert stage.state.unled and stage.vera.me.standing == "inside"


# --- taking it back ----------------------------------------------------------------------------------


def test_the_chair_takes_a_duty_back_and_it_stays_so_until_they_are_asked_again():
    stage = led()
    assert stage.maya(c.TakeDutyBack, who="tom") == [e.DutyEnded(at=stage.now, who="tom", duty="door", by="maya")]
    assert (stage.tom.me.duty, stage.tom.me.standing) == (None, "inside") and stage.state.pause is None
    assert stage.tom.sees()["relieved"] and stage.tom.sees()["may_not_serve"]
    assert stage.tom.refused(c.Hush) == "for_those_on_duty"
    assert stage.tom.refused(c.TakeDuty, duty="door", entitled=True) == "duty_was_taken_back"
    assert stage.maya(c.TakeDutyBack, who="tom") == [], "twice is once"
    stage.maya(c.OfferDuty, who="tom", duty="door")
    stage.tom(c.TakeDuty, duty="door", entitled=True)
    assert stage.tom.me.on_duty and "relieved" not in stage.tom.sees() and stage.is_as_its_log()


@pytest.mark.parametrize("by, who, looks_after, answer", [
    ("maya", "tom", (), None), ("maya", "tom", ("tom",), "they_look_after"), ("maya", "tom", ("maya", "tom"), None),
    ("tom", "maya", (), "for_the_chair"), ("tom", "maya", ("tom",), None), ("nia", "tom", ("nia",), "for_those_on_duty"),
    ("maya", "maya", MAYA, "your_own_duty"), ("maya", "otto", MAYA, "not_here"),
])
def test_who_takes_whose_duty_back(by, who, looks_after, answer):
    command = c.TakeDutyBack(by=by, who=who, looks_after=looks_after)
    stage = led()
    try:
        decide(stage.state, command, stage.now)
    except Refused as refusal:
        assert refusal.reason == answer
    else:
        assert answer is None


def test_whose_chair_was_taken_back_leads_no_more_and_the_floor_rests_for_another():
    stage = led()
    stage.tom(c.TakeDutyBack, who="maya", looks_after=("tom",))
    assert stage.state.pause.why == "chair_away" and stage.state.first_chair is None
    assert "may_lead_from" not in stage.maya.sees()
    stage.wait(TAKEN_OVER.total_seconds())
    stage.tom(c.TakeDuty, duty="chair")
    assert stage.state.pause is None and stage.state.chair.handle == "tom"


# --- a step about somebody on duty -------------------------------------------------------------------


@pytest.mark.parametrize("step, earlier, standing", [("warn", None, "inside"), ("listen", "warn", "inside"), ("leave", "listen", "out")])
def test_a_moderator_acts_on_whoever_serves_and_is_none_and_their_duty_ends_with_it(step, earlier, standing):
    stage = led()
    facts = {"who": "tom", "step": step, "agreement": 1, "earlier": earlier}
    assert stage.maya.refused(s.TakeStep, **facts) == "they_serve_too"
    assert stage.maya.refused(s.TakeStep, **facts, looks_after=("maya", "tom")) == "they_look_after"
    happened = stage.maya(s.TakeStep, **facts, looks_after=MAYA)
    assert happened[0] == e.DutyEnded(at=stage.now, who="tom", duty="door", by="maya")
    assert (stage.tom.me.duty, stage.tom.me.standing) == (None, standing) and stage.is_as_its_log()


def test_a_chair_who_is_put_on_a_step_leaves_a_floor_that_rests():
    stage = led()
    for handle, step in (("maya", "warn"), ("maya", "listen")):
        stage.tom(s.TakeStep, who=handle, step=step, agreement=1, looks_after=("tom",))
    assert stage.state.pause.why == "chair_away" and "maya" in stage.state.silenced and stage.is_as_its_log()


def test_in_an_emergency_a_moderator_puts_out_whoever_serves_and_is_none():
    stage = led()
    number = None
    stage.tom(c.RaiseHand)
    stage.maya(c.GiveFloor, who="tom")
    number = stage.tom.shares()
    assert stage.maya.refused(s.RemoveNow, number=number, why="threats", agreement=1) == "they_serve_too"
    stage.maya(s.RemoveNow, number=number, why="threats", agreement=1, looks_after=MAYA)
    assert stage.tom.me.standing == "out" and stage.tom.me.duty is None and stage.state.shares[number].removed
    assert stage.is_as_its_log()


def test_whose_role_is_over_is_no_moderator_to_the_desk_any_more():
    stage = led()
    assert row(stage, "maya")["moderates"]
    stage.do(c.EndDuty(by=c.ROOM, who="maya", kept=("chair",)))
    assert not row(stage, "maya")["moderates"] and stage.maya.me.duty == "chair" and stage.now == SEVEN
