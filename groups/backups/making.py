"""Making a backup, and letting go of old ones."""

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from groups import clock
from groups.backups import contents, envelope
from groups.db import engine
from groups.house_mark import mark_of
from groups.retention.deletions import copy_out
from groups.settings import Settings

LIVES = timedelta(days=7)
NAME = "%Y-%m-%d-%H%M%S"
ENDING = ".age"
CUT_OFF = timedelta(hours=1)  # what was not finished by then never will be


class NoKey(LookupError):
    """There is no key to make backups for yet."""


def make_backup(settings: Settings) -> Path:
    """Write the backup of this moment; returns its file. People may go on meanwhile. Raises NoKey, OSError."""
    if not (settings.backups / envelope.RECIPIENT).exists():
        raise NoKey()
    now = clock.now()
    file = settings.backups / f"{now.strftime(NAME)}{ENDING}"
    copy_out(settings.backups, renew=True)
    how = {} if engine().dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    with engine().connect().execution_options(**how) as connection, connection.begin():
        if how:
            connection.execute(text("SET LOCAL statement_timeout = 0"))
        revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        first = ("house", {"made_at": now, "revision": revision, "secret": mark_of(settings.secret)})
        envelope.seal(_after(first, contents.records(connection, settings.keys)), settings.backups, file)
    forget_backups(settings.backups, now)
    return file


def forget_backups(folder: Path, now: datetime) -> int:
    """Delete backups older than a week, and what is left of one that was cut off. Returns how many."""
    old = [file for file in folder.glob(f"*{ENDING}") if made_at(file) < now - LIVES]
    old += [file for file in folder.glob(f"*{envelope.UNFINISHED}") if file.stat().st_mtime < (now - CUT_OFF).timestamp()]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)


def made_at(file: Path) -> datetime:
    """When it was made, by its name; a file that is called otherwise is nobody's to delete and counts as new."""
    try:
        return datetime.strptime(file.name.removesuffix(ENDING), NAME).replace(tzinfo=clock.now().tzinfo)
    except ValueError:
        return clock.now()


def _after(first, records):
    yield first
    yield from records
