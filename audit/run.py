"""`make audit`: what strangers' tools find. bandit and semgrep read the source, semgrep by rules of our own
(`rules.yaml`); schemathesis asks the open data everything its document allows and much that it does not;
wapiti attacks a running house, as a visitor and as a member; pip-audit looks up what is known of our packages
(`packages.py`). Ends with a table, and with 1 if anything was found that `EXPECTED` does not name (each of those
is argued in docs/threats.md), or if a tool could not look. Each has a time, after which it and whatever it
started is ended."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from audit import packages
from tests.hours import settled
from tests.server import move_in_at

HERE, ROOT = Path(__file__).parent, Path(__file__).parent.parent
TOOLS = Path(os.environ.get("AUDIT_TOOLS", HERE / ".venv" / "bin"))
SOURCE = ("groups", "realtime", "app.py", "deploy")
READING, ASKING = 180, 300  # seconds for each that reads the source, and for schemathesis
SCANNING = 240  # seconds of each of wapiti's two visits, after which it says what it found
MODULES = "csp,cookieflags,crlf,exec,file,http_headers,methods,permanentxss,redirect,sql,ssrf,timesql,xss,xxe"
HOW = ("--scope", "folder", "--flush-session", "-v", "0", "--no-bugreport", "--max-attack-time", "40", "-d", "4")
LEAST = 50  # pages that a visit reaches, or it did not look at the house
# What wapiti says about every house like ours: (category, words of what it says), and why it stands.
EXPECTED = {
    ("Secure Flag cookie", ""): "over plain HTTP, on this machine; over HTTPS it is Secure (tests/house/test_headers.py)",
    ("HTTP Strict Transport Security (HSTS)", ""): "sent over HTTPS alone, as the standard asks (tests/house/test_headers.py)",
    ("HttpOnly Flag cookie", ": tz"): "the time zone is written by a script of ours, and is nobody's secret",
}


@dataclass
class Look:
    """What one tool found: one line in the table, and everything it said where that is more than it should be."""

    tool: str
    found: str
    well: bool
    said: str = ""
    seconds: float = 0.0


def bounded(command: list, seconds: float, **how) -> tuple[int | None, str]:
    """Run it, and end it with everything it started when it is done, takes too long, or we are interrupted. How
    it ended (None: it took too long), and what it said."""
    with tempfile.TemporaryFile("w+", errors="replace") as said:
        how |= {"cwd": ROOT, "stdin": subprocess.DEVNULL, "stdout": said, "stderr": said, "start_new_session": True}
        tool = subprocess.Popen([str(word) for word in command], **how)
        try:
            ended = tool.wait(seconds)
        except subprocess.TimeoutExpired:
            ended = None
        finally:
            try:
                os.killpg(tool.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass  # the usual case: all of it has ended
            tool.wait()
        said.seek(0)
        return ended, said.read()


def bandit() -> Look:
    """The source, by what everybody gets wrong."""
    return _strict("bandit", [TOOLS / "bandit", "-q", "-r", "-c", HERE / "bandit.yaml", *SOURCE], READING)


def semgrep() -> Look:
    """The source, by what this house has decided."""
    quietly = ("--metrics=off", "--disable-version-check", "--quiet", "--error")
    return _strict("semgrep", [TOOLS / "semgrep", "scan", *quietly, "--config", HERE / "rules.yaml", *SOURCE, "static/js"], READING)


def pip_audit() -> Look:
    """What is known of our packages."""
    looked = packages.look()
    return Look("pip-audit", "nothing is known" if looked.status == 0 else "see below", looked.status == 0, packages.words(looked))


def schemathesis() -> Look:
    """The open data."""
    ask = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/flows/test_open_data_contract.py"]
    return _strict("schemathesis", ask, ASKING)


def wapiti(server, name: str, folder: Path) -> Look:
    """A running house: from outside, or as somebody who belongs."""
    tool, report = f"wapiti, {name or 'visitor'}", folder / f"wapiti-{name or 'visitor'}.json"
    ask = [TOOLS / "wapiti", "-u", f"{server.url}/", "-m", MODULES, *HOW, "-f", "json", "-o", report]
    ask += ["--store-session", folder / "wapiti", "--store-config", folder / "wapiti"]
    ask += ["-x", f"{server.url}/away", "-x", f"{server.url}/sign-out", "--max-scan-time", str(SCANNING)]
    if name:
        ask += ["-H", f"Cookie: s={server.visit(name).cookie}"]
    _, said = bounded(ask, SCANNING * 2)
    if not report.exists():
        return Look(tool, "no report", False, said[-4000:])
    told = json.loads(report.read_text())
    found = [(what, one) for part in ("vulnerabilities", "anomalies") for what, many in told[part].items() for one in many]
    beyond = [(what, one["method"], one["path"], one["info"]) for what, one in found if not is_expected(what, one["info"])]
    pages = told["infos"].get("crawled_pages_nbr", 0)
    line = f"{pages} pages, {len(found)} findings, {len(beyond)} not expected"
    return Look(tool, line, not beyond and pages >= LEAST, "\n".join(" ".join(one) for one in beyond))


def is_expected(what: str, info: str) -> bool:
    """Whether this is one of `EXPECTED`."""
    return any(what == category and info.endswith(words) for category, words in EXPECTED)


def lived(server) -> Look:
    """Whether the house outlived it, without a mistake of ours in its log."""
    well = server.visit().get("/health").text == "alive\n" and "Traceback" not in server.log
    return Look("the house", "alive, no mistakes" if well else "did not outlive it", well, "" if well else server.log[-4000:])


def looks() -> Iterator[Look]:
    """Everybody, one after the other, each timed."""
    for look in (bandit, semgrep, schemathesis, pip_audit):
        yield _timed(look)
    with _house() as (server, folder):
        for name in ("", "Tom"):
            yield _timed(wapiti, server, name, folder)
        yield _timed(lived, server)


def table(found: list[Look]) -> str:
    """What was found by whom, and how long it took."""
    lines = [f"{look.tool:18} {look.seconds:5.0f} s  {'ok ' if look.well else 'NO '} {look.found}" for look in found]
    return "\n".join([f"{'tool':18} {'took':>7}  {'':3} found", *lines])


@contextmanager
def _house():
    with tempfile.TemporaryDirectory() as folder:
        house = Path(folder)
        with move_in_at(f"sqlite:///{house}/cast.db"):
            pass
        with settled(house / "cast.db", house) as server:
            yield server, house


def _strict(tool, command, seconds):
    ended, said = bounded(command, seconds, env=os.environ | {"PATH": f"{TOOLS}:{os.environ['PATH']}", "PYTHONWARNINGS": "ignore"})
    found = {0: "nothing", None: f"not done after {seconds} s"}.get(ended, f"something (it ended with {ended})")
    return Look(tool, found, ended == 0, "" if ended == 0 else said)


def _timed(look: Callable[..., Look], *what) -> Look:
    began = time.monotonic()
    found = look(*what)
    found.seconds = time.monotonic() - began
    print(f"{found.tool}: {found.found}", flush=True)
    return found


def main() -> int:
    """Look, and say what was seen."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # whoever ends us ends what we started, too
    found = list(looks())
    for look in found:
        if look.said:
            print(f"\n--- {look.tool} ---\n{look.said}")
    print(f"\n{table(found)}")
    return 0 if all(look.well for look in found) else 1


if __name__ == "__main__":
    sys.exit(main())
