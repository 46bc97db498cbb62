"""A room is changed, or locked, while an hour is on in it: that hour hears of it where it is marked urgent,
and goes on as it began where it is not."""

import time

import pytest
from sqlalchemy import select

from groups.db import change, reading
from groups.formats.modes import Mode
from groups.formats.shape import Segment
from groups.meeting.models import Entry
from groups.rooms.models import Room
from tests import hours
from tests.sockets import Line, until

TALK = (Segment("Talk", Mode.OPEN_TALK, minutes=60, least=1, turn=1),)
CONTACT = "write to me at tom@example.org"
SETTINGS = {
    "name": "The Quay", "about": "", "door": "anyone", "capacity": "40", "format": "sharing-60", "retention_minutes": "60",
    "newcomer_question": "What brings you?", "hands_seen_by": "duty", "for_whom": "", "more_agreements": "", "holds_first": "y",
}


@pytest.fixture
def talk(clerk):
    meeting = clerk.plan(begins_in=0)
    clerk.open_lobby(meeting, TALK)
    clerk.bring_in(meeting, "Tom", chair="Maya")
    clerk.begin(meeting, "Maya")
    yield meeting
    with change() as (session, _):
        session.scalar(select(Room).where(Room.name == "The Quay")).locked_at = None


def says(line, number):
    """Somebody writes how they can be reached, as soon as they are heard; what was answered."""
    answer = line.share(CONTACT, f"says-number-{number}")
    while answer.get("seconds"):
        time.sleep(answer["seconds"])
        answer = line.share(CONTACT, f"says-number-{number}")
    return answer


def heard_of_it(meeting):
    """Whether the meeting's log says that its rules were changed."""
    with reading() as session:
        return session.scalar(select(Entry.position).where(Entry.meeting_id == meeting.id, Entry.kind == "rules_changed"))


def test_urgent_settings_count_at_once_and_others_from_the_next_hour_on(house, talk):
    maya, tom = house.visit("Maya"), Line(house.visit("Tom"), talk.public_id)
    tom.enter()
    page = f"/g/{talk.group.slug}/rooms/{talk.room.slug}"
    maya.get(page)
    assert says(tom, 0)["ok"], "the hour began without a guard"
    assert maya.post(page, **SETTINGS, guard="strict").status_code == 303
    assert says(tom, 1)["ok"] and not heard_of_it(talk)
    assert maya.post(page, **SETTINGS, guard="strict", urgent="y").status_code == 303
    until(lambda: heard_of_it(talk), what="the hour to hear of it")
    assert says(tom, 2)["reason"].startswith("contact_guard")


def test_a_room_locked_urgently_closes_the_hour_that_is_on(house, talk):
    maya, tom = house.visit("Maya"), Line(house.visit("Tom"), talk.public_id)
    tom.enter()
    maya.get(f"/g/{talk.group.slug}/rooms/{talk.room.slug}")
    lock = f"/g/{talk.group.slug}/rooms/{talk.room.slug}/lock"
    assert maya.post(lock, why="A pause").status_code == 303
    assert hours.phase(talk) == "open", "it goes on with whoever is inside"
    assert maya.post(lock, why="A pause", urgent="y").status_code == 303
    until(lambda: hours.phase(talk) == "sealed", what="the hour to close")
    until(lambda: any(entry["kind"] == "meeting_closed" for entry in tom.transcript), what="those inside to hear of it")
