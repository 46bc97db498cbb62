"""`python app.py …` and the commands for backups, forked by a process which has imported everything already
(`front_door.py`), one such for each process of pytest: a start costs a tenth. What is forked has settings, a database
and a port of its own."""

import atexit
import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from groups.settings import ROOT
from tests import remembered


class Forked:
    """What the tests ask of a `subprocess.Popen`, for a process that is not our own child."""

    def __init__(self, env: dict[str, str], words: Sequence[str] = (), folder: Path = ROOT, typed: str = "", program: str = "app.py"):
        """A process with this environment, started in a folder with these words behind the program, and this to read
        where it asks. `stdout` is a pipe of text with stderr in it; with words, `stderr` is one of its own."""
        pipes = [os.pipe() for _ in range(4 if words else 3)]
        (its_in, typing), (out, its_out), (told, its_told), *apart = pipes
        os.write(typing, typed.encode())
        asked = {"env": env, "words": [*words], "folder": str(folder)}
        its_err = apart[0][1] if apart else its_out
        socket.send_fds(_door(program), [json.dumps(asked).encode()], [its_told, its_in, its_out, its_err])
        for descriptor in {its_in, typing, its_out, its_err, its_told}:
            os.close(descriptor)
        self.stdout, self.stderr = os.fdopen(out), os.fdopen(apart[0][0]) if apart else None
        self._told, self.returncode = os.fdopen(told), None
        self.pid = int(self._told.readline())

    def poll(self) -> int | None:
        """How it ended, or None while it goes on."""
        try:
            return self.wait(0)
        except subprocess.TimeoutExpired:
            return None

    def wait(self, timeout: float | None = None) -> int:
        """How it ended. Raises TimeoutExpired when it has not in so many seconds."""
        if self.returncode is None:
            if not select.select([self._told], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired("app.py", timeout)
            with self._told:
                self.returncode = int(self._told.readline())
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Nothing, if it has ended, or ended this moment and nobody was told yet."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)


@cache
def _door(program) -> socket.socket:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    plain = {name: value for name, value in os.environ.items() if not name.startswith("LAMPLIGHT_")}
    with theirs:
        door = subprocess.Popen(
            [sys.executable, "-m", "tests.front_door", program, remembered.folder(), str(theirs.fileno())], cwd=ROOT, pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL, env=plain | {"PYTHONUNBUFFERED": "1"}, start_new_session=True,
        )
    atexit.register(lambda: (ours.close(), door.wait()))
    return ours
