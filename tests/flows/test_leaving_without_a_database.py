"""Leaving quickly while nothing can be written down: the browser is away at once, its cookie opens nothing
from that moment, in any process that can hear of it, and the sign-in is gone as soon as the database is back."""

import sqlite3
import threading
import time

import pytest
import requests
from sqlalchemy import select

from groups import db
from groups.accounts.models import SignIn
from groups.accounts.sessions import hashed
from groups.concurrency import THREADS
from tests import hours, services
from tests.flows.test_doorbell import heard_by
from tests.server import Server, move_in_at, running
from tests.sockets import Line, until

LONGEST = 4  # seconds; it waits for one, and the rest is a busy machine
BACK = 20


def leaves(visit):
    """They leave; how long it took."""
    began = time.monotonic()
    answer = visit.get("/away", allow_redirects=False)
    assert answer.status_code == 302 and "wikipedia" in answer.headers["Location"], answer.text
    assert 's=;' in answer.headers["Set-Cookie"] and "Clear-Site-Data" in answer.headers
    took = time.monotonic() - began
    assert took < LONGEST
    return took


def is_there(cookie):
    """Whether their sign-in is in the table."""
    with db.reading() as session:
        return session.scalar(select(SignIn.id).where(SignIn.token_hash == hashed(cookie))) is not None


def opens_nothing(server, cookie):
    """Whether this process takes whoever brings the cookie for a stranger (and not for somebody it cannot look up)."""
    answer = requests.get(f"{server.url}/me", cookies={"s": cookie}, allow_redirects=False, timeout=20)
    return answer.status_code == 303 and answer.headers["Location"].startswith("/sign-in")


def with_cookie(visit):
    """Whoever has the device brings the cookie back."""
    visit.cookies.clear()
    visit.cookies.set("s", visit.cookie)
    return visit


def test_while_the_file_is_held_for_writing(server, figures):
    """Reading works, and so the cookie would."""
    with hours.Clerk(server) as clerk:
        meeting = clerk.plan(begins_in=0)
        clerk.open_lobby(meeting, hours.TALK)
        clerk.bring_in(meeting, "Tom", chair="Maya")
    tom, nia = server.visit("Tom"), server.visit("Nia")
    assert tom.get("/me").status_code == 200
    line = Line(tom, meeting.public_id)
    line.enter()
    holding = sqlite3.connect(server.folder / "lamplight.db", isolation_level=None)
    holding.execute("BEGIN IMMEDIATE")
    try:
        figures(away_s=leaves(tom))
        assert is_there(tom.cookie)
        assert with_cookie(tom).get("/me", allow_redirects=False).headers["Location"].startswith("/sign-in")
        until(lambda: not line.connected, within=5, what="their open page to be closed")
        with pytest.raises(Exception, match="failed to connect"):
            Line(with_cookie(tom), meeting.public_id).enter()
        assert nia.get("/me", allow_redirects=False).status_code == 200, "nobody else is signed out"
    finally:
        holding.execute("ROLLBACK")
        holding.close()
    until(lambda: not is_there(tom.cookie), within=BACK, what="the sign-in to be gone")
    assert nia.get("/me", allow_redirects=False).status_code == 200


def test_while_every_thread_waits_for_the_file(server, figures):
    """As many people as there are threads want to write something, and each waits in line."""
    people, leaving = [server.visit("Tom") for _ in range(THREADS)], [server.visit("Nia") for _ in range(3)]
    holding = sqlite3.connect(server.folder / "lamplight.db", isolation_level=None)
    holding.execute("BEGIN IMMEDIATE")
    waiting = [threading.Thread(target=person.post, args=["/sign-out"]) for person in people]
    try:
        for one in waiting:
            one.start()
        until(lambda: "116 123" in server.visit().get("/lines?country=GB").text)
        figures(away_s=max(leaves(visit) for visit in leaving))
        assert any(one.is_alive() for one in waiting), "they were still waiting"
    finally:
        holding.execute("ROLLBACK")
        holding.close()
        for one in waiting:
            one.join(30)
    until(lambda: not any(is_there(visit.cookie) for visit in leaving), within=BACK, what="the sign-ins to be gone")


def test_while_postgresql_is_down_and_another_process_hears_of_it(moved_in, tmp_path, figures):
    """The process they left by does not live to see the database again; the other one does."""
    with services.postgres_server() as database, services.redis() as redis:
        with move_in_at(database.url):
            pass
        house = Server(tmp_path, database.url, forked=True, REDIS_URL=redis.url)
        other = Server(tmp_path, database.url, forked=True, REDIS_URL=redis.url)
        engine = db.connect(database.url)
        with running(other), running(house):
            until(lambda: heard_by(redis) == 2, what="both to listen")
            tom, nia = house.visit("Tom"), house.visit("Nia")
            assert tom.get("/me").status_code == nia.get("/me").status_code == 200
            engine.dispose()
            database.stop()
            figures(away_s=leaves(tom))
            until(lambda: opens_nothing(other, tom.cookie), within=BACK, what="the other process to hear of it")
            house.kill()
            database.start()
            until(lambda: not is_there(tom.cookie), within=BACK, what="the sign-in to be gone")
            assert is_there(nia.cookie)
        engine.dispose()
