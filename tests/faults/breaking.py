"""Ways to break a house that runs."""

import signal
import time
from collections.abc import Callable
from contextlib import contextmanager

import requests

from tests.server import Server
from tests.sockets import until


def restarted(process: Server) -> float:
    """Ask a process to end, start it again, and wait until it is ready; the seconds it took to end."""
    began = time.monotonic()
    process.stop()
    ended = time.monotonic() - began
    process.restart()
    until(lambda: is_ready(process), within=20, what="it to be ready")
    return ended


def is_ready(process: Server) -> bool:
    """Whether it tells a balancer to send people there."""
    return requests.get(f"{process.url}/ready", timeout=5).status_code == 200


@contextmanager
def standing_still(tell: Callable[[int], None]):
    """A process is there and does nothing. `tell` sends it a signal."""
    tell(signal.SIGSTOP)
    try:
        yield
    finally:
        tell(signal.SIGCONT)
