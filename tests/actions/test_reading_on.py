"""What another process reads of a meeting's log, further and further on."""

import pytest

from groups.meeting import commands as c
from groups.meeting.actions import open_lobby
from groups.meeting.jobs import Job
from groups.meeting.ledger import Ledger
from groups.meeting.log import Live
from groups.sealing import KeyGone
from tests.evenings import NOON, one


@pytest.fixture
def book(app):
    return app.extensions["ledger"]


@pytest.fixture
def hour(book, maya, tom, nia, quay, freeze):
    """A lobby with a door that was opened, three people, and a word among those on duty."""
    freeze(NOON)
    meeting = one(maya, quay, hours=0.1)
    freeze(meeting.starts_at)
    open_lobby(book, meeting)
    chair, *others = (person.membership.handle for person in (maya, tom, nia))
    commands = [c.Knock(by=handle, name=name) for handle, name in zip((chair, *others), ("Maya", "Tom", "Nia"), strict=True)]
    commands += [c.TakeDuty(by=chair, duty="chair", entitled=True), c.OpenDoor(by=chair), *(c.Admit(by=chair, who=who) for who in others)]
    commands += [c.TellDesk(by=c.ROOM, client_id="a-word-for-the-desk", words="Somebody stepped down.")]
    for command in commands:
        book.submit(Job(meeting.id, command)).result(5)
    return meeting


@pytest.fixture
def other(app, book):
    """The ledger of another process, which holds nothing yet."""
    other = Ledger(book.keyring)
    yield other
    other.stop()


@pytest.mark.parametrize("most", [1, 3, 500])
def test_step_by_step_one_arrives_at_the_same_state_and_every_stream(book, other, hour, most):
    now, live, found = book.look(hour.id), Live(hour.id, hour.public_id), []
    while True:
        further, numbered = other.read_on(live, most)
        assert len(numbered) <= most and further.position == live.position + len(numbered)
        if not numbered:
            break
        live, found = further, found + numbered
    assert (live.position, live.state) == (now.position, now.state)
    for stream in ("floor", "desk"):
        theirs = [item for item in found if item.stream == stream]
        assert theirs == book.look_at_stream(hour.id, stream, 0, 500)[1] and theirs
    assert [item.position for item in found] == list(range(1, now.position + 1))
    assert other.held()[0].position == now.position, "what it decides next begins there"


def test_where_the_key_is_gone_nothing_is_read(book, other, hour):
    book.keyring.destroy(hour.public_id)
    with pytest.raises(KeyGone):
        other.read_on(Live(hour.id, hour.public_id), 500)
