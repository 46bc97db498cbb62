"""Whether this process wants new visitors: the database answered a moment ago, and it is not about to
end. A fact in memory, kept fresh by the beacon, so that asking costs nothing, also when every thread is
busy: a full house at the top of the hour must not look like a broken one.

A process answers nothing at all before its database is migrated (`app.py`), so who answers is migrated."""

import time

FRESH = 6.0  # seconds: three beacons


class Readiness:
    """One per process."""

    def __init__(self):
        self.draining = False
        self._answered = None

    def database_answered(self) -> None:
        """It did, this moment."""
        self._answered = time.monotonic()

    def drain(self) -> None:
        """From now on send new visitors elsewhere."""
        self.draining = True

    @property
    def is_ready(self) -> bool:
        """Whether a balancer should send anybody here."""
        return not self.draining and self._answered is not None and time.monotonic() - self._answered < FRESH
