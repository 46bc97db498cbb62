"""A backup holds what the house needs to go on and no more; and when it is put back, what was deleted since
stays deleted."""

import shutil
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select

from groups import clock, db
from groups.accounts.actions import keep_account
from groups.accounts.changing import change_words
from groups.accounts.models import Account, SignIn
from groups.accounts.passphrase import generate
from groups.backups import contents, envelope
from groups.backups.making import make_backup
from groups.backups.restoring import CannotRestore, restore
from groups.db import Model, change, connect, reading
from groups.meeting.models import Entry
from groups.membership.actions import leave
from groups.membership.models import Membership
from groups.moderation.note_models import MemberNote
from groups.moderation.notes import notes_about, remove_note, write_note
from groups.reports.models import Report
from groups.retention.deletions import FILE, copy_out, remember_deleted
from groups.retention.models import Deletion
from groups.schedule.models import Meeting, Phase
from groups.sealing import Keyring, of_house
from tests.actions.telling import tell
from tests.server import database_named
from tests.spoken import Spoken


def everything(engine=None):
    """Every row of every table that is kept, in its own order."""
    with (engine or db.engine()).connect() as connection:
        tables = [table for table in Model.metadata.sorted_tables if table.name in contents.KEPT]
        return {table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))] for table in tables}


def count(kind, *where):
    with reading() as session:
        return session.scalar(select(func.count()).select_from(kind).where(*where))


def test_every_table_was_decided_about():
    tables = set(Model.metadata.tables)
    assert tables == contents.KEPT | contents.LEFT_OUT, "a new table is kept or left out, by somebody's decision"
    assert not contents.KEPT & contents.LEFT_OUT


def test_what_is_kept_comes_back_as_it_was(house, secret_half, back, maya, tom, app):
    write_note(app.extensions["keyring"], maya.membership, tom.membership.handle, "Remember the garden.")
    before = everything()
    settings, done = back(make_backup(house))
    assert done.again == 0 and everything() == before
    keyring = Keyring(settings.keys, settings.secret)
    assert [note.words for note in notes_about(keyring, maya.membership, tom.membership.handle)[1]] == ["Remember the garden."]


def test_nothing_said_in_a_meeting_no_evidence_and_no_open_door_is_in_it(house, secret_half, hour, nia):
    tell(hour, nia)
    file, inside = make_backup(house), []
    envelope.unseal(file, secret_half, inside.append)
    assert {record[1] for record in inside if record[0] == "rows"} <= contents.KEPT
    assert not [record for record in inside if record[0] == "key" and record[1].startswith(hour.meeting.public_id)]
    with reading() as session:
        secrets = [*session.scalars(select(Entry.sealed_body)), *session.scalars(select(SignIn.token_hash))]
        secrets += [part for row in session.execute(select(Report.sealed_words, Report.sealed_evidence)) for part in row]
    assert len(secrets) > 10 and None not in secrets
    assert not [secret for secret in secrets if secret in flat(inside)]
    raw = file.read_bytes()
    assert b"Harbour" not in raw and b"accounts" not in raw
    assert raw.startswith(b"age-encryption.org/")


def flat(record):
    """The bytes values of a record, one after the other."""
    if isinstance(record, bytes):
        return record
    return b"\0".join(flat(part) for part in record) if isinstance(record, list | tuple) else b""


def test_who_was_deleted_since_or_left_is_not_back(house, secret_half, back, app, maya, tom, nia, rosa):
    keyring = app.extensions["keyring"]
    gone, kept = (write_note(keyring, maya.membership, tom.membership.handle, words) for words in ("One.", "Two."))
    file = make_backup(house)
    with change() as (session, _):  # as erasing oneself does it
        session.execute(delete(Account).where(Account.id == rosa.membership.account_id))
        remember_deleted(session, "account", str(rosa.membership.account_id))
    remove_note(maya.membership, tom.membership.handle, gone.public_id)
    leave(nia.membership)
    copy_out(house.backups)
    _, done = back(file)
    assert done.again == 3
    assert count(Membership, Membership.name == "Rosa") == 0 and count(Account, Account.id == rosa.membership.account_id) == 0
    with reading() as session:
        assert [note.public_id for note in session.scalars(select(MemberNote))] == [kept.public_id]
        left = session.scalar(select(Membership).where(Membership.name == "Nia"))
        assert left.left_at is not None
        assert len(session.scalars(select(Deletion)).all()) == 3, "and the next backup knows"


def test_a_number_given_away_twice_costs_nobody_their_account(house, secret_half, back):
    """Account 900 is deleted, another gets its number, and that one is in the backup."""
    for at_last in (True, False):
        with change() as (session, _):
            session.add(Account(id=900, key=(b"first" if at_last else b"second").ljust(32)))
        if at_last:
            with change() as (session, _):
                session.execute(delete(Account).where(Account.id == 900))
                remember_deleted(session, "account", "900")
    file = make_backup(house)
    _, done = back(file)
    assert done.again == 0 and count(Account, Account.key == b"second".ljust(32)) == 1


def test_words_that_were_changed_since_open_nothing_again(house, secret_half, back, tom):
    first, second, third = (generate() for _ in range(3))
    keep_account(tom.account, first, house)
    file = make_backup(house)
    change_words(tom.account, second, house, None)
    change_words(tom.account, third, house, None)
    copy_out(house.backups)
    with reading() as session:
        own = session.get(Account, tom.account.id).key
    assert own.hex() not in (house.backups / FILE).read_text()
    assert back(file)[1].again == 2
    with reading() as session:
        assert session.get(Account, tom.account.id).key == own


def test_hours_that_were_going_on_and_reports_are_over(house, secret_half, back, app, quay, maya, tom, nia):
    hour = Spoken(app, quay, (maya, tom, nia))
    with change() as (session, _):
        session.add(Report(
            group_id=quay.group_id, meeting_id=hour.meeting.id, by_id=nia.membership.id, about_id=tom.membership.id, what="person",
            reason="unkind", sealed_words=b"sealed words", sealed_evidence=b"sealed evidence", until=clock.now() + timedelta(days=14),
        ))
    settings, _ = back(make_backup(house))
    with reading() as session:
        assert session.scalar(select(Meeting.phase).where(Meeting.id == hour.meeting.id)) == Phase.PURGED
        report = session.scalar(select(Report))
        assert (report.outcome, report.sealed_words, report.sealed_evidence) == ("lapsed", None, None)
    assert Keyring(settings.keys, settings.secret).names() == []


# --- PostgreSQL -------------------------------------------------------------------------------------------


def test_it_goes_from_either_database_into_either(house, secret_half, database, tmp_path, app):
    file = make_backup(house)
    before, copied = everything(), tmp_path / "there"
    db.engine().dispose()
    shutil.copytree(house.backups, replace(house, instance=copied).backups)  # with its list, which goes on there
    for name in ("first", "second"):  # from SQLite into PostgreSQL, and from there into another
        with database_named(database, name) as url:
            there = replace(house, database_url=url, instance=copied)
            restore(there, file, secret_half)
            engine = connect(url)
            assert everything() == before
            with change() as (session, _):
                session.add(Account())  # and the next one gets a number of its own
            with change() as (session, _):
                session.execute(delete(Account).where(Account.id == session.scalar(select(func.max(Account.id)))))
            file = make_backup(there)
            with pytest.raises(CannotRestore):
                restore(there, file, secret_half)
            engine.dispose()
    connect(house.database_url)
    of_house.know(house.secret)
