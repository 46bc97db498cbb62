"""The one place that knows what time it is. Everything inside Lamplight is aware UTC."""

import os
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


def _file_shift() -> timedelta:
    # A server under test is a child process; its clock is moved by writing seconds into a file.
    try:
        with open(_shift_file) as file:
            return timedelta(seconds=float(file.read() or 0))
    except FileNotFoundError:
        return timedelta()
