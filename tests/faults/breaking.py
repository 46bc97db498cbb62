"""Ways to break a house that runs."""

import os
import signal
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import requests

from tests.server import Server
from tests.sockets import until


class Killed(NamedTuple):
    """A process that was killed and started again. at: when (seconds of the epoch); started: seconds until it was ready;
    worked: seconds of CPU of those that were its own. The rest it waited for a machine that did other things."""

    at: float
    started: float
    worked: float


def killed(process: Server) -> Killed:
    """End it as a power cut would, start it again, and wait until it is ready."""
    process.kill()
    at = time.time()
    process.restart()
    used = Path(f"/proc/{process.process.pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13]
    return Killed(at, time.time() - at, sum(map(int, used)) / os.sysconf("SC_CLK_TCK"))


def restarted(process: Server) -> float:
    """Ask a process to end, start it again, and wait until it is ready; the seconds it took to end."""
    began = time.monotonic()
    process.stop()
    ended = time.monotonic() - began
    process.restart(forked=True)
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
