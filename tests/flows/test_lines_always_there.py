"""The page of lines from a running server whose tables are gone, and while every thread waits."""

import sqlite3
import threading
import time

import requests

from groups.concurrency import THREADS
from tests.server import IN_EITHER_MODE
from tests.timing import calmest

USUAL = 0.1  # seconds


@IN_EITHER_MODE
def test_a_server_whose_tables_are_gone_still_answers(server):
    tom = server.visit("Tom")
    assert tom.get("/me").status_code == 200
    with sqlite3.connect(server.folder / "lamplight.db") as tables:
        tables.execute("ALTER TABLE sign_ins RENAME TO taken_away")
    try:
        assert tom.get("/me").status_code == 503
        for visit in (tom, server.visit()):
            for address in ("/lines", "/lines?country=IE", "/lines.txt"):
                answer = visit.get(address)
                assert answer.status_code == 200 and "116 123" in answer.text and not answer.headers.get("Set-Cookie")
        assert tom.get("/away", allow_redirects=False).status_code == 302
    finally:
        with sqlite3.connect(server.folder / "lamplight.db") as tables:
            tables.execute("ALTER TABLE taken_away RENAME TO sign_ins")


def test_it_answers_while_every_thread_waits_for_the_database(server, figures):
    """Another process holds the database for writing, and as many people as there are threads want to write."""
    people = [server.visit("Tom") for _ in range(THREADS)]
    holding = sqlite3.connect(server.folder / "lamplight.db", isolation_level=None, check_same_thread=False)
    holding.execute("BEGIN IMMEDIATE")
    waiting = [threading.Thread(target=person.post, args=["/sign-out"]) for person in people]
    try:
        for one in waiting:
            one.start()
        end, waits = time.monotonic() + 2, []
        while time.monotonic() < end:
            began = time.monotonic()
            assert "116 123" in requests.get(f"{server.url}/lines?country=GB", timeout=5).text
            waits.append(time.monotonic() - began)
        assert any(one.is_alive() for one in waiting), "they were still waiting"
        figures(asked=len(waits), slowest_ms=max(waits) * 1000, calmest_ms=calmest(waits, parts=4) * 1000)
        assert max(waits) < 1 and calmest(waits, parts=4) < USUAL, waits
    finally:
        holding.execute("ROLLBACK")
        holding.close()
        for one in waiting:
            one.join(15)
