"""Somebody is removed while everybody speaks: nothing of theirs is stored after that commit, and nothing
more is told them, in the process that did it at once, in another within seconds. There is no Redis in
this house: what puts people out is each process's own look at the truth."""

import threading
import time

import pytest

from groups import clock
from groups.db import change, reading
from groups.meeting.models import Entry
from groups.membership.actions import end_membership
from groups.membership.models import Membership
from tests import hours
from tests.hours import TALK
from tests.sockets import Line, until

AT_ONCE, ELSEWHERE = 1, 5  # seconds: on the same process, on any other


@pytest.fixture
def talk(clerk):
    hours.join("Finn") if not hours.handle("Finn") else None
    with change() as (session, _):
        finn = session.query(Membership).filter_by(name="Finn").one()
        finn.left_at = finn.barred_until = None
    meeting = clerk.plan(begins_in=0)
    clerk.open_lobby(meeting, TALK)
    clerk.bring_in(meeting, "Finn", "Nia", chair="Maya")
    clerk.begin(meeting, "Maya")
    return meeting


def stored_of(meeting, handle):
    with reading() as session:
        mine = session.query(Entry.position).filter_by(meeting_id=meeting.id, author=handle, kind="shared")
        return [position for (position,) in mine.order_by(Entry.position)]


class Traffic:
    """Finn and Nia speak as fast as they are let, each on every page they have."""

    def __init__(self, lines):
        self.going, self.refused = True, []
        self.threads = [threading.Thread(target=self._speak, args=(line, number)) for number, line in enumerate(lines)]
        for thread in self.threads:
            thread.start()

    def _speak(self, line, number):
        said = 0
        while self.going:
            try:
                answer = line.ask("share", words="word", client_id=f"page-{number}-says-{said:05}", within=2)
            except Exception:  # put out: the line is gone
                return
            if not answer["ok"]:
                self.refused.append(answer["reason"])
            said += 1
            time.sleep(0.05)

    def stop(self):
        self.going = False
        for thread in self.threads:
            thread.join()


@pytest.mark.parametrize("how", ["in the room", "from a page"])
def test_nothing_is_written_or_told_after_a_removal(house, other, talk, how, figures):
    handle = hours.handle("Finn")
    here, there = (Line(house.visit("Finn"), talk.public_id, server=at) for at in (house, other))
    nia, maya = Line(house.visit("Nia"), talk.public_id), Line(house.visit("Maya"), talk.public_id)
    for line in (here, there, nia, maya):
        line.enter()
    traffic = Traffic([here, there, nia])
    until(lambda: len(stored_of(talk, handle)) >= 1, what="some of his words")
    if how == "in the room":
        assert maya.ask("remove_now", who=handle, why="solicitation", agreement=3)["ok"]
    else:  # another process, without a word to anybody: only the database knows
        with change() as (session, _):
            finn = session.query(Membership).filter_by(name="Finn").one()
            end_membership(lambda news: None, finn, clock.now())
            last = session.query(Entry).filter_by(meeting_id=talk.id).count()  # inside the commit: exact
    removed = time.monotonic()
    if how == "in the room":
        with reading() as session:
            last = session.query(Entry.position).filter_by(meeting_id=talk.id, kind="put_out").scalar()
    until(lambda: not here.connected, within=ELSEWHERE if how == "from a page" else AT_ONCE, what="his page here to be closed")
    here_s = time.monotonic() - removed
    until(lambda: not there.connected, within=ELSEWHERE, what="his page elsewhere to be closed")
    there_s, heard = time.monotonic() - removed, (len(here.heard), len(there.heard))
    time.sleep(1)
    traffic.stop()
    assert nia.connected and maya.connected
    assert [position for position in stored_of(talk, handle) if position > last] == [], "accepted after the commit"
    assert (len(here.heard), len(there.heard)) == heard, "told after he was out"
    figures(here_s=here_s, elsewhere_s=there_s, written_after=0, refused=len(traffic.refused))
