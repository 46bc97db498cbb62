"""Deleted rows are not gone from the disk yet. SQLite keeps them in its write-ahead log until that is
emptied into the main file, which one open reader prevents; PostgreSQL keeps them in the table until it is
vacuumed, and bytes of them in the gaps of its pages until it is written anew. Done after every tidying,
whatever was deleted and by whom: a purge, a moderator, somebody who erased themselves."""

from contextlib import contextmanager

from sqlalchemy import text

from groups.db import checkpoint, engine, writer_turn
from groups.retention.tidying import NotYet

PATIENCE = 250  # milliseconds for readers to finish; writers wait behind us meanwhile
_vacuumed: set[str] = set()  # databases in which every table was looked at since this process started


class StillRead(NotYet):
    """Somebody was reading, so that what was deleted is on the disk still."""


def wipe() -> None:
    """Let the disk forget what was deleted. Raises StillRead when a reader was in the way."""
    if engine().dialect.name != "sqlite":
        return _vacuum()
    with writer_turn():
        if not checkpoint("TRUNCATE", PATIENCE):
            raise StillRead()


def rewrite() -> None:
    """PostgreSQL: write every table anew, and let the old files go. A table that was only vacuumed still has
    bytes of what was deleted in the gaps of its pages. Nobody can read or write a table meanwhile, so: at
    most once a day, and when no hour is going on. With SQLite there is nothing to do."""
    if engine().dialect.name != "sqlite":
        with _apart() as (connection, tables):
            for table, _ in tables:
                connection.execute(text(f'VACUUM FULL "{table}"'))


def _vacuum():
    """Every table with something deleted in it; and all of them once, for after a crash PostgreSQL no longer
    knows which those are."""
    url = engine().url.render_as_string()
    with _apart() as (connection, tables):
        for table, dead in tables:
            if dead or url not in _vacuumed:
                connection.execute(text(f'VACUUM "{table}"'))
    _vacuumed.add(url)


@contextmanager
def _apart():
    """A connection outside any transaction that may take its time, and the tables with how much in them is dead."""
    with engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SET statement_timeout = 0"))
        try:
            yield connection, connection.execute(
                text("SELECT relname, n_dead_tup FROM pg_stat_user_tables WHERE schemaname = current_schema() ORDER BY relname")
            ).all()
        finally:
            connection.execute(text("RESET statement_timeout"))
