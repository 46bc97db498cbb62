"""With a Redis the processes of a house count as one; without it each counts for itself, and nobody waits for it."""

import re
import time
from dataclasses import replace

import pytest
from sqlalchemy import select

from groups.db import reading
from groups.limiting.counting import Counts
from groups.limiting.memory import Memory
from groups.limiting.shared import PATIENCE, Shared
from groups.limiting.table import LIMITS, Fails
from groups.limiting.whence import WHENCE, Whence
from groups.membership.models import Group
from groups.sealing import of_house
from tests import hours, services
from tests.conftest import settings_for
from tests.counted import asks
from tests.server import SECRET, Server, running

TOGETHER = [action for action, limit in LIMITS.items() if limit.together]


@pytest.fixture(scope="module")
def redis():
    with services.redis() as redis:
        yield redis


@pytest.fixture
def counts(redis, tmp_path):
    """A process of this house, as far as it counts; each call makes another."""
    of_house.know(SECRET)
    redis.tell("flushall")
    settings = replace(settings_for(tmp_path), secret=SECRET, redis_url=redis.url)
    yield lambda **how: Counts(shared=Shared(settings), **how)
    if redis.process.poll() is not None:
        redis.start()


@pytest.mark.parametrize("action", LIMITS)
def test_two_processes_count_as_one_what_the_table_says(counts, action):
    one, other, most = counts(), counts(), LIMITS[action].rate.amount
    assert [asks(one, action) for _ in range(most)] == [True] * most
    if action in TOGETHER:
        assert 1 <= asks(other, action) <= LIMITS[action].rate.get_expiry(), "and says in how many seconds"
    else:
        assert asks(other, action) is True and action in ("enter", "share", "report"), "a room waits for no Redis"
    assert asks(other, action, "somebody else") is True


def test_redis_gets_moments_under_hashes_that_go_by_themselves(counts, redis):
    visitor = {}
    for process in (counts(), counts()):
        front = Whence(lambda environ, _: visitor.setdefault(environ[WHENCE]), 1, True, process.places())
        front({"HTTP_X_FORWARDED_FOR": "203.0.113.9"}, None)
        process.ask("sign_in", next(iter(visitor)))
    assert len(visitor) == 1, "two processes know the same place by the same hash"
    [key] = redis.tell("keys", "*").split()
    assert re.fullmatch(r"lamplight:[0-9a-f]{16}:LIMITER/[0-9a-f]{32}/60/5/minute", key)
    assert 0 < int(redis.tell("ttl", key)) <= 300 and all(re.fullmatch(r"[0-9.]+", one) for one in redis.tell("lrange", key, "0", "-1").split())


def test_another_day_and_another_house_have_other_hashes(counts, redis, tmp_path, freeze):
    one = counts()
    one.ask("sign_in", "somebody")
    freeze.forward(days=1)
    one.ask("sign_in", "somebody")
    of_house.know("another-secret-0123456789-abcdefghijk")
    settings = replace(settings_for(tmp_path), secret="another-secret-0123456789-abcdefghijk", redis_url=redis.url)
    Counts(shared=Shared(settings)).ask("sign_in", "somebody")
    assert len({key.split("/")[1] for key in redis.tell("keys", "*").split()}) == 3
    of_house.know(SECRET)


@pytest.mark.parametrize("action", TOGETHER)
def test_while_redis_is_away_each_counts_for_itself_and_fails_as_the_table_says(counts, redis, action):
    one, other, full, most = counts(), counts(), counts(memory=Memory(many=0)), LIMITS[action].rate.amount
    for _ in range(most):
        one.ask(action, "somebody")
    redis.stop()
    began = time.monotonic()
    for process in (one, other):
        assert [asks(process, action) for _ in range(most)] == [True] * most, "its own memory begins with nothing"
        assert asks(process, action) is not True
    assert (asks(full, action) is True) == (LIMITS[action].fails is Fails.OPEN), "and where that cannot count either"
    assert time.monotonic() - began < 10, "nobody waits for it again and again"


def test_a_redis_that_hangs_costs_one_page_a_moment_and_is_asked_again_later(counts, redis):
    one = counts()
    one.ask("sign_in", "somebody")
    redis.tell_later("debug", "sleep", "3")
    time.sleep(0.2)
    began = time.monotonic()
    for _ in range(20):
        one.ask("sign_in", "somebody")
    assert time.monotonic() - began < 10 * PATIENCE, "one waits, and those after it do not"
    assert redis.tell("ping") == "PONG", "it is awake again for the next test"


def test_a_name_is_tried_so_often_at_two_servers_together_and_goes_on_without_redis(moved_in, tmp_path, redis):
    with hours.settled(moved_in, tmp_path, REDIS_URL=redis.url) as house, running(Server(house.folder, forked=True, REDIS_URL=redis.url)) as other:
        with reading() as session:
            slug = session.scalar(select(Group.slug).where(Group.name == "Harbour"))
        here, there = house.visit("Otto"), other.visit("Otto")

        def tries(visit):
            visit.get(f"/g/{slug}/join")
            return visit.post(f"/g/{slug}/join", agree="y", name="Maya").status_code

        most = LIMITS["join"].rate.amount
        assert {tries(here if n % 2 else there) for n in range(most)} == {403}
        assert (tries(here), tries(there)) == (429, 429)
        redis.stop()
        assert (tries(here), tries(there)) == (403, 403)
        assert "Redis does not count" in house.log
    redis.start()
