"""What a share costs a house of four processes, without any fault: CPU of each program, per share, at two
sizes of room. `python -m tests.faults.costs` writes bench/results/scaled.md; docs/scaling.md reckons with it."""

import os
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from groups import concurrency
from groups.settings import ROOT
from tests import hours, services
from tests.faults.traffic import Traffic
from tests.scaled import PROCESSES, scaled

SIZES = ((20, 6), (5, 24))  # rooms, people in each
SHARES = 400
PROGRAMS = ("python", "postgres", "redis-server", "haproxy")
TICK = os.sysconf("SC_CLK_TCK")


def measure(meetings: int, each: int, processes: int = PROCESSES) -> dict:
    """CPU milliseconds per share and program, and how fast it was answered."""
    concurrency.start("threading")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        house = stack.enter_context(scaled(folder, stack.enter_context(services.postgres("fsync=on")), processes=processes))
        clerk = stack.enter_context(hours.Clerk(house))
        idle = _cpu()
        began = time.monotonic()
        time.sleep(5)
        resting = {name: (value - idle[name]) / (time.monotonic() - began) for name, value in _cpu().items()}
        traffic = stack.enter_context(Traffic(house, clerk, meetings, each))
        traffic.more(60)
        before, began, first = _cpu(), time.monotonic(), traffic.count()
        traffic.more(SHARES, within=120)
        spent, took, shares = _cpu(), time.monotonic() - began, traffic.count() - first
        answered = traffic.stop()
        memory = sum(_resident(process.process.pid) for process in house.processes) / len(house.processes)
    per_share = {name: 1000 * ((spent[name] - before[name]) - resting[name] * took) / shares for name in PROGRAMS}
    return {"meetings": meetings, "each": each, "shares_s": shares / took, "memory_mb": memory, "resting": resting, "ack": answered, **per_share}


def _cpu():
    """Seconds of CPU used so far by our own children's trees, by program. The clients are Node, and no part of it."""
    used = dict.fromkeys(PROGRAMS, 0.0)
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, rest = status.read_text().split("(", 1)[1].rsplit(")", 1)
        except OSError:
            continue
        if name in used and int(status.parent.name) != os.getpid() and _ours(int(status.parent.name)):
            used[name] += sum(map(int, rest.split()[11:13])) / TICK
    return used


def _ours(pid):
    while pid > 1:
        if pid == os.getpid():
            return True
        try:
            pid = int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            return False
    return False


def _resident(pid):
    return int(Path(f"/proc/{pid}/status").read_text().split("VmRSS:")[1].split()[0]) / 1024


def main() -> None:
    """Measure every size and write the table."""
    lines = [
        "# What a share costs four processes", "",
        "CPU in milliseconds per share, what the house spends when nobody speaks taken off; PostgreSQL flushes.", "",
        "| Rooms × people | shares/s | the four processes | PostgreSQL | Redis | HAProxy | ack p50 / p99, ms | MB a process |",
        "|---|---|---|---|---|---|---|---|",
    ]
    resting = {}
    for size in SIZES:
        one = measure(*size)
        resting = one["resting"]
        lines.append(
            f"| {one['meetings']} × {one['each']} | {one['shares_s']:.0f} | {one['python']:.1f} | {one['postgres']:.1f} | {one['redis-server']:.2f} "
            f"| {one['haproxy']:.2f} | {one['ack']['ack_p50_ms']} / {one['ack']['ack_p99_ms']} | {one['memory_mb']:.0f} |"
        )
    rest = ", ".join(f"{name} {1000 * value:.0f}" for name, value in resting.items())
    lines += ["", f"Nobody there: CPU in milliseconds per second, all four together: {rest}.", ""]
    lines += [f"Measured {time.strftime('%Y-%m-%d')} on {os.cpu_count()} cores that did other things besides, the clients on the same.", ""]
    (ROOT / "bench" / "results" / "scaled.md").write_text("\n".join(lines))


if __name__ == "__main__":
    main()
