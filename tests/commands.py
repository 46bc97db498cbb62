"""`python app.py …` as whoever runs the house types it."""

import os
import subprocess
import sys

from groups.settings import ROOT
from tests.forked import Forked

GOOD = {
    "LAMPLIGHT_ENV": "production",
    "LAMPLIGHT_SECRET": "Zq3v9Lw1Tb7Yx5Rm2Kd8Hs4Ng6Pc0JfWe7U",
    "LAMPLIGHT_URL": "https://meet.example.org",
    "LAMPLIGHT_PROXIES": "1",
}


def settings(folder, **env):
    """The environment of a steward who has set nothing but this, and whose house is in this folder."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("LAMPLIGHT_") and name != "DATABASE_URL"}
    return plain | {"LAMPLIGHT_INSTANCE": str(folder / "instance"), "PORT": "0"} | env


def command(folder, *words, typed="", **env):
    """Run `python app.py …` as a steward would; returns (exit code, stdout, stderr). typed: what is typed
    where it asks, with no terminal there to hide it. Forked: what differs before the first import is for `started`."""
    process = Forked(settings(folder, **env), words or ["serve"], folder, typed)
    code = process.wait(60)
    with process.stdout as out, process.stderr as err:
        return code, out.read(), err.read()


def started(folder, *words, **env):
    """The same by a process that begins at the beginning."""
    ran = subprocess.run(
        [sys.executable, str(ROOT / "app.py"), *words], cwd=folder, capture_output=True, text=True, timeout=60, check=False,
        stdin=subprocess.DEVNULL, env=settings(folder, **env),
    )
    return ran.returncode, ran.stdout, ran.stderr
