"""What was done lately in all processes of the house together: the same windows, in Redis. There is nothing in it but
moments under hashes, each for as long as its window, and whoever has to do without it counts for themselves."""

import logging
import threading
import time

from limits.storage import RedisStorage
from redis import RedisError

from groups.redis_lines import lines_to
from groups.sealing import derived
from groups.settings import Settings

log = logging.getLogger(__name__)
PATIENCE = 0.3  # seconds that a page waits for Redis
AWAY = 5.0  # seconds in which it is not asked again after it did not answer


class Away(Exception):
    """Redis does not answer, or did not a moment ago."""


class Shared(RedisStorage):
    """Moving windows for all processes. For real threads only: whoever asks waits for the answer."""

    STORAGE_SCHEME = ["lamplight+redis"]

    def __init__(self, settings: Settings):
        # Two houses that share a Redis do not count for each other.
        prefix = f"lamplight:{derived(settings.secret, 'counts')[:8].hex()}"
        super().__init__(settings.redis_url, connection_pool=lines_to(settings.redis_url, PATIENCE), key_prefix=prefix)
        self.watch = time.time
        self._lock, self._until = threading.Lock(), 0.0

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Whether it may be done once more now; if so, that counts. Raises Away."""
        return self._asked(super().acquire_entry, key, limit, expiry, amount)

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:
        """The oldest moment that still counts, and how many do. Raises Away."""
        return self._asked(super().get_moving_window, key, limit, expiry)

    def _asked(self, ask, *what):
        if time.monotonic() < self._until:
            raise Away()
        try:
            return ask(*what)
        except (RedisError, OSError) as failure:
            with self._lock:
                first, self._until = time.monotonic() >= self._until, time.monotonic() + AWAY
            if first:
                log.warning("Redis does not count: %s; each process counts for itself", type(failure).__name__)
            raise Away() from None
