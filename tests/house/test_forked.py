"""Most servers under test are forked by a front door that stands open (`tests/front_door.py`): they are as good as
started ones, and pytest's own process has nothing of it."""

import os
import signal
import subprocess
import sys

import pytest
import requests

from tests.forked import Forked
from tests.server import Server


def test_it_is_a_server_like_any_other_and_its_loop_is_watched(server):
    assert requests.get(server.url, timeout=5).status_code == 200
    assert f"pid={server.process.pid}\n" in server.log and server.process.poll() is None
    assert server.stalls.exists(), "how long its loop was held up is asked after each test"
    server.stop()
    assert server.process.poll() == 0
    assert "eventlet" not in sys.modules


def test_how_it_ended_is_told_and_it_comes_back_as_a_started_one(server):
    server.kill()
    assert server.process.poll() == -signal.SIGKILL
    server.restart()
    assert requests.get(server.url, timeout=5).status_code == 200


def test_what_stops_a_start_stops_a_fork_and_the_door_stays_open(tmp_path, server):
    with pytest.raises(pytest.fail.Exception, match="LAMPLIGHT_DEBUG is not a setting"):
        Server(tmp_path, forked=True, LAMPLIGHT_DEBUG="1").start()
    beside = Server(tmp_path, forked=True)
    beside.start()
    beside.stop()
    assert beside.process.pid != server.process.pid


def test_to_end_one_that_ended_this_moment_is_no_mistake():
    """It is gone, and how it ended is still on its way to us."""
    ended, (told, telling) = Forked.__new__(Forked), os.pipe()
    with subprocess.Popen(["true"]) as gone, os.fdopen(told) as ended._told, os.fdopen(telling, "w") as door:
        gone.wait()
        ended.pid, ended.returncode = gone.pid, None
        ended.kill()
        door.write("0\n")
        door.flush()
        assert ended.wait(5) == 0
