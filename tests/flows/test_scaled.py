"""Four processes behind HAProxy, on PostgreSQL, with Redis as doorbell, while thirty people share through
official clients: one process is killed, Redis goes away, somebody is removed by another process meanwhile,
and one is restarted in good order (`make faults` does all four). Nothing acknowledged is lost, doubled or misplaced."""

import time

import pytest
import requests

from groups.meeting.commands_safety import RemoveNow
from tests import hours
from tests.faults.breaking import restarted
from tests.faults.promise import kept
from tests.faults.traffic import Traffic, written_after
from tests.scaled import scaled
from tests.sockets import Wire

MEETINGS, EACH = 3, 10
ELSEWHERE, RESTART = 5, 10  # seconds: until who was removed is out; until a process that is asked to has ended, on a busy machine


@pytest.fixture(scope="module")
def house(database, tmp_path_factory):
    with scaled(tmp_path_factory.mktemp("scaled"), database, forked=True) as house:
        yield house




def test_one_is_killed_and_the_others_carry_on(house, clerk, figures):
    with Traffic(house, clerk, MEETINGS, EACH) as traffic:
        traffic.more(60)
        victim = house.processes[1]
        victim.kill()
        back = traffic.all_back(since=time.time())
        traffic.more(60)
        victim.restart(forked=True)
        traffic.more(60)
        measured = traffic.stop()
    figures(**measured, back_s=back)
    assert kept(measured) and back < 6


def test_somebody_removed_while_redis_is_away_is_out_within_seconds(house, clerk, figures):
    with Traffic(house, clerk, MEETINGS, EACH) as traffic:
        traffic.more(60)
        house.redis.stop()
        meeting, (_, name, *_) = next(iter(traffic.rooms.items()))
        who = hours.handle(name)
        clerk.write(meeting, RemoveNow(by=hours.handle("Maya"), who=who, why="solicitation", agreement=3))
        removed, traffic.takes_out = time.time(), True
        traffic.more(60)
        house.redis.start()
        traffic.more(60)
        measured = traffic.stop()
    out = traffic.out[name] / 1000 - removed
    figures(**measured, out_s=out)
    assert kept(measured)
    assert written_after(meeting, who) == 0 and out < ELSEWHERE
    assert [one for one, moment in traffic.out.items() if moment] == [name]


def test_one_is_asked_to_end_and_nobody_is_left_without_an_answer(house, clerk, figures):
    with Traffic(house, clerk, MEETINGS, EACH) as traffic:
        traffic.more(60)
        ended = restarted(house.processes[0])
        traffic.more(60)
        measured = traffic.stop()
    figures(**measured, end_s=ended)
    assert kept(measured) and measured["unanswered"] == 0, "no share failed, not even for a moment"
    assert ended < RESTART


def test_what_a_visitor_claims_to_have_come_by_is_taken_off_at_the_door(house):
    forged = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    plain, claimed = (requests.get(f"{house.url}/sign-in", headers=headers, timeout=10) for headers in ({}, forged))
    assert plain.status_code == claimed.status_code == 200 and "evil" not in claimed.text
    assert Wire(house, house.visit("Tom").cookie, headers=forged).connect()
    for page in ("/health", "/ready"):
        assert requests.get(house.url + page, timeout=10).status_code == 404, "nobody's business out there"
