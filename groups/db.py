"""The database: engine, base class, column types, and the only way to write.

SQLite by default (WAL, `synchronous=FULL`: committed means flushed), PostgreSQL by one setting.
Everything here runs in real threads, never on the event loop (see `concurrency.py`)."""

import sqlite3
import threading
import time
from contextlib import closing, contextmanager, nullcontext
from datetime import UTC, datetime
from functools import lru_cache
from typing import Literal

from sqlalchemy import DateTime, MetaData, TypeDecorator, create_engine, event
from sqlalchemy.orm import DeclarativeBase, sessionmaker

from groups import text
from groups.announcements import tell
from groups.concurrency import on_loop, sleep
from groups.errors import NotFound

# Constraint names are fixed from the first table: SQLite cannot drop an unnamed one later.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Model(DeclarativeBase):
    """Base of every stored thing."""

    metadata = MetaData(naming_convention=NAMING)


class Moment(TypeDecorator):
    """An instant: aware in Python, UTC in the database. A naive value is refused, not guessed."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value, dialect):
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value, dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


BUSY = 4000  # milliseconds that SQLite waits for a file that is held
A_MOMENT = 0.01  # seconds between two looks, where it does not wait by itself
ENGINES = 4  # kept of either kind, with every statement they have written out once
LOG_PAGES = 20_000  # of 4 KB: so far SQLite's log may grow where nobody folds it
Session = sessionmaker(expire_on_commit=False)
_one_writer = threading.RLock()


def connect(url: str):
    """Bind every session to the engine of this database. Returns the engine. Errors never quote the
    values of a statement: they may be what somebody wrote."""
    Session.configure(bind=_sqlite(url) if url.startswith("sqlite") else _postgresql(url))
    return engine()


@lru_cache(ENGINES)
def _postgresql(url):
    return create_engine(
        url, pool_size=20, max_overflow=5, pool_timeout=5, pool_pre_ping=True, hide_parameters=True,
        connect_args={"connect_timeout": 3, "options": "-c statement_timeout=8000 -c lock_timeout=4000"},
    )


@lru_cache(ENGINES)
def _sqlite(url):
    engine = create_engine(
        url, connect_args={"timeout": 4, "check_same_thread": False}, pool_size=20, max_overflow=5, hide_parameters=True
    )

    pragmas = (
        f"busy_timeout={BUSY}", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", f"wal_autocheckpoint={LOG_PAGES}",
    )

    @event.listens_for(engine, "connect")
    def prepare(connection, _):
        # We say BEGIN ourselves: the driver's habit of beginning late is what makes a read
        # followed by a write fail at once with "locked", without waiting.
        connection.isolation_level = None
        _with_a_log(connection)
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")
        connection.create_function("folded", 1, text.folded, deterministic=True)

    @event.listens_for(engine, "begin")
    def begin(connection):
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")

    return engine


def _with_a_log(connection):
    """A file that has no write-ahead log yet gets one. Of several who open a new file at once each wants it alone for
    that, and SQLite refuses there without waiting: so we wait, as long as for any file that is held."""
    until = time.monotonic() + BUSY / 1000
    while True:
        try:
            return connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            sleep(A_MOMENT)


def engine():
    """The engine in use."""
    return Session.kw["bind"]


def checkpoint(mode: Literal["PASSIVE", "TRUNCATE"] = "PASSIVE", patience: int = BUSY) -> bool:
    """SQLite: bring what was committed from the write-ahead log into the file; with TRUNCATE the log is empty after it.
    Left to itself SQLite has every thousandth page's writer do it, and everybody waits behind that one for two more
    flushes. patience: milliseconds for readers to finish. False where one was in the way. With PostgreSQL there is
    nothing to do."""
    if engine().dialect.name != "sqlite":
        return True
    with closing(engine().raw_connection()) as connection:  # no transaction around it
        connection.execute(f"PRAGMA busy_timeout={patience}")
        try:
            busy, _, _ = connection.execute(f"PRAGMA wal_checkpoint({mode})").fetchone()
        finally:
            connection.execute(f"PRAGMA busy_timeout={BUSY}")
    return not busy


@contextmanager
def writer_turn():
    """SQLite has room for one writer: ours queue here instead of meeting the file's lock."""
    with _one_writer if engine().dialect.name == "sqlite" else nullcontext():
        yield


@contextmanager
def reading():
    """A session for looking only. Nothing is written, by mistake neither; the connection goes back at the end."""
    _not_on_the_loop()
    with Session(autoflush=False) as session:
        yield session
        if session.new or session.deleted or any(map(session.is_modified, session.dirty)):
            raise RuntimeError("what is only looked at was changed: go through change()")


@contextmanager
def change():
    """The only way to write: yields `(session, announce)`, commits, then tells the announcements.

    If anything fails inside, nothing is stored and nothing is told. Emit, sleep, hash and call
    networks before or after, never inside."""
    _not_on_the_loop()
    news = []
    with writer_turn(), Session() as session:
        session.connection(execution_options={"writes": True})
        yield session, news.append
        session.commit()
    for item in news:
        tell(item)


@contextmanager
def rehearsal():
    """A session to try a change in: what is written there can be looked at, and is undone at the end."""
    _not_on_the_loop()
    with writer_turn(), Session() as session:
        session.connection(execution_options={"writes": True})
        yield session
        session.rollback()


def fresh(session, thing):
    """The same row as it stands now, in this session. Raises NotFound if it is gone.

    Actions call it on what routes hand them, so that the policy is asked about the truth of this
    transaction and not about a copy loaded a moment ago."""
    found = session.get(type(thing), thing.id, populate_existing=True)
    if found is None:
        raise NotFound()
    return found


def _not_on_the_loop():
    if on_loop():
        raise RuntimeError("the event loop must not touch the database: go through off_loop()")
