"""The clock of the machine is set by an hour while people sit at two processes: it says nothing about who is there."""

import pytest

from groups import clock
from groups.db import reading
from groups.formats.modes import Mode
from groups.formats.shape import Segment
from groups.meeting.models import Entry, Seat
from tests import hours
from tests.server import Server, running
from tests.sockets import Line, until

LONG = (Segment("Talk", Mode.OPEN_TALK, minutes=240, least=1),)


@pytest.fixture
def beside(server):
    """A second process with the same database, keys and clock."""
    with running(Server(server.folder, forked=True)) as beside:
        yield beside


@pytest.mark.parametrize("hour", [1, -1])
def test_nobody_is_taken_for_gone_by_a_clock_that_jumped(server, beside, hour):
    with hours.Clerk(server) as clerk:
        meeting = clerk.plan(begins_in=0, minutes=240)
        clerk.open_lobby(meeting, LONG)
        clerk.bring_in(meeting, "Tom", "Nia", chair="Maya")
        clerk.begin(meeting, "Maya")
    pages = [Line(server.visit(name), meeting.public_id, server=at) for name, at in (("Maya", server), ("Tom", server), ("Nia", beside))]
    for page in pages:
        page.enter()
    opened = clock.now()
    until(lambda: _seen_since(meeting, opened, 3), within=15, what="both processes to look who is there")
    before = _kinds(meeting)
    server.freeze.forward(hours=hour)
    moved = clock.now()
    until(lambda: _seen_since(meeting, moved, 3), within=15, what="both processes to look again")
    assert _kinds(meeting) == before, "no floor rested, and nobody lost their place"
    answers = [page.share(f"Still here, {page.visit.name}.", f"still-here-{page.visit.name}") for page in pages]
    assert all(answer["ok"] for answer in answers), answers


def _kinds(meeting):
    with reading() as session:
        return [kind for (kind,) in session.query(Entry.kind).filter_by(meeting_id=meeting.id).order_by(Entry.position)]


def _seen_since(meeting, moment, people):
    with reading() as session:
        seen = session.query(Seat.seen_at).filter_by(meeting_id=meeting.id).all()
    return sum(at >= moment and (at - moment).total_seconds() < 60 for (at,) in seen) >= people
