"""Asking whether something may be done once more."""

import logging
import math

from limits.strategies import MovingWindowRateLimiter

from groups.errors import TooMany
from groups.limiting.keys import DailyKey
from groups.limiting.memory import Memory
from groups.limiting.table import LIMITS, Fails

log = logging.getLogger(__name__)
WHILE_SHUT = 60  # seconds to come back in, where nothing can be counted


class Counts:
    """What this process remembers for the table. Several processes count each for themselves, so where
    there are four of them a rate may be four times as high: it keeps off floods, and secrets are kept by
    their length."""

    def __init__(self, memory: Memory | None = None):
        self.memory, self.keys = memory or Memory(), DailyKey()
        self._strategy = MovingWindowRateLimiter(self.memory)

    def ask(self, action: str, name: object | None) -> None:
        """Count one more of `action` for this name. Raises TooMany(…, seconds) when it was done too often;
        with no name there is nobody to count for, and it may be done."""
        if name is None:
            return
        limit = LIMITS[action]
        try:
            if self.keys.turn():
                self.memory.reset()  # what is there was counted under yesterday's hashes
            key = self.keys.of(action, name).hex()
            if self._strategy.hit(limit.rate, key):
                return
            seconds = self._strategy.get_window_stats(limit.rate, key).reset_time - self.memory.watch()
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
