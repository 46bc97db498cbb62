"""Moving the clock: here, and in a server under test, which reads its shift from a file."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from groups import clock


class Freeze:
    """`freeze(moment)` makes it that moment; `freeze.forward(minutes=5)` lets time pass. Seconds go
    on ticking from there. With a file, a server process that watches it moves along."""

    def __init__(self, file: Path | None = None):
        self._file, self._by = file, timedelta()

    def __call__(self, moment: datetime) -> None:
        self._move(moment - datetime.now(UTC))

    def forward(self, **by) -> None:
        """Move on by a timedelta's keywords."""
        self._move(self._by + timedelta(**by))

    def back_to_now(self) -> None:
        """End the pretence."""
        self._move(timedelta())

    def _move(self, by):
        self._by = by
        clock.shift(by)
        if self._file:
            fresh = self._file.with_suffix(".new")
            fresh.write_text(str(by.total_seconds()))
            fresh.rename(self._file)  # in one step: the server never reads half a number


def calmest(waits: list[float], parts: int = 3) -> float:
    """The longest wait of the calmest of so many stretches, in the order in which they were waited: what holds
    everybody up does so in each of them, the noise of a busy machine does not."""
    each = max(1, len(waits) // parts)
    return min(max(waits[at : at + each]) for at in range(0, each * parts, each) if waits[at : at + each])
