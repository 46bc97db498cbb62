"""Processes that end: killed, restarted, and with people removed meanwhile. A plan does one fault and returns
what was measured; its first line says what is broken, and how often."""

import random
import time
from statistics import median

from groups.meeting.commands_safety import RemoveNow
from tests import hours
from tests.faults.breaking import killed, restarted
from tests.faults.houses import four_processes, one_process
from tests.faults.traffic import written_after

BETWEEN = 150  # shares between two faults
BACK = 3  # seconds after a kill of the only process until everybody is in again and has caught up


def f1(folder, memory):
    """kill -9 of the only process, twenty times at random"""
    chance, backs, kills = random.Random(4), [], []
    with one_process(folder, memory) as (server, traffic):
        for _ in range(20):
            traffic.more(BETWEEN)
            time.sleep(chance.random() / 5)
            kills.append(killed(server))
            backs.append(traffic.all_back(since=kills[-1].at))
        traffic.more(BETWEEN)
        measured = traffic.stop()
    return measured | {"held": max(backs) <= BACK, "back_s": round(max(backs), 1), "also": (
        f"after a kill all were back within {median(backs):.1f} s in the median, of which the process took {median(kill.started for kill in kills):.1f} "
        f"to start ({median(kill.worked for kill in kills):.1f} of its own work); {sum(back <= BACK for back in backs)} of 20 times within {BACK} s"
    )}


def f2(folder, memory):
    """kill -9 of one of four processes behind HAProxy, three times"""
    backs = []
    with four_processes(folder, memory) as (house, _, traffic):
        for victim in house.processes[:3]:
            traffic.more(BETWEEN)
            victim.kill()
            backs.append(traffic.all_back(since=time.time()))
            traffic.more(BETWEEN)
            victim.restart()
        traffic.more(BETWEEN)
        measured = traffic.stop()
    return measured | {"back_s": round(max(backs), 1)}


def f3(folder, memory):
    """Redis cut off, asleep for 20 s, and down for 10 s"""
    with four_processes(folder, memory) as (house, _, traffic):
        traffic.more(BETWEEN)
        house.redis.tell("client", "kill", "type", "pubsub")
        traffic.more(BETWEEN)
        house.redis.tell_later("debug", "sleep", "20")
        _for(20, traffic)
        house.redis.stop()
        _for(10, traffic)
        house.redis.start()
        traffic.more(2 * BETWEEN)
        return traffic.stop()


def f13(folder, memory):
    """somebody removed with all their shares, while a process is killed and Redis is down"""
    out = []
    with four_processes(folder, memory) as (house, clerk, traffic):
        traffic.takes_out, removed = True, {}
        for victim, (meeting, (_, name, *_)) in zip(house.processes[:3], traffic.rooms.items(), strict=False):
            traffic.more(BETWEEN)
            house.redis.stop()
            victim.kill()
            clerk.write(meeting, RemoveNow(by=hours.handle("Maya"), who=hours.handle(name), why="solicitation", agreement=3))
            removed[name] = time.time(), meeting
            traffic.more(BETWEEN)
            victim.restart()
            house.redis.start()
        traffic.more(BETWEEN)
        measured = traffic.stop()
        written = sum(written_after(meeting, hours.handle(name)) for name, (_, meeting) in removed.items())
        out = [traffic.out[name] / 1000 - moment for name, (moment, _) in removed.items() if traffic.out[name]]
    held = written == 0 and len(out) == len(removed)
    return measured | {"held": held, "also": f"written after a removal {written}; out after {max(out, default=0):.1f} s at most"}


def f15(folder, memory):
    """all four processes restarted in good order, one after the other"""
    ended = []
    with four_processes(folder, memory) as (house, _, traffic):
        traffic.more(BETWEEN)
        for process in house.processes:
            ended.append(restarted(process))
        traffic.more(BETWEEN)
        measured = traffic.stop()
    held = measured["unanswered"] == 0
    return measured | {"held": held, "also": f"a process took {max(ended):.1f} s to end at most; shares without an answer {measured['unanswered']}"}


def _for(seconds, traffic):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        traffic.more(20)


PLANS = {"F1": f1, "F2": f2, "F3": f3, "F13": f13, "F15": f15}
