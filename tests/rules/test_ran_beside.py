"""What runs beside everything else and fails is told by its kind, without what it was about."""

import logging

from groups import concurrency
from tests.sockets import until


def fails():
    raise ValueError("what somebody wrote")


def test_a_failure_is_logged_by_kind_and_printed_nowhere(caplog, capfd):
    with caplog.at_level(logging.ERROR, "groups.concurrency"):
        concurrency.spawn(fails)
        until(lambda: caplog.messages)
    assert caplog.messages == ["what ran beside failed: ValueError in fails"]
    assert "what somebody wrote" not in "".join(capfd.readouterr())
