"""Closing a group: asked by one, agreed by another, or after a week alone; and what is so from then on."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from groups import clock
from groups.db import change, reading
from groups.errors import NotFound, Refused
from groups.membership.actions import invite, join
from groups.membership.models import Group, Membership, Role
from groups.moderation.closing import about_closing, ask_to_close, close_group, take_back_closing
from groups.rooms.actions import RoomSettings, make_room, rooms_of
from groups.schedule.actions import schedule_series
from groups.schedule.models import Meeting, Phase, Series
from groups.schedule.plans import Plan
from groups.schedule.projection import extend_projection
from tests import hours
from tests.actions.logged import logged


@pytest.fixture
def two(nia):
    """Nia looks after Harbour, too."""
    with change() as (session, _):
        session.get(Membership, nia.membership.id).role = Role.MODERATOR
    return nia


def group(thing):
    with reading() as session:
        return session.get(Group, thing.id)


def phases(room):
    with reading() as session:
        return [meeting.phase for meeting in session.scalars(select(Meeting).where(Meeting.room_id == room.id).order_by(Meeting.starts_at))]


def test_one_asks_and_another_agrees(maya, two, harbour):
    ask_to_close(maya.membership)
    ask_to_close(two.membership)  # the first who asked counts
    with pytest.raises(Refused, match="second_person"):
        close_group(maya.membership)
    assert group(harbour).closed_at is None
    close_group(two.membership)
    assert group(harbour).closed_at and logged(harbour, "action", "by") == [
        ("closing_asked", maya.membership.handle), ("group_closed", two.membership.handle),
    ]


def test_who_is_alone_waits_a_week_and_a_new_moderator_ends_the_waiting(maya, harbour, nia, freeze):
    ask_to_close(maya.membership)
    freeze(clock.now() + timedelta(days=6, hours=23))
    with pytest.raises(Refused, match="closing_waits"):
        close_group(maya.membership)
    assert about_closing(maya.membership).others == 0
    freeze(clock.now() + timedelta(hours=2))
    with change() as (session, _):
        session.get(Membership, nia.membership.id).role = Role.MODERATOR
    with pytest.raises(Refused, match="second_person"):
        close_group(maya.membership)
    with change() as (session, _):
        session.get(Membership, nia.membership.id).role = Role.MEMBER
    close_group(maya.membership)
    assert group(harbour).closed_at


def test_the_asking_is_taken_back_by_any_of_them(maya, two, harbour):
    ask_to_close(maya.membership)
    take_back_closing(two.membership)
    take_back_closing(two.membership)
    for person in (maya, two):
        with pytest.raises(Refused, match="closing_not_asked"):
            close_group(person.membership)
    assert logged(harbour) == ["closing_asked", "closing_taken_back"] and group(harbour).closing_asked_by_id is None


def test_it_is_for_moderators_of_the_group(maya, tom, rosa, harbour, willow):
    ask_to_close(maya.membership)
    for wish in (ask_to_close, take_back_closing, close_group, about_closing):
        with pytest.raises(Refused, match="for_moderators"):
            wish(tom.membership)
    with pytest.raises(Refused, match="closing_not_asked"):
        close_group(rosa.membership)
    with change() as (session, _):
        session.get(Membership, maya.membership.id).left_at = clock.now()
    with pytest.raises(NotFound):
        close_group(maya.membership)


def test_planned_hours_are_called_off_and_none_comes_after_but_the_one_that_is_on_goes_on(maya, two, quay, harbour):
    tomorrow = clock.now().date() + timedelta(days=1)
    schedule_series(maya.membership, quay, Plan(
        title="Evening", first_day=tomorrow, wall_time=clock.now().time().replace(microsecond=0), zone="Europe/London", rule="FREQ=DAILY",
        minutes=60, format="sharing-60",
    ))
    live = hours.plan(begins_in=5)
    with change() as (session, _):
        session.get(Meeting, live.id).phase = Phase.LOBBY
    ask_to_close(maya.membership)
    close_group(two.membership)
    assert phases(quay)[0] == Phase.LOBBY and set(phases(quay)[1:]) == {Phase.CANCELLED} and len(phases(quay)) > 100
    count = len(phases(quay))
    extend_projection(clock.now() + timedelta(days=30))
    assert len(phases(quay)) == count
    with reading() as session:
        assert session.scalar(select(Series.last_day)) < tomorrow
        assert session.scalar(select(Meeting.why).where(Meeting.phase == Phase.CANCELLED)) == "This group has closed, and with it this hour."


def test_from_then_on_rooms_are_put_away_and_nobody_joins_or_looks_after_it(maya, two, otto, harbour, quay):
    make_room(maya.membership, RoomSettings(name="The Attic"))
    invitation, token = invite(maya.membership, 1, 7)
    ask_to_close(maya.membership)
    close_group(two.membership)
    assert rooms_of(harbour) == []
    for how in ({}, {"invitation_token": token}):
        with pytest.raises(Refused, match="group_closed"):
            join(otto.account, harbour, "Otto", **how)
    for wish in (lambda: make_room(maya.membership, RoomSettings(name="New")), lambda: invite(maya.membership, 1, 1), lambda: ask_to_close(maya.membership), lambda: close_group(maya.membership)):
        with pytest.raises(Refused, match="group_closed"):
            wish()


def test_two_who_close_it_at_once_do_so_once(maya, two, harbour):
    ask_to_close(maya.membership)
    outcomes, ready = [], threading.Barrier(2)

    def press():
        ready.wait()
        try:
            close_group(two.membership)
            outcomes.append("done")
        except Refused as refusal:
            outcomes.append(refusal.reason)

    both = [threading.Thread(target=press) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(outcomes) == ["done", "group_closed"] and logged(harbour).count("group_closed") == 1
