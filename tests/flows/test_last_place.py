"""Two processes at once, on either database: the last place is given once, and so is a duty."""

import shutil
import subprocess
import sys
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from groups import clock, db
from groups.db import change, reading
from groups.membership.models import Membership
from groups.rota.models import Coming, Duty
from groups.rota.places import in_line
from groups.settings import ROOT
from tests import hours
from tests.server import database_named, move_in_at

PEOPLE = ("Abe", "Bea", "Carl", "Dora", "Eva", "Fay", "Gus", "Hanna", "Joy", "Kim", "Mona", "Otis")
PLACES = 3
WISHES = """
import sys
from concurrent.futures import ThreadPoolExecutor
from sqlalchemy import select
from groups import clock, concurrency, db
from groups.errors import Refused
from groups.membership.models import Membership
from groups.rota.actions import serve
from groups.rota.coming import change_plan, plan_to_come
from groups.rota.keeping import release_unconfirmed
from groups.schedule.models import Meeting

concurrency.start("threading")
db.connect(sys.argv[1])
with db.reading() as session:
    circle, evening = session.scalars(select(Meeting).order_by(Meeting.starts_at)).all()
    mine = session.scalars(select(Membership).where(Membership.id.in_(map(int, sys.argv[2].split(","))))).all()
print("ready", flush=True)
sys.stdin.readline()

def wish(member):
    plan_to_come(member, circle)
    try:
        serve(member, evening, "chair")
    except Refused:
        pass
    if member in mine[:2]:
        change_plan(member, circle)
    release_unconfirmed(clock.now())

with ThreadPoolExecutor(len(mine)) as all_at_once:
    list(all_at_once.map(wish, mine))
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path, moved_in):
    """A database of either kind, with the cast in it."""
    if request.param == "sqlite":
        shutil.copy(moved_in, tmp_path / "lamplight.db")
        engine = db.connect(f"sqlite:///{tmp_path}/lamplight.db")
        yield f"sqlite:///{tmp_path}/lamplight.db"
        engine.dispose()
        return
    server = request.getfixturevalue("database")
    with database_named(server, "places"), move_in_at(server.replace("/postgres?", "/places?")):
        yield server.replace("/postgres?", "/places?")


def test_two_processes_give_the_last_place_and_a_duty_once(url):
    people = hours.join(*PEOPLE)
    with change() as (session, _):
        session.execute(update(Membership).values(joined_at=clock.now() - timedelta(days=60)))
    circle = hours.plan(begins_in=300)
    hours.plan(begins_in=600)
    with change() as (session, _):
        session.merge(circle).places = PLACES
    run = [sys.executable, "-W", "error", "-c", WISHES, url]
    processes = [
        subprocess.Popen([*run, ",".join(str(one.id) for one in people[n::2])], cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for n in range(2)
    ]
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("\n")
        process.stdin.flush()
    for process in processes:
        process.communicate(timeout=60)
        assert process.returncode == 0
    with reading() as session:
        comings = session.scalars(select(Coming).where(Coming.meeting_id == circle.id)).all()
        assert len(comings) == len(PEOPLE) - 4, "nobody is lost"
        holding = [one for one in comings if one.has_place]
        assert len(holding) == PLACES, "never more than there are, and none stays empty"
        assert max(one.asked_at for one in holding) < in_line(comings)[0].asked_at, "first come, first served"
        assert len({one.asked_at for one in comings}) == len(comings)
        assert len(session.scalars(select(Duty)).all()) == 1
