"""What keeps the words: the database goes away, the disk is full, an answer is lost on its way."""

import errno
import os
import random
import signal
import sqlite3
import subprocess
import time
from contextlib import ExitStack, contextmanager

from sqlalchemy import text

from groups import concurrency, db
from tests import hours, services
from tests.faults.cable import DOWN, Cable
from tests.faults.houses import EACH, MEETINGS, UNHURRIED, four_processes, one_process
from tests.faults.plans import BETWEEN
from tests.faults.traffic import Traffic
from tests.server import Server, database_named, move_in_at, running
from tests.sockets import until

ROUNDS = 3
AWAY = 3  # seconds
TOLD = 5.5  # seconds until whoever shares knows that it is not kept: five, and what a busy machine takes
AGAIN = 5  # seconds until shares are kept again
DISK = 24  # megabytes
FULL = 8  # seconds
LOST_ANSWERS = 200
# As PostgreSQL's wire has it: the server says that a COMMIT is done.
DONE = b"C\x00\x00\x00\x0bCOMMIT\x00"


def f4(folder, memory):
    """PostgreSQL crashed and away for 3 s, restarted in good order, and all its connections ended, three times each"""
    again = []
    with four_processes(folder, memory) as (house, _, traffic):
        for _ in range(ROUNDS):
            for broken in (_crashed, _restarted, _cut_off):
                traffic.more(BETWEEN)
                broken(house.database)
                again.append(_kept_again(traffic))
        traffic.more(BETWEEN)
        measured = traffic.stop()
    held = measured["slowest_no_s"] < TOLD and max(again) < AGAIN
    return measured | {"held": held, "also": (
        f"shares were kept again within {max(again):.1f} s of its return; whoever shared meanwhile was told so after {measured['slowest_no_s']} s at most"
    )}


def _crashed(database):
    database.stop(signal.SIGQUIT)
    time.sleep(AWAY)
    database.start()


def _restarted(database):
    database.stop()
    database.start()


def _cut_off(_):
    with db.engine().connect() as connection:
        mine = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
        connection.execute(text(mine))


def _kept_again(traffic):
    began = time.monotonic()
    traffic.more(1)
    return time.monotonic() - began


def f5(folder, memory):
    """the disk full for 8 s, three times"""
    again, told = [], []
    with small_disk(folder, DISK) as small, one_process(small, memory) as (_, traffic):
        for _ in range(ROUNDS):
            traffic.more(BETWEEN)
            with full(small):
                time.sleep(FULL / 2)
                told.append(_by_form(traffic))
                time.sleep(FULL / 2)
            again.append(_kept_again(traffic))
        traffic.more(BETWEEN)
        measured = traffic.stop()
        with sqlite3.connect(small / "lamplight.db") as file:
            sound = file.execute("PRAGMA integrity_check").fetchone()[0]
    held = sound == "ok" and all(told) and measured["slowest_no_s"] < TOLD and max(again) < AGAIN
    return measured | {"held": held, "also": (
        f"integrity {sound}; a share by a form was refused with its words kept {sum(told)} of {ROUNDS} times; kept again within {max(again):.1f} s of "
        f"there being room; whoever shared meanwhile was told so after {measured['slowest_no_s']} s at most"
    )}


@contextmanager
def small_disk(folder, megabytes: int):
    """A disk of its own, of so many megabytes; yields where it is. Takes root."""
    place = folder / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}M", "none", place], capture_output=True, check=False)
    if mounted.returncode:
        services.needed("A small disk cannot be mounted here; it takes root")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", place], check=True)


@contextmanager
def full(disk):
    """Not a byte is left on it meanwhile."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for piece in (1 << 16, 4096, 1):
            _write_until_full(file, bytes(piece))
    try:
        yield
    finally:
        ballast.unlink()


def _write_until_full(file, piece):
    try:
        while True:
            file.write(piece)
    except OSError as failure:
        if failure.errno != errno.ENOSPC:
            raise


def _by_form(traffic):
    """Somebody without script shares; whether they read that it was not kept, with their words in the box."""
    meeting, (name, *_) = next(iter(traffic.rooms.items()))
    visit, words = traffic.visits[name], "By a form, with no room left."
    answer = visit.post(f"/g/{meeting.group.slug}/m/{meeting.public_id}/share", client_id=os.urandom(8).hex(), words=words)
    return answer.status_code == 503 and words in answer.text


class Forgetful(Cable):
    """A cable to PostgreSQL that swallows some of the answers to COMMIT, and ends the line instead: what
    was written is kept, and whoever wrote it does not know."""

    def __init__(self, target):
        super().__init__(target)
        self.forgets, self.swallowed, self._chance = False, 0, random.Random(4)

    def passes(self, line, way, data):
        """As always, but for that."""
        if self.forgets and way == DOWN and DONE in data and self._chance.random() < 1 / 3:
            self.swallowed += 1
            raise ConnectionAbortedError
        return super().passes(line, way, data)


def f14(folder, memory):
    """the connection to PostgreSQL ends between COMMIT and its answer, 200 times"""
    concurrency.start("threading")
    with ExitStack() as stack:
        database = stack.enter_context(services.postgres_server("fsync=on"))
        url = stack.enter_context(database_named(database.url, "unknown"))
        stack.enter_context(move_in_at(url))
        cable = stack.enter_context(Forgetful(str(database.socket)))
        server = stack.enter_context(running(Server(folder, database_url=f"postgresql+psycopg2://test@127.0.0.1:{cable.port}/unknown")))
        clerk = stack.enter_context(hours.Clerk(server))
        traffic = stack.enter_context(Traffic(server, clerk, MEETINGS, EACH, UNHURRIED))
        memory.servers.append(server)
        traffic.more(BETWEEN)
        cable.forgets = True
        until(lambda: cable.swallowed >= LOST_ANSWERS, within=120, what="answers to be swallowed")
        cable.forgets = False
        again = _kept_again(traffic)
        traffic.more(BETWEEN)
        measured = traffic.stop()
    return measured | {"also": f"{cable.swallowed} answers to COMMIT were swallowed; the next share was kept {again:.1f} s after the last of them"}


PLANS = {"F4": f4, "F5": f5, "F14": f14}
