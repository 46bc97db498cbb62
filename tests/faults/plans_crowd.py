"""Very many people: all of them come back at once, or come and go for a long time."""

import time
from pathlib import Path
from statistics import median
from typing import NamedTuple

from tests.faults.breaking import killed
from tests.faults.houses import one_process
from tests.faults.memory import resident
from tests.faults.plans import BACK

MEETINGS, EACH = 20, 50
SELDOM = 20_000  # milliseconds between two shares of one of a thousand: fifty a second, told to 2,500 people
STORMS = 3
LOOK = 5  # seconds
WARM = 60  # seconds after which nothing should grow any more
MB_AN_HOUR, MB_AT_LEAST = 1, 1.5  # what memory may grow by; the second is what it moves by itself, up and down
KB_A_SHARE = 1  # besides: until its hour is over a meeting remembers each share, so that none is ever kept twice
CHURNING = 3  # who go and come back are two lines for a moment
STANDING = 4096  # bytes: an answer or two that are just leaving
MANY = 0.8  # of the files a process may open


def f11(folder, memory):
    """a thousand people come back at once after kill -9, three times"""
    backs, kills, files = [], [], 0.0
    with one_process(folder, memory, MEETINGS, EACH, SELDOM) as (server, traffic):
        for _ in range(STORMS):
            traffic.more(200)
            kills.append(killed(server))
            backs.append(traffic.all_back(since=kills[-1].at, within=60))
            files = max(files, _open_files(server) / _most_files(server))
        traffic.more(200)
        measured = traffic.stop(within=120)
    after = [back - kill.started for back, kill in zip(backs, kills, strict=True)]
    return measured | {"held": files < MANY and max(after) < BACK, "back_s": round(max(backs), 1), "also": (
        f"a thousand were back {_each(backs)} s after the kills, of which the process took {_each(kill.started for kill in kills)} to start "
        f"({_each(kill.worked for kill in kills)} of its own work), and {_each(after)} once it was there; {files:.0%} of the files it may open"
    )}


def _each(seconds):
    return ", ".join(f"{one:.1f}" for one in seconds)


def soak(folder, memory, minutes: float):
    """300 people for a long time, of whom three a second go and come back"""
    looks = []
    with one_process(folder, memory, 25, 12, pace=30_000, churn=3, lasts=int(minutes) + 30) as (server, traffic):
        began = time.monotonic()
        while (now := time.monotonic() - began) < 60 * minutes:
            looks.append(_look(server, now))
            traffic.still_there()
            time.sleep(LOOK)
        measured = traffic.stop(within=60)
        clients = len(traffic.members)
    warm = [look for look in looks if look.at >= min(WARM, 30 * minutes)]
    early, late = _halves([share["took"] for share in traffic.acknowledged])
    between = measured["acked"] * 2 / 3 * (warm[-1].at - warm[0].at) / looks[-1].at  # shares, from the first third to the last
    grown = {name: _grown(warm, name) for name in ("memory", "files", "threads", "waiting")}
    sockets = sorted(look.sockets for look in warm)
    held = {
        "memory": grown["memory"] < between * KB_A_SHARE / 1024 + max(MB_AN_HOUR * minutes / 60, MB_AT_LEAST), "files": grown["files"] < 1 + CHURNING, "threads": grown["threads"] < 1,
        "waiting": grown["waiting"] < STANDING, "answers": late < 2 * early + 5, "sockets": sockets[-1] <= clients + CHURNING,
    }
    return measured | {"held": all(held.values()), "minutes": minutes, "also": (
        f"{minutes:g} minutes, {measured['left']} times somebody went and came back; from the first third after a warm-up to the last, {between:.0f} shares later: memory {grown['memory']:+.1f} MB, "
        f"open files {grown['files']:+.0f}, threads {grown['threads']:+.0f}, bytes standing in sockets {grown['waiting']:+.0f}, an answer in the middle {early:.1f} ms "
        f"and {late:.1f} ms; sockets {sockets[0]} to {sockets[-1]} for {clients} people" + "".join(f"; too much: {name}" for name in held if not held[name])
    )}


class Look(NamedTuple):
    """What the server holds `at` so many seconds: megabytes, files, threads, lines, and bytes that stand in them either way."""

    at: float
    memory: float
    files: int
    threads: int
    sockets: int
    waiting: int


def _look(server, at):
    lines = _lines(server)
    threads = int(Path(f"/proc/{server.process.pid}/status").read_text().split("Threads:")[1].split()[0])
    return Look(at, resident(server), _open_files(server), threads, len(lines), sum(lines))


def _grown(looks, name):
    """From the first third to the last, each by the one in its middle: one look that is odd is no growth."""
    figures = [getattr(look, name) for look in looks]
    third = len(figures) // 3
    return median(figures[-third:]) - median(figures[:third])


def _halves(times):
    return median(times[: len(times) // 2]), median(times[len(times) // 2 :])


def _open_files(server):
    return len(list(Path(f"/proc/{server.process.pid}/fd").iterdir()))


def _most_files(server):
    limits = Path(f"/proc/{server.process.pid}/limits").read_text()
    return int(limits.split("Max open files")[1].split()[0])


def _lines(server):
    """For each line that is open to it, how many bytes stand in it, by the machine's own table."""
    here = f":{server.port:04X}"
    rows = [row.split() for row in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return [sum(int(queue, 16) for queue in row[4].split(":")) for row in rows if row[1].endswith(here) and row[3] == "01"]


PLANS = {"F11": f11}
