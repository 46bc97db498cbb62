"""Servers that are measured side by side: ours (the plain way and the fast way), Node and stock
Flask-SocketIO, each a process of its own on one core, with the same rooms and people."""

import json
import os
import re
import select
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from bench.crowd import gather

HERE = Path(__file__).parent
PEERS = HERE / "peers"
SCRATCH = Path(os.environ.get("BENCH_SCRATCH") or Path(tempfile.gettempdir()) / "lamplight-bench")
SECRET = "a-secret-for-a-server-that-is-only-measured-8642"
BEFORE = 50  # shares said before anybody comes
SERVER_CORE, LOAD_CORE = "0", "1"
START = 90  # seconds


class House:
    """A running server: its name, port, the people of its rooms, and what its process has cost."""

    def __init__(self, name: str, process, port: int, rooms: list):
        self.name, self.process, self.port, self.rooms = name, process, port, rooms

    def cpu(self) -> float:
        """Seconds of CPU so far, of the threads there are; the clock of a process counts no less than ten milliseconds."""
        threads = Path(f"/proc/{self.process.pid}/task").glob("*/schedstat")
        return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e9

    def memory(self) -> int:
        """Kilobytes that are this process's own."""
        return int(re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{self.process.pid}/smaps_rollup").read_text(), re.M)[1])


def machine_here() -> str:
    """Where this is measured, and how busy that is before it begins."""
    return f"a machine of {os.cpu_count()} cores (load before it began: {os.getloadavg()[0]:.1f})"


def install() -> None:
    """Get the peers from the registries into a scratch folder, once."""
    SCRATCH.mkdir(parents=True, exist_ok=True)
    if not (SCRATCH / "node_modules" / "better-sqlite3").exists():
        (SCRATCH / "package.json").write_text((PEERS / "package.json").read_text())
        subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund"], cwd=SCRATCH, check=True)
    if not (SCRATCH / "venv" / "done").exists():
        subprocess.run([sys.executable, "-m", "venv", SCRATCH / "venv"], check=True)
        wanted = ["install", "-qq", "--disable-pip-version-check", "-r", PEERS / "requirements.txt"]
        subprocess.run([SCRATCH / "venv/bin/python", "-m", "pip", *wanted], check=True)
        (SCRATCH / "venv" / "done").touch()


@contextmanager
def open_house(name: str, rooms: int, people: int):
    """One of `ours`, `plain` (ours, the plain way), `node`, `flushed` (node that promises what we do: an answer means
    that it is on the disk), `stock`, with so many rooms of so many people."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        folder, port = Path(folder), _free_port()
        if name in ("ours", "plain"):
            crowds = [(crowd.meeting, crowd.cookies) for crowd in gather(folder, SECRET, rooms, people, BEFORE)]
            command, env = [sys.executable, "app.py"], {
                "LAMPLIGHT_ENV": "test", "LAMPLIGHT_INSTANCE": str(folder), "LAMPLIGHT_SECRET": SECRET,
                "LAMPLIGHT_FANOUT": "plain" if name == "plain" else "fast", "DATABASE_URL": "",
            }
        else:
            crowds = [(f"room{n}", [f"c{n}x{m}" for m in range(people)]) for n in range(rooms)]
            everybody = [(room, cookie) for room, cookies in crowds for cookie in cookies]
            (folder / "people.json").write_text(json.dumps(everybody))
            stock = [SCRATCH / "venv/bin/python", PEERS / "stock_server.py"]
            command = stock if name == "stock" else ["node", PEERS / "node_server.mjs"]
            env = {"FILE": str(folder / "peer.db"), "PEOPLE": str(folder / "people.json"), "BEFORE": str(BEFORE)}
            env["MODULES"] = str(SCRATCH)
            env["SYNCHRONOUS"] = "FULL" if name == "flushed" else "NORMAL"
        process = subprocess.Popen(
            ["taskset", "-c", SERVER_CORE, *command], cwd=HERE.parent, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env={key: value for key, value in os.environ.items() if not key.startswith("LAMPLIGHT_")} | env | {"PORT": str(port)},
        )
        try:
            _wait_ready(process)
            yield House(name, process, port, crowds)
        finally:
            process.kill()
            process.wait()


def _wait_ready(process):
    end, seen = time.monotonic() + START, ""
    while "ready" not in seen:
        waiting, _, _ = select.select([process.stdout], [], [], max(0, end - time.monotonic()))
        line = process.stdout.readline() if waiting else ""
        seen += line
        if not line:
            raise SystemExit(f"a server did not start:\n{seen}")


def _free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Load:
    """The people, played by one Node process on a core of its own: `load.tell("flood", house, …)`."""

    def __enter__(self):
        self._process = subprocess.Popen(
            ["taskset", "-c", LOAD_CORE, "node", HERE / "load.mjs"], text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        return self

    def __exit__(self, *_):
        self._process.kill()
        self._process.wait()

    def tell(self, what: str, house: House, **how) -> dict:
        """Have it done, and hear what came of it."""
        if what == "connect":
            how |= {"port": house.port, "origin": f"http://127.0.0.1:{house.port}", "rooms": house.rooms}
        self._process.stdin.write(json.dumps({"do": what, "who": house.name, **how}) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())
