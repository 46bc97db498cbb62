"""The door to an exercise: what a page that is open asks for when its part begins."""

from datetime import timedelta

import pytest

from groups import clock
from groups.db import change
from groups.formats.modes import Mode
from groups.formats.shape import Segment
from groups.meeting import commands as c
from groups.meeting.jobs import Job
from groups.schedule.models import Meeting
from tests.rules.stage import CLOSING, QUIET

BREATH = Segment("A breath", Mode.EXERCISE, 5, 2, exercise="breath")


@pytest.fixture
def hour(app, quay, maya, tom, nia):
    """An hour with an exercise in the middle: Maya chairs, Tom is inside, Nia waits."""
    starts = clock.now()
    with change() as (session, _):
        meeting = Meeting(room=quay, title="An hour", zone="UTC", starts_at=starts, ends_at=starts + timedelta(hours=1), format="body-45")
        session.add(meeting)
    by = {person.name: person.membership.handle for person in (maya, tom, nia)}
    meeting.do = lambda *commands: [app.extensions["ledger"].submit(Job(meeting.id, command)).result(5) for command in commands]
    meeting.do(c.OpenLobby(
        by=c.ROOM, title="An hour", starts_at=starts, ends_at=meeting.ends_at, agenda=(QUIET, BREATH, CLOSING), capacity=9
    ))
    meeting.do(*(c.Knock(by=handle, name=name) for name, handle in by.items()))
    meeting.do(c.TakeDuty(by=by["Maya"], duty="chair", entitled=True), c.Admit(by=by["Maya"], who=by["Tom"]), c.OpenDoor(by=by["Maya"]))
    meeting.next = lambda: meeting.do(c.NextSegment(by=by["Maya"]))
    meeting.path = f"/g/{quay.group.slug}/m/{meeting.public_id}"
    return meeting


def test_the_exercise_is_there_for_those_inside_while_its_part_lasts(hour, maya, tom, nia, otto):
    assert tom.get(f"{hour.path}/practice").status_code == 404, "nothing to do together yet"
    hour.next()
    for person in (maya, tom):
        page = person.get(f"{hour.path}/practice")
        assert page.status_code == 200 and page.text.strip().startswith("<step-exercise") and 'data-part="1"' in page.text
        assert 'data-key="breath"' in person.get(f"{hour.path}/room").text
    for person in (nia, otto):
        assert person.get(f"{hour.path}/practice").status_code == 404
    assert "step-exercise" not in nia.get(f"{hour.path}/room").text
    hour.next()
    assert tom.get(f"{hour.path}/practice").status_code == 404
    assert "step-exercise" not in tom.get(f"{hour.path}/room").text
