"""When a balancer is told to send people here."""

import time

import pytest

from groups.readiness import FRESH, Readiness


@pytest.fixture
def pass_time(monkeypatch):
    began, moved = time.monotonic(), []
    monkeypatch.setattr(time, "monotonic", lambda: began + sum(moved))
    return moved.append


def test_only_when_the_database_answered_a_moment_ago(pass_time):
    ready = Readiness()
    assert not ready.is_ready
    ready.database_answered()
    assert ready.is_ready
    pass_time(FRESH)
    assert not ready.is_ready
    ready.database_answered()
    assert ready.is_ready


def test_never_when_it_is_about_to_end_however_well_it_is():
    ready = Readiness()
    ready.drain()
    ready.database_answered()
    assert not ready.is_ready
