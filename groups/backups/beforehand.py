"""What can be said of a restore before anybody types a key: nothing is opened for it, and nothing made."""

from pathlib import Path

from sqlalchemy import inspect
from sqlalchemy.engine import URL, make_url

from groups.database_faults import in_a_sentence
from groups.db import connect
from groups.retention.deletions import FILE
from groups.settings import Settings

NO_LIST = (
    "There is no list of deletions beside the backup or in instance/backups/, so people who were deleted would be back. Copy the "
    "newest file called deletions there; if nothing was ever deleted, say WITHOUT_LIST=1 (or --without-list)."
)


class CannotRestore(Exception):
    """With the sentence that says why. Nothing was changed."""


def look_first(settings: Settings, file: Path, without_list: bool) -> None:
    """The house must be empty, and the list there. Raises CannotRestore; SystemExit where the database does not answer."""
    if not without_list and not any((folder / FILE).exists() for folder in (settings.backups, file.parent)):
        raise CannotRestore(NO_LIST)
    url = make_url(settings.database_url)
    place = place_of(url)
    if place and any(Path(f"{place}{ending}").exists() for ending in ("", "-wal")):
        raise CannotRestore(f"There is a house already: {place}. Stop it, and move that file and those beside it away first.")
    if not place:
        engine = connect(settings.database_url)
        with in_a_sentence(engine), engine.connect() as connection:
            refuse_unless_empty(connection)


def refuse_unless_empty(connection) -> None:
    """PostgreSQL, where the tables are the house. Raises CannotRestore."""
    if inspect(connection).get_table_names():
        raise CannotRestore("There is a house in this database already. Stop it, and name an empty one in DATABASE_URL.")


def place_of(url: URL) -> Path | None:
    """SQLite's file."""
    return Path(url.database) if url.get_backend_name() == "sqlite" else None
