"""Somebody's own programs subscribe to their link, over the wire: vdirsyncer fetches it from a running
server, khal shows it."""

import os
import subprocess
from datetime import timedelta

from sqlalchemy import select

from groups import clock
from groups.accounts.models import Account
from groups.db import reading
from groups.membership.models import Membership
from groups.rooms.models import Room
from groups.schedule.actions import schedule_series
from groups.sealing import of_house
from groups.subscribing.actions import set_up_feed
from groups.subscribing.models import FeedKind
from groups.subscribing.wishes import Wish
from tests.doors.linking import decide
from tests.evenings import EVENING, NOON, meetings
from tests.feed_readers import program
from tests.server import SECRET

SYNC = """
[general]
status_path = "{folder}/status"
[pair hours]
a = "theirs"
b = "mine"
collections = null
[storage theirs]
type = "http"
url = "{url}"
[storage mine]
type = "filesystem"
path = "{folder}/hours"
fileext = ".ics"
"""
SHOW = """
[calendars]
[[hours]]
path = {folder}/hours
[locale]
local_timezone = Europe/Berlin
default_timezone = Europe/Berlin
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {folder}/khal.db
"""


def run(folder, *command):
    """Run one of their programs with a home of its own; what it says."""
    home = {"HOME": str(folder), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "PYTHONTZPATH": ""}
    done = subprocess.run([str(part) for part in command], cwd=folder, env=home, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_khal_shows_what_vdirsyncer_fetched_and_no_log_knows_the_link(server, tmp_path):
    vdirsyncer, khal = program("vdirsyncer"), program("khal")
    server.freeze(NOON)
    of_house.know(SECRET)  # links are made here, and opened there
    with reading() as session:
        maya, tom = (session.scalar(select(Membership).where(Membership.name == name)) for name in ("Maya", "Tom"))
        quay = session.scalar(select(Room).where(Room.name == "The Quay"))
    schedule_series(maya, quay, EVENING)
    _, second, _, fourth = meetings()[:4]
    decide(second, to_day=second.on_day + timedelta(days=1), minutes=90)
    decide(fourth, cancelled=True)  # three weeks ahead
    with reading() as session:
        account = session.get(Account, tom.account_id)
    token = set_up_feed(account, FeedKind.DISCREET, Wish("Class", frozenset([quay.group.slug])))

    folder = tmp_path / "tom"
    folder.mkdir()
    (folder / "vdirsyncer.conf").write_text(SYNC.format(folder=folder, url=f"{server.url}/c/{token}.ics"))
    (folder / "khal.conf").write_text(SHOW.format(folder=folder))
    (folder / "hours").mkdir()
    run(folder, vdirsyncer, "-c", "vdirsyncer.conf", "discover", "hours")
    run(folder, vdirsyncer, "-c", "vdirsyncer.conf", "sync")
    day = f"{clock.now():%Y-%m-%d}"
    shown = run(
        folder, khal, "-c", "khal.conf", "list", day, "31d", "--day-format", "", "--format", "{start-long} to {end-long} {title}",
    ).split("\n")
    assert [line for line in shown if line] == [
        "2026-11-24 20:00 to 2026-11-24 21:00 Class", "2026-12-02 20:00 to 2026-12-02 21:30 Class", "2026-12-08 20:00 to 2026-12-08 21:00 Class",
        "2026-12-22 20:00 to 2026-12-22 21:00 Class",
    ]
    assert token not in server.log
