"""Fixtures: the house with its cast, fresh for every test. Nothing here is patched: tests run in
threading mode, servers under test are child processes (`server.py`)."""

import gc
import shutil
from dataclasses import replace

import hypothesis
import pytest
from sqlalchemy import select

from groups import concurrency, create_app, db, furnish
from groups.membership.models import Group
from groups.migrating import upgrade
from groups.rooms.models import Room
from groups.schedule import listing
from groups.settings import Settings
from tests import cast, remembered
from tests.browsing import at_home, browse, chromium, driver  # noqa: F401
from tests.evenings import NOON, been_here
from tests.pushing import beat, reminded, sender, sink  # noqa: F401
from tests.server import database, server  # noqa: F401
from tests.stalls import pytest_runtest_teardown, pytest_terminal_summary  # noqa: F401
from tests.statements import queries  # noqa: F401
from tests.taking_turns import pytest_collection  # noqa: F401
from tests.timing import Freeze

hypothesis.settings.register_profile("ci", derandomize=True, deadline=None)
hypothesis.settings.load_profile("ci")
remembered.remember_in(remembered.folder())
gc.disable()  # what is imported and collected stays until the end: nobody looks through it for garbage, meanwhile or after


def pytest_collection_finish():
    """Look for garbage from here on, and less often than for a program that is short of memory."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


def settings_for(folder) -> Settings:
    """Settings of a house for tests that keeps everything in one folder."""
    return Settings(
        environment="test", host="127.0.0.1", port=0, url="http://localhost",
        secret="only-for-tests-and-nobody-else-0123456789", database_url=f"sqlite:///{folder}/lamplight.db",
        instance=folder, away_url="https://www.wikipedia.org/", concurrency="threading", fast_hash=True,
    )


@pytest.fixture(scope="session")
def moved_in(tmp_path_factory):
    """A database with the tables and the cast in it, made once; every test gets a copy."""
    concurrency.start("threading")
    file = tmp_path_factory.mktemp("cast") / "lamplight.db"
    engine = db.connect(f"sqlite:///{file}")
    upgrade(engine)
    cast.move_in()
    engine.dispose()  # the last connection folds the journal into the file
    return file


def make_pages(folder):
    """The pages, which take long to make, and their settings as they are at first. Whose they are is furnished
    for every test."""
    concurrency.start("threading")
    app = create_app(settings_for(folder))
    app.extensions["ledger"].stop()
    db.engine().dispose()
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    return app, dict(app.config)


@pytest.fixture(scope="session")
def pages(tmp_path_factory):
    """The pages of most tests; where one is added there are others of the same name."""
    return make_pages(tmp_path_factory.mktemp("pages"))


@pytest.fixture(scope="session")
def here(tmp_path_factory):
    """A name that stands for the folder of whichever test is running. (A statement is written out once for an
    engine, which is a quarter of what a test costs; and to an engine, a database is its name.)"""
    return tmp_path_factory.mktemp("here") / "now"


@pytest.fixture
def house_settings(tmp_path, here):
    """What the house of a test is started with; a file of tests may have its own."""
    here.unlink(missing_ok=True)
    here.symlink_to(tmp_path)
    return replace(settings_for(tmp_path), database_url=settings_for(here).database_url)


@pytest.fixture
def app(pages, moved_in, tmp_path, house_settings):
    """The pages over a fresh copy of the cast's database. Form protection is off; a test that is
    about it sets `app.config["WTF_CSRF_ENABLED"] = True`."""
    app, config = pages
    shutil.copy(moved_in, tmp_path / "lamplight.db")
    app.config.clear()
    app.config.update(config)
    furnish(app, house_settings)
    engine = db.engine()
    listing._busy.pop(engine, None)  # the same name, another test's days
    yield app
    app.extensions["ledger"].stop()
    left_open = engine.pool.checkedout()
    engine.dispose()
    assert left_open == 0, f"{left_open} database connections were never given back"


@pytest.fixture
def visitor(app):
    """Somebody who opened the page a moment ago."""
    return cast.Person("", None, None, app.test_client())


@pytest.fixture
def maya(app):
    return cast.person(app, "Maya")


@pytest.fixture
def tom(app):
    return cast.person(app, "Tom")


@pytest.fixture
def nia(app):
    return cast.person(app, "Nia")


@pytest.fixture
def otto(app):
    return cast.person(app, "Otto")


@pytest.fixture
def rosa(app):
    return cast.person(app, "Rosa")


@pytest.fixture
def vera(app):
    return cast.person(app, "Vera")


@pytest.fixture
def harbour(app):
    return _named(Group, "Harbour")


@pytest.fixture
def willow(app):
    return _named(Group, "Willow")


@pytest.fixture
def quay(app):
    return _named(Room, "The Quay")


@pytest.fixture
def grove(app):
    return _named(Room, "The Grove")


def _named(kind, name):
    with db.reading() as session:
        return session.scalar(select(kind).where(kind.name == name))


@pytest.fixture
def freeze():
    """Sets the clock for this test only."""
    freeze = Freeze()
    yield freeze
    freeze.back_to_now()


@pytest.fixture
def noon(freeze):
    """It is Tuesday noon in London."""
    freeze(NOON)


@pytest.fixture
def noon_among_members(noon, app):
    """The same, and everybody has been here for a while."""
    been_here()
