"""Our own access log: how often each page was asked for, how it was answered and how long that took.

Counts, not lines, written every quarter of an hour in the order of the alphabet: a line for each request
would say when somebody came, and after whom. What is counted is the method, the page by its pattern
(`/g/<slug>`, never an address), the status, and a band of time; nothing else is ever looked at."""

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable

log = logging.getLogger("lamplight.access")
EVERY = 900  # seconds between two writings
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
BANDS = ((0.1, "<100ms"), (1.0, "<1s"), (10.0, "<10s"))  # seconds
UNTOLD = ("/static/<path:filename>", "/health", "/ready")  # of no interest, and most of all there is
PATTERN = "lamplight.pattern"  # where the page leaves its pattern for us


class AccessLog:
    """WSGI middleware around everything. On the event loop it only counts."""

    def __init__(self, app: Callable):
        self._app, self._counts, self._lock = app, Counter(), threading.Lock()

    def __call__(self, environ, start_response):
        began, seen = time.monotonic(), []

        def start(status, headers, exc_info=None):
            seen.append(status[:3])
            return start_response(status, headers, exc_info) if exc_info else start_response(status, headers)

        try:
            return self._app(environ, start)
        finally:
            self._count(environ, seen[-1] if seen else "500", time.monotonic() - began)

    def write(self) -> None:
        """Write down what was counted since the last time, and begin anew."""
        with self._lock:
            counts, self._counts = self._counts, Counter()
        for what, times in sorted(counts.items()):
            log.info("%s ×%d", what, times)

    def _count(self, environ, status, seconds):
        pattern = environ.get(PATTERN, "(none)")
        if pattern not in UNTOLD:
            method = environ["REQUEST_METHOD"] if environ["REQUEST_METHOD"] in METHODS else "(other)"
            with self._lock:
                self._counts[f"{method} {pattern} {status} {band(seconds)}"] += 1


def band(seconds: float) -> str:
    """Which of four bands a duration falls in."""
    return next((name for limit, name in BANDS if seconds < limit), "longer")


def tell_pattern(request) -> None:
    """For the page: leave the pattern by which it was found."""
    if request.url_rule is not None:
        request.environ[PATTERN] = request.url_rule.rule
