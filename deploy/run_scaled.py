"""`make run-scaled`: the whole of a grown house on this machine, to look at and to break. PostgreSQL, Redis,
HAProxy and four processes with the demo world in it, in a temporary folder; nothing is kept at the end.

A process that ends (try `kill -9`, or plain `kill` for a restart in good order) is started again, as
systemd would. Ctrl-C ends it all."""

import os
import re
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from deploy import services

ROOT = Path(__file__).parent.parent
PROCESSES = 4
START, STOP = 60, 15  # seconds
READY = re.compile(r"^ready \S+ pid=(\d+)$", re.M)


class Process:
    """One `app.py` at a port of its own, started again whenever it ends."""

    def __init__(self, number: int, env: dict[str, str]):
        self.number, self.port = number, services.free_port()
        self._env, self._stopping, self.said = env | {"PORT": str(self.port), "HOST": "127.0.0.1"}, False, ""
        self._ready = threading.Event()

    def __enter__(self):
        self._start()
        threading.Thread(target=self._keep, daemon=True).start()
        if not self._ready.wait(START) or self._running.poll() is not None:
            raise SystemExit(f"Process {self.number} did not start:\n{self.said}")
        return self

    def __exit__(self, *_):
        self._stopping = True
        self._running.send_signal(signal.SIGINT)
        try:
            self._running.wait(STOP)
        except subprocess.TimeoutExpired:
            self._running.kill()

    def _start(self):
        self._running = subprocess.Popen(
            [sys.executable, "app.py"], cwd=ROOT, env=self._env, text=True, start_new_session=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )

    def _keep(self):
        while True:
            for line in self._running.stdout:
                self.said += line
                if READY.match(line):
                    self._ready.set()
            ended = self._running.wait()
            if self._stopping or not self._ready.is_set():
                self._ready.set()
                return
            print(f"Process {self.number} ended with {ended}; starting it again.", flush=True)
            self._start()

    @property
    def pid(self) -> int:
        """The process as it is now."""
        return self._running.pid


def run(host: str, port: int) -> None:
    """Bring everything up, say where it is, and wait for Ctrl-C or SIGTERM."""
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="lamplight-"))
        address = f"http://{host}:{port}"
        env = {name: value for name, value in os.environ.items() if not name.startswith("LAMPLIGHT_")} | {
            "LAMPLIGHT_ENV": "development", "LAMPLIGHT_INSTANCE": folder, "LAMPLIGHT_SECRET": secrets.token_urlsafe(48),
            "LAMPLIGHT_URL": address, "LAMPLIGHT_PROXIES": "1", "PYTHONUNBUFFERED": "1",
            "DATABASE_URL": stack.enter_context(services.postgres("fsync=on")),
            "REDIS_URL": stack.enter_context(services.redis()).url,
        }
        began = time.monotonic()
        # The first makes the tables and the demo world.
        processes = [stack.enter_context(Process(1, env))]
        with ThreadPoolExecutor() as pool:
            processes += pool.map(stack.enter_context, [Process(number, env) for number in range(2, PROCESSES + 1)])
        stack.enter_context(services.haproxy(port, [process.port for process in processes], host))
        print(READY.sub("", processes[0].said).replace(f"http://127.0.0.1:{processes[0].port}", address))
        for process in processes:
            print(f"  process {process.number}: pid {process.pid}, port {process.port}")
        took = time.monotonic() - began
        print(f"\nUp after {took:.0f} s: PostgreSQL, Redis, HAProxy, {PROCESSES} processes. Ctrl-C ends it.", flush=True)
        ended.wait()
        print("\nEnding …", flush=True)


if __name__ == "__main__":
    try:
        run(os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8000")))
    except services.Missing as missing:
        raise SystemExit(f"{missing}") from None
