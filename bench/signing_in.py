"""Whether a live meeting is held up while many sign in: shares of a room of twelve at a steady pace, first
alone, then with two hundred sign-ins offered a second, each with seven words of its own that are nobody's,
so that each costs its hash. Those for whom there is no room are told that it is busy, as always.

    python -m bench.signing_in            writes bench/results/signing_in.md"""

import re
import subprocess
import sys
import time
from pathlib import Path
from threading import Event, Thread

import requests

from bench.houses import LOAD_CORE, Load, open_house
from groups import clock
from groups.accounts.passphrase import generate

RESULTS = Path(__file__).with_name("results")
OFFERED, CALLERS = 200, 16  # sign-ins a second, and how many browsers they come from
SHARES, SECONDS = 12, 10  # a second, and how long
REST = 11  # seconds, after which those who shared may again
FORM = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')


def offer(url: str) -> None:
    """Sign in again and again until the process is ended, and print how each was answered."""
    ended, answers, began = Event(), [], time.monotonic()

    def call(place):
        browser = requests.Session()
        protection = FORM.search(browser.get(f"{url}/sign-in").text)[1]
        for count in range(place, OFFERED * SECONDS, CALLERS):
            ended.wait(max(0, began + count / OFFERED - time.monotonic()))
            form = {"words": " ".join(generate()), "csrf_token": protection}
            answers.append(browser.post(f"{url}/sign-in", data=form, allow_redirects=False).status_code)

    callers = [Thread(target=call, args=[place]) for place in range(CALLERS)]
    for one in callers:
        one.start()
    for one in callers:
        one.join()
    took = time.monotonic() - began
    sys.stdout.write(f"{len(answers)} {answers.count(429)} {took:.1f}\n")


def measured() -> list[tuple[str, dict, str]]:
    """(what was on, what became of the shares, what became of the sign-ins), twice."""
    found = []
    with open_house("ours", 1, 120) as house, Load() as load:
        load.tell("connect", house, rate=100)
        for words in ("nobody signs in", f"{OFFERED} sign-ins offered a second"):
            time.sleep(REST)
            storm = None
            if found:
                command = ["taskset", "-c", LOAD_CORE, sys.executable, "-m", "bench.signing_in", f"http://127.0.0.1:{house.port}"]
                storm = subprocess.Popen(command, cwd=RESULTS.parent.parent, stdout=subprocess.PIPE, text=True)
                time.sleep(2)
            shares = load.tell("steady", house, rate=SHARES, seconds=SECONDS)
            said = "–"
            if storm:
                answered, busy, took = storm.communicate()[0].split()
                said = f"{answered} answered in {took} s, {busy} of them with 'busy'"
            found.append((words, shares, said))
    return found


def report(found) -> str:
    """The page."""
    lines = [
        "# Signing in while a meeting is on", "",
        f"`python -m bench.signing_in`, {clock.now():%Y-%m-%d}: {SHARES} shares a second in a room of 120, on one core; "
        "milliseconds until each was committed, flushed and answered.", "",
        "| | p50 | p99 | longest | sign-ins |", "|---|---:|---:|---:|---|",
    ]
    for words, shares, said in found:
        ack = shares["ack_ms"]
        lines.append(f"| {words} | {ack['p50']:.1f} | {ack['p99']:.1f} | {ack['max']:.1f} | {said} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    if len(sys.argv) > 1:
        offer(sys.argv[1])
    else:
        page = report(measured())
        (RESULTS / "signing_in.md").write_text(page)
        sys.stdout.write(page)
