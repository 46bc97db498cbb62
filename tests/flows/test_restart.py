"""The process ends without warning, the disk is busy, a key is lost: what was promised stays true."""

import sqlite3
import threading
import time

import pytest

from tests import hours
from tests.hours import Clerk
from tests.sockets import Line, until


@pytest.fixture
def clerk(server):
    with Clerk(server) as clerk:
        yield clerk


def test_a_meeting_goes_on_after_the_power_was_cut(server, clerk, talk):
    tom, maya = Line(server.visit("Tom"), talk.public_id), Line(server.visit("Maya"), talk.public_id)
    tom.enter(), maya.enter()
    kept = tom.share("Said before.", "tom-before-1")
    assert maya.ask("add_minute")["ok"] and kept["ok"]
    until(lambda: len(tom.transcript) == len(maya.transcript) and tom.transcript[-1]["kind"] == "time_added")
    before, transcript = maya.enter(), tom.transcript
    server.kill()
    server.restart()
    tom, maya = Line(tom.visit, talk.public_id), Line(maya.visit, talk.public_id)
    tom.enter()
    after = maya.enter()
    for part in ("part", "lobby", "floor", "desk"):
        assert {**after[part], "entries": 0} == {**before[part], "entries": 0}, part
    assert tom.transcript == transcript
    assert tom.share("Said before.", "tom-before-1") == kept, "the retry is known, also by the next process"
    assert tom.share("Said after.", "tom-after-1")["number"] == kept["number"] + 2


def test_a_busy_disk_is_said_within_seconds_and_nothing_is_doubled(server, talk):
    """Another process holds the database: whoever shares is told, whoever reads is served."""
    tom, nia = Line(server.visit("Tom"), talk.public_id), server.visit("Nia")
    tom.enter()
    form = {"client_id": "nia-busy-1", "words": "By a form, while it was busy."}
    share, answers = f"/g/{talk.group.slug}/m/{talk.public_id}/share", {}
    holding = sqlite3.connect(server.folder / "lamplight.db", isolation_level=None, check_same_thread=False)
    holding.execute("BEGIN IMMEDIATE")
    try:
        asking = threading.Thread(target=lambda: answers.update(form=nia.post(share, **form)))
        asking.start()
        began = time.monotonic()
        told = tom.ask("share", within=8, client_id="tom-busy-1", words="While it was busy.")
        assert told["reason"] == "busy" and time.monotonic() - began < 5.5
        page = time.monotonic()
        assert tom.visit.get("/me").status_code == 200 and time.monotonic() - page < 1
    finally:
        holding.execute("ROLLBACK")
        holding.close()
        asking.join()
    kept_or_told = answers["form"].status_code == 303 or answers["form"].status_code == 503 and form["words"] in answers["form"].text
    assert kept_or_told, "and never a lost sentence"
    assert tom.connected
    until(lambda: tom.share("While it was busy.", "tom-busy-1")["ok"], what="the disk to be free")
    assert nia.post(share, **form).status_code == 303
    tom.catch_up()
    assert sorted(tom.shares()) == ["By a form, while it was busy.", "While it was busy."]


def test_a_lost_key_costs_that_meeting_and_no_other(server, clerk, talk):
    """A backup leaves the keys out: after it was brought back, live meetings have none."""
    server.kill()
    (server.folder / "keys" / f"{talk.public_id}.key").unlink()
    other = hours.plan(begins_in=5)
    server.restart()
    until(lambda: hours.phase(other) == "lobby", what="the other meeting's lobby")
    maya = Line(server.visit("Maya"), talk.public_id)
    assert maya.ask("enter")["snapshot"]["part"]["doing"] == "over"
    assert maya.ask("raise_hand")["reason"] == "meeting_over"
    maya.meeting = other.public_id
    assert maya.ask("knock")["ok"]
