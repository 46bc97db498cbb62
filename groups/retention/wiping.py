"""Deleted rows linger in SQLite's write-ahead log until it is emptied into the main file."""

from sqlalchemy import text

from groups.db import engine, writer_turn


class StillRead(RuntimeError):
    """Somebody was reading, so that what was deleted is on the disk still. The next try is soon."""


def wipe() -> None:
    """Let the disk forget what was deleted. Raises StillRead when a reader was in the way."""
    if engine().dialect.name == "sqlite":
        with writer_turn(), engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            if connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).one()[0]:
                raise StillRead()
