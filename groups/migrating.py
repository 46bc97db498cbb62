"""Bring a database to the newest shape. Alembic, called from here: no alembic.ini, any folder.

Run on every start; when there is nothing to do it costs one question and Alembic is not even loaded.
Processes that start together take turns. Forward only: the way back is the backup.

    python -m groups.migrating "rooms can be locked"      drafts the next file from the models"""

import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine, inspect, text
from sqlalchemy.engine import make_url

from groups import db
from groups import leading as _leading  # noqa: F401  (see below)

# Every table must be known before shapes can be compared.
from groups.accounts import models as _accounts  # noqa: F401
from groups.conduct import models as _conduct  # noqa: F401
from groups.conscience import models as _conscience  # noqa: F401
from groups.formats import models as _formats  # noqa: F401
from groups.logbook import models as _logbook  # noqa: F401
from groups.meeting import models as _meeting  # noqa: F401
from groups.membership import models as _membership  # noqa: F401
from groups.moderation import models as _moderation  # noqa: F401
from groups.moderation import note_models as _notes  # noqa: F401
from groups.reminding import models as _reminding  # noqa: F401
from groups.reports import models as _reports  # noqa: F401
from groups.retention import models as _retention  # noqa: F401
from groups.rooms import models as _rooms  # noqa: F401
from groups.rota import models as _rota  # noqa: F401
from groups.schedule import models as _schedule  # noqa: F401
from groups.sealing import of_house
from groups.settings import ROOT
from groups.subscribing import models as _subscribing  # noqa: F401

SCRIPTS = ROOT / "migrations"
NEWER = "This house was served by a newer Lamplight: use that one."
LOCK = 724001  # any number, but the same for every process
IN_TURN = 120_000  # milliseconds that SQLite waits while another process that starts migrates; PostgreSQL waits for good


def upgrade(engine: Engine, scripts: Path = SCRIPTS) -> None:
    """Apply whatever is missing, all of it or nothing. Doing it twice is harmless. Raises SystemExit with a sentence where
    a newer release was here."""
    revision, known = revision_of(engine), revisions(scripts)
    if revision == max(known):
        return
    if revision and revision not in known:
        raise SystemExit(NEWER)
    with alone(engine) as connection:
        bring_to(connection, "head", scripts)


def revisions(scripts: Path = SCRIPTS) -> set[str]:
    """Those this release knows: the files are numbered, and the number is the revision."""
    return {file.name[:4] for file in scripts.glob("versions/*.py")}


def revision_of(engine: Engine) -> str:
    """The shape the database has; "" where there is none. Asked without Alembic, which takes a good part of the start
    to load."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return ""
        return connection.scalar(text("SELECT version_num FROM alembic_version")) or ""


def has_house(url: str) -> bool:
    """Whether there is one in this database. Nothing is made by asking, as SQLite would make its file."""
    place = make_url(url)
    if place.get_backend_name() == "sqlite" and not Path(place.database).exists():
        return False
    engine = db.connect(url)
    try:
        return revision_of(engine) != ""
    finally:
        engine.dispose()


def bring_to(connection, revision: str, scripts: Path = SCRIPTS) -> None:
    """Bring it forward to one revision, inside `alone()`."""
    _alembic().upgrade(_config(connection, scripts), revision)


def draft(words: str, scripts: Path = SCRIPTS) -> Path:
    """Write the next revision from the difference between the revisions so far and the models.
    Read what it wrote before you keep it. Returns the file."""
    number = 1 + len(list(scripts.glob("versions/*.py")))
    with TemporaryDirectory() as folder:
        engine = db.connect(f"sqlite:///{folder}/draft.db")
        upgrade(engine, scripts)
        with engine.connect() as connection:
            script = _alembic().revision(_config(connection, scripts), words, autogenerate=True, rev_id=f"{number:04}")
        engine.dispose()
    file = Path(script.path)
    file.write_text("".join(line for line in file.read_text().splitlines(True) if "# ###" not in line))
    return file


def _alembic():
    from alembic import command

    return command


def _config(connection, scripts):
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection  # migrations/env.py takes it from there
    config.attributes["key of house"] = of_house.key  # for what was written in the clear and is sealed from now on
    return config


@contextmanager
def alone(engine: Engine):
    """One transaction that no other process can have at the same time."""
    with engine.connect().execution_options(writes=True) as connection:
        if engine.dialect.name == "sqlite":
            # SQLite changes a table by copying and dropping it; with foreign keys on, the drop
            # would take every dependent row with it. Outside a transaction only, hence not by SQL.
            raw = connection.connection.driver_connection
            raw.execute("PRAGMA foreign_keys=OFF")
            raw.execute(f"PRAGMA busy_timeout={IN_TURN}")
            try:
                with connection.begin():
                    yield connection
                    _nothing_dangles(connection)
            finally:
                raw.execute(f"PRAGMA busy_timeout={db.BUSY}")
                raw.execute("PRAGMA foreign_keys=ON")
        else:
            with connection.begin():
                connection.execute(text("SET LOCAL lock_timeout = 0"))
                connection.execute(text("SET LOCAL statement_timeout = 0"))
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
                yield connection


def _nothing_dangles(connection):
    dangling = connection.execute(text("PRAGMA foreign_key_check")).all()
    if dangling:
        raise SystemExit(f"The upgrade would leave {len(dangling)} rows without what they belong to; nothing was changed.")


if __name__ == "__main__":
    draft(" ".join(sys.argv[1:]) or "change")
