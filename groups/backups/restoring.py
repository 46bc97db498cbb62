"""The way back: an empty house is filled from a backup, and what was deleted since is deleted again, before
anybody can open a page. All of it or nothing: with SQLite in a file that takes its name at the end, with
PostgreSQL in one transaction; and the keys of groups are written once all the rest is there."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import MetaData, select, update
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from groups import clock, tidying
from groups.backups import contents, envelope
from groups.backups.beforehand import CannotRestore, look_first, place_of, refuse_unless_empty
from groups.backups.replaying import replay
from groups.db import connect
from groups.house_mark import mark_anew, mark_of
from groups.logbook.writing import write_log
from groups.meeting.ledger import Ledger
from groups.membership.models import Group, Membership
from groups.migrating import alone, bring_to, revisions
from groups.reports.deciding import LAPSED
from groups.reports.models import Report
from groups.retention.deletions import LISTED, listed, listed_as_of
from groups.retention.tidying import tidy
from groups.schedule.models import HAS_WORDS, Meeting, Phase
from groups.sealing import Keyring, group_key, of_house
from groups.settings import Settings

OLD_LIST = (
    "The list of deletions you gave is {}, and the backup is younger: people who were deleted meanwhile would be back. Find the "
    "newest file called deletions; if this is the newest there is, say OLD_LIST=1 (or --old-list)."
)


@dataclass(frozen=True)
class Restored:
    """Of when the house is, how much was deleted again, and as of when the list of that is, if there was one."""

    made_at: datetime
    again: int
    as_of: datetime | None


def restore(settings: Settings, file: Path, secret_half: str, without_list: bool = False, old_list: bool = False) -> Restored:
    """Fill the empty house these settings name. old_list: also by a list that is older than the backup. Raises
    CannotRestore, envelope.Unreadable."""
    of_house.know(settings.secret)
    look_first(settings, file, without_list)
    lines = listed(settings.backups) | listed(file.parent)
    url = make_url(settings.database_url)
    place = place_of(url)
    as_of = None if without_list else max(filter(None, map(listed_as_of, (settings.backups, file.parent))), default=None)
    building, taking = place and place.with_suffix(".restoring"), _Taking(settings, as_of, without_list or old_list)
    before = [folder for folder in (settings.keys, settings.instance, place and place.parent) if folder and not folder.exists()]
    try:
        if building:
            building.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _remove(building)
        engine = connect(str(url.set(database=str(building))) if building else settings.database_url)
        try:
            done = _fill(engine, taking, file, secret_half, None if without_list else lines.values(), apart=building is not None)
        finally:
            engine.dispose()
        if building:
            building.replace(place)
    except BaseException:
        taking.give_up()
        if building:
            _remove(building)
        for folder in before:
            _remove_folder(folder)
        raise
    if building:
        _remove(building)
    taking.forget_others()
    mark_anew(settings)
    _tidy_once(settings)
    return done


def _fill(engine, taking, file, secret_half, lines, apart):
    with alone(engine) as connection:
        refuse_unless_empty(connection)
        taking.connection = connection
        envelope.unseal(file, secret_half, taking)
        if taking.house is None:
            raise envelope.Unreadable()
        contents.count_on(connection, taking.shape.sorted_tables)
        bring_to(connection, "head")
        if not apart:
            again = _settle(connection, lines)
            taking.put_keys_back(connection)
    if apart:  # foreign keys, by which much of it goes along, are off while SQLite's tables are made
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            again = _settle(connection, lines)
            taking.put_keys_back(connection)
    return Restored(taking.house["made_at"], again, taking.as_of)


class _Taking:
    """Puts rows back as they come out of the envelope, and keys when every row is there."""

    def __init__(self, settings, as_of, whatever_list):
        self._settings, self.as_of, self._whatever_list = settings, as_of, whatever_list
        self._keys, self._put = {}, []  # files out of the backup; names of those that are on the disk by it
        self._belonging = set()
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
            self._keys.update([rest])

    def put_keys_back(self, connection):
        """Those of the groups there are. What lies there already stays."""
        keyring, self._belonging = self._keyring(), {group_key(slug) for slug in connection.scalars(select(Group.slug))}
        for file, wrapped in self._keys.items():
            name = file.removesuffix(".key")
            if name in self._belonging - set(keyring.names()):
                self._put.append(name)
                keyring.put_back(file, wrapped)

    def give_up(self):
        """It came to nothing: the folder is as it was."""
        for name in self._put:
            self._keyring().destroy(name)

    def forget_others(self):
        """It is done, and keys of nothing go."""
        keyring = self._keyring()
        for name in set(keyring.names()) - self._belonging:
            keyring.destroy(name)

    def _keyring(self):
        return Keyring(self._settings.keys, self._settings.secret)

    def _begin(self, house):
        self.house = house
        if house["secret"] != mark_of(self._settings.secret):
            raise CannotRestore("This backup is of a house with another LAMPLIGHT_SECRET; without that one nobody could sign in.")
        if house["made_at"] < clock.now() - LISTED:
            raise CannotRestore("This backup is older than the list of deletions goes back: people who were deleted would be back.")
        if not self._whatever_list and (self.as_of is None or self.as_of < house["made_at"]):
            raise CannotRestore(OLD_LIST.format(f"as of {said(self.as_of)}" if self.as_of else "empty and says no date"))
        if house["revision"] not in revisions():
            raise CannotRestore("This backup was made by a newer Lamplight: restore with that one.")
        bring_to(self.connection, house["revision"])
        self.shape.reflect(self.connection)


def _settle(connection, lines):
    """Whatever cannot be as it was: hours that were going on, reports without their evidence."""
    over = update(Meeting).where(HAS_WORDS)
    connection.execute(over.values(phase=Phase.PURGED))
    with Session(bind=connection, join_transaction_mode="rollback_only") as session:
        for report in session.scalars(select(Report).where(Report.decided_at.is_(None))):
            report.outcome, report.decided_at = LAPSED, clock.now()
            about = report.about_id and session.get(Membership, report.about_id)
            write_log(session, report.group_id, "report_lapsed", by=None, about=about and about.handle, report=report.public_id)
        session.flush()
    return 0 if lines is None else replay(connection, lines)


def said(moment: datetime) -> str:
    """'27 November 2026 at 21:00 UTC'."""
    return f"{moment.astimezone(UTC):%-d %B %Y at %H:%M} UTC"


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


def _remove_folder(folder):
    """If it is empty, as one that was made a moment ago."""
    try:
        folder.rmdir()
    except OSError:
        pass
