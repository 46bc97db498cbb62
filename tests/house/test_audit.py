"""`make audit` ends: in time, with a table, and with nothing left running."""

import os
import time

import pytest

from audit.run import Look, bounded, is_expected, table


def is_alive(number):
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{number}/stat") as told:
        return told.read().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.parametrize(("ends", "seconds"), [("wait", 0.5), ("exit 3", 20)])
def test_a_tool_is_ended_with_everything_it_started(ends, seconds):
    began = time.monotonic()
    ended, said = bounded(["sh", "-c", f"sleep 600 & echo $!; {ends}"], seconds)
    assert ended == (None if ends == "wait" else 3)
    assert time.monotonic() - began < 15
    end = time.monotonic() + 10
    while is_alive(int(said)) and time.monotonic() < end:
        time.sleep(0.02)
    assert not is_alive(int(said))


def test_the_table_says_who_found_what_and_what_is_not_expected_is_not():
    told = table([Look("bandit", "nothing", True, seconds=4), Look("semgrep", "something", False, seconds=60)])
    assert "bandit                 4 s  ok  nothing" in told and "semgrep               60 s  NO  something" in told
    assert is_expected("HttpOnly Flag cookie", "HttpOnly flag is not set in the cookie : tz")
    assert not is_expected("HttpOnly Flag cookie", "HttpOnly flag is not set in the cookie : s")
