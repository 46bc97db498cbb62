"""An answer means flushed: watched from outside, by the calls a process makes."""

import re
import shutil
import subprocess
import time

import pytest

from tests import services
from tests.hours import TALK, Clerk
from tests.sockets import Line, until

SHARES = 8
FLUSHED = re.compile(r"\bf(data)?sync\b.*= 0$")
ANSWERED = r'[{\"ok\":true,\"number\":'


def test_before_every_answer_to_a_share_there_is_a_flush(server, tmp_path, figures):
    program = shutil.which("strace") or services.needed("No strace here: apt-get install strace")
    with Clerk(server) as clerk:
        meeting = clerk.plan(begins_in=0)
        clerk.open_lobby(meeting, TALK)
        clerk.bring_in(meeting, "Tom", chair="Maya")
        clerk.begin(meeting, "Maya")
    tom, seen = Line(server.visit("Tom"), meeting.public_id), tmp_path / "calls"
    tom.enter()
    watching = subprocess.Popen(
        [program, "-f", "-qq", "-s", "4000", "-e", "trace=fsync,fdatasync,sendto,write", "-p", str(server.process.pid), "-o", str(seen)],
        stdin=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )
    try:
        until(lambda: watching.poll() is not None or seen.exists() and seen.stat().st_size, within=10, what="strace to watch")
        if watching.poll() is not None:
            pytest.skip("this machine lets nobody watch another process")
        for number in range(SHARES):
            assert tom.share(f"Word {number}.", f"flush-{number:05}")["ok"]
            time.sleep(0.55)  # as fast as one person may
    finally:
        watching.terminate()
        watching.communicate()
    flushed = answers = 0
    since = False
    for line in seen.read_text(errors="replace").splitlines():
        if FLUSHED.search(line):
            since, flushed = True, flushed + 1
        elif ANSWERED in line:
            assert since, "an answer left before anything was flushed"
            since, answers = False, answers + 1
    figures(answers=answers, flushes=flushed)
    assert answers == SHARES <= flushed
