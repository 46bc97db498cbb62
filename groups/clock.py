"""The one place that knows what time it is. Everything inside Lamplight is aware UTC."""

import os
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

_shift = timedelta()
_shift_file = os.environ.get("LAMPLIGHT_TEST_CLOCK") if os.environ.get("LAMPLIGHT_ENV") == "test" else None


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC) + (_file_shift() if _shift_file else _shift)


def shift(by: timedelta) -> None:
    """Tests only: let `now()` run ahead (or behind) by this much from here on."""
    global _shift
    _shift = by


@contextmanager
def ago(by: timedelta):
    """For the demo world alone, before anything is served: what is done inside was done so long ago."""
    shift(_shift - by)
    try:
        yield
    finally:
        shift(_shift + by)


class Jumps:
    """Whether the clock of this machine was set lately, by hand or after a long sleep. Such a jump says
    nothing about who is there; within a rest of it everybody has been seen at the new time. Ask often: what
    is compared is the time between two questions, by the clock and by what only goes on."""

    APART = 3  # seconds the two may differ by
    REST = 12  # seconds: two looks at who is there, of any process, and what a busy machine takes

    def __init__(self):
        self._wall, self._steady, self._rests_until = now(), time.monotonic(), 0.0
        self.since: datetime | None = None  # when the last one was noticed, by the clock as it is set now

    def lately(self) -> bool:
        """True for so long after a jump."""
        wall, steady = now(), time.monotonic()
        if abs((wall - self._wall).total_seconds() - (steady - self._steady)) > self.APART:
            self._rests_until, self.since = steady + self.REST, wall
        self._wall, self._steady = wall, steady
        return steady < self._rests_until


def _file_shift() -> timedelta:
    # A server under test is a child process; its clock is moved by writing seconds into a file.
    try:
        with open(_shift_file) as file:
            return timedelta(seconds=float(file.read() or 0))
    except FileNotFoundError:
        return timedelta()
