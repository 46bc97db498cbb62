"""Whoever signed up for an hour finds it is theirs at its door."""

import re

import pytest
from sqlalchemy import select

from groups.db import change, reading
from groups.formats.shipped import FORMATS
from groups.meeting import commands as c
from groups.meeting.duty import TAKEN_OVER
from groups.meeting.jobs import Job
from groups.rota.models import Duty
from tests.doors.asking import of
from tests.doors.reading import text_of
from tests.evenings import set_to
from tests.hours import do, plan


@pytest.fixture
def hour(app):
    """Its lobby is open, and it begins in ten minutes."""
    meeting = plan(begins_in=10)
    app.extensions["ledger"].submit(Job(meeting.id, c.OpenLobby(
        by=c.ROOM, title="An hour", starts_at=meeting.starts_at, ends_at=meeting.ends_at, capacity=40,
        agenda=FORMATS[meeting.format].segments,
    ))).result(10)
    return meeting


@pytest.fixture
def chair(hour, tom):
    """Tom, who signed up to lead it."""
    with change() as (session, _):
        session.add(Duty(meeting_id=hour.id, membership_id=tom.membership.id, kind="chair"))
    return tom


def duty_of(person):
    with reading() as session:
        return session.scalar(select(Duty).where(Duty.membership_id == person.membership.id))


def room(hour, harbour, verb="room"):
    return of(harbour, f"/m/{hour.public_id}/{verb}")


def test_the_door_says_that_the_sign_up_stands_and_going_in_is_enough(hour, harbour, chair):
    assert "You signed up to lead; it is yours as you go in" in text_of(chair.get(room(hour, harbour)))
    assert chair.post(room(hour, harbour, "knock")).status_code == 303
    page = chair.get(room(hour, harbour))
    assert re.search(r'data-facts="[^"]*\bduty chair\b', page.text), "no button is needed"
    assert not re.search(r'data-facts="[^"]*\bserve\b', page.text)


def test_who_was_away_reads_that_it_can_be_theirs_again(hour, harbour, chair):
    for verb in ("knock", "leave", "knock"):
        chair.post(room(hour, harbour, verb))
    page = chair.get(room(hour, harbour))
    assert "You signed up to lead. You were away" in text_of(page) and re.search(r'data-facts="[^"]*\bserve-chair\b', page.text)


def test_whoever_was_put_down_reads_that_they_were_asked_and_may_leave_it(hour, harbour, chair, maya):
    set_to(duty_of(chair), assigned_by_id=maya.membership.id)
    assert "You were asked to lead; it is yours as you go in" in text_of(chair.get(room(hour, harbour)))
    for verb in ("knock", "leave", "knock"):
        chair.post(room(hour, harbour, verb))
    page = chair.get(room(hour, harbour))
    said = text_of(page)
    assert "You were asked to lead. If you can, one tap and it is yours. It is fine to leave it." in said
    assert "You signed up" not in said and "You were away" not in said
    assert f'href="{of(harbour, f"/m/{hour.public_id}")}#duties"' in page.text
    assert "I cannot" in chair.get(of(harbour, f"/m/{hour.public_id}")).text, "there they can"


def test_whoever_signed_up_for_nothing_is_told_nothing_of_it(hour, harbour, maya, nia, chair):
    for person in (maya, nia):
        assert "You signed up" not in person.get(room(hour, harbour)).text
    maya.post(room(hour, harbour, "knock"))
    assert "Will you serve" in maya.get(room(hour, harbour)).text, "who looks after the group is asked, as before"
    assert re.search(r'data-facts="[^"]*\bserve-chair\b', maya.get(room(hour, harbour)).text)


def test_nobody_is_offered_what_somebody_has(hour, harbour, maya, chair):
    chair.post(room(hour, harbour, "knock"))
    maya.post(room(hour, harbour, "knock"))
    facts = maya.get(room(hour, harbour)).text.partition('data-facts="')[2].partition('"')[0].split()
    assert "serve-chair" not in facts and "serve-door" in facts and "led" in facts


def test_who_steps_down_before_the_hour_only_comes(hour, harbour, chair):
    with change() as (session, _):
        session.query(Duty).delete()
    chair.post(room(hour, harbour, "knock"))
    page = chair.get(room(hour, harbour))
    assert "You signed up" not in page.text and re.search(r'data-facts="waiting\b', page.text)


def test_while_the_floor_rests_whoever_may_lead_is_not_told_that_they_led_before(app, hour, harbour, maya, chair, freeze):
    for person in (chair, maya):
        person.post(room(hour, harbour, "knock"))
    book, by = app.extensions["ledger"], chair.membership.handle
    do(book, hour, c.AdmitAll(by=by))
    freeze(hour.starts_at)
    do(book, hour, c.OpenDoor(by=by), c.HoldLost(by=c.ROOM))
    freeze.forward(seconds=TAKEN_OVER.total_seconds())  # from the loss on, which was noted a moment after the hour began
    facts = maya.get(room(hour, harbour)).text.partition('data-facts="')[2].partition('"')[0].split()
    assert "lead" in facts and "led" not in facts
