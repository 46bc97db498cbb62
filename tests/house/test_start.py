"""Starting and stopping, as whoever runs the server sees it."""

import re
import signal
import subprocess
import sys
import time

import pytest
import requests
import socketio

from groups.accounts.sessions import COOKIE
from groups.settings import ROOT
from tests.commands import command, settings
from tests.server import STARTED, Server, move_in_at, running

PREPARED = """
import sys, app
from dataclasses import replace
from groups.settings import from_environment
house = from_environment()
for settings in (house, replace(house, database_url=f"sqlite:///{sys.argv[1]}")):
    app.prepare(settings)
    print("alembic" in sys.modules)
"""
MODES = pytest.mark.parametrize("server", ["eventlet", "threading"], indirect=True)  # neither of them forked


@MODES
def test_a_fresh_process_starts_clean_and_stops_in_good_order(server):
    assert requests.get(server.url, timeout=5).status_code == 200
    began = time.monotonic()
    server.stop()
    assert time.monotonic() - began < 5
    for sign in ("RLock", "greened", "Traceback", "Deprecat", "Warning"):
        assert sign not in server.log, server.log
    with pytest.raises(requests.ConnectionError):
        requests.get(server.url, timeout=5)


@MODES
def test_people_who_are_connected_do_not_keep_it_from_stopping(server):
    client = socketio.Client(reconnection=False)
    client.connect(server.url, headers={"Cookie": f"{COOKIE}={server.visit('Tom').cookie}"}, transports=["websocket"])
    began = time.monotonic()
    server.stop()
    assert time.monotonic() - began < 5
    client.wait()


@MODES
def test_it_comes_back_at_the_same_address_after_a_power_cut_and_ctrl_c_is_as_orderly(server):
    before = server.url
    server.kill()
    server.restart()
    assert server.url == before
    assert requests.get(server.url, timeout=5).status_code == 200
    server.process.send_signal(signal.SIGINT)
    assert server.process.wait(10) == 0


def test_it_runs_on_postgresql(tmp_path, database):
    with move_in_at(database), running(Server(tmp_path, database_url=database, forked=True)) as server:
        assert requests.get(server.url, timeout=5).status_code == 200
        assert "Harbour" in server.visit("Maya").get("/me").text


def test_a_start_with_nothing_to_migrate_does_without_alembic(tmp_path):
    """And one with something to migrate is done with it, or the first would say nothing."""
    assert command(tmp_path, "migrate", LAMPLIGHT_ENV="test")[0] == 0
    env = settings(tmp_path, LAMPLIGHT_ENV="test")
    said = subprocess.check_output([sys.executable, "-c", PREPARED, str(tmp_path / "new.db")], cwd=ROOT, text=True, env=env)
    assert said.split() == ["False", "True"]


@STARTED
def test_nothing_is_logged_about_who_comes_and_where_they_look(server):
    secret = "a-name-nobody-should-see"
    requests.get(f"{server.url}/g/{secret}", headers={"User-Agent": secret, "X-Forwarded-For": "203.0.113.9"}, timeout=5)
    requests.post(f"{server.url}/sign-in", data={"words": secret}, timeout=5)
    server.stop()
    for sign in (secret, "203.0.113.9"):
        assert sign not in server.log, server.log
    assert server.log.count("127.0.0.1") == 1, "where it listens"
    assert re.search(r"lamplight.access: POST /sign-in \d{3} <\d+m?s ×1\n", server.log), server.log
    assert re.search(r"lamplight.access: GET /g/<slug> 404 <\d+m?s ×1\n", server.log), server.log


def test_importing_the_front_door_patches_nothing():
    code = "import app, socket, sys; print('eventlet' in sys.modules, socket.socket.__module__)"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert ran.stdout.strip() == "False socket"
