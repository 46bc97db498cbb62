"""The front door, stopped before its last line: a process that has run all of `app.py` but `main()`, patched first,
as the server is, and forks a server each time one is asked for (`forked.py`). It ends when nobody can ask any more.

    python -m tests.front_door <descriptor of a socket>"""

import ast
import importlib
import json
import os
import signal
import socket
import sys
from os import waitpid  # as it was: a patched one would start a loop where there is none
from pathlib import Path

MOST = 200_000  # bytes of settings


def stand(door: socket.socket) -> dict[str, str]:
    """Fork whenever somebody asks. Returns in a server alone, with the environment it is to have."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those who wait
    while True:
        asked, given, _, _ = socket.recv_fds(door, MOST, 2)
        if not asked:
            sys.exit()
        if os.fork() == 0:
            door.close()
            wait_for_another(*given)
            return json.loads(asked)
        for descriptor in given:
            os.close(descriptor)


def wait_for_another(out: int, told: int) -> None:
    """Fork a server that writes to `out`, tell who it is and, when it has ended, how. Returns in the server alone."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    server = os.fork()
    if server:
        os.close(out)
        os.write(told, b"%d\n" % server)
        os.write(told, b"%d\n" % os.waitstatus_to_exitcode(waitpid(server, 0)[1]))
        os._exit(0)
    os.close(told)
    os.dup2(out, 1), os.dup2(out, 2), os.close(out)


if __name__ == "__main__":
    here = socket.socket(fileno=int(sys.argv.pop()))
    *before, last = ast.parse(Path("app.py").read_text()).body
    assert ast.unparse(last).endswith("\n    main()"), "app.py ends by beginning"
    front = {"__name__": "__main__"}
    exec(compile(ast.Module(before, []), "app.py", "exec"), front)  # noqa: S102
    os.environ |= stand(here)
    importlib.reload(sys.modules["groups.clock"])  # it alone reads the environment while it is imported
    exec(compile(ast.Module([last], []), "app.py", "exec"), front)  # noqa: S102
