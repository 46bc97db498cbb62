"""The moving window: so many in so many seconds, for each name alone."""

import time

from realtime import pace
from realtime.pace import Pace


def test_so_many_and_no_more_until_the_first_is_old():
    five = Pace(5, seconds=0.2)
    assert [five.allows(1) for _ in range(7)] == [True] * 5 + [False] * 2
    assert five.allows(2), "everybody has a pace of their own"
    time.sleep(0.21)
    assert [five.allows(1) for _ in range(6)] == [True] * 5 + [False]


def test_the_window_moves_with_each_wish():
    three, began = Pace(3, seconds=0.3), time.monotonic()
    allowed = []
    while time.monotonic() < began + 1:
        if three.allows(1):
            allowed.append(time.monotonic())
        time.sleep(0.01)
    assert 9 <= len(allowed) <= 12
    assert all(later - earlier >= 0.29 for earlier, later in zip(allowed, allowed[3:], strict=False))


def test_being_refused_costs_nothing_and_the_quiet_are_forgotten(monkeypatch):
    monkeypatch.setattr(pace, "MANY", 10)
    one = Pace(1, seconds=0.05)
    for name in range(11):
        assert one.allows(name) and not one.allows(name)
    time.sleep(0.06)
    assert one.allows(99)
    assert list(one._times) == [99]
