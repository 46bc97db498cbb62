"""A database in an earlier shape, and what stood in it."""

import shutil
from pathlib import Path

from sqlalchemy import text

from groups.migrating import SCRIPTS


def migrations_until(folder: Path, last: int) -> Path:
    """The migrations as they were when that one was the newest."""
    scripts = folder / "migrations"
    shutil.copytree(SCRIPTS, scripts)
    for file in scripts.glob("versions/[0-9]*.py"):
        if int(file.name[:4]) > last:
            file.unlink()
    return scripts


def put(engine, statements: str) -> None:
    """Rows as SQL, one statement after the other: the models may have moved on."""
    with engine.connect() as connection, connection.begin():
        for statement in filter(str.strip, statements.split(";")):
            connection.execute(text(statement))
