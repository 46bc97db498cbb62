"""What lies between people and the house: lines that freeze, lose, tear and sleep, and clocks that jump."""

import time
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import func, select

from groups import clock
from groups.db import reading
from groups.meeting.models import Seat
from tests import hours, services
from tests.faults.cable import DOWN, UP, Cable
from tests.faults.houses import UNHURRIED, four_processes, one_process
from tests.faults.plans import BETWEEN
from tests.sockets import Wire, until

PINGED = 16  # seconds: interval and timeout of the ping
NOTED = 5 + 3  # seconds between two looks at who is there, and what a busy machine takes
DEAD = 20  # lines nobody is behind


def f7(folder, memory):
    """lines frozen for 4 s and for 20 s, answers lost, questions lost, a byte a second, torn inside a frame, reset; devices asleep for 25 s"""
    backs = []
    cable = Cable(None)
    env = {"LAMPLIGHT_URL": f"http://127.0.0.1:{cable.port}"}

    @contextmanager
    def through(server):
        cable.target = ("127.0.0.1", server.port)
        with cable:
            yield env["LAMPLIGHT_URL"]

    with one_process(folder, memory, pace=UNHURRIED, through=through, env=env) as (_, traffic):
        traffic.more(BETWEEN)
        with cable.frozen():
            time.sleep(4)  # nobody notices but by waiting
        traffic.more(BETWEEN)
        for broken, seconds in ((cable.frozen, 20), (lambda: cable.deaf(DOWN), 6), (lambda: cable.deaf(UP), 6), (cable.trickling, 6)):
            with broken():
                time.sleep(seconds)
            healed = time.time()
            if broken == cable.trickling:
                cable.cut()
            backs.append(traffic.all_back(since=healed))
            traffic.more(BETWEEN)
        for way in (DOWN, UP):
            torn = list(cable.lines)
            cable.tear(way)
            until(lambda torn=torn: not set(torn) & set(cable.lines), within=40, what="every line to be torn")
            traffic.more(BETWEEN)
        began = time.time()
        cable.cut(reset=True)
        backs.append(traffic.all_back(since=began))
        traffic.more(BETWEEN)
        with traffic.asleep():
            stopped = clock.now()
            time.sleep(PINGED + NOTED + 1)
            seen = (_last_seen(traffic) - stopped).total_seconds()
        backs.append(traffic.all_back(since=time.time()))
        traffic.more(BETWEEN)
        measured = traffic.stop()
    held = seen < PINGED + NOTED and measured["unanswered"] > 0
    return measured | {"held": held, "back_s": round(max(backs), 1), "also": (
        f"whoever slept was taken for present {max(seen, 0):.0f} s longer; {measured['unanswered']} shares were sent again because no answer came"
    )}


def _last_seen(traffic):
    everybody = [hours.handle(name) for names in traffic.rooms.values() for name in names]
    with reading() as session:
        return session.scalar(select(func.max(Seat.seen_at)).where(Seat.handle.in_(everybody)))


def f9(folder, memory):
    """the clock of all four processes jumps an hour ahead, back, and an hour behind"""
    clock_file = folder / "clock"

    def jump(to):
        fresh = folder / "clock.new"
        fresh.write_text(to)
        fresh.rename(clock_file)

    jump("+0")
    faked = {
        "LD_PRELOAD": _faketime(), "FAKETIME_TIMESTAMP_FILE": str(clock_file), "FAKETIME_NO_CACHE": "1", "DONT_FAKE_MONOTONIC": "1",
    }
    with four_processes(folder, memory, lasts=240, **faked) as (house, _, traffic):
        moments, stale = [], []
        for to in ("+3600", "+0", "-3600", "+0"):
            traffic.more(BETWEEN)
            if to == "-3600":
                stale = _nobody_behind(house)
            jump(to)
            traffic.more(BETWEEN)
            time.sleep(NOTED)  # everything that looks at the clock has looked at it
            moments.append((_last_seen(traffic) - clock.now()).total_seconds())
        reaped = sum(_has_ended(wire) for wire in stale)
        measured = traffic.stop()
    jumped = [round(moment / 3600) for moment in moments] == [1, 0, -1, 0]
    held = jumped and measured["drops"] == 0 and reaped == DEAD
    return measured | {"held": held, "also": (
        f"of a hundred pages {measured['drops']} were dropped; of {DEAD} lines with nobody behind {reaped} were closed; they were seen at "
        f"hours {', '.join(f'{moment / 3600:+.0f}' for moment in moments)}"
    )}


def _faketime():
    found = sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
    return str(found[0]) if found else services.needed("No libfaketime here: apt-get install faketime")


def _nobody_behind(house):
    """Open lines that will never answer a ping. Each says at once whose it is: who does not is cut after five seconds."""
    wires = []
    for cookie in (house.visit("Tom").cookie for _ in range(DEAD // 5)):
        for _ in range(5):
            wires.append(Wire(house, cookie))
            assert wires[-1].connect(), wires[-1].said
    return wires


def _has_ended(wire):
    wire.socket.sock.settimeout(2 * PINGED)
    try:
        while wire.socket.sock.recv(65536):
            pass
    except ConnectionError:
        return True
    except TimeoutError:
        return False
    return True


PLANS = {"F7": f7, "F9": f9}
