"""Lines that only cost: half-open ones, and readers who never read."""

import socket
import time
from contextlib import suppress
from pathlib import Path

import pytest

from groups.meeting import commands as c
from tests import hours
from tests.hours import TALK
from tests.sockets import Line, Wire, until

MB = 1024
ROUNDS = 5

pytestmark = hours.FAST_AND_PLAIN


def memory(house) -> int:
    """What the server holds, in kB."""
    status = Path(f"/proc/{house.process.pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0])


def open_files(house) -> int:
    return len(list(Path(f"/proc/{house.process.pid}/fd").iterdir()))


def test_events_before_connecting_are_not_heard(house, clerk):
    meeting = clerk.plan()
    clerk.open_lobby(meeting)
    before, wire = hours.position(meeting), Wire(house, house.visit("Tom").cookie)
    for number in range(5):
        wire.event("knock", {"meeting": meeting.public_id}, number=number)
    assert wire.connect() and hours.position(meeting) == before
    wire.event("knock", {"meeting": meeting.public_id}, number=9)
    assert wire.answer(9)["ok"] and hours.position(meeting) == before + 1


@pytest.fixture
def long_meeting(clerk):
    """An open talk in which five hundred long shares were said."""
    meeting = clerk.plan(begins_in=0)
    clerk.open_lobby(meeting, TALK)
    clerk.bring_in(meeting, "Tom", "Nia", chair="Maya")
    clerk.begin(meeting, "Maya")
    tom = hours.handle("Tom")
    told = clerk.submit(meeting, *(c.Share(by=tom, client_id=f"long-{n:05}", words="w" * 4000) for n in range(500)))
    assert told[-1].result(20).number
    return meeting


def asks_and_never_reads(house, meeting, says, other):
    """Ask for forty megabytes and read nothing; the longest anybody else waited meanwhile, in seconds.
    Fails if the line is not cut."""
    greedy = Wire(house, house.visit("Tom").cookie)
    greedy.connect()
    greedy.socket.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    with suppress(OSError):  # cut before the last was asked; the line below finds it so
        for number in range(18):
            greedy.event("catch_up", {"meeting": meeting.public_id, "after": 0}, number=number)
    worst, end = 0, time.monotonic() + 10
    while time.monotonic() < end:
        began = time.monotonic()
        assert other.ask("raise_hand")["reason"] in ("no_hands_now", "too_fast")
        worst = max(worst, time.monotonic() - began)
        try:
            greedy.send(says)
        except OSError:
            return worst
        time.sleep(0.1)
    pytest.fail("still there after ten seconds")


def test_who_asks_and_never_reads_is_cut_and_costs_nothing(house, long_meeting, figures):
    """The library would keep every answer, for ever if pongs come without being asked for."""
    other = Line(house.visit("Nia"), long_meeting.public_id)
    other.enter()
    waits, grown = [], []
    for says in ("6", *"3" * (ROUNDS - 1)):
        before = memory(house)
        waits.append(asks_and_never_reads(house, long_meeting, says, other))
        until(lambda before=before: memory(house) - before < 40 * MB, what="the memory to be given back")
        grown.append(memory(house) - before)
        figures(growth_kB=grown[-1], longest_wait_ms=waits[-1] * 1000)
        if len(grown) > 1 and grown[-1] < 5 * MB:
            break  # what one reader leaves behind, each leaves; what a process keeps ready moves by twenty
    assert min(grown[1:]) < 5 * MB, grown
    assert max(waits) < 1.0
    assert other.connected


def test_half_open_lines_are_cut_and_a_slow_but_honest_reader_is_left_alone(house, long_meeting):
    """Of the three hundred some only wait, some send events without connecting, some were refused and
    stay. Meanwhile somebody on a bad line reads a piece now and then, and gets everything."""
    slow = Wire(house, house.visit("Tom").cookie)
    slow.connect()
    files, before = open_files(house), memory(house)
    lines = [Wire(house) for _ in range(300)]
    for number, wire in enumerate(lines):
        if number % 3 == 1:
            wire.send("40")
        if number % 3 == 2:
            wire.event("enter", {"meeting": "abc"})
    slow.socket.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16_384)
    slow.event("catch_up", {"meeting": long_meeting.public_id, "after": 0})
    began, raw = time.monotonic(), 0
    while raw < 1_900_000:
        raw += len(slow.socket.sock.recv(16_384))
        time.sleep(0.04)
    assert time.monotonic() - began > 4
    for wire in lines:
        wire.hung_up(within=max(0.1, began + 10 - time.monotonic()))
    until(lambda: open_files(house) <= files + 3, what="the files to be given back")
    until(lambda: memory(house) - before < 25 * MB, what="the memory to be given back")
    assert not [packet for wire in lines for packet in wire.said if packet.startswith("43")], "nobody was answered"
