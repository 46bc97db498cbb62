"""`make faults`: every fault we know how to cause, one after the other, with people sharing through the
official client meanwhile. Writes bench/results/faults.json and faults.md, and ends with 1 if anything that
was acknowledged is lost, doubled or out of order. `make faults FAULTS="F2 F3"` does only those. `make soak` is one more, which takes as long
as it is told (MINUTES, 30 unless said)."""

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from groups.settings import ROOT
from tests.faults import plans, plans_crowd, plans_network, plans_storage
from tests.faults.memory import Memory
from tests.faults.promise import NEVER

RESULTS = ROOT / "bench" / "results"
# Faults that have tests of their own, which say by themselves what must hold.
TESTED = {
    "F6": ("the disk busy for seconds, held by another process", "tests/flows/test_restart.py::test_a_busy_disk_is_said_within_seconds_and_nothing_is_doubled"),
    "F8": ("readers who never read", "tests/doors/test_socket_watch.py"),
    "F9b": ("meeting times over every change of clocks, against three programs that read calendars", "tests/rules/test_feed_readers.py tests/flows/test_feed_by_others.py"),
    "F10": ("packets that are none, in thousands", "tests/doors/test_socket_door.py"),
    "F12": ("is the answer after the flush?", "tests/flows/test_flush.py"),
}
PLANS = plans.PLANS | plans_storage.PLANS | plans_network.PLANS | plans_crowd.PLANS
COLUMNS = ("acked", *NEVER[:4], "unanswered", "back_s", "ack_p50_ms", "ack_p99_ms", "ack_max_ms", "memory_mb")


def run(wanted: list[str]) -> bool:
    """Do the wanted faults (all, if none is named) and write what was measured. Whether all held."""
    os.environ["REQUIRE_SERVICES"] = "1"
    found = {}
    if wanted[:1] == ["soak"]:
        minutes = float((wanted[1:] or ["30"])[0])
        found["F16"] = {"what": f"{plans_crowd.soak.__doc__}"} | _tried("F16", lambda *where: plans_crowd.soak(*where, minutes))
        print(f"F16: {found['F16']}", flush=True)
    for name, plan in PLANS.items():
        if not wanted or name in wanted:
            found[name] = {"what": plan.__doc__.split("\n")[0]} | _tried(name, plan)
            print(f"{name}: {found[name]}", flush=True)
    for name, (what, test) in TESTED.items():
        if not wanted or name in wanted:
            ran = subprocess.run([sys.executable, "-m", "pytest", "-q", *test.split()], cwd=ROOT, capture_output=True, text=True, check=False)
            found[name] = {"what": what, "held": ran.returncode == 0, "tests": ran.stdout.strip().splitlines()[-1]}
            print(f"{name}: {found[name]}", flush=True)
    _write(found)
    return all(one["held"] for one in found.values())


def _tried(name, plan):
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="faults-") as folder, Memory() as memory:
        try:
            measured = plan(Path(folder), memory)
        except (AssertionError, pytest.fail.Exception) as failure:
            return {"held": False, "failure": _short(failure), "took_s": round(time.monotonic() - began, 1)}
    held = not any(measured[wrong] for wrong in NEVER) and measured.pop("held", True)
    return measured | {"held": held, "memory_mb": memory.told(), "took_s": round(time.monotonic() - began, 1)}


def _short(failure):
    """The last line of what went wrong, with no place of this machine in it."""
    lines = str(failure).strip().splitlines() or [type(failure).__name__]
    return lines[-1].replace(str(Path.cwd()), ".")[-200:]


def _write(found):
    """The whole table is kept; what was not done this time stays as it was, with its date."""
    file, now = RESULTS / "faults.json", time.strftime("%Y-%m-%d")
    kept = json.loads(file.read_text()) if file.exists() else {}
    here = {"date": now, "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}", "load": round(os.getloadavg()[1], 1)}
    kept |= {name: here | one for name, one in found.items()}
    kept = dict(sorted(kept.items(), key=lambda item: (int(item[0].strip("Fb")), item[0])))
    RESULTS.mkdir(exist_ok=True)
    file.write_text(json.dumps(kept, indent=1) + "\n")
    (RESULTS / "faults.md").write_text(_page(kept))


def _page(kept):
    lines = [
        "# Faults", "",
        "What was acknowledged while something broke, measured by `make faults` with the official JavaScript client.",
        "`back_s`: until everybody was in again and had caught up, worst. Memory: resident, at the start, at most, at the end.", "",
        "| | Fault | Held | " + " | ".join(column.replace("_", " ") for column in COLUMNS) + " |",
        "|---" * (3 + len(COLUMNS)) + "|",
    ]
    for name, one in kept.items():
        cells = [str(one.get(column, "–")) for column in COLUMNS]
        lines.append(f"| {name} | {one['what']} | {'yes' if one['held'] else '**no**'} | " + " | ".join(cells) + " |")
    more = [f"- {name}: {one[key]}{_load(one)}" for name, one in kept.items() for key in ("tests", "also", "failure") if one.get(key)]
    dated = sorted({f"{one['date']}, {one['machine']}" for one in kept.values()})
    return "\n".join([*lines, "", *more, "", "Measured: " + "; ".join(dated) + ".", ""])


def _load(one):
    """What else the machine had to do; times by the clock are to be read beside it."""
    return f" (load of the machine: {one['load']:g} on {one['machine'].split(',')[0]})" if "load" in one else ""


if __name__ == "__main__":
    raise SystemExit(0 if run(sys.argv[1:]) else 1)
