"""Programs by others, as child processes that are told and asked in lines of JSON: the official
JavaScript client, and what else runs on Node."""

import json
import os
import shutil
import subprocess
import threading
from pathlib import Path

from tests import services

FOLDER = Path(__file__).parent / "node"
END = 10  # seconds


class Child:
    """A process that reads a line and writes a line; it ends with the block."""

    def __init__(self, *command: str | Path, folder: Path, **env: str):
        self._process = subprocess.Popen(
            command, cwd=folder, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=os.environ | env,
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.kill()
        self._process.communicate()

    def tell(self, what) -> None:
        """Send a line."""
        self._process.stdin.write(json.dumps(what) + "\n")
        self._process.stdin.flush()

    def hear(self, within: float = 15.0):
        """The next line; fails with what it complained of if none comes in so many seconds."""
        watch = threading.Timer(within, self._process.kill)
        watch.start()
        try:
            line = self._process.stdout.readline()
        finally:
            watch.cancel()
        if not line:
            self._process.kill()
            raise AssertionError(f"no answer: {self._process.stderr.read()}")
        return json.loads(line)

    def lines(self):
        """Every line it still writes."""
        return iter(self._process.stdout.readline, "")

    def end(self) -> str:
        """End it; what it complained of."""
        self._process.kill()
        return self._process.stderr.read()

    def signal(self, number: int) -> None:
        """Send it a signal, such as SIGSTOP."""
        self._process.send_signal(number)

    def ask(self, *what, within: float = 15.0):
        """Tell, and hear the answer."""
        self.tell(list(what))
        return self.hear(within)


class Node(Child):
    """`with Node("member.mjs", url=…) as node: node.tell(…); node.hear()`."""

    def __init__(self, script: str, **first):
        super().__init__(node(), script, folder=FOLDER)
        self.tell(first)


def node() -> str:
    """The program, where everything that the scripts import is installed."""
    program = shutil.which("node")
    wanted = json.loads((FOLDER / "package.json").read_text())["dependencies"]
    if program is None or not all((FOLDER / "node_modules" / name).exists() for name in wanted):
        services.needed("Node, or what it needs, is not here: apt-get install nodejs npm, then make tests/node/node_modules")
    return program
