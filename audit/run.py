"""`make audit`: what strangers' tools find. bandit and semgrep read the source, semgrep by rules of our own
(`rules.yaml`); schemathesis asks the open data everything its document allows and much that it does not;
wapiti attacks a running house, as a visitor and as a member; pip-audit looks up what is known of our packages
(`packages.py`). Ends with 1 if anything was found that `EXPECTED` does not name, or could not be looked up;
each of what it names is argued in docs/threats.md."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from audit import packages
from tests.hours import settled
from tests.server import move_in_at

HERE, ROOT = Path(__file__).parent, Path(__file__).parent.parent
TOOLS = Path(os.environ.get("AUDIT_TOOLS", HERE / ".venv" / "bin"))
SOURCE = ("groups", "realtime", "app.py", "deploy")
SECONDS = 240  # for each of wapiti's two visits
MODULES = "csp,cookieflags,crlf,exec,file,http_headers,methods,permanentxss,redirect,sql,ssrf,timesql,xss,xxe"
HOW = ("--scope", "folder", "--flush-session", "-v", "0", "--no-bugreport", "--max-attack-time", "40", "-d", "4")
# What wapiti says about every house like ours: (category, words of what it says), and why it stands.
EXPECTED = {
    ("Secure Flag cookie", ""): "over plain HTTP, on this machine; over HTTPS it is Secure (tests/house/test_headers.py)",
    ("HTTP Strict Transport Security (HSTS)", ""): "sent over HTTPS alone, as the standard asks (tests/house/test_headers.py)",
    ("HttpOnly Flag cookie", ": tz"): "the time zone is written by a script of ours, and is nobody's secret",
}


def reads() -> bool:
    """The source, by bandit and semgrep. Whether nothing was found."""
    bandit = [TOOLS / "bandit", "-q", "-r", "-c", HERE / "bandit.yaml", *SOURCE]
    quietly = ("--metrics=off", "--disable-version-check", "--quiet", "--error")
    semgrep = [TOOLS / "semgrep", "scan", *quietly, "--config", HERE / "rules.yaml", *SOURCE, "static/js"]
    return all([_run("bandit", bandit), _run("semgrep", semgrep)])


def knows() -> bool:
    """Our packages, by pip-audit. Whether all were looked up and nothing is known of them."""
    looked = packages.look()
    print(packages.words(looked))
    return looked.status == 0


def asks() -> bool:
    """The open data, by schemathesis."""
    return _run("schemathesis", [sys.executable, "-m", "pytest", "-q", "tests/flows/test_open_data_contract.py"])


def attacks() -> bool:
    """A running house, by wapiti: as somebody from outside, and as Tom, who belongs."""
    with tempfile.TemporaryDirectory() as folder:
        house = Path(folder)
        with move_in_at(f"sqlite:///{house}/cast.db"):
            pass
        with settled(house / "cast.db", house) as server:
            found = [_attack(server, name, house) for name in ("", "Tom")]
            alive = server.visit().get("/health").text == "alive\n" and "Traceback" not in server.log
    if not alive:
        print("wapiti: the house did not outlive it")
    return alive and not any(found)


def _attack(server, name, folder):
    """What one visit found beyond EXPECTED."""
    report = folder / f"wapiti-{name or 'visitor'}.json"
    ask = [TOOLS / "wapiti", "-u", f"{server.url}/", "-m", MODULES, *HOW, "-f", "json", "-o", report]
    ask += ["--store-session", folder / "wapiti", "--store-config", folder / "wapiti"]
    ask += ["-x", f"{server.url}/away", "-x", f"{server.url}/sign-out", "--max-scan-time", str(SECONDS)]
    if name:
        ask += ["-H", f"Cookie: s={server.visit(name).cookie}"]
    ran = subprocess.run([str(word) for word in ask], cwd=ROOT, capture_output=True, text=True, timeout=SECONDS * 3, check=False)
    if not report.exists():
        print(f"wapiti: {ran.stdout[-2000:]}{ran.stderr[-2000:]}")
        return True
    told = json.loads(report.read_text())
    found = [(what, one) for part in ("vulnerabilities", "anomalies") for what, many in told[part].items() for one in many]
    beyond = [(what, one["method"], one["path"], one["info"]) for what, one in found if not _is_expected(what, one["info"])]
    pages = told["infos"].get("crawled_pages_nbr", "?")
    print(f"wapiti as {name or 'a visitor'}: {pages} pages, {len(found)} findings, {len(beyond)} of them not expected")
    for one in beyond:
        print(" ", *one)
    return bool(beyond)


def _is_expected(what, info):
    return any(what == category and info.endswith(words) for category, words in EXPECTED)


def _run(name, command):
    ran = subprocess.run([str(word) for word in command], cwd=ROOT, capture_output=True, text=True, check=False, env=_with_tools())
    print(f"{name}: {'nothing found' if ran.returncode == 0 else ran.stdout + ran.stderr}")
    return ran.returncode == 0


def _with_tools():
    return os.environ | {"PATH": f"{TOOLS}:{os.environ['PATH']}", "PYTHONWARNINGS": "ignore"}


if __name__ == "__main__":
    sys.exit(0 if all([knows(), reads(), asks(), attacks()]) else 1)
