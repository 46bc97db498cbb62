"""Asking whether something may be done once more."""

import logging
import math

from limits.strategies import MovingWindowRateLimiter

from groups.concurrency import on_loop
from groups.errors import TooMany
from groups.limiting.keys import DailyKey, HouseKey
from groups.limiting.memory import Memory
from groups.limiting.shared import Away, Shared
from groups.limiting.table import LIMITS, Fails

log = logging.getLogger(__name__)
WHILE_SHUT = 60  # seconds to come back in, where nothing can be counted


class Counts:
    """What is remembered for the table. With Redis (`shared`) the processes count together what the table says is
    counted together; the rest, and all of it while Redis is away, each counts for itself, so where there are four
    of them a rate may be four times as high then: it keeps off floods, and secrets are kept by their length."""

    def __init__(self, memory: Memory | None = None, shared: Shared | None = None):
        self.memory, self.shared = memory or Memory(), shared
        self.keys = HouseKey("what is done") if shared else DailyKey()
        self._strategy = MovingWindowRateLimiter(self.memory)
        self._together = MovingWindowRateLimiter(shared) if shared else None

    def places(self) -> DailyKey:
        """What visitors' addresses are hashed with at the front door, so that it can be counted by them."""
        return HouseKey("where from") if self.shared else DailyKey()

    def ask(self, action: str, name: object | None) -> None:
        """Count one more of `action` for this name. Raises TooMany(…, seconds) when it was done too often;
        with no name there is nobody to count for, and it may be done."""
        if name is None:
            return
        limit = LIMITS[action]
        try:
            if self.keys.turn():
                self.memory.reset()  # what is there was counted under yesterday's hashes
            seconds = self._seconds(limit, self.keys.of(action, name).hex())
            if seconds is None:
                return
        except Exception as mistake:
            log.error("%s could not be counted: %s", action, type(mistake).__name__)
            if limit.fails is Fails.OPEN:
                return
            seconds = WHILE_SHUT
        raise TooMany(limit.reason, seconds=max(1, math.ceil(seconds)))

    def ask_account(self, action: str, account_id: int, meeting: str = "") -> None:
        """The same for an account, whichever of its browsers, forms and sockets it comes from; in one meeting,
        where its public id is given."""
        self.ask(action, f"account {account_id} {meeting}")

    def _seconds(self, limit, key):
        """None where it may be done once more, which counts; else in how many seconds."""
        if limit.together and self.shared and not on_loop():
            try:
                return _hit(self._together, self.shared, limit.rate, key)
            except Away:
                pass
        return _hit(self._strategy, self.memory, limit.rate, key)


def _hit(strategy, storage, rate, key):
    if strategy.hit(rate, key):
        return None
    return strategy.get_window_stats(rate, key).reset_time - storage.watch()
