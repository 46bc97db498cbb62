"""What may be wrong with a database at the start, each in a sentence that says what to do."""

from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError, OperationalError

UNWRITABLE = ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")
DAMAGED = ("SQLITE_NOTADB", "SQLITE_CORRUPT")
NOT_WRITABLE = (
    "{file} cannot be written ({name}): give it, and the folder it lies in, to the user this runs as, and look whether the disk "
    "is read-only."
)


@contextmanager
def in_a_sentence(engine: Engine):
    """Whatever the database refuses in here ends the start. Raises SystemExit."""
    try:
        yield
    except DatabaseError as failure:
        told = _sentence(engine, failure)
        if told is None:
            raise
        raise SystemExit(told) from None


def try_to_write(engine: Engine) -> None:
    """SQLite: begin to write, and undo it. A file that can only be read would look well until somebody speaks."""
    if engine.dialect.name != "sqlite":
        return
    try:
        with engine.connect().execution_options(writes=True) as connection, connection.begin() as nothing:
            number = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
            connection.exec_driver_sql(f"PRAGMA user_version = {number}")  # to begin alone, SQLite takes as reading there
            nothing.rollback()
    except OperationalError as failure:
        if not name_of(failure).startswith("SQLITE_BUSY"):  # then somebody else is writing, so it can be written
            raise


def name_of(failure: Exception) -> str:
    """SQLite's own name for what went wrong, such as SQLITE_FULL, which holds nothing of anybody; or ""."""
    return getattr(getattr(failure, "orig", None), "sqlite_errorname", "")


def _sentence(engine, failure):
    name, where = name_of(failure), engine.url.render_as_string(hide_password=True)
    if name.startswith(UNWRITABLE):
        return NOT_WRITABLE.format(file=engine.url.database, name=name)
    if name.startswith(DAMAGED):
        return f"{engine.url.database} is not a database of ours, or it is damaged: bring back a backup (docs/backups.md)."
    if isinstance(failure, OperationalError):
        return f"The database does not answer at {where}. Look at DATABASE_URL. ({failure.orig})"
    return None
