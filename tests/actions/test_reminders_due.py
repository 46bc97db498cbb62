"""Who is to be reminded when: once for each start, never in quiet hours, never of what does not take place."""

from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import func, select, update

from groups import clock
from groups.db import change, reading
from groups.membership.models import Membership
from groups.reminding import due, sending
from groups.reminding.due import forget_past, send_due
from groups.reminding.models import Reminded
from groups.rooms.models import Room
from groups.schedule.models import Meeting, Phase
from tests import cast, hours

EVENING = datetime(2026, 11, 24, 19, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def this_evening(freeze):
    freeze(EVENING)


def rows():
    with reading() as session:
        return session.scalar(select(func.count()).select_from(Reminded))


def setting(kind, **values):
    with change() as (session, _):
        session.execute(update(kind).values(values))


@pytest.mark.parametrize("minutes, begins_in, woken", [
    (15, 14.9, 1), (15, 15.2, 0), (15, 1, 1), (15, -0.1, 0), (15, -20, 0), (5, 4.9, 1), (5, 5.2, 0), (5, 14, 0),
    (60, 59.9, 1), (60, 61, 0), (1440, 1439, 1), (1440, 1441, 0), (1440, 3, 1),
])
def test_from_so_many_minutes_before_until_the_hour_begins(reminded, beat, tom, minutes, begins_in, woken):
    reminded(tom, minutes=minutes)
    hours.plan(begins_in=begins_in)
    assert beat() == woken
    assert rows() == woken


def test_once_for_each_start_and_a_moved_hour_is_another_start(reminded, beat, tom, sink):
    reminded(tom)
    meeting = hours.plan(begins_in=12)
    assert [beat(), beat(), beat(minutes=3)] == [1, 0, 0]
    with change() as (session, _):
        session.get(Meeting, meeting.id).starts_at += timedelta(minutes=45)
    assert [beat(), beat(minutes=43), beat(minutes=44)] == [0, 1, 0]
    assert len(sink.got) == 2


def test_several_hours_at_once_are_one_sentence(reminded, beat, tom):
    reminded(tom)
    hours.plan(begins_in=10)
    hours.plan(begins_in=10)
    hours.plan(begins_in=14)
    assert [beat(), beat()] == [1, 0]
    assert rows() == 3


@pytest.mark.parametrize("kind, values", [
    (Meeting, {"phase": Phase.CANCELLED}), (Meeting, {"phase": Phase.SEALED}), (Meeting, {"phase": Phase.PURGED}),
    (Room, {"archived_at": EVENING}), (Room, {"locked_at": EVENING}), (Membership, {"left_at": EVENING}),
])
def test_nobody_is_called_to_what_is_not_there_for_them(reminded, beat, tom, kind, values):
    reminded(tom)
    hours.plan()
    setting(kind, **values)
    assert beat() == 0
    setting(kind, **{name: Phase.PLANNED if name == "phase" else None for name in values})
    assert beat() == 1, "otherwise it would be"


def test_an_hour_whose_lobby_is_open_already_still_counts(reminded, beat, tom):
    reminded(tom, minutes=5)
    hours.plan(begins_in=4)
    setting(Meeting, phase=Phase.LOBBY)
    assert beat() == 1


def test_only_the_groups_that_were_ticked(reminded, beat, rosa, vera, willow):
    reminded(rosa, groups=(willow.slug,))
    hours.plan("The Quay")
    assert beat() == 0
    hours.plan("The Grove")
    assert beat() == 1


def test_in_quiet_hours_nothing_is_sent_and_what_is_still_ahead_comes_when_they_end(reminded, beat, tom, nia):
    reminded(tom, quiet_from=time(19), quiet_to=time(20))
    reminded(nia, minutes=60, quiet_from=time(19), quiet_to=time(20))
    hours.plan(begins_in=10)
    hours.plan(begins_in=45)
    assert [beat(), beat(minutes=9), beat(minutes=29)] == [0, 0, 0]
    assert rows() == 0
    assert [beat(minutes=30), beat(minutes=31)] == [2, 0]


def test_quiet_hours_are_those_of_the_device(reminded, beat, tom, sink):
    reminded(tom, "home", zone="Europe/London", quiet_from=time(22), quiet_to=time(7))
    reminded(tom, "travelling", zone="Asia/Kathmandu", quiet_from=time(22), quiet_to=time(7))
    hours.plan()
    assert beat() == 1
    assert sink.got[0].path.endswith("home")


def test_everybody_is_reached_however_many_they_are(reminded, beat, harbour, monkeypatch):
    monkeypatch.setattr(due, "AT_ONCE", 3)
    for number in range(7):
        (member,) = hours.join(f"Guest {'abcdefg'[number]}")
        with reading() as session:
            account = session.get(cast.Account, member.account_id)
        reminded(cast.Person(str(number), account, member, None), quiet_from=time(19) if number < 4 else None, quiet_to=time(20) if number < 4 else None)
    hours.plan()
    assert [beat(), beat()] == [3, 0]


def test_when_the_queue_is_full_the_rest_is_woken_at_a_later_beat(reminded, sender, beat, tom, nia, monkeypatch):
    reminded(tom)
    reminded(nia)
    hours.plan()
    monkeypatch.setattr(sending.Sender, "room", 1)
    assert [beat(), beat()] == [2, 0]
    monkeypatch.setattr(sending.Sender, "room", 0)
    hours.plan(begins_in=3)
    assert beat() == 0
    monkeypatch.undo()
    assert beat() == 2


def test_without_a_key_nothing_is_looked_for(reminded, sender, tom, app):
    reminded(tom)
    hours.plan()
    app.extensions["settings"].push_key.unlink()
    assert send_due(sender, clock.now()) == 0
    assert rows() == 0


def test_of_hours_that_began_nothing_is_remembered(reminded, beat, tom):
    reminded(tom)
    hours.plan()
    beat()
    forget_past(clock.now() + timedelta(minutes=30))
    assert rows() == 1
    forget_past(clock.now() + timedelta(hours=2))
    assert rows() == 0
