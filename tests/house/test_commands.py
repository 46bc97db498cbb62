"""What the front door does besides serving, and what it says where it cannot."""

import os
import socket
import sqlite3
import stat
from contextlib import closing

import pytest

from tests.commands import GOOD, command, started


@pytest.mark.parametrize(
    "bad, told",
    [
        ({"LAMPLIGHT_SECRET": ""}, "LAMPLIGHT_SECRET is missing"),
        ({"LAMPLIGHT_SECRET": "changeme"}, "LAMPLIGHT_SECRET is too weak"),
        ({"LAMPLIGHT_URL": ""}, "LAMPLIGHT_URL is missing"),
        ({"LAMPLIGHT_URL": "http://meet.example.org"}, "https://"),
        ({"LAMPLIGHT_DEBUG": "1"}, "LAMPLIGHT_DEBUG is not a setting of Lamplight"),
        ({"LAMPLIGHT_ASYNC": "magic"}, "LAMPLIGHT_ASYNC=magic is not one of"),
    ],
)
def test_a_bad_setting_stops_the_start_with_one_sentence_and_touches_nothing(tmp_path, bad, told):
    code, out, err = (started if "LAMPLIGHT_ASYNC" in bad else command)(tmp_path, **GOOD | bad)
    assert code == 1
    assert told in err
    assert len(err.strip().splitlines()) == 1, err
    assert out == ""
    assert not (tmp_path / "instance").exists()


def test_settings_can_be_checked_without_starting(tmp_path):
    code, _, err = command(tmp_path, "check", **GOOD | {"LAMPLIGHT_SECRET": "changeme"})
    assert code == 1 and "too weak" in err


def test_good_settings_are_said_to_be_good_without_showing_the_secret(tmp_path):
    code, out, err = command(tmp_path, "check", **GOOD)
    assert (code, err) == (0, "")
    assert "will do" in out
    assert GOOD["LAMPLIGHT_SECRET"] not in out


def test_another_secret_than_that_of_the_house_stops_every_command_and_changes_nothing(tmp_path):
    another = {"LAMPLIGHT_SECRET": GOOD["LAMPLIGHT_SECRET"][::-1]}
    assert command(tmp_path, "migrate", **GOOD)[0] == 0
    before = sorted(tmp_path.rglob("*"))
    for words in ((), ("steward",), ("push-keys",)):
        for environment in ("production", "development"):
            code, out, err = command(tmp_path, *words, **GOOD | another | {"LAMPLIGHT_ENV": environment})
            assert code == 1 and "made with another LAMPLIGHT_SECRET" in err and len(err.strip().splitlines()) == 1, err
            assert out == "" and another["LAMPLIGHT_SECRET"] not in err
    assert sorted(tmp_path.rglob("*")) == before
    assert command(tmp_path, "push-keys", **GOOD)[0] == 0


def test_an_unreachable_database_is_told_in_a_sentence_without_its_password(tmp_path):
    code, _, err = command(tmp_path, "migrate", DATABASE_URL="postgresql://lamp:hush@127.0.0.1:9/lamp")
    assert code == 1
    assert "The database does not answer" in err and "DATABASE_URL" in err
    assert "Traceback" not in err and "hush" not in err


def test_a_file_that_cannot_be_written_is_told_in_a_sentence(tmp_path):
    assert command(tmp_path, "migrate", **GOOD)[0] == 0
    readable = f"sqlite:///file:{tmp_path}/instance/lamplight.db?mode=ro&uri=true"
    code, out, err = command(tmp_path, **GOOD, DATABASE_URL=readable)
    assert (code, out) == (1, "") and "cannot be written (SQLITE_READONLY)" in err and len(err.strip().splitlines()) == 1, err


def test_a_damaged_database_and_one_of_a_newer_release_are_told_in_a_sentence(tmp_path):
    file = tmp_path / "instance" / "lamplight.db"
    assert command(tmp_path, "migrate", **GOOD)[0] == 0
    with closing(sqlite3.connect(file)) as newer, newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
    code, out, err = command(tmp_path, **GOOD)
    assert (code, out, err) == (1, "", "This house was served by a newer Lamplight: use that one.\n")
    file.write_bytes(os.urandom(20_000))
    code, out, err = command(tmp_path, **GOOD)
    assert (code, out) == (1, "") and "bring back a backup (docs/backups.md)" in err and len(err.strip().splitlines()) == 1, err


def test_a_port_that_is_taken_is_told_in_a_sentence(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        for run, mode in ((command, "eventlet"), (started, "threading")):
            code, _, err = run(tmp_path, PORT=str(taken.getsockname()[1]), LAMPLIGHT_ASYNC=mode, LAMPLIGHT_ENV="test")
            assert code == 1
            assert "already taken" in err and "Traceback" not in err


def test_migrating_works_from_any_folder_and_twice(tmp_path):
    for run in (started, command):
        code, out, err = run(tmp_path, "migrate", **GOOD)
        assert (code, out.strip(), err) == (0, "The database is in its newest shape.", "")
    assert (tmp_path / "instance" / "lamplight.db").exists()


def test_what_is_made_is_its_owners_alone_and_a_folder_open_to_others_is_said(tmp_path):
    assert command(tmp_path, "demo")[2] == ""
    assert {stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "instance").rglob("*") if file.is_file()} == {0o600}
    (tmp_path / "instance").chmod(0o755)
    code, _, err = command(tmp_path, "migrate")
    assert code == 0 and "(mode 755): chmod 700" in err and len(err.strip().splitlines()) == 1


def test_the_key_for_reminders_is_made_once(tmp_path):
    first, second = command(tmp_path, "push-keys", **GOOD), command(tmp_path, "push-keys", **GOOD)
    assert first == (0, "The key is made. Reminders can be switched on at https://meet.example.org/me/reminders.\n", "")
    assert second[0] == 0 and second[1].startswith("There is a key already, and it stays.")
    assert stat.S_IMODE((tmp_path / "instance" / "push" / "key.pem").stat().st_mode) == 0o600
    assert not (tmp_path / "instance" / "lamplight.db").exists()


def test_in_production_there_is_no_demo_world(tmp_path):
    command(tmp_path, "migrate", **GOOD)
    code, out, err = command(tmp_path, "demo", **GOOD)
    assert (code, out) == (1, "")
    assert "no demo world" in err
    assert not (tmp_path / "instance" / "demo-signins.txt").exists()


def test_a_steward_is_made_by_seven_words_and_ended_by_them(tmp_path):
    command(tmp_path, "demo")
    words = (tmp_path / "instance" / "demo-signins.txt").read_text().splitlines()[0].split(": ")[1]
    for ends, told in (((), "This account is a steward now."), (("--end",), "This account is no steward any more.")):
        code, out, err = command(tmp_path, "steward", *ends, typed=f"{words}\n")
        assert code == 0 and told in out, err
        assert words.split()[0] not in out + err
    code, out, err = command(tmp_path, "steward", "--end", typed=f"{words}\n")
    assert code == 1 and "This account is no steward" in err
    for typed, told in (("one two three\n", "An account has seven words."), ("", "No words were typed")):
        code, out, err = command(tmp_path, "steward", typed=typed)
        assert code == 1 and told in err
    assert command(tmp_path, "migrate", "--end")[0] == 2


def test_where_there_is_no_house_nobody_is_made_its_steward_and_nothing_is_made(tmp_path):
    for given in ({}, GOOD, {"LAMPLIGHT_SECRET": GOOD["LAMPLIGHT_SECRET"]}):
        code, out, err = command(tmp_path, "steward", **given)
        assert (code, out) == (1, "") and "There is no house" in err and len(err.strip().splitlines()) == 1, err
        assert list(tmp_path.iterdir()) == []


def test_the_demo_world_is_made_once_and_keeps_its_sign_ins(tmp_path):
    first = command(tmp_path, "demo")
    second = started(tmp_path, "demo")
    assert first[0] == 0 and "seven words" in first[1]
    assert second == first
    assert stat.S_IMODE((tmp_path / "instance" / "demo-signins.txt").stat().st_mode) == 0o600
