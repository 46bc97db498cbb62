"""The one way to write: all or nothing, told after the commit, asked about the truth."""

import os
import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.exc import IntegrityError

from groups import announcements, db
from groups.accounts.models import Account
from groups.db import change, checkpoint, fresh, reading
from groups.errors import NotFound
from groups.meeting import standing
from groups.membership.models import Membership
from groups.sql import among


class Arrived:
    """News of these tests only."""


@pytest.fixture
def heard():
    heard = []
    announcements.on(Arrived, heard.append)
    yield heard
    announcements.forget(Arrived, heard.append)


def test_a_change_that_fails_stores_nothing_and_tells_nobody(app, heard):
    with pytest.raises(ZeroDivisionError), change() as (session, announce):
        session.add(Account(key=b"k" * 32))
        announce(Arrived())
        raise ZeroDivisionError
    with reading() as session:
        assert session.scalar(select(Account).where(Account.key == b"k" * 32)) is None
    assert heard == []


def test_news_is_told_when_it_can_already_be_read(app):
    seen = []

    def look(_):
        with reading() as session:
            seen.append(session.scalar(select(Account.key).where(Account.key == b"k" * 32)))

    announcements.on(Arrived, look)
    with change() as (session, announce):
        session.add(Account(key=b"k" * 32))
        announce(Arrived())
    announcements.forget(Arrived, look)
    assert seen == [b"k" * 32]


def test_a_rule_is_asked_about_the_row_as_it_stands_now(tom):
    with change() as (session, _):
        session.get(Membership, tom.membership.id).name = "Thomas"
    assert tom.membership.name == "Tom"
    with reading() as session:
        assert fresh(session, tom.membership).name == "Thomas"


def test_what_is_gone_is_not_found(tom):
    with change() as (session, _):
        session.delete(session.get(Membership, tom.membership.id))
    with reading() as session, pytest.raises(NotFound):
        fresh(session, tom.membership)


def test_a_moment_without_its_zone_is_refused(app):
    with pytest.raises(Exception, match="a moment needs its time zone"), change() as (session, _):
        session.add(Account(opened_at=datetime(2026, 11, 22, 19, 45)))


def test_a_moment_comes_back_as_the_same_instant_in_utc(app):
    berlin = timezone(timedelta(hours=1))
    with change() as (session, _):
        session.add(Account(key=b"k" * 32, opened_at=datetime(2026, 11, 22, 19, 45, tzinfo=berlin)))
    with reading() as session:
        kept = session.scalar(select(Account.opened_at).where(Account.key == b"k" * 32))
    assert kept == datetime(2026, 11, 22, 18, 45, tzinfo=UTC)
    assert kept.tzinfo is UTC


def test_sqlite_is_told_to_keep_its_promises(app):
    promised = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    with reading() as session:
        assert {name: session.scalar(text(f"PRAGMA {name}")) for name in promised} == promised


def test_whoever_opens_a_new_file_waits_for_somebody_who_just_did(tmp_path):
    """They have it to themselves before it has a write-ahead log, which is when SQLite refuses without waiting."""
    file = tmp_path / "new.db"
    with closing(sqlite3.connect(file, isolation_level=None, check_same_thread=False)) as first:
        first.execute("BEGIN IMMEDIATE")
        threading.Timer(0.2, first.rollback).start()
        with closing(db._sqlite.__wrapped__(f"sqlite:///{file}").raw_connection()) as second:
            assert second.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_the_log_is_folded_while_somebody_is_writing_and_grows_no_further(app, tmp_path):
    log = tmp_path / "lamplight.db-wal"
    for _ in range(3):
        with change() as (session, _):
            session.add_all(Account(key=os.urandom(32)) for _ in range(300))
        with change() as (session, _):
            session.add(Account(key=os.urandom(32)))
            checkpoint()
    grown = log.stat().st_size
    checkpoint()
    with change() as (session, _):
        session.add_all(Account(key=os.urandom(32)) for _ in range(300))
    assert log.stat().st_size == grown, "it begins again at its start"


def test_deleting_an_account_takes_its_memberships_along(tom):
    with change() as (session, _):
        session.delete(session.get(Account, tom.account.id))
    with reading() as session:
        assert session.get(Membership, tom.membership.id) is None


def test_two_memberships_of_one_account_in_one_group_are_impossible(tom):
    twin = Membership(account_id=tom.account.id, group_id=tom.membership.group_id, name="Tim", name_key="tim")
    with pytest.raises(IntegrityError), change() as (session, _):
        session.add(twin)


def test_many_who_read_and_then_write_at_once_all_succeed(tom):
    failures = []

    def lengthen():
        try:
            with change() as (session, _):
                member = session.get(Membership, tom.membership.id)
                member.name = member.name + "m"
        except Exception as failure:
            failures.append(failure)

    threads = [threading.Thread(target=lengthen) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with reading() as session:
        assert session.get(Membership, tom.membership.id).name == "To" + "m" * 13


def test_a_failing_database_says_nothing_of_what_somebody_wrote(tom):
    words = "words nobody should find in a log"
    with pytest.raises(IntegrityError) as failed, change() as (session, _):
        session.add(Membership(account_id=tom.account.id, group_id=tom.membership.group_id, name=words, name_key="t"))
    assert words not in str(failed.value)


def test_the_engine_in_use_is_the_tests_own(app, tmp_path):
    assert Path(db.engine().url.database).resolve() == tmp_path / "lamplight.db"


def test_who_is_asked_for_is_found_by_an_index_and_nobody_else_is_looked_at(app):
    plans = []

    def note(connection, cursor, statement, parameters, *_):
        if statement.startswith("SELECT"):
            plans.append(cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall())

    event.listen(db.engine(), "before_cursor_execute", note)
    with reading() as session:
        standing.Standing(session.connection(), [(1, 1)])
        session.scalars(select(Membership.handle).where(among(Membership.handle, ["a"]))).all()
    event.remove(db.engine(), "before_cursor_execute", note)
    looked = [step for plan in plans for *_, step in plan if "json_each" not in step and "LIST SUBQUERY" not in step]
    assert len(looked) == 3 and all(step.startswith("SEARCH") for step in looked), looked


def test_what_is_only_looked_at_cannot_be_changed_by_mistake(tom):
    statements = []
    event.listen(db.engine(), "before_cursor_execute", listener := lambda *told: statements.append(told[2]))
    try:
        with pytest.raises(RuntimeError, match="only looked at"), reading() as session:
            session.get(Membership, tom.membership.id).name = "Thomas"
            session.scalars(select(Membership)).all()  # a question writes nothing down on the way either
    finally:
        event.remove(db.engine(), "before_cursor_execute", listener)
    assert not [one for one in statements if one.startswith("UPDATE")]
