"""Two processes on PostgreSQL whose batches touch the same meetings, in whatever order."""

import threading
import time

import pytest
from sqlalchemy import text

from groups import db
from groups.meeting import commands as c
from groups.meeting.jobs import Job
from tests import hours
from tests.hours import TALK, Clerk
from tests.server import database_named, move_in_at

ROUNDS = 25
SLOWEST = 3.5  # seconds; who is locked out gives up after four, and a disk that has much to do takes less


class House:
    """A folder for keys, which is all of a server that a clerk needs."""

    def __init__(self, folder):
        self.folder = folder


@pytest.fixture
def two_clerks(database, tmp_path):
    with database_named(database, "ordered") as url:
        with db.connect(url).begin() as connection:  # it is not to untie them by itself before that
            connection.execute(text("ALTER DATABASE ordered SET deadlock_timeout = '30s'"))
        db.engine().dispose()
        with move_in_at(url), Clerk(House(tmp_path)) as one, Clerk(House(tmp_path)) as other:
            yield one, other


def test_they_wait_for_each_other_and_never_lock_each_other_out(two_clerks):
    meetings = [hours.plan(begins_in=0) for _ in range(6)]
    for meeting in meetings:
        two_clerks[0].open_lobby(meeting, TALK)
        two_clerks[0].bring_in(meeting, "Tom", chair="Maya")
        two_clerks[0].begin(meeting, "Maya")
    maya, slowest, failures = hours.handle("Maya"), [], []

    def write(who, clerk, order):
        for count in range(ROUNDS):
            began, note = time.monotonic(), c.WriteDesk(by=maya, client_id=f"{who}-{count}", words="…")
            for future in [clerk.ledger.submit(Job(meeting.id, note)) for meeting in order]:
                failures.append(future.exception(15))
            slowest.append(time.monotonic() - began)

    sides = zip(("one", "other"), two_clerks, (meetings, meetings[::-1]), strict=True)
    writing = [threading.Thread(target=write, args=args) for args in sides]
    for thread in writing:
        thread.start()
    for thread in writing:
        thread.join()
    assert failures == [None] * (2 * ROUNDS * len(meetings)), "and nobody gives up"
    assert max(slowest) < SLOWEST, sorted(slowest)[-5:]
