"""A report in the live hour: for whom on duty it is there, until when, and what a raid makes of many."""

import pytest

from groups.meeting import commands as c
from groups.meeting import commands_safety as s
from groups.meeting import events as e
from groups.meeting.views import desk_view
from tests.rules.stage import TALK, Stage, body_and_back


@pytest.fixture
def stage():
    """Maya, who looks after the group, chairs; Rosa does as well and stands beside; Tom keeps the door and does not."""
    stage = Stage(TALK)
    for handle in ("maya", "rosa"):
        getattr(stage, handle)(c.Knock, name=handle.title(), moderates=True)
    stage.begins("tom", "nia")
    stage.rosa.serves("second")
    stage.tom.serves("door")
    return stage


def told(stage):
    """How many reports each of them may look at."""
    return {who: getattr(stage, who).sees().get("reports", 0) for who in ("maya", "rosa", "tom", "nia")}


def noted(stage, report="r1", about="tom"):
    return stage.do(s.NoteReport(by=c.ROOM, report=report, about=about))


def test_only_moderators_on_duty_hear_of_it_and_not_whom_it_is_about(stage):
    before = desk_view(stage.state, stage.now)
    [event] = noted(stage)
    assert event.stream == "quiet" and desk_view(stage.state, stage.now) == before
    assert told(stage) == {"maya": 1, "rosa": 1, "tom": 0, "nia": 0}
    noted(stage, "r2", about="maya")
    noted(stage, "r3", about=None)
    assert told(stage) == {"maya": 2, "rosa": 3, "tom": 0, "nia": 0}
    stage.do(c.EndDuty(by=c.ROOM, who="rosa", kept=("second",)))
    assert told(stage)["rosa"] == 0, "whoever looks after the group no longer, whatever else is theirs"


def test_what_was_decided_is_gone_from_the_desk_and_twice_is_once(stage):
    noted(stage)
    noted(stage, "r2")
    assert stage.do(s.SettleReport(by=c.ROOM, report="r1")) == [e.ReportSettled(at=stage.now, report="r1")]
    assert told(stage)["maya"] == 1 and stage.do(s.SettleReport(by=c.ROOM, report="r1")) == []
    stage.maya(s.BeginRaid)
    stage.maya(s.EndRaid)
    assert told(stage)["maya"] == 1, "the end of a raid decides nothing"
    stage.maya(c.Close)
    assert stage.do(s.SettleReport(by=c.ROOM, report="r2")) == [] and stage.is_as_its_log()


def test_a_log_from_before_keeps_its_numbers():
    body = b'{"kind":"report_noted","at":"2026-11-24T19:05:00Z","report":"r1","share":3}'
    event = e.from_body(body)
    assert event.stream == "desk" and e.wire(event, 7).keys() == {"number", "kind", "at"}
    quiet = e.ReportNoted(at=event.at, report="r1", about="tom", quiet=True)
    assert body_and_back(quiet).stream == "quiet"
