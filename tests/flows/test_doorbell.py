"""Two processes with a doorbell between them: each hears at once what the other wrote, and within seconds
when the bell is dead, deaf or asleep. The bell comes back by itself; nothing is ever lost by it."""

import time

import pytest
import redis as client

from tests import hours, services
from tests.server import Server, running
from tests.sockets import Line, until

AT_ONCE = 1.0  # seconds; a beacon would come after up to two, and half of the time after more than one
STALE = 5.0
ROUNDS = 10  # of which one may have met a disk that was busy; with no bell two would be later nearly always


@pytest.fixture(scope="module")
def redis():
    with services.redis() as redis:
        yield redis


@pytest.fixture(scope="module")
def house(moved_in, tmp_path_factory, redis):
    with hours.settled(moved_in, tmp_path_factory.mktemp("house"), REDIS_URL=redis.url) as server:
        yield server


@pytest.fixture(scope="module")
def other(house, redis):
    with running(Server(house.folder, forked=True, REDIS_URL=redis.url)) as other:
        yield other


@pytest.fixture
def pair(house, other, redis, clerk):
    """Tom at one process, Nia at the other."""
    until(lambda: heard_by(redis) == 2, what="both to listen")
    meeting = clerk.plan(begins_in=0)
    clerk.open_lobby(meeting, hours.TALK)
    clerk.bring_in(meeting, "Tom", "Nia", chair="Maya")
    clerk.begin(meeting, "Maya")
    pages = [Line(house.visit(name), meeting.public_id, server=at) for name, at in (("Tom", house), ("Nia", other))]
    for page in pages:
        page.enter()
    return pages


def heard_by(redis):
    """How many processes listen to the house's channel."""
    channels = redis.tell("pubsub", "channels", "lamplight:*").split()
    return int(redis.tell("pubsub", "numsub", channels[0]).split()[-1]) if channels else 0


def told_in(one, other, count, within=STALE):
    """The slowest but one of so many shares, in seconds until the other page had it, and the slowest answer."""
    took, answered = [0.0], 0.0
    for _ in range(count):
        words = f"{one.visit.name} {time.monotonic()}"
        began = time.monotonic()
        assert one.share(words, f"bell-{time.monotonic_ns()}")["ok"]
        answered = max(answered, time.monotonic() - began)
        until(lambda words=words: words in other.shares(), within=within, what="the other page")
        took.append(time.monotonic() - began)
    return sorted(took)[-2], answered


def test_a_share_is_heard_at_once_by_those_at_the_other_process(pair, figures):
    tom, nia = pair
    there, _ = told_in(tom, nia, ROUNDS)
    back, _ = told_in(nia, tom, ROUNDS)
    figures(there_ms=1000 * there, back_ms=1000 * back)
    assert max(there, back) < AT_ONCE
    assert tom.gaps == nia.gaps == 0


def test_whoever_signs_out_at_one_is_out_at_the_other_at_once(house, pair, figures):
    tom, nia = pair
    began = time.monotonic()
    nia.visit.get("/me")
    assert nia.visit.post("/sign-out").status_code in (302, 303)
    until(lambda: not nia.connected, within=STALE)
    figures(out_s=time.monotonic() - began)
    assert tom.connected


def test_the_bell_may_die_sleep_or_be_cut_and_comes_back_by_itself(redis, pair, figures):
    tom, nia = pair
    before = {"cut": lambda: redis.tell("client", "kill", "type", "pubsub"), "asleep": lambda: redis.tell_later("debug", "sleep", "4")}
    measured = {}
    for how, break_it in before.items():
        break_it()
        measured[f"{how}_s"], answered = told_in(tom, nia, 2)
        assert answered < 2, "whoever shares does not wait for the bell"
    redis.stop()
    measured["dead_s"], answered = told_in(tom, nia, 3)
    assert answered < 2
    redis.start()
    began = time.monotonic()
    until(lambda: heard_by(redis) == 2, within=STALE, what="both to listen again")
    measured["listening_again_s"] = time.monotonic() - began
    measured["then_s"], _ = told_in(tom, nia, ROUNDS)
    figures(**measured)
    assert measured["then_s"] < AT_ONCE
    assert tom.transcript == nia.transcript


def test_what_travels_is_two_numbers_and_never_a_word(redis, pair):
    tom, _ = pair
    with client.Redis.from_url(redis.url).pubsub(ignore_subscribe_messages=True) as ear:
        ear.psubscribe("lamplight:*")
        until(lambda: not ear.get_message(timeout=0.5), what="silence")
        assert tom.share("Nobody's business.", "bell-words-1")["ok"]
        note = until(lambda: ear.get_message(timeout=0.5), what="a ring")["data"].decode()
    assert [part.isdigit() for part in note.split(" ")] == [True, True]
