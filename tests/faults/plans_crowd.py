"""Very many people: all of them come back at once, or come and go for a long time."""

import time
from pathlib import Path

from tests.faults.houses import one_process
from tests.faults.memory import resident

MEETINGS, EACH = 20, 50
SELDOM = 20_000  # milliseconds between two shares of one of a thousand: fifty a second, told to 2,500 people
STORMS = 3
LOOK = 5  # seconds
WARM = 60  # seconds after which memory should not grow any more
MANY = 0.8  # of the files a process may open


def f11(folder, memory):
    """a thousand people come back at once after kill -9, three times"""
    backs, files = [], 0.0
    with one_process(folder, memory, MEETINGS, EACH, SELDOM) as (server, traffic):
        for _ in range(STORMS):
            traffic.more(200)
            server.kill()
            killed = time.time()
            server.restart()
            started = time.time() - killed
            backs.append((traffic.all_back(since=killed, within=60), started))
            files = max(files, _open_files(server) / _most_files(server))
        traffic.more(200)
        measured = traffic.stop(within=120)
    slowest, started = max(backs)
    return measured | {"held": files < MANY, "back_s": round(slowest, 1), "also": (
        f"a thousand were back {', '.join(f'{back:.1f}' for back, _ in backs)} s after the kills, of which the process took {started:.1f} to start; "
        f"{files:.0%} of the files it may open"
    )}


def soak(folder, memory, minutes: float):
    """300 people for a long time, of whom three a second go and come back"""
    looks = []
    with one_process(folder, memory, 25, 12, pace=30_000, churn=3, lasts=int(minutes) + 30) as (server, traffic):
        began = time.monotonic()
        while (now := time.monotonic() - began) < 60 * minutes:
            looks.append((now, resident(server), _open_files(server), _sockets(server)))
            traffic.still_there()
            time.sleep(LOOK)
        measured = traffic.stop(within=60)
        clients = len(traffic.members)
    warm = [look for look in looks if look[0] >= min(WARM, 30 * minutes)]
    sockets = sorted(look[3] for look in warm)
    grown = 3600 * _slope([(look[0], look[1]) for look in warm])
    opened = 3600 * _slope([(look[0], look[2]) for look in warm])
    return measured | {"held": sockets[-1] <= clients + 3, "minutes": minutes, "also": (
        f"{minutes:g} minutes, {measured['left']} times somebody went and came back; memory {grown:+.1f} MB an hour ({grown / 60 * minutes:+.1f} in all), "
        f"open files {opened:+.1f} an hour ({warm[0][2]} at first, {warm[-1][2]} at last), sockets {sockets[0]} to {sockets[-1]} for {clients} people"
    )}


def _slope(points):
    """By least squares."""
    across = sum(x for x, _ in points) / len(points)
    up = sum(y for _, y in points) / len(points)
    return sum((x - across) * (y - up) for x, y in points) / sum((x - across) ** 2 for x, _ in points)


def _open_files(server):
    return len(list(Path(f"/proc/{server.process.pid}/fd").iterdir()))


def _most_files(server):
    limits = Path(f"/proc/{server.process.pid}/limits").read_text()
    return int(limits.split("Max open files")[1].split()[0])


def _sockets(server):
    """Lines that are open to it, by the machine's own table."""
    here = f":{server.port:04X}"
    rows = [row.split() for row in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return sum(row[1].endswith(here) and row[3] == "01" for row in rows)


PLANS = {"F11": f11}
