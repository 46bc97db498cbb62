"""How fast anybody may go: so many in a moving window of seconds.

Our own few lines, because this is asked on the event loop at every wish: the library for it starts
a thread each time, which with a few pages being drawn holds up everybody for 20 to 100 ms."""

import time
from collections import deque

MANY = 10_000  # names remembered before those that have been quiet are forgotten


class Pace:
    """Lets each name do something `most` times in any `seconds`."""

    def __init__(self, most: int, seconds: float):
        self.most, self.seconds = most, seconds
        self._times: dict[int, deque[float]] = {}

    def allows(self, name: int) -> bool:
        """Whether it may be done once more now; if so, that counts."""
        now = time.monotonic()
        if len(self._times) > MANY:
            self._times = {name: times for name, times in self._times.items() if times[-1] > now - self.seconds}
        times = self._times.setdefault(name, deque(maxlen=self.most))
        if len(times) == self.most and times[0] > now - self.seconds:
            return False
        times.append(now)
        return True
