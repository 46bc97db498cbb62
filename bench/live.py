"""What a live meeting costs, beside others: one share to every screen, everybody at the door at once.

    python -m bench.live                    all of it, some ten minutes
    python -m bench.live --rounds 1         quicker, and noisier

Ours (with every rule on, sealed words, committed and flushed before the answer), ours the plain way, Node
with an insert for every message (which may be lost with the power), Node with the same promise as ours, and
stock Flask-SocketIO; the peers are got from the registries into a
scratch folder the first time. Each server has one core and the load another; they take turns, and only
what ran in one call is compared. Nobody may send more than twenty wishes in ten seconds, so every server
is loaded in short bursts. Writes bench/results/live.md, live.json and three pictures."""

import argparse
import json
import statistics
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from bench import plots
from bench.houses import Load, install, machine_here, open_house
from groups import clock

RESULTS = Path(__file__).with_name("results")
NAMES = {
    "ours": "Lamplight", "plain": "Lamplight, the plain way", "node": "Node socket.io + SQLite",
    "flushed": "Node, each insert flushed", "stock": "stock Flask-SocketIO",
}
SHAPES = {  # (rooms, people): shares under way in each room, shares per second for the comparison at equal loads
    (50, 12): (8, (100, 300, 600)),
    (1, 200): (16, (30, 80, 150)),
    (1, 1000): (8, (4, 12, 30)),
}
CROWDS = ((1, 1000), (84, 12))  # who comes at once
EACH, REST = 18, 10.5  # shares of one person in a burst, and the seconds after which they may again
BURST, STEADY = 2.5, 3.0  # seconds


class Turns:
    """Servers that are loaded one after the other, each rested."""

    def __init__(self, houses, load):
        self.houses, self.load, self._last = houses, load, {}

    def each(self, what: str, **how):
        """(house, what came of it, seconds of CPU it cost), one after the other."""
        for house in self.houses:
            time.sleep(max(0.0, self._last.get(house.name, 0) + REST - time.monotonic()))
            before = house.cpu()
            result = self.load.tell(what, house, **how)
            self._last[house.name] = time.monotonic()
            yield house, result, house.cpu() - before


def fan_out(shape: tuple[int, int], rounds: int, names: list[str]) -> dict:
    """Bursts as fast as each server can, then the same loads for all of them."""
    rooms, people = shape
    window, rates = SHAPES[shape]
    found = {name: {"flood": [], "cpu": [], "steady": {rate: [] for rate in rates}} for name in names}
    with ExitStack() as stack, Load() as load:
        houses = [stack.enter_context(open_house(name, rooms, people)) for name in names]
        for house in houses:
            if load.tell("connect", house, rate=300)["inside"] != rooms * people:
                raise SystemExit(f"not everybody came in at {house.name}")
        turns = Turns(houses, load)
        time.sleep(REST)
        for _ in range(rounds):
            for house, result, cpu in turns.each("flood", window=window, each=EACH, seconds=BURST):
                found[house.name]["flood"].append(result["deliveries_per_s"])
                found[house.name]["cpu"].append(1e6 * cpu / max(1, result["delivery_ms"]["count"]))
        for rate in rates:
            seconds = min(STEADY, (EACH - 1) * rooms * people / rate)
            for _ in range(rounds):
                for house, result, _ in turns.each("steady", rate=rate, seconds=seconds):
                    found[house.name]["steady"][rate].append(result["delivery_ms"] | {"ack_p99": result["ack_ms"]["p99"]})
        for house in houses:
            found[house.name]["checked"] = load.tell("check", house)
            sys.stdout.write(f"{house.name} {shape} {found[house.name]['checked']}\n")
            sys.stdout.flush()
    return found


def storm(crowd: tuple[int, int], rounds: int, names: list[str]) -> dict:
    """Everybody comes at once, with a cookie, and is inside with the snapshot and the last fifty shares."""
    found = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            with open_house(name, *crowd) as house, Load() as load:
                time.sleep(2)
                before = house.cpu()
                result = load.tell("connect", house, rate=0, patience=40)
                kept = {key: result[key] for key in ("inside", "last_ms", "bytes")}
                found[name].append(kept | {"cpu": house.cpu() - before})
    return found


def memory(rounds: int, names: list[str]) -> dict:
    """Kilobytes for one more idle person inside: the second five hundred, so that what a server makes
    once is not counted."""
    found = {name: [] for name in names}
    for _ in range(rounds):
        for name in names:
            with open_house(name, 2, 500) as house, Load() as load:
                everybody, weighed = house.rooms, []
                for room in everybody:
                    house.name, house.rooms = room[0], [room]
                    load.tell("connect", house, rate=250)
                    time.sleep(4)
                    weighed.append(house.memory())
                found[name].append((weighed[1] - weighed[0]) / 500)
    return found


def middle(values) -> float:
    """The median, of what there is."""
    return statistics.median(values) if values else float("nan")


def spread(values) -> str:
    """The median, and how far the runs lay apart."""
    return f"{middle(values):,.1f} ({min(values):,.1f}–{max(values):,.1f})" if values else "–"


def report(found: dict) -> str:
    """The page: a table for each question."""
    lines = [
        "# A live meeting, measured", "",
        f"`make bench`, {found['date']}, rounds: {found['rounds']}, on {found['machine']}. Read the "
        "ratios, and the spread in brackets before them. CPU per delivery is less disturbed by others than the rest.", "",
    ]
    for shape, names in found["fan_out"].items():
        lines += [f"## One share to every screen: {shape}", "", *_floods(names), "", *_latencies(names), ""]
        wrong = ("missing", "doubled", "gaps", "misordered_rooms")
        counts = (f"{NAMES[name]} {sum(figures['checked'][key] for key in wrong)}" for name, figures in names.items())
        lines += [f"Missing, doubled or misordered at any screen: {', '.join(counts)}.", ""]
    for crowd, names in found["storm"].items():
        lines += [f"## Everybody at once: {crowd}", "", *_storms(names), ""]
    lines += ["## One more idle person inside", "", "| | KB |", "|---|---|"]
    lines += [f"| {NAMES[name]} | {spread(kilobytes)} |" for name, kilobytes in found["memory"].items()]
    return "\n".join(lines) + "\n"


def _floods(names):
    yield from ("| | deliveries/s | × Node | CPU µs per delivery | of Node's |", "|---|---|---|---|---|")
    node = names["node"]
    for name, figures in names.items():
        faster, dearer = (middle(figures[key]) / middle(node[key]) for key in ("flood", "cpu"))
        yield f"| {NAMES[name]} | {spread(figures['flood'])} | {faster:.2f} | {spread(figures['cpu'])} | {dearer:.2f} |"


def _latencies(names):
    yield from ("Delivery at equal loads, ms, p50 / p99:", "")
    yield "| shares/s | " + " | ".join(NAMES[name] for name in names) + " |"
    yield "|---|" + "---|" * len(names)
    for rate in names["node"]["steady"]:
        runs = [figures["steady"][rate] for figures in names.values()]
        cells = (" / ".join(f"{middle([run[part] for run in each]):.1f}" for part in ("p50", "p99")) for each in runs)
        yield f"| {rate} | " + " | ".join(cells) + " |"


def _storms(names):
    yield from ("| | inside | the last after, s | server CPU, s | MB sent |", "|---|---|---|---|---|")
    for name, runs in names.items():
        last, cpu = spread([run["last_ms"] / 1000 for run in runs]), spread([run["cpu"] for run in runs])
        sent = middle([run["bytes"] for run in runs]) / 1e6
        yield f"| {NAMES[name]} | {min(run['inside'] for run in runs)} | {last} | {cpu} | {sent:.1f} |"


def draw(found: dict) -> None:
    """Three pictures beside the page."""
    shapes = list(found["fan_out"])
    names = list(found["memory"])
    bars = {NAMES[name]: [middle(found["fan_out"][shape][name]["flood"]) for shape in shapes] for name in names}
    plots.bars(shapes, bars, "deliveries per second", RESULTS / "fanout.svg")
    lines = {}
    for shape in shapes:
        for name in ("ours", "node"):
            steady = found["fan_out"][shape][name]["steady"].items()
            lines[f"{shape}, {NAMES[name]}"] = [(int(rate), middle([run["p99"] for run in runs])) for rate, runs in steady]
    plots.lines(lines, "shares per second", "delivery p99, ms", RESULTS / "latency.svg")
    crowds = list(found["storm"])
    last = {NAMES[name]: [middle([run["last_ms"] for run in found["storm"][crowd][name]]) / 1000 for crowd in crowds]
            for name in names}
    plots.bars(crowds, last, "seconds until the last is in", RESULTS / "storm.svg")


def main() -> None:
    """Measure, and write it down."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--servers", default=",".join(NAMES), help="some of them, with node among them")
    asked = parser.parse_args()
    rounds, names = asked.rounds, asked.servers.split(",")
    install()
    found = {"date": clock.now().date().isoformat(), "rounds": rounds, "machine": machine_here()}
    found["fan_out"] = {f"{rooms} × {people}": fan_out((rooms, people), rounds, names) for rooms, people in SHAPES}
    found["storm"] = {f"{rooms} × {people}": storm((rooms, people), rounds, names) for rooms, people in CROWDS}
    found["memory"] = memory(1, names)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "live.json").write_text(json.dumps(found, indent=1))
    (RESULTS / "live.md").write_text(report(found))
    draw(found)


if __name__ == "__main__":
    main()
