"""What a restore does not take, and how long backups and the list of deletions live."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from groups import clock
from groups.backups import contents, envelope
from groups.backups.__main__ import done_again
from groups.backups.making import LIVES, NoKey, forget_backups, make_backup
from groups.backups.replaying import KINDS, ListTooOld, UnknownKind
from groups.backups.restoring import CannotRestore, restore
from groups.db import change
from groups.retention.deletions import FILE, LISTED, MOMENTS, copy_out, forget_deletions, listed, listed_as_of, remember_deleted
from groups.sealing import Keyring, group_key

# --- what is refused --------------------------------------------------------------------------------------


def test_without_a_key_none_is_made(house):
    with pytest.raises(NoKey):
        make_backup(house)


def test_a_key_is_made_once_and_its_secret_half_is_nowhere_here(house, secret_half, tmp_path):
    assert envelope.make_key(house.backups) is None
    assert not [file for file in tmp_path.rglob("*") if file.is_file() and secret_half.encode() in file.read_bytes()]


def test_another_key_a_cut_or_changed_file_and_what_is_no_backup_open_nothing(house, secret_half, back, tmp_path):
    file = make_backup(house)
    whole = file.read_bytes()
    with pytest.raises(envelope.Unreadable):
        back(file, key=envelope.make_key(tmp_path / "other"))
    with pytest.raises(envelope.Unreadable):
        back(file, key="not a key")
    for broken in (whole[: len(whole) // 2], whole[:-1], whole[:400] + bytes([whole[400] ^ 1]) + whole[401:], b"", b"hello"):
        file.write_bytes(broken)
        with pytest.raises(envelope.Unreadable):
            back(file)
        new = tmp_path / "new-machine"
        assert not [left for left in new.iterdir() if left.name.startswith("lamplight")], "nothing half done is left"


def everything_in(folder):
    """Every file and folder, and what is in it."""
    return {one.relative_to(folder): one.is_file() and one.read_bytes() for one in folder.rglob("*")}


def test_a_restore_that_failed_leaves_the_folder_as_it_found_it(house, harbour, secret_half, tmp_path):
    """Whether it failed at the first byte or at the very last: with no folder there, and with one that was in use."""
    keyring = Keyring(house.keys, house.secret)
    keyring.create(group_key(harbour.slug))
    file = make_backup(house)
    with change() as (session, _):
        remember_deleted(session, "from_the_future", "1")  # found out last of all
    whole, tried = file.read_bytes(), tmp_path / "tried"
    tried.mkdir()
    copy_out(house.backups)
    (tried / FILE).write_bytes((house.backups / FILE).read_bytes())
    for name in ("nothing", "some"):
        new = tmp_path / "new" / name
        settings = replace(house, instance=new, database_url=f"sqlite:///{new}/lamplight.db")
        if name == "some":
            Keyring(settings.keys, settings.secret).create("gofanother")
        before = everything_in(tmp_path / "new") if new.exists() else {}
        for number, (content, key, why) in enumerate((
            (whole, "not a key", envelope.Unreadable), (whole[:-1], secret_half, envelope.Unreadable),
            (whole, secret_half, UnknownKind),
        )):
            broken = tried / f"{number}.age"
            broken.write_bytes(content)
            with pytest.raises(why):
                restore(settings, broken, key)
            assert (everything_in(tmp_path / "new") if new.exists() else {}) == before, (name, why)


def test_a_key_that_was_written_goes_again_when_the_rest_could_not_be_kept(house, harbour, secret_half, tmp_path, monkeypatch):
    Keyring(house.keys, house.secret).create(group_key(harbour.slug))
    file, new = make_backup(house), tmp_path / "new"
    seen = []

    def full(*_):
        seen.extend(new.rglob("*.key"))
        raise OSError("no space left on the disk")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="no space"):
        restore(replace(house, instance=new, database_url=f"sqlite:///{new}/lamplight.db"), file, secret_half, without_list=True)
    assert seen and not new.exists()


def test_a_house_is_never_written_over_and_a_list_never_missed(house, secret_half, back, freeze):
    file = make_backup(house)
    (house.backups / FILE).unlink(missing_ok=True)
    with pytest.raises(CannotRestore, match="no list of deletions"):
        back(file)
    settings, _ = back(file, without_list=True)
    with pytest.raises(CannotRestore, match="already"):
        restore(settings, file, secret_half, without_list=True)
    with pytest.raises(CannotRestore, match="LAMPLIGHT_SECRET"):
        restore(replace(settings, secret="another-secret-0123456789-abcdefghijk", database_url=f"sqlite:///{settings.instance}/x.db"), file, secret_half, True)
    freeze.forward(days=LISTED.days + 1)
    with pytest.raises(CannotRestore, match="older"):
        back(file, without_list=True)


def test_a_list_of_a_newer_house_is_not_taken_half(house, secret_half, back):
    file = make_backup(house)
    with change() as (session, _):
        remember_deleted(session, "from_the_future", "1")
    copy_out(house.backups)
    with pytest.raises(UnknownKind):
        back(file)


def test_a_list_says_as_of_when_it_is_and_an_older_one_is_not_taken_unless_it_is_said(house, secret_half, back, freeze):
    copy_out(house.backups)
    old = (house.backups / FILE).read_text()
    freeze.forward(minutes=5)
    file, made_at = make_backup(house), clock.now()
    renewed = listed_as_of(house.backups)
    assert abs(renewed - made_at) < timedelta(minutes=1)
    freeze.forward(minutes=5)
    assert (copy_out(house.backups), listed_as_of(house.backups)) == (0, renewed), "and not every minute"
    assert back(file)[1].as_of == renewed
    (house.backups / FILE).write_text(old)
    with pytest.raises(CannotRestore, match="as of .* OLD_LIST=1"):
        back(file)
    assert back(file, old_list=True)[1].as_of < made_at
    freeze.forward(hours=1)
    copy_out(house.backups)
    assert listed_as_of(house.backups) > made_at + timedelta(hours=1)


def test_a_list_from_before_they_said_so_is_as_of_its_last_line(house, secret_half, back, freeze):
    with change() as (session, _):
        remember_deleted(session, "account", "900")
    freeze.forward(minutes=5)
    file = make_backup(house)
    lines = (house.backups / FILE).read_text().splitlines()
    (house.backups / FILE).write_text("\n".join(line for line in lines if "as_of" not in line))
    assert listed_as_of(house.backups) == max(line.at for line in listed(house.backups).values())
    with pytest.raises(CannotRestore, match="as of"):
        back(file)
    assert back(file, old_list=True)[1].again == 0


def test_the_moments_of_a_list_do_not_grow_for_ever(house):
    for _ in range(MOMENTS + 1):
        copy_out(house.backups, renew=True)
    last = listed_as_of(house.backups)
    forget_deletions(house.backups, clock.now())
    assert (house.backups / FILE).read_text().count("as_of") == 1 and listed_as_of(house.backups) == last


def test_a_list_that_lacks_what_the_backup_knows_is_not_taken(house, secret_half, back):
    copy_out(house.backups)
    old = (house.backups / FILE).read_text()
    with change() as (session, _):
        remember_deleted(session, "account", "900")
    file = make_backup(house)
    (house.backups / FILE).write_text(old)
    with pytest.raises(ListTooOld):
        back(file, old_list=True)


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


@pytest.mark.parametrize(("many", "said"), [
    (0, "nothing was deleted since"), (1, "1 later deletion was done again"), (2, "2 later deletions were done again"),
])
def test_what_was_done_again_is_said_in_good_english(many, said):
    assert done_again(many) == said


def test_the_public_half_is_taken_along_once_and_where_there_is_none_that_is_said(house, secret_half, tmp_path):
    came, new, empty = house.backups, tmp_path / "new" / "backups", tmp_path / "empty"
    assert not envelope.take_along(empty, new) and not new.exists()
    assert envelope.take_along(came, new)
    assert (new / envelope.RECIPIENT).read_text() == (came / envelope.RECIPIENT).read_text()
    empty.mkdir()
    (empty / envelope.RECIPIENT).write_text("no key")
    assert envelope.take_along(empty, new), "one that is there stays"
    assert not envelope.take_along(empty, tmp_path / "other") and not (tmp_path / "other" / envelope.RECIPIENT).exists()


# --- age, and the list ------------------------------------------------------------------------------------


def test_a_backup_lives_a_week(house, secret_half, freeze):
    file = make_backup(house)
    assert forget_backups(house.backups, clock.now() + LIVES - timedelta(minutes=1)) == 0
    assert forget_backups(house.backups, clock.now() + LIVES + timedelta(minutes=1)) == 1 and not file.exists()


def test_what_is_left_of_a_backup_that_was_cut_off_goes_within_an_hour(house, secret_half):
    left = house.backups / f"2026-11-24-030000{envelope.UNFINISHED}"
    left.write_bytes(b"the first half")
    assert forget_backups(house.backups, clock.now()) == 0 and left.exists(), "it may be written this very moment"
    assert forget_backups(house.backups, clock.now() + timedelta(minutes=61)) == 1 and not left.exists()


def test_the_list_outlives_a_crash_in_the_middle_of_a_line_and_goes_after_three_weeks(house):
    with change() as (session, _):
        remember_deleted(session, "account", "7")
    assert copy_out(house.backups) == 1 and copy_out(house.backups) == 0
    file = house.backups / FILE
    file.write_text(file.read_text().split('"at"')[0])
    assert listed(house.backups) == {} and copy_out(house.backups) == 1 and len(listed(house.backups)) == 1
    assert b"account" in file.read_bytes() and b'"7"' not in file.read_bytes()
    assert forget_deletions(house.backups, clock.now() + LISTED - timedelta(hours=1)) == 0 and listed(house.backups)
    assert forget_deletions(house.backups, clock.now() + LISTED + timedelta(hours=1)) == 1 and not listed(house.backups)


def test_every_kind_names_a_column_that_is_in_a_backup():
    assert {kind.column.class_.__tablename__ for kind in KINDS.values()} <= contents.KEPT
