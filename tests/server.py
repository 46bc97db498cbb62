"""The real server as a child process, for tests that need a wire, a browser or a crash. The process
that runs pytest is never patched; it looks at the same database with `reading()`. A test uses
`server` or `app`, not both: `groups.db` is bound to one database at a time."""

import itertools
import json
import os
import re
import select
import shutil
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select as choose
from sqlalchemy import text

from groups import db
from groups.accounts.models import Account, SignIn
from groups.accounts.sessions import COOKIE, hashed
from groups.forms_again_http import FIELD, token_of
from groups.ids import token
from groups.membership.models import Membership
from groups.migrating import upgrade
from groups.settings import ROOT
from tests import cast, services, stalls
from tests.forked import Forked
from tests.timing import Freeze

SECRET = "a-secret-for-the-server-under-test-9876543210"
START, STOP = 30, 20  # seconds
FORKED = "forked"
STARTED = pytest.mark.parametrize("server", ["eventlet"], indirect=True)
IN_EITHER_MODE = pytest.mark.parametrize("server", [FORKED, "threading"], indirect=True)
_numbers = itertools.count()  # several servers may share a folder


class Server:
    """`app.py` in a folder of its own, with the cast in its database.

    `url` and `port` stay the same over `restart()`; `log` holds what it printed; `freeze` moves its
    clock and ours together. forked: the first start is a fork of one that stands ready, and costs a fifth;
    for tests that are about what a server does, not how it begins."""

    def __init__(self, folder: Path, database_url: str = "", mode: str = "eventlet", forked: bool = False, **env: str):
        self._forked, self.folder, self.port, self.process, self.log = forked and mode == "eventlet", folder, 0, None, ""
        self.database_url = database_url or f"sqlite:///{folder}/lamplight.db"
        self.freeze, self.stalls = Freeze(folder / "shift"), folder / f"stalls-{next(_numbers)}"
        ours = {name: value for name, value in os.environ.items() if not name.startswith("LAMPLIGHT_")}
        self._env = ours | {
            "LAMPLIGHT_ENV": "test", "LAMPLIGHT_INSTANCE": str(folder), "LAMPLIGHT_SECRET": SECRET, "LAMPLIGHT_FAST_HASH": "1",
            "LAMPLIGHT_TEST_CLOCK": str(folder / "shift"), "LAMPLIGHT_ASYNC": mode, "DATABASE_URL": self.database_url,
            "PYTHONUNBUFFERED": "1",
            "LAMPLIGHT_TEST_STALLS": str(self.stalls), **env,
        }

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and wait until it says it is ready; fails with what it printed instead."""
        self._start(self._forked and not self.port)

    def _start(self, forked):
        env = self._env | {"PORT": str(self.port)}
        self.process = Forked(env) if forked else subprocess.Popen(
            [sys.executable, "app.py"], cwd=ROOT, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, env=env,
        )
        end, seen = time.monotonic() + START, ""
        while not (ready := re.search(r"^ready http://\S+:(\d+) pid=\d+$", seen, re.M)):
            waiting, _, _ = select.select([self.process.stdout], [], [], max(0, end - time.monotonic()))
            line = self.process.stdout.readline() if waiting else ""
            seen += line
            if not line:
                self.process.kill()
                self.process.wait()
                self.process.stdout.close()
                pytest.fail(f"the server did not start:\n{seen}")
        self.port, self.log = int(ready[1]), self.log + seen
        stalls.watch(self)
        self._listener = threading.Thread(target=self._listen, args=[self.process.stdout], daemon=True)
        self._listener.start()

    def stop(self) -> None:
        """Ask it to end; fails if it does not, or not in good order."""
        self.process.terminate()
        ended = self.process.wait(STOP)
        self._listener.join(STOP)
        assert ended == 0, f"the server ended with {ended}:\n{self.log}"

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self._listener.join(STOP)

    def restart(self, forked: bool = False) -> None:
        """Start it again at the same port, after `stop()` or `kill()`. forked: if its first start was; for tests in
        which it is enough that it is back."""
        self._start(forked and self._forked)

    def visit(self, name: str = "") -> "Visit":
        """Somebody of the cast, signed in here (or, with no name, a stranger)."""
        return Visit(self, name)

    def _listen(self, pipe):
        with pipe:
            for line in pipe:
                self.log += line


class Visit(requests.Session):
    """A person at a server: `get("/path")` and `post("/path", field=…)` with the form protection of
    the page last seen. `cookie` is the value of the sign-in cookie, for sockets and browsers."""

    def __init__(self, server: Server, name: str):
        super().__init__()
        self.server, self.name, self.cookie, self.protection = server, name, "", ""
        if name:
            self._sign_in()

    def get(self, path: str, **how) -> requests.Response:
        answer = super().get(self.server.url + path, timeout=10, **how)
        if form := re.search(r'name="csrf_token"[^>]* value="([^"]+)"', answer.text):
            self.protection = form[1]
        return answer

    def post(self, path: str, **form) -> requests.Response:
        form["csrf_token"] = self.protection
        return super().post(self.server.url + path, data=form, timeout=10, allow_redirects=False)

    def _sign_in(self):
        self.cookie = token()
        with db.change() as (session, _):
            member = session.scalar(choose(Membership).where(Membership.name == self.name))
            belonging = choose(Membership.account_id)
            account = member.account_id if member else session.scalar(choose(Account.id).where(Account.id.not_in(belonging)))
            half = token_of(str(account), SECRET)
            notes = json.dumps({"_user_id": str(account), "_fresh": True, FIELD: half})
            session.add(SignIn(token_hash=hashed(self.cookie), account_id=account, notes=notes))
        self.cookies.set(COOKIE, self.cookie)
        self.protection = URLSafeTimedSerializer(SECRET, salt="wtf-csrf-token").dumps(half)


@pytest.fixture(scope="session")
def database():
    """A PostgreSQL server for the session; yields the URL of an empty database."""
    with services.postgres() as url:
        yield url


@contextmanager
def running(server: Server):
    """Start it, and see that it has ended afterwards, in good order if the test went well."""
    try:
        server.start()
        yield server
        if server.process.poll() is None:
            server.stop()
        assert "Traceback" not in server.log, server.log
    finally:
        if server.process and server.process.poll() is None:
            server.kill()
        server.freeze.back_to_now()


@pytest.fixture
def server(request, tmp_path, moved_in):
    """A running server over a copy of the cast's database. STARTED: by `python app.py` and nothing else, for tests
    about beginning and ending. IN_EITHER_MODE: and once more with threads."""
    shutil.copy(moved_in, tmp_path / "lamplight.db")
    how = getattr(request, "param", FORKED)
    server = Server(tmp_path, mode="eventlet" if how == FORKED else how, forked=how == FORKED)
    engine = db.connect(server.database_url)
    try:
        with running(server):
            yield server
    finally:
        engine.dispose()


@contextmanager
def move_in_at(url: str):
    """Tables and cast in an empty database, which `groups.db` is bound to meanwhile."""
    engine = db.connect(url)
    upgrade(engine)
    cast.move_in()
    try:
        yield
    finally:
        engine.dispose()


@contextmanager
def database_named(url: str, name: str):
    """An empty database of that name at the same PostgreSQL server, for a while; yields its URL."""
    engine = db.connect(url).execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield url.replace("/postgres?", f"/{name}?")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


KINDS = ("sqlite", "postgresql")


@contextmanager
def empty_database(request, folder: Path, name: str):
    """For a fixture with `params=KINDS`: an empty database of its kind, for a while; yields its URL."""
    if request.param == "sqlite":
        yield f"sqlite:///{folder}/{name}.db"
    else:
        with database_named(request.getfixturevalue("database"), name) as url:
            yield url
