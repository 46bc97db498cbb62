"""Tidying by real processes: killed in the middle, two beside each other, the clock set forward and back."""


import pytest
from sqlalchemy import func, select

from groups import clock
from groups.db import change, reading
from groups.meeting.models import Entry
from groups.rooms.models import Room
from groups.schedule.models import Meeting, Phase
from groups.sealing import Keyring
from tests.server import SECRET, Server, running
from tests.sockets import until

MANY = 150
SECONDS = 60


@pytest.fixture
def sealed(server):
    """Many hours that closed this moment, each with a key and one entry."""
    keyring, now = Keyring(server.folder / "keys", SECRET), clock.now()
    with change() as (session, _):
        room = session.scalar(select(Room).where(Room.name == "The Quay"))
        meetings = [
            Meeting(room=room, title="An hour", zone="UTC", starts_at=now, ends_at=now, format="open-talk-60", phase=Phase.SEALED,
                    sealed_at=now)
            for _ in range(MANY)
        ]
        session.add_all(meetings)
        session.flush()
        for meeting in meetings:
            keyring.create(meeting.public_id)
            session.add(Entry(meeting_id=meeting.id, position=1, stream="floor", number=1, kind="shared", sealed_body=b"sealed"))
    return keyring


def left():
    with reading() as session:
        return session.scalar(select(func.count()).select_from(Entry))


def gone(keyring):
    return left() == 0 and not keyring.names()


def test_killed_in_the_middle_it_goes_on_after_the_start(server, sealed):
    assert left() == MANY
    server.freeze.forward(minutes=59)
    assert left() == MANY
    server.freeze.forward(minutes=2)
    until(lambda: left() < MANY, SECONDS, "it to begin")
    server.kill()
    half = left()
    assert 0 < half < MANY and len(sealed.names()) <= half, "the key goes before the words"
    server.restart(forked=True)
    until(lambda: gone(sealed), SECONDS, "the rest to go")


def test_whoever_is_left_goes_on_and_a_clock_that_jumps_lets_nothing_go_early(server, sealed):
    with running(Server(server.folder, forked=True)) as other:
        server.freeze.forward(days=-1)
        server.kill()
        assert left() == MANY
        server.freeze.back_to_now()
        assert left() == MANY
        server.freeze.forward(minutes=61)
        until(lambda: gone(sealed), SECONDS, "the other process to do it")
    assert "tidying fails" not in server.log + other.log
