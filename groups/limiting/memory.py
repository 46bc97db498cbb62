"""What was done lately, for the strategies of `limits`, in this process's memory.

The library's own memory starts a thread to tidy up whenever something is counted; shares are counted on
the event loop, and there that holds up everybody for 20 to 100 ms. Here whoever finds it full tidies
up, and it never grows beyond that."""

import threading
import time
from collections import deque
from collections.abc import Callable

from limits.storage import Storage
from limits.storage.base import MovingWindowSupport

MANY = 50_000  # names remembered at once; a name with twenty moments is a kilobyte


class Full(Exception):
    """More names than are remembered did something lately."""


class Memory(Storage, MovingWindowSupport):
    """Moving windows: for each name the moments it did something. Any thread may ask."""

    STORAGE_SCHEME = ["lamplight"]
    base_exceptions = Full

    def __init__(self, watch: Callable[[], float] = time.monotonic, many: int = MANY):
        super().__init__()
        self.watch, self._many, self._lock = watch, many, threading.Lock()
        self._times: dict[str, tuple[deque[float], float]] = {}  # and how long the window is

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Whether it may be done once more now; if so, that counts. Raises Full."""
        now = self.watch()
        with self._lock:
            if key not in self._times and len(self._times) >= self._many:
                self._forget(now)
            times, _ = self._times.setdefault(key, (deque(maxlen=limit), expiry))
            if len(times) == limit and times[0] > now - expiry:
                return False
            times.extend([now] * amount)
            return True

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:
        """The oldest moment that still counts, and how many do."""
        now = self.watch()
        with self._lock:
            times = [moment for moment in self._times.get(key, ((), 0))[0] if moment > now - expiry]
        return (times[0], len(times)) if times else (now, 0)

    def reset(self) -> int:
        """Forget everything; how many names that were."""
        with self._lock:
            many = len(self._times)
            self._times.clear()
        return many

    def clear(self, key: str) -> None:
        """Forget one name."""
        with self._lock:
            self._times.pop(key, None)

    def check(self) -> bool:
        """Memory is always there."""
        return True

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Fixed windows are not kept here."""
        raise NotImplementedError

    get = get_expiry = incr

    def _forget(self, now):
        self._times = {key: (times, span) for key, (times, span) in self._times.items() if times and times[-1] > now - span}
        if len(self._times) >= self._many:
            raise Full()
