"""The official JavaScript client, as a child process that is told and asked in lines of JSON."""

import json
import shutil
import subprocess
import threading
from pathlib import Path

from tests import services

FOLDER = Path(__file__).parent / "node"
END = 10  # seconds


class Node:
    """`with Node("member.mjs", url=…) as node: node.tell(…); node.hear()`."""

    def __init__(self, script: str, **first):
        program = shutil.which("node")
        if program is None or not (FOLDER / "node_modules" / "socket.io-client").exists():
            services.needed("No Node with the Socket.IO client here: apt-get install nodejs npm, then make tests/node/node_modules")
        self._process = subprocess.Popen(
            [program, script], cwd=FOLDER, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        self.tell(first)

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
        """The next line; fails with what Node complained of if none comes in so many seconds."""
        watch = threading.Timer(within, self._process.kill)
        watch.start()
        try:
            line = self._process.stdout.readline()
        finally:
            watch.cancel()
        if not line:
            self._process.kill()
            raise AssertionError(f"Node said nothing: {self._process.stderr.read()}")
        return json.loads(line)

    def ask(self, *what, within: float = 15.0):
        """Tell, and hear the answer."""
        self.tell(list(what))
        return self.hear(within)
