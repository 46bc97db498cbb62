"""The exercise of a part, as pages draw it: laid out once, moved on by a rest, stretched by nothing."""

from datetime import timedelta

from groups.formats.exercises import steps_of
from groups.formats.modes import Mode
from groups.formats.shape import Segment
from groups.meeting import commands as c
from groups.meeting.practice import practice
from groups.meeting.views import floor_view
from tests.rules.stage import CLOSING, QUIET, Stage

BREATH = Segment("A breath", Mode.EXERCISE, 5, 2, exercise="breath")


def drawn(stage):
    return practice(floor_view(stage.state), stage.now)


def test_an_exercise_is_there_in_its_own_part_only():
    stage = Stage(QUIET, BREATH, CLOSING).begins("tom")
    assert drawn(stage) == {} == practice(None, stage.now)
    stage.maya(c.NextSegment)
    shown = drawn(stage)
    assert shown["exercise"].key == "breath" and shown["index"] == 1 and shown["begins"] == stage.now
    stage.maya(c.NextSegment)
    assert drawn(stage) == {}


def test_a_rest_moves_it_on_and_a_minute_added_changes_no_step():
    stage = Stage(BREATH, CLOSING, minutes=8).begins("tom")
    begun = drawn(stage)
    assert begun["steps"] == steps_of("breath", 300)
    stage.wait(60)
    stage.maya(c.Hush)
    stage.wait(90)
    assert drawn(stage)["paused"] == stage.now - timedelta(seconds=90)
    stage.maya(c.GoOn)
    stage.maya(c.AddMinute)
    later = drawn(stage)
    assert later["begins"] == begun["begins"] + timedelta(seconds=90) and later["paused"] is None
    assert later["ends"] == begun["ends"] + timedelta(seconds=90 + 60) and later["steps"] == begun["steps"]
    assert stage.is_as_its_log()
