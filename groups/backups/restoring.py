"""The way back: an empty house is filled from a backup, and what was deleted since is deleted again, before
anybody can open a page. All of it or nothing: with SQLite in a file that takes its name at the end, with
PostgreSQL in one transaction."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import MetaData, inspect, select, update
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from groups import clock, tidying
from groups.backups import contents, envelope
from groups.backups.making import mark_of
from groups.backups.replaying import replay
from groups.db import connect
from groups.logbook.writing import write_log
from groups.meeting.ledger import Ledger
from groups.membership.models import Group
from groups.migrating import alone, bring_to
from groups.reports.deciding import LAPSED
from groups.reports.models import Report
from groups.retention.deletions import FILE, LISTED, listed
from groups.retention.tidying import tidy
from groups.schedule.models import LIVE, Meeting, Phase
from groups.sealing import Keyring, group_key, of_house
from groups.settings import Settings


class CannotRestore(Exception):
    """With the sentence that says why. Nothing was changed."""


@dataclass(frozen=True)
class Restored:
    """Of when the house is, and how much was deleted again."""

    made_at: datetime
    again: int


def restore(settings: Settings, file: Path, secret_half: str, without_list: bool = False) -> Restored:
    """Fill the empty house these settings name. Raises CannotRestore, envelope.Unreadable."""
    of_house.know(settings.secret)
    lines = listed(settings.backups) | listed(file.parent)
    if not without_list and not any((folder / FILE).exists() for folder in (settings.backups, file.parent)):
        raise CannotRestore(
            "There is no list of deletions beside the backup or in instance/backups/, so people who were deleted would be back. "
            "Copy the newest file called deletions there; if nothing was ever deleted, say --without-list."
        )
    url = make_url(settings.database_url)
    place = Path(url.database) if url.get_backend_name() == "sqlite" else None
    if place and any(Path(f"{place}{ending}").exists() for ending in ("", "-wal")):
        raise CannotRestore(f"There is a house already: {place}. Stop it, and move that file and those beside it away first.")
    building = place and place.with_suffix(".restoring")
    try:
        if building:
            building.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _remove(building)
        engine = connect(str(url.set(database=str(building))) if building else settings.database_url)
        try:
            done = _fill(engine, settings, file, secret_half, None if without_list else lines.values(), apart=building is not None)
        finally:
            engine.dispose()
        if building:
            building.replace(place)
    finally:
        if building:
            _remove(building)
    _tidy_once(settings)
    return done


def _fill(engine, settings, file, secret_half, lines, apart):
    taking = _Taking(settings)
    with alone(engine) as connection:
        if inspect(connection).get_table_names():
            raise CannotRestore("There is a house in this database already. Stop it, and name an empty one in DATABASE_URL.")
        taking.connection = connection
        envelope.unseal(file, secret_half, taking)
        if taking.house is None:
            raise envelope.Unreadable()
        contents.count_on(connection, taking.shape.sorted_tables)
        bring_to(connection, "head")
        if not apart:
            again = _settle(connection, taking.keyring, lines)
    if apart:  # foreign keys, by which much of it goes along, are off while SQLite's tables are made
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            again = _settle(connection, taking.keyring, lines)
    return Restored(taking.house["made_at"], again)


class _Taking:
    """Puts records back as they come out of the envelope."""

    def __init__(self, settings):
        self._settings, self.keyring = settings, Keyring(settings.keys, settings.secret)
        self.connection, self.house, self.shape = None, None, MetaData()

    def __call__(self, record):
        kind, *rest = record
        if self.house is None:
            if kind != "house":
                raise envelope.Unreadable()
            self._begin(rest[0])
        elif kind == "rows":
            contents.put_rows(self.connection, self.shape, *rest)
        elif kind == "key":
            self.keyring.put_back(*rest)

    def _begin(self, house):
        self.house = house
        if house["secret"] != mark_of(self._settings.secret):
            raise CannotRestore("This backup is of a house with another LAMPLIGHT_SECRET; without that one nobody could sign in.")
        if house["made_at"] < clock.now() - LISTED:
            raise CannotRestore("This backup is older than the list of deletions goes back: people who were deleted would be back.")
        bring_to(self.connection, house["revision"])
        self.shape.reflect(self.connection)


def _settle(connection, keyring, lines):
    """Whatever cannot be as it was: hours that were going on, reports without their evidence, keys of nothing."""
    over = update(Meeting).where(Meeting.phase.in_((*LIVE, Phase.SEALED)))
    connection.execute(over.values(phase=Phase.PURGED))
    with Session(bind=connection, join_transaction_mode="rollback_only") as session:
        for report in session.scalars(select(Report).where(Report.decided_at.is_(None))):
            report.outcome, report.decided_at = LAPSED, clock.now()
            write_log(session, report.group_id, "report_lapsed", by=None, report=report.public_id)
        session.flush()
    again = 0 if lines is None else replay(connection, lines)
    belonging = {group_key(slug) for slug in connection.scalars(select(Group.slug))}
    for name in set(keyring.names()) - belonging:
        keyring.destroy(name)
    return again


def _tidy_once(settings):
    """What was over by the clock meanwhile goes now, and not a minute after the port opens."""
    engine, keyring = connect(settings.database_url), Keyring(settings.keys, settings.secret)
    ledger = Ledger(keyring)
    try:
        tidy(tidying.steps(ledger, keyring, settings), clock.now())
    finally:
        ledger.stop()
        engine.dispose()


def _remove(file):
    for ending in ("", "-wal", "-shm"):
        Path(f"{file}{ending}").unlink(missing_ok=True)
