"""A month with planted secrets: somebody comes from a planted address, keeps an account, speaks, tells, fetches
a calendar, and goes away; and none of it is in the log, in the database's files, in its write-ahead log, in
the backups' folder, or in anything that was ever said to Redis."""

import re
import subprocess
from datetime import timedelta

import pytest
from requests.adapters import HTTPAdapter
from sqlalchemy import delete, select

from groups import clock
from groups.accounts.models import Account
from groups.accounts.sessions import COOKIE
from groups.backups import envelope
from groups.db import change, reading
from groups.membership.models import Group, Membership
from groups.retention.deletions import remember_deleted
from groups.retention.models import Tidied
from groups.sealing import of_house
from tests import hours, services
from tests.doors.asking import words_on
from tests.doors.linking import FORM
from tests.server import SECRET
from tests.sockets import Line, until

SECONDS = 60
ADDRESS, FORWARDED, AGENT, FROM = "127.0.0.9", "203.0.113.77", "PlantedBrowser/77", "https://planted-referer.example/"
NAME, SHARE, LINE, TOLD, NOTE, UNSENT = "Planthea", "I planted a share", "I planted a line", "I planted a report", "I planted a note", "I planted too much"
WORD = "Plantedword"  # what their own calendar calls an hour
CODENAME_TRIED = "planted codename that opens nothing at all here"


@pytest.fixture
def redis():
    with services.redis() as redis:
        yield redis


@pytest.fixture
def overheard(redis):
    """Everything anybody ever says to this Redis."""
    with (redis.folder / "overheard").open("wb") as out:
        asked = ["redis-cli", "-p", str(redis.port), "monitor"]
        listening = subprocess.Popen(asked, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.DEVNULL, env=redis.env)
        until((redis.folder / "overheard").stat, SECONDS, "redis to be overheard")
        yield redis.folder / "overheard"
        listening.kill()
        listening.wait()


@pytest.fixture
def house(moved_in, tmp_path, redis, overheard):
    with hours.settled(moved_in, tmp_path, REDIS_URL=redis.url) as server:
        envelope.make_key(server.folder / "backups")
        yield server


class FromThere(HTTPAdapter):
    """Comes from the planted address."""

    def init_poolmanager(self, *args, **how):
        super().init_poolmanager(*args, source_address=(ADDRESS, 0), **how)


def planted(visit):
    """This visit comes from the planted address with a planted browser."""
    visit.headers.update({"User-Agent": AGENT, "X-Forwarded-For": FORWARDED, "X-Real-IP": FORWARDED, "Referer": FROM})
    visit.mount("http://", FromThere())
    return visit


def tidied_since(moment):
    with reading() as session:
        done = dict(iter(session.execute(select(Tidied.step, Tidied.done_at))))
    return all(done.get(step) and done[step] >= moment for step in ("accounts", "notes", "reports", "disk"))


def where(server, redis, overheard, *secrets):
    """Where these are, in whatever case: files and logs, by name."""
    files = [file for file in (*server.folder.rglob("*"), *redis.folder.iterdir()) if file.is_file()]
    assert overheard in files and any(file.name == "lamplight.db" for file in files)
    said = [(file.name, file.read_bytes().lower()) for file in files] + [("the log", server.log.encode().lower())]
    return [(name, secret) for name, text in said for secret in secrets if secret.lower().encode() in text]


def test_nothing_of_a_month_is_anywhere_it_should_not_be(house, redis, overheard):
    with reading() as session:
        slug = session.scalar(select(Group.slug).where(Group.name == "Harbour"))

    # Somebody comes, keeps an account, signs out and in again, and makes a link for a calendar.
    somebody = planted(house.visit())
    somebody.get(f"/g/{slug}/join")
    assert somebody.post(f"/g/{slug}/join", agree="y", name=NAME).status_code == 303
    first = somebody.cookies[COOKIE]
    words = words_on(somebody.get("/keep"))
    assert len(words.split()) == 7
    assert somebody.post("/keep", words=words).status_code == 303
    somebody.get("/me")
    assert somebody.post("/sign-out").status_code == 303
    somebody.get("/sign-in")
    assert somebody.post("/sign-in", words=CODENAME_TRIED).status_code == 422
    assert somebody.post("/sign-in", words=words).status_code == 303
    somebody.cookie = somebody.cookies[COOKIE]
    somebody.get("/me")
    made = somebody.post("/me/feeds/discreet", **FORM | {"groups": [slug], "words": words, "word": "own", "own_word": WORD})
    link = re.search(r"/c/([\w-]+)\.ics", somebody.get(made.headers["Location"]).text)[1]
    assert somebody.get(f"/c/{link}.ics").status_code == 200 and WORD in somebody.get("/me/feeds").text
    assert somebody.get("/g/planted-group/planted-page?planted=query").status_code == 404

    # They speak; a moderator notes something, and somebody tells of it.
    with hours.Clerk(house) as clerk:
        meeting = clerk.plan(begins_in=0)
        clerk.open_lobby(meeting, hours.TALK)
        clerk.bring_in(meeting, NAME, "Tom", chair="Maya")
        clerk.begin(meeting, "Maya")
    at = f"/g/{slug}/m/{meeting.public_id}"
    line, tom, maya = Line(somebody, meeting.public_id), house.visit("Tom"), house.visit("Maya")
    line.enter()
    shared = line.share(SHARE, "planted-share-1")
    assert shared["ok"] and not line.share(UNSENT + "." * 5000, "planted-share-2")["ok"]
    assert line.ask("write_line", words=LINE, client_id="planted-line-1")["ok"]
    assert line.ask("planted_event", words=SHARE).get("ok") is not True
    assert tom.get(f"{at}/report?number={shared['number']}").status_code == 200
    assert tom.post(f"{at}/report", number=shared["number"], reason="unkind", words=TOLD).status_code == 303
    member = f"/g/{slug}/members/{hours.handle(NAME)}"
    maya.get(member)
    assert maya.post(f"{member}/notes", words=NOTE).status_code == 303
    line.close()

    never = (
        ADDRESS, FORWARDED, AGENT, FROM, SHARE, LINE, TOLD, NOTE, UNSENT, WORD, CODENAME_TRIED, words, words.replace(" ", "+"),
        words.replace(" ", ""), first, somebody.cookie, link, "planted-page",
    )
    assert where(house, redis, overheard, *never) == [], "sealed or hashed, or not kept at all, from the first moment"
    assert where(house, redis, overheard, NAME) and overheard.stat().st_size > 100, "we look in the right places"
    logged = [(name, secret) for name, secret in where(house, redis, overheard, NAME) if not name.startswith("lamplight.db")]
    assert logged == [], "a name is in the database and nowhere else"

    # A month later they are gone: their account as erasing it will do, everything else by itself.
    house.freeze.forward(days=1)
    gone = account_of(NAME)
    erase(gone)
    house.freeze.forward(days=100)
    until(lambda: tidied_since(clock.now() - timedelta(hours=1)), SECONDS, "tidying")
    assert where(house, redis, overheard, *never, NAME) == []
    counted = redis.tell("keys", "*").split()
    assert all(re.fullmatch(r"lamplight:[0-9a-f]{16}:LIMITER/[0-9a-f]{32}/\d+/\d+/\w+", key) for key in counted)
    assert all(0 < int(redis.tell("ttl", key)) <= 3600 for key in counted), "moments under hashes, for an hour at the most"
    house.stop()
    assert "tidying fails" not in house.log and "GET /g/<slug>/m/<meeting>/report 200" in house.log
    assert where(house, redis, overheard, *never, NAME) == []


def account_of(name):
    with reading() as session:
        return session.scalar(select(Membership.account_id).where(Membership.name == name))


def erase(number):
    of_house.know(SECRET)
    with change() as (session, _):
        session.execute(delete(Account).where(Account.id == number))
        remember_deleted(session, "account", str(number))
