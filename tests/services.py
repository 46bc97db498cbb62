"""A throw-away PostgreSQL: no container, nothing installed but Debian's package, as root or as
anybody else."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

START = 20  # seconds


def needed(what: str):
    """A service is missing: skip on a developer's machine, fail where everything must be there
    (REQUIRE_SERVICES=1, as in `make test`), so that nothing goes untested in silence."""
    (pytest.fail if os.environ.get("REQUIRE_SERVICES") else pytest.skip)(what)


@contextmanager
def postgres():
    """Start a server with an empty database; yields its URL. Fast and forgetful: no flushes."""
    initdb = _initdb()
    if initdb is None:
        needed("No PostgreSQL server here: apt-get install postgresql")
    programs = initdb.parent
    base = Path(tempfile.mkdtemp(prefix="pg-"))  # short: a socket's path ends at 107 bytes
    as_whom = _somebody_harmless()
    if as_whom:
        os.chown(base, as_whom["user"], as_whom["group"])
    run = {"cwd": base, "env": {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}, **as_whom}
    server = None
    try:
        make = [initdb, "-D", "data", "-U", "test", "-A", "trust", "-E", "UTF8", "--no-sync"]
        subprocess.run(make, check=True, capture_output=True, **run)
        with (base / "log").open("wb") as log:
            forgetful = ["-c", "fsync=off", "-c", "full_page_writes=off"]
            serve = [programs / "postgres", "-D", "data", "-k", str(base), "-h", "", *forgetful]
            server = subprocess.Popen(serve, stdout=log, stderr=log, **run)
        _wait_until_it_answers(server, [programs / "pg_isready", "-q", "-h", str(base)], base / "log", run)
        yield f"postgresql+psycopg2://test@/postgres?host={base}"
    finally:
        if server:
            server.send_signal(2)  # to PostgreSQL, SIGINT is a quick but clean stop
            server.wait(START)
        shutil.rmtree(base, ignore_errors=True)


def _initdb():
    # Debian keeps the server's programs in a folder per version, off PATH; one on PATH is a link.
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: int(file.parts[4]))
    on_path = shutil.which("initdb")
    return packaged[-1] if packaged else Path(on_path).resolve() if on_path else None


def _somebody_harmless():
    if os.geteuid():
        return {}
    user = pwd.getpwnam("postgres")  # the server refuses to run as root
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _wait_until_it_answers(server, question, log, run):
    end = time.monotonic() + START
    while subprocess.run(question, check=False, **run).returncode:
        if server.poll() is not None or time.monotonic() > end:
            raise RuntimeError(log.read_text()[-2000:])
        time.sleep(0.05)
