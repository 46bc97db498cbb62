"""Where somebody comes from is turned into a hash at the very front door, and goes no further: neither a
page nor a library behind it can see, keep or log an address."""

from collections.abc import Callable

from groups.limiting.keys import DailyKey, network

WHENCE = "lamplight.whence"  # in the environ: today's hash of where this visitor comes from, or None
ADDRESSES = ("REMOTE_ADDR", "REMOTE_PORT", "REMOTE_HOST", "HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED")


class Whence:
    """WSGI middleware, outermost. `proxies`: with one in front, the last address of X-Forwarded-For is
    what that proxy saw, and everything before it is what a visitor claims. Over HTTPS with none there is
    one all the same that we were not told of: no visitor's address is known then."""

    def __init__(self, inside: Callable, proxies: int, https: bool, keys: DailyKey | None = None):
        self._inside, self._proxies, self._https, self._keys = inside, proxies, https, keys or DailyKey()

    def __call__(self, environ, start_response):
        self.mark(environ)
        return self._inside(environ, start_response)

    def mark(self, environ: dict) -> None:
        """Put the hash where the addresses were."""
        found = network(self._address(environ))
        for name in ADDRESSES:
            environ.pop(name, None)
        environ[WHENCE] = self._keys.of(found) if found else None

    def mark_line(self, environ: dict, sock) -> None:
        """The same for a socket that was taken before any server made an environ of it."""
        environ["REMOTE_ADDR"] = sock.getpeername()[0]
        self.mark(environ)

    def _address(self, environ):
        if self._proxies:
            return environ.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2]
        return None if self._https else environ.get("REMOTE_ADDR")
