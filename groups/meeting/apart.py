"""Whoever goes is missed in each room at a moment of its own. Leaving quickly, signing out, a sign-in that ends, other
words and a line that breaks close all of somebody's pages at once; would their places be given up at once as
well, somebody who is in two rooms could tell by it that two names are one person."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from secrets import SystemRandom

from groups.concurrency import call_on_loop, off_loop, sleep, spawn
from groups.sealing import digest_of, of_house

APART = timedelta(minutes=1)  # at the most; so much longer a place is kept
_chance = SystemRandom()  # nobody who saw the moments before can tell the next


def apart(meeting_id: int, handle: str, seen_at: datetime) -> timedelta:
    """How much longer this room waits for somebody it last saw then: the same in every process of the house, another
    in each room and each time, and nobody can reckon it without the secret of the house."""
    drawn = digest_of(of_house.key("missed apart"), f"{meeting_id} {handle} {seen_at.timestamp()}")
    return APART * (int.from_bytes(drawn[:4]) / 2**32)


def one_after_another(works: Sequence[Callable[[], object]], within: timedelta = APART) -> None:
    """Do the first here and at once, and each other in a thread, at some moment within that time. It must do no harm if
    one is never done because the process ends: its room misses somebody all the same, as without a word."""
    for number, work in enumerate(works):
        if number:
            call_on_loop(spawn, _later, _chance.uniform(0, within.total_seconds()), work)
        else:
            work()


def a_while_later(after: timedelta, work: Callable[[], object]) -> None:
    """Do this in a thread once that time has gone by. It must do no harm, either, if it is never done."""
    call_on_loop(spawn, _later, after.total_seconds(), work)


def _later(seconds, work):
    sleep(seconds)
    off_loop(work)
