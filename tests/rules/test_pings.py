"""Whether a ping was answered in time is no question to the clock on the wall."""

import time

import engineio
import pytest
from engineio.socket import Socket

from realtime.watchdog import count_pings_steadily


@pytest.fixture
def pinged():
    """A line of the library's that was pinged this moment and has not answered yet."""
    count_pings_steadily()
    return Socket(engineio.Server(async_mode="threading"), "a-line")


@pytest.mark.parametrize("hour", [3600, -3600])
def test_a_clock_that_is_set_ends_no_line(pinged, monkeypatch, hour):
    moved = time.time() + hour
    monkeypatch.setattr(time, "time", lambda: moved)
    assert pinged.check_ping_timeout() and not pinged.closed


def test_a_ping_that_is_not_answered_ends_it_whatever_the_clock_says(pinged, monkeypatch):
    behind = time.time() - 3600
    monkeypatch.setattr(time, "time", lambda: behind)
    pinged.last_ping -= 1 + pinged.server.ping_timeout
    assert not pinged.check_ping_timeout() and pinged.closed
