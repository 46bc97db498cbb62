"""The list of what was deleted, beside the backups, and how long both live."""

# ruff: noqa: F811  (fixtures are imported by name)
from datetime import timedelta

import pytest

from groups import clock
from groups.backups import contents
from groups.backups.making import LIVES, forget_backups, make_backup
from groups.backups.replaying import KINDS, ListTooOld, UnknownKind
from groups.db import change
from groups.retention.deletions import FILE, LISTED, copy_out, forget_deletions, listed, remember_deleted
from tests.restored import back, house, secret_half  # noqa: F401


def test_a_list_of_a_newer_house_is_not_taken_half(house, secret_half, back):
    file = make_backup(house)
    with change() as (session, _):
        remember_deleted(session, "from_the_future", "1")
    copy_out(house.backups)
    with pytest.raises(UnknownKind):
        back(file)


def test_a_list_older_than_the_backup_is_not_taken(house, secret_half, back):
    copy_out(house.backups)
    old = (house.backups / FILE).read_text()
    with change() as (session, _):
        remember_deleted(session, "account", "900")
    file = make_backup(house)
    (house.backups / FILE).write_text(old)
    with pytest.raises(ListTooOld):
        back(file)


def test_what_both_have_forgotten_by_now_is_not_missed(house, secret_half, back, freeze):
    freeze.forward(days=-LISTED.days + 5)
    with change() as (session, _):
        remember_deleted(session, "account", "900")
    freeze.back_to_now()
    file = make_backup(house)
    freeze.forward(days=6)
    forget_deletions(house.backups, clock.now())
    assert not listed(house.backups)
    assert back(file)[1].again == 0


def test_a_backup_lives_a_week(house, secret_half, freeze):
    file = make_backup(house)
    assert forget_backups(house.backups, clock.now() + LIVES - timedelta(minutes=1)) == 0
    assert forget_backups(house.backups, clock.now() + LIVES + timedelta(minutes=1)) == 1 and not file.exists()


def test_the_list_outlives_a_crash_in_the_middle_of_a_line_and_goes_after_three_weeks(house):
    with change() as (session, _):
        remember_deleted(session, "account", "7")
    assert copy_out(house.backups) == 1 and copy_out(house.backups) == 0
    file = house.backups / FILE
    file.write_text(file.read_text()[:-20])
    assert listed(house.backups) == {} and copy_out(house.backups) == 1 and len(listed(house.backups)) == 1
    assert b"account" in file.read_bytes() and b'"7"' not in file.read_bytes()
    assert forget_deletions(house.backups, clock.now() + LISTED - timedelta(hours=1)) == 0 and listed(house.backups)
    assert forget_deletions(house.backups, clock.now() + LISTED + timedelta(hours=1)) == 1 and not listed(house.backups)


def test_every_kind_names_a_column_that_is_in_a_backup():
    assert {kind.column.class_.__tablename__ for kind in KINDS.values()} <= contents.KEPT
