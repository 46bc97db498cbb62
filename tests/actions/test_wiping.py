"""What was deleted is not on the disk either: searched for in the raw files, on both databases."""

import re
from pathlib import Path

import pytest
from sqlalchemy import delete, text

from groups.accounts.models import Account
from groups.db import change, engine, reading
from groups.retention.wiping import StillRead, rewrite, wipe
from tests.server import database_named, move_in_at
from tests.sockets import until

MARKS = [f"planted-mark-{number:03}-planted".encode().ljust(32, b".") for number in range(200)]


def plant():
    with change() as (session, _):
        session.add_all(Account(key=mark) for mark in MARKS)


def dig_up():
    with change() as (session, _):
        session.execute(delete(Account).where(Account.key.in_(MARKS[::2])))


def left_in(folder):
    """Which of the deleted marks are in the files below this folder."""
    files = [file.read_bytes() for file in folder.rglob("*") if file.is_file()]
    assert any(MARKS[1] in file for file in files), "what was not deleted is there, so we look in the right place"
    return [mark for mark in MARKS[::2] if any(mark in file for file in files)]


def test_nothing_of_it_is_left_in_the_file_or_its_log(app, tmp_path):
    plant()
    dig_up()
    assert left_in(tmp_path), "deleting alone does not do it"
    wipe()
    assert left_in(tmp_path) == []


def test_somebody_who_reads_is_in_the_way_and_that_is_noticed_and_mended(app, tmp_path):
    plant()
    with reading() as session:
        session.execute(text("SELECT count(*) FROM accounts"))
        dig_up()
        with pytest.raises(StillRead):
            wipe()
        assert left_in(tmp_path)
    wipe()
    assert left_in(tmp_path) == []


@pytest.fixture
def files_of(database):
    """An emptied house on PostgreSQL, and the folder of its server's tables."""
    with database_named(database, "wiped") as url, move_in_at(url):
        yield Path(re.search(r"host=(\S+)", url)[1]) / "data" / "base"


def test_on_postgresql_a_vacuum_makes_them_unreadable_and_the_nightly_rewriting_takes_the_last_bytes(files_of):
    plant()
    dig_up()
    _to_disk()
    assert left_in(files_of)
    until(lambda: not wipe() and _dead() == 0, 30, "PostgreSQL to count what was deleted, which it does in its own time")
    rewrite()
    _to_disk()
    assert left_in(files_of) == []
    engine().dispose()


def _dead():
    with engine().connect() as connection:
        return connection.execute(text("SELECT n_dead_tup FROM pg_stat_user_tables WHERE relname = 'accounts'")).scalar()


def _to_disk():
    with engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("CHECKPOINT"))
