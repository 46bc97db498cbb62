"""A crowd at the door, or somebody who pretends to be one: sign-ins by the hundred, each with seven real
words that open nothing. Whoever speaks in a meeting does not notice; somebody with a card gets in.

The suite does a short one. The whole: `FLOOD=200 FLOOD_SECONDS=20 python -m pytest tests/flows/test_login_flood.py`."""

import json
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from groups.accounts.actions import keep_account
from groups.accounts.models import Account
from groups.accounts.sessions import COOKIE
from groups.db import reading
from groups.membership.models import Membership
from groups.settings import ROOT
from tests import hours
from tests.faults.memory import resident
from tests.hours import TALK
from tests.server import SECRET
from tests.sockets import Line

SEVEN = "abacus tshirt zoom yoyo dropdown ambulance felttip"
EACH_SECOND, LASTS = int(os.environ.get("FLOOD", "100")), float(os.environ.get("FLOOD_SECONDS", "4"))
WINDOWS, GETS_IN = 4, 10  # seconds, the second
MOST_ACK = 250  # milliseconds
MOST_GROWTH = 100  # MB, once it is over: the allocator keeps what four hashes need, 19 MB each, for the next ones


@pytest.fixture
def server(moved_in, tmp_path):
    """A house whose sign-ins cost what they really cost."""
    with hours.settled(moved_in, tmp_path, LAMPLIGHT_FAST_HASH="0") as server:
        yield server


@contextmanager
def flood(server):
    """Sign-ins at a steady rate over many connections; the answers are counted by status."""
    visits, answers = [server.visit() for _ in range(3)], Counter()
    for visit in visits:
        visit.get("/sign-in")
    asked = {"port": server.port, "each_second": EACH_SECOND}
    asked["visits"] = [{"cookie": visit.cookies[COOKIE], "protection": visit.protection} for visit in visits]
    how = [sys.executable, "-m", "tests.flooding"]
    process = subprocess.Popen(how, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        process.stdin.write(json.dumps(asked) + "\n")
        process.stdin.flush()
        assert process.stdout.readline() == "begun\n"
        yield answers
        answers.update({int(status): count for status, count in json.loads(process.communicate(timeout=20)[0]).items()})
    finally:
        process.kill()
        process.wait()


class Knocking(threading.Thread):
    """Somebody with a card, who loads the page once more whenever it says that the door is crowded. `took` is
    how many seconds it was until they were in; 0 while they are not."""

    def __init__(self, visit):
        super().__init__(daemon=True)
        self.visit, self.took, self.tries = visit, 0.0, 0

    def run(self) -> None:
        """Until they are in."""
        began, answer = time.monotonic(), None
        while answer is None or answer.status_code == 429 and answer.headers["Retry-After"]:
            time.sleep(0.3 if answer else 0)
            answer, self.tries = self.visit.post("/sign-in", words=SEVEN), self.tries + 1
        self.took = time.monotonic() - began if answer.status_code == 303 else 0.0


def talk(lines, seconds):
    """They share in turn for so long; how many milliseconds each share waited for its tick."""
    end, acks = time.monotonic() + seconds, []
    while time.monotonic() < end or not acks:
        for line in lines:
            sent = time.monotonic()
            assert line.share("A few words.", f"by-{line.visit.name}-{time.monotonic_ns()}")["ok"]
            acks.append((time.monotonic() - sent) * 1000)
        time.sleep(0.55)  # as often as a sign-in may
    return acks


def test_a_flood_of_sign_ins_keeps_nobody_from_speaking_or_coming_in(server, figures):
    with reading() as session:
        account = session.scalar(select(Account).join(Membership).where(Membership.name == "Nia"))
    keep_account(account, SEVEN.split(), SimpleNamespace(secret=SECRET, fast_hash=False))
    with hours.Clerk(server) as clerk:
        meeting = clerk.plan(begins_in=0)
        clerk.open_lobby(meeting, TALK)
        clerk.bring_in(meeting, "Tom", chair="Maya")
        clerk.begin(meeting, "Maya")
    lines = [Line(server.visit(name), meeting.public_id) for name in ("Tom", "Maya")]
    for line in lines:
        line.enter()
    nia = server.visit()
    nia.get("/sign-in")
    knocking = Knocking(nia)
    calm = talk(lines, 1.5)
    with flood(server):
        talk(lines, 1)  # until every thread has hashed, and holds the memory it goes on using
    before = resident(server)
    with flood(server) as answers:
        began = time.monotonic()
        knocking.start()
        windows = [talk(lines, LASTS / WINDOWS) for _ in range(WINDOWS)]
        knocking.join(GETS_IN)
        lasted = time.monotonic() - began
    grew = min(resident(server) - before for _ in range(5) if not time.sleep(0.1))
    figures(
        calm_max_ms=max(calm), flood_max_ms=" ".join(f"{max(acks):.0f}" for acks in windows), acks=sum(map(len, windows)),
        came_in_s=knocking.took, tries=knocking.tries, offered_per_s=sum(answers.values()) / lasted, grew_mb=grew,
        **{f"status_{status}": count for status, count in answers.items()},
    )
    assert set(answers) == {403, 429}
    assert answers[429] > 10, "there was no flood to speak of"
    most = max(MOST_ACK, 10 * max(calm))  # a machine that is slow before the flood is not made quick by it
    assert min(max(acks) for acks in windows) < most, "what holds them up does so every time; a busy machine does not"
    assert 0 < knocking.took < GETS_IN
    assert grew < MOST_GROWTH
