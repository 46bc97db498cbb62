"""How what a share costs grows: with the people in a room, with the rooms of a process, and with the processes.

    python -m bench.growing [--rounds 2]      some ten minutes; writes bench/results/growing.md and three pictures

The first two beside Node, each server as fast as it can, by turns, as in `bench/live.py`: CPU of the server, which
is less disturbed by others than the time that passes. The last through HAProxy to one, two and four processes on
PostgreSQL with Redis between them, at a load that all of them can bear."""

import argparse
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from bench import plots
from bench.houses import Load, install, machine_here, open_house
from bench.live import BURST, EACH, NAMES, REST, Turns, middle
from groups import clock
from tests.faults import costs

RESULTS = Path(__file__).with_name("results")
BESIDE = ("ours", "node")
PEOPLE = {(1, 12): 8, (1, 50): 16, (1, 200): 16, (1, 1000): 8}  # (rooms, people): shares under way in each room
ROOMS = {(5, 12): 8, (20, 12): 8, (50, 12): 8, (80, 12): 8}
PROCESSES = (1, 2, 4)
SCALED = (10, 12)  # rooms, people


def spent(shape: tuple[int, int], window: int, rounds: int) -> dict[str, float]:
    """CPU microseconds per share, by server, while everybody in rooms of this shape shares as fast as they can."""
    rooms, people = shape
    found = {name: [] for name in BESIDE}
    with ExitStack() as stack, Load() as load:
        houses = [stack.enter_context(open_house(name, rooms, people)) for name in BESIDE]
        for house in houses:
            load.tell("connect", house, rate=300)
        turns = Turns(houses, load)
        time.sleep(REST)
        for _ in range(rounds):
            for house, result, cpu in turns.each("flood", window=window, each=EACH, seconds=BURST):
                found[house.name].append(1e6 * cpu / max(1, result["ack_ms"]["count"]))
    cost = {name: middle(figures) for name, figures in found.items()}
    sys.stdout.write(f"{rooms} × {people}: {cost}\n")
    sys.stdout.flush()
    return cost


def table(first: str, rows: dict[int, dict[str, float]], names: dict[str, str]) -> list[str]:
    """A line for each size."""
    lines = [f"| {first} | " + " | ".join(names.values()) + " |", "|---:|" + "---:|" * len(names)]
    return [*lines, *(f"| {size:,} | " + " | ".join(f"{row[key]:,.1f}" for key in names) + " |" for size, row in rows.items()), ""]


def main() -> None:
    """Measure, and write it down."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=2)
    rounds = parser.parse_args().rounds
    install()
    names, machine = {name: NAMES[name] for name in BESIDE}, machine_here()
    people = {shape[1]: spent(shape, window, rounds) for shape, window in PEOPLE.items()}
    each = {size: {name: cost / size for name, cost in row.items()} for size, row in people.items()}
    rooms = {shape[0]: spent(shape, window, rounds) for shape, window in ROOMS.items()}
    processes = {count: costs.measure(*SCALED, processes=count) for count in PROCESSES}
    programs = dict(zip(costs.PROGRAMS, ("Lamplight", "PostgreSQL", "Redis", "HAProxy"), strict=True))
    lines = [
        "# How it grows", "", f"`make bench`, {clock.now().date()}, rounds: {rounds}, {machine}.",
        "CPU of the server; read the figures against each other.", "",
        "## People in one room", "", "CPU µs for one share:", "", *table("people", people, names),
        "CPU µs for one share at one screen:", "", *table("people", each, names), "![](people.svg)", "",
        "## Rooms of twelve", "", "CPU µs for one share:", "", *table("rooms", rooms, names), "![](rooms.svg)", "",
        "## Processes", "",
        f"CPU ms for one share in {SCALED[0]} rooms of {SCALED[1]}, less what the house spends when nobody speaks:", "",
        *table("processes", processes, programs), "![](processes.svg)", "",
    ]
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "growing.md").write_text("\n".join(lines))
    plots.lines(_drawn(each, names), "people in one room", "CPU µs a delivery", RESULTS / "people.svg")
    plots.lines(_drawn(rooms, names), "rooms of twelve", "CPU µs a share", RESULTS / "rooms.svg")
    plots.lines(_drawn(processes, programs), "processes", "CPU ms a share", RESULTS / "processes.svg")


def _drawn(rows, names):
    return {label: [(size, row[key]) for size, row in rows.items()] for key, label in names.items()}


if __name__ == "__main__":
    main()
