"""Raids: noticed by their signals and by one key; the door closes for who just came, and for nobody else."""

import pytest

from groups.meeting import commands as c
from groups.meeting import commands_safety as s
from groups.meeting import events as e
from groups.meeting.raids import ENOUGH_SHARES, MANY_REPORTS
from groups.meeting.views import FEW, desk_view
from groups.policy import FRESH_AT_ONCE
from tests.rules.stage import TALK, Stage


@pytest.fixture
def stage():
    """Maya chairs; Tom and Nia are inside."""
    return Stage(TALK, capacity=400).begins("tom", "nia")


def come(stage, number, fresh=True):
    """One more at the door who came to the group within the hour."""
    return stage.do(c.Knock(by=f"bot{number}", name=f"Bot {number}", newcomer=True, fresh=fresh))


def raided(happened):
    return [event.why for event in happened if isinstance(event, e.RaidBegan)]


def test_nine_new_people_within_a_minute_are_one_too_many(stage):
    assert not sum((raided(come(stage, number)) for number in range(8)), [])
    assert raided(come(stage, 8)) == ["joins"]


def test_the_same_people_over_a_quarter_of_an_hour_are_a_good_evening(stage):
    happened = []
    for number in range(12):
        happened += come(stage, number)
        stage.wait(70)
    assert not raided(happened)


def test_everybody_coming_at_seven_is_no_raid(stage):
    assert not sum((raided(come(stage, number, fresh=False)) for number in range(60)), [])


def test_many_reports_within_minutes_are_one(stage):
    happened = [stage.do(s.NoteReport(by=c.ROOM, report=f"r{n}", about="tom")) for n in range(MANY_REPORTS + 1)]
    assert [bool(raided(one)) for one in happened] == [False] * MANY_REPORTS + [True]
    assert stage.do(s.NoteReport(by=c.ROOM, report="r0", about="tom")) == [], "the same report is told once"


def test_most_of_what_is_said_by_people_who_just_came_is_one(stage):
    come(stage, 1)
    stage.maya(c.Admit, who="bot1")
    stage.tom.shares()
    happened = []
    for number in range(ENOUGH_SHARES):
        happened += stage.do(c.Share(by="bot1", client_id=f"bot-says-{number}", words="…"))
        stage.wait(61)
        if raided(happened):
            break
    assert raided(happened) == ["shares"] and number == ENOUGH_SHARES - 2, "nine of ten"


@pytest.fixture
def raid(stage):
    """The same, with raid mode on by key, and one bot inside."""
    come(stage, 0)
    stage.maya(c.Admit, who="bot0")
    assert raided(stage.maya(s.BeginRaid)) == ["key"] and stage.maya(s.BeginRaid) == []
    return stage


def test_who_just_came_waits_and_is_not_let_in_with_the_others(raid):
    come(raid, 1)
    raid.vera(c.Knock, name="Vera")
    raid.maya(c.AdmitAll)
    assert raid.state.people["vera"].standing == "inside" and raid.state.people["bot1"].standing == "waiting"
    assert raid.maya.refused(c.Admit, who="bot1") is None, "one by one, on purpose"


def test_not_even_who_was_inside_before_comes_straight_back(raid):
    raid.do(c.Leave(by="bot0"))
    raid.tom(c.Leave)
    come(raid, 0)
    raid.tom(c.Knock, name="Tom")
    assert (raid.state.people["bot0"].standing, raid.state.people["tom"].standing) == ("waiting", "inside")


def test_what_newcomers_share_is_held_and_the_floor_is_slow(raid):
    assert isinstance(raid.do(c.Share(by="bot0", client_id="bot-1", words="hello"))[0], e.ShareHeld)
    raid.tom.shares()
    raid.wait(TALK.turn + 1)
    assert raid.tom.refused(c.Share, client_id="2", words="…") == "a_moment_between"
    raid.wait(TALK.turn * 2)
    assert raid.tom.refused(c.Share, client_id="2", words="…") is None


def test_the_door_keeps_only_as_many_as_somebody_can_look_at(raid):
    for number in range(1, FRESH_AT_ONCE + 1):
        come(raid, number)
    with pytest.raises(Exception, match="many_at_once"):
        come(raid, FRESH_AT_ONCE + 1)
    assert raid.vera.refused(c.Knock, name="Vera") is None, "whoever is known still comes"
    desk = desk_view(raid.state, raid.now)
    assert len(desk["waiting"]) == FEW and desk["more_waiting"] == FRESH_AT_ONCE - FEW


def test_lines_from_who_just_came_wait_until_they_are_in(raid):
    come(raid, 1)
    with pytest.raises(Exception, match="many_at_once"):
        raid.do(c.WriteLine(by="bot1", client_id="1", words="spam"))
    raid.do(c.WriteLine(by="bot0", client_id="2", words="I am inside"))


def test_one_key_sends_all_of_them_away_with_all_they_shared(stage):
    for number in range(3):
        come(stage, number)
    stage.maya(c.AdmitAll)
    said = [stage.do(c.Share(by=f"bot{n}", client_id=f"bot-{n}-says", words="…"))[0] for n in range(3)]
    come(stage, 3)
    mine = stage.tom.shares()
    stage.maya(s.TurnBack)
    assert len(said) == 3 and {n for n, mark in stage.state.shares.items() if not mark.removed} == {mine}
    assert {stage.state.people[f"bot{n}"].standing for n in range(4)} == {"declined"}
    assert stage.state.people["bot0"].why_declined == "many", "and that it says nothing about them"
    assert stage.state.people["tom"].standing == "inside"


def test_calm_again_by_one_key_and_it_does_not_begin_at_once(raid):
    raid.maya(s.EndRaid)
    assert raid.state.raid is None and raid.maya(s.EndRaid) == []
    assert not raided(come(raid, 1))
    raid.do(c.Share(by="bot0", client_id="bot-1", words="hello"))
    assert len(raid.state.shares) == 1


def test_only_those_on_duty_have_the_key(stage):
    for command in (s.BeginRaid, s.EndRaid, s.TurnBack):
        assert stage.tom.refused(command) == "for_those_on_duty"


def test_who_came_earlier_tonight_is_not_sent_away_with_them(stage):
    come(stage, 0)
    stage.maya(c.Admit, who="bot0")
    stage.wait(minutes=6)
    for number in range(1, 10):
        come(stage, number)
    names = desk_view(stage.state, stage.now)["raid"]["names"]
    assert "Bot 0" not in names and len(names) == 9
    stage.maya(s.TurnBack)
    assert stage.state.people["bot0"].standing == "inside"
    assert not [p for p in stage.state.standing("waiting") if p.fresh]
