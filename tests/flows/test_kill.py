"""The fault test: thirty people share through official clients while the server is killed without
warning and started again five times. What was acknowledged is there, once, in order, for everybody."""

import random
import time

from sqlalchemy import select

from groups.db import reading
from groups.meeting.models import Entry
from tests import hours
from tests.faults.promise import kept
from tests.faults.traffic import Traffic

KILLS, MEETINGS, EACH = 5, 3, 10
BETWEEN = 75  # shares between two kills


def test_nothing_acknowledged_is_lost_doubled_or_misplaced_over_five_kills(server, figures):
    chance, backs = random.Random(4), []
    with hours.Clerk(server) as clerk, Traffic(server, clerk, MEETINGS, EACH) as traffic:
        for number in range(KILLS):
            traffic.more(BETWEEN)
            time.sleep(chance.random() / 10)  # at any moment
            server.kill()
            server.restart(forked=number > 0)  # the first time by a start of its own
            backs.append(traffic.all_back(since=time.time()))
        traffic.more(BETWEEN)
        measured = traffic.stop()
    figures(**measured, back_after_ready_s_median=sorted(backs)[KILLS // 2], back_worst_s=max(backs))
    assert kept(measured)
    assert measured["acked"] >= BETWEEN * KILLS and max(backs) < 6
    with reading() as session:
        assert session.scalar(select(Entry.position).where(Entry.kind == "floor_paused").limit(1)) is None
