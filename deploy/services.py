"""A PostgreSQL, a Redis and an HAProxy of one's own, for a while: in a temporary folder, for this user
alone, nothing installed but Debian's packages, as root or as anybody else."""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

START = 20  # seconds
HAPROXY = Path(__file__).parent / "haproxy.cfg"


class Missing(RuntimeError):
    """A program is not installed. The message says how to get it."""


class Redis:
    """A Redis server that can be stopped, started again at the same address, and asked anything."""

    def __init__(self, folder: Path):
        self._program, self._ask = _program("redis-server"), _program("redis-cli")
        self.folder, self.port, self.process = folder, free_port(), None
        self._password = secrets.token_urlsafe(24)

    @property
    def url(self) -> str:
        """For REDIS_URL."""
        return f"redis://:{self._password}@127.0.0.1:{self.port}/0"

    @property
    def env(self) -> dict[str, str]:
        """What `redis-cli` needs to be let in."""
        return os.environ | {"REDISCLI_AUTH": self._password}

    def start(self) -> None:
        """Start it and wait until it answers."""
        keep_nothing = ["--save", "", "--appendonly", "no", "--dir", str(self.folder)]
        here = ["--bind", "127.0.0.1", "--port", str(self.port), "--enable-debug-command", "local"]
        secret = self.folder / "redis.conf"  # a file, and not the command, which everybody on this machine can read
        secret.touch(mode=0o600)
        secret.write_text(f"requirepass {self._password}\n")
        self.process = _started([self._program, secret, *keep_nothing, *here], self.folder / "redis.log")
        _wait_until(lambda: self.tell("ping") == "PONG", self.process, self.folder / "redis.log")

    def tell(self, *words: str) -> str:
        """What `redis-cli` answers; "" when nobody does."""
        asked = [self._ask, "-p", str(self.port), *words]
        return subprocess.run(asked, capture_output=True, text=True, check=False, timeout=30, env=self.env).stdout.strip()

    def tell_later(self, *words: str) -> None:
        """Have `redis-cli` say it, and wait for no answer."""
        threading.Thread(target=self.tell, args=words, daemon=True).start()

    def stop(self) -> None:
        """End it at once; it has nothing to keep."""
        self.process.kill()
        self.process.wait(START)


class Postgres:
    """A PostgreSQL server in a folder of its own, that can be stopped in several ways and started again."""

    def __init__(self, base: Path, settings: Sequence[str]):
        self.base, self.process, self._programs, as_whom = base, None, _postgres_programs(), _somebody_harmless()
        if as_whom:
            os.chown(base, as_whom["user"], as_whom["group"])
        self._run = {"cwd": base, "env": {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}, **as_whom}
        self._settings = [word for setting in settings for word in ("-c", setting)]
        make = [self._programs / "initdb", "-D", "data", "-U", "test", "-A", "trust", "-E", "UTF8", "--no-sync"]
        subprocess.run(make, check=True, capture_output=True, **self._run)

    @property
    def url(self) -> str:
        """Of an empty database, by the server's socket."""
        return f"postgresql+psycopg2://test@/postgres?host={self.base}"

    @property
    def socket(self) -> Path:
        """The file it listens at."""
        return self.base / ".s.PGSQL.5432"

    def start(self) -> None:
        """Start it and wait until it answers."""
        serve = [self._programs / "postgres", "-D", "data", "-k", str(self.base), "-h", "", *self._settings]
        self.process = _started(serve, self.base / "log", **self._run)
        ask = [self._programs / "pg_isready", "-q", "-h", str(self.base)]
        _wait_until(lambda: subprocess.run(ask, check=False, **self._run).returncode == 0, self.process, self.base / "log")

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End it: by SIGINT quickly and in good order, by SIGQUIT as a crash would."""
        self.process.send_signal(how)
        self.process.wait(START)


@contextmanager
def postgres_server(*options: str) -> Iterator[Postgres]:
    """Start a server with an empty database. Fast and forgetful unless told otherwise: `options` are
    settings such as "fsync=on"."""
    base = Path(tempfile.mkdtemp(prefix="pg-"))  # short: a socket's path ends at 107 bytes
    server = None
    try:
        server = Postgres(base, options or ("fsync=off", "full_page_writes=off"))
        server.start()
        yield server
    finally:
        if server and server.process and server.process.poll() is None:
            server.stop()
        shutil.rmtree(base, ignore_errors=True)


@contextmanager
def postgres(*options: str) -> Iterator[str]:
    """The same, for whoever needs no more of it than its URL."""
    with postgres_server(*options) as server:
        yield server.url


@contextmanager
def redis() -> Iterator[Redis]:
    """Start a Redis that keeps nothing."""
    with tempfile.TemporaryDirectory(prefix="redis-") as folder:
        server = Redis(Path(folder))
        server.start()
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def haproxy(port: int, behind: Sequence[int], host: str = "127.0.0.1") -> Iterator[str]:
    """Put the balancer of `haproxy.cfg` in front of up to four processes on this machine; yields its address."""
    program = _program("haproxy")
    places = {f"LAMPLIGHT_{number}": f"127.0.0.1:{at}" for number, at in enumerate(behind, 1)}
    env = {"PATH": os.environ["PATH"], "LAMPLIGHT_BIND": f"{host}:{port}", **places}
    with tempfile.TemporaryDirectory(prefix="haproxy-") as folder:
        server = _started([program, "-db", "-f", HAPROXY], Path(folder) / "log", env=env)
        try:
            _wait_until(lambda: _answers(port), server, Path(folder) / "log")
            yield f"http://{host}:{port}"
        finally:
            server.kill()
            server.wait(START)


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


def _program(name):
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
    if found is None:
        package = {"redis-cli": "redis-server"}.get(name, name)
        raise Missing(f"No {name} here: apt-get install {package}")
    return found


def _postgres_programs():
    # Debian keeps the server's programs in a folder per version, off PATH; one on PATH is a link.
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: int(file.parts[4]))
    on_path = shutil.which("initdb")
    if not packaged and not on_path:
        raise Missing("No PostgreSQL server here: apt-get install postgresql")
    return (packaged[-1] if packaged else Path(on_path).resolve()).parent


def _somebody_harmless():
    if os.geteuid():
        return {}
    user = pwd.getpwnam("postgres")  # the server refuses to run as root
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _started(command, log, **how):
    # A session of its own: Ctrl-C is for whoever started us, and we say when the others end.
    with log.open("ab") as out:
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True, **how)


def _wait_until(true: Callable[[], bool], server, log):
    end = time.monotonic() + START
    while not true():
        if server.poll() is not None or time.monotonic() > end:
            raise RuntimeError(log.read_text()[-2000:])
        time.sleep(0.05)


def _answers(port):
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0
