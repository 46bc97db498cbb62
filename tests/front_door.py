"""A program, stopped before its last line: a process that has run all of `app.py` (patched first, as the server is)
or of another one of ours but `main()`, and forks a process for `main()` each time one is asked for (`forked.py`). It
ends when nobody can ask any more.

    python -m tests.front_door <program> <folder of compiled templates> <descriptor of a socket>"""

import ast
import gc
import importlib
import json
import os
import signal
import socket
import sys
from os import waitpid  # as it was: a patched one would start a loop where there is none
from pathlib import Path

MOST = 200_000  # bytes of settings


def stand(door: socket.socket) -> dict:
    """Fork whenever somebody asks. Returns in what was forked alone, with what it was asked."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those who wait
    while True:
        asked, given, _, _ = socket.recv_fds(door, MOST, 4)
        if not asked:
            sys.exit()
        if os.fork() == 0:
            door.close()
            wait_for_another(*given)
            return json.loads(asked)
        for descriptor in given:
            os.close(descriptor)


def wait_for_another(told: int, *streams: int) -> None:
    """Fork one that reads, writes and complains to these, tell who it is and, when it has ended, how. Returns in that
    one alone."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    another = os.fork()
    if another:
        for stream in streams:
            os.close(stream)
        os.write(told, b"%d\n" % another)
        os.write(told, b"%d\n" % os.waitstatus_to_exitcode(waitpid(another, 0)[1]))
        os._exit(0)
    os.close(told)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)


if __name__ == "__main__":
    here = socket.socket(fileno=int(sys.argv.pop()))
    templates, program = sys.argv.pop(), sys.argv.pop()
    *before, last = ast.parse(Path(program).read_text()).body
    assert ast.unparse(last).endswith("\n    main()"), "it ends by beginning"
    front = {"__name__": "__main__"}
    exec(compile(ast.Module(before, []), program, "exec"), front)  # noqa: S102
    # Not before: these import what is patched above.
    importlib.import_module("tests.remembered").remember_in(templates)
    importlib.import_module("sqlalchemy.orm").configure_mappers()  # which each would do when it is first asked something
    if "make_ready" in front:
        front["invitations"].patterns()  # and this a moment after its start
    gc.freeze()  # what all of them share is nobody's to look through at the end
    asked = stand(here)
    os.environ.clear()
    os.environ.update(asked["env"])
    os.chdir(asked["folder"])
    sys.argv = [program, *asked["words"]]
    importlib.reload(sys.modules["groups.clock"])  # it alone reads the environment while it is imported
    exec(compile(ast.Module([last], []), program, "exec"), front)  # noqa: S102
