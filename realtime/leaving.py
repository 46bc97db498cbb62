"""Going without being missed: when this process is to end and others stay, it leaves the balancer, asks
every browser to come back at a moment of its own, and waits until they have gone. What they had sent is
answered meanwhile, as always."""

import time

from flask import Flask

from groups.concurrency import sleep
from groups.headers import without_a_page
from realtime import broadcasts
from realtime.connection import connections

NOTICED = 0.8  # seconds in which a balancer sees that we are not ready (`deploy/haproxy.cfg`)
WITHIN = 2.5  # seconds in which everybody comes back, each at some moment of it
LAST = 1.0  # seconds for whoever drew the last moment, and for answers that take long
LOOK = 0.1


def leave(app: Flask) -> None:
    """Say no to balancers, send everybody elsewhere, and return once nobody is here, or after 4.3 seconds."""
    app.extensions["readiness"].drain()
    if not connections:
        return
    sleep(NOTICED)
    broadcasts.say_reconnect(WITHIN)
    end = time.monotonic() + WITHIN + LAST
    while connections and time.monotonic() < end:
        sleep(LOOK)


class Doorway:
    """WSGI middleware: no new socket comes to a process that is about to end. A balancer that has not
    noticed yet takes the 503 and asks the next one (`proxy_next_upstream`, `retry-on`). And whoever is
    refused a socket is refused with the same headers as everybody."""

    def __init__(self, inside, readiness):
        self._inside, self._readiness = inside, readiness

    def __call__(self, environ, start_response):
        if not environ["PATH_INFO"].startswith("/socket.io/"):
            return self._inside(environ, start_response)
        ours = without_a_page(environ["wsgi.url_scheme"] == "https")
        if self._readiness.draining:
            start_response("503 Service Unavailable", [("Retry-After", "1"), ("Content-Length", "0"), *ours])
            return [b""]
        # The library refuses by itself, and with no header of ours.
        return self._inside(environ, lambda status, headers, *rest: start_response(status, [*headers, *ours], *rest))
