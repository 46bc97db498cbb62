"""Two processes on PostgreSQL whose batches touch the same meetings, in whatever order."""

import threading
import time

import pytest

from groups.errors import Busy
from groups.meeting import commands as c
from groups.meeting.jobs import Job
from tests import hours
from tests.hours import TALK, Clerk
from tests.server import database_named, move_in_at

ROUNDS = 25
SLOWEST = 0.9  # seconds; PostgreSQL waits one before it looks whether two lock each other out


class House:
    """A folder for keys, which is all of a server that a clerk needs."""

    def __init__(self, folder):
        self.folder = folder


@pytest.fixture
def two_clerks(database, tmp_path):
    with database_named(database, "ordered") as url, move_in_at(url), Clerk(House(tmp_path)) as one, Clerk(House(tmp_path)) as other:
        yield one, other


def test_they_wait_for_each_other_and_never_lock_each_other_out(two_clerks):
    meetings = [hours.plan(begins_in=0) for _ in range(6)]
    for meeting in meetings:
        two_clerks[0].open_lobby(meeting, TALK)
        two_clerks[0].bring_in(meeting, "Tom", chair="Maya")
        two_clerks[0].begin(meeting, "Maya")
    maya, slowest, failures = hours.handle("Maya"), [], []

    def write(clerk, order):
        for _ in range(ROUNDS):
            began = time.monotonic()
            for future in [clerk.ledger.submit(Job(meeting.id, c.AddMinute(by=maya))) for meeting in order]:
                failures.append(future.exception(15))
            slowest.append(time.monotonic() - began)

    writing = [threading.Thread(target=write, args=args) for args in zip(two_clerks, (meetings, meetings[::-1]), strict=True)]
    for thread in writing:
        thread.start()
    for thread in writing:
        thread.join()
    assert not [failure for failure in failures if isinstance(failure, Busy)], "and nobody gives up"
    assert max(slowest) < SLOWEST, sorted(slowest)[-5:]
