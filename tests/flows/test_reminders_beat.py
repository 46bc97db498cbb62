"""Two running servers on one database, started together: whoever is due is reminded by one of them,
once, and the logs tell nothing of it."""

import shutil
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select

from groups import db
from groups.accounts.models import Account
from groups.reminding import actions
from groups.reminding.actions import Choices
from groups.reminding.keys import make_key
from groups.reminding.models import Device
from groups.sentences import REMINDERS
from groups.settings import from_environment
from tests import hours
from tests.pushing import Browser
from tests.server import SECRET, Server, running
from tests.sockets import until

MANY = 12


def test_each_device_is_woken_once_however_many_servers_look(moved_in, tmp_path, sink):
    shutil.copy(moved_in, tmp_path / "lamplight.db")
    servers = [Server(tmp_path, mode=mode, forked=True, LAMPLIGHT_PUSH_HOSTS=sink.url) for mode in ("eventlet", "threading")]
    engine = db.connect(servers[0].database_url)
    try:
        browsers = plan(tmp_path, sink)
        with ThreadPoolExecutor(2) as both:
            ran = [both.submit(run_until, server, lambda: len(sink.got) >= MANY and worked() == MANY) for server in servers]
        assert [one.exception() for one in ran] == [None, None]
    finally:
        engine.dispose()
    assert sorted(got.path for got in sink.got) == sorted(browsers)
    assert {browsers[got.path].open(got.body) for got in sink.got} == set(REMINDERS)
    for server in servers:
        for sign in ("reminder", sink.url.removeprefix("http://"), "push/", "planned"):
            assert sign not in server.log, server.log


def plan(folder, sink):
    """An hour that is near, and people who want to be told; {path at the service: browser}."""
    settings = from_environment({
        "LAMPLIGHT_ENV": "test", "LAMPLIGHT_SECRET": SECRET, "LAMPLIGHT_INSTANCE": str(folder), "LAMPLIGHT_PUSH_HOSTS": sink.url,
    })
    make_key(settings.push_key)
    slug, browsers = hours.plan(begins_in=10).group.slug, {}
    members = hours.join(*(f"Guest {letter}" for letter in "abcdefghjkmn"))
    for number, member in enumerate(members):
        with db.reading() as session:
            account = session.get(Account, member.account_id)
        browser = browsers[f"/push/{number}"] = Browser()
        actions.switch_on(account, browser.at(sink.at(str(number))), Choices((slug,), 15, number % 3, "UTC"), settings)
    return browsers


def run_until(server, done):
    """Serve until that is so, and end in good order."""
    with running(server):
        until(done, within=30, what="everybody to be reminded")


def worked():
    with db.reading() as session:
        return session.scalar(select(func.count()).select_from(Device).where(Device.worked_on.is_not(None)))
