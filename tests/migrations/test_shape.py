"""The migrated database is the one the models speak of, on both databases, whoever starts first."""

import shutil
from contextlib import contextmanager
from threading import Timer

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import func, select

from groups import db
from groups.membership.models import Membership
from groups.migrating import SCRIPTS, upgrade
from tests import cast
from tests.commands import GOOD, settings
from tests.forked import Forked
from tests.server import KINDS, empty_database

WIDEN = """
revision = "{number:04}"
down_revision = "{before:04}"
import sqlalchemy as sa
from alembic import op

def upgrade():
    with op.batch_alter_table("groups") as table:
        table.alter_column("purpose", type_=sa.String(2000))
"""


@pytest.fixture(params=KINDS)
def url(request, tmp_path):
    """An empty database of either kind."""
    with empty_database(request, tmp_path, "empty") as url:
        yield url


@contextmanager
def connected(url):
    engine = db.connect(url)
    yield engine
    engine.dispose()


def differences(engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return compare_metadata(context, db.Model.metadata)


def test_the_migrated_database_has_exactly_the_shape_of_the_models(url):
    with connected(url) as engine:
        upgrade(engine)
        assert differences(engine) == []


def test_upgrading_twice_changes_nothing_and_loses_nothing(url):
    with connected(url) as engine:
        upgrade(engine)
        cast.move_in()
        upgrade(engine)
        with db.reading() as session:
            assert session.scalar(select(func.count()).select_from(Membership)) == 5
        assert differences(engine) == []


def test_processes_that_start_together_take_turns(url, tmp_path):
    starting = [Forked(settings(tmp_path, **GOOD, DATABASE_URL=url), ["migrate"]) for _ in range(3)]
    ended, said = [process.wait(60) for process in starting], ""
    for process in starting:
        with process.stdout as out, process.stderr as err:
            said += out.read() + err.read()
    assert ended == [0, 0, 0], said
    with connected(url) as engine:
        assert differences(engine) == []


def test_whoever_starts_while_another_migrates_for_long_waits_for_it(tmp_path):
    url = f"sqlite:///{tmp_path}/slow.db"
    with connected(url) as engine, engine.connect().execution_options(writes=True) as other:
        holds = other.begin()
        Timer((db.BUSY + 500) / 1000, holds.rollback).start()
        upgrade(engine)
        assert differences(engine) == []


def test_changing_a_column_keeps_the_rows_that_depend_on_its_table(url, tmp_path):
    scripts = tmp_path / "migrations"
    shutil.copytree(SCRIPTS, scripts)
    newest = max(int(file.name[:4]) for file in scripts.glob("versions/[0-9]*.py"))
    (scripts / "versions" / f"{newest + 1:04}_widen.py").write_text(WIDEN.format(number=newest + 1, before=newest))
    with connected(url) as engine:
        upgrade(engine)
        cast.move_in()
        upgrade(engine, scripts)
        with db.reading() as session:
            assert session.scalar(select(func.count()).select_from(Membership)) == 5


def test_a_migration_names_no_class_of_ours():
    for file in SCRIPTS.glob("versions/*.py"):
        assert "groups." not in file.read_text().replace("'groups.id'", ""), file.name
