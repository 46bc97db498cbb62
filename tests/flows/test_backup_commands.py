"""A house that burns down and comes back, by the commands whoever runs it would type."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from groups import db
from groups.accounts.models import Account
from groups.backups.envelope import RECIPIENT
from groups.db import change, reading
from groups.membership.models import Membership
from groups.retention.deletions import FILE, remember_deleted
from groups.sealing import of_house
from groups.settings import ROOT
from tests.forked import Forked
from tests.server import SECRET, Server, running
from tests.sockets import until

SECONDS = 90  # the list of deletions is brought up to date every minute


def command(folder, *words, typed="", secret=SECRET):
    """What `make backup-key`, `make backup` and `make restore` run; (exit code, all that was said)."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("LAMPLIGHT_") and name != "DATABASE_URL"}
    env = plain | {"LAMPLIGHT_INSTANCE": str(folder), "LAMPLIGHT_SECRET": secret, "LAMPLIGHT_ENV": "test"}
    process = Forked(env, [str(word) for word in words], ROOT, typed, program="groups/backups/__main__.py")
    code = process.wait(120)
    with process.stdout as out, process.stderr as err:
        return code, out.read() + err.read()


@pytest.fixture
def kept(server):
    """Everybody has kept their account, so that it outlives their sign-in."""
    of_house.know(SECRET)
    with change() as (session, _):
        for account in session.scalars(select(Account)):
            account.key = os.urandom(32)
    return server


def test_a_house_burns_down_and_comes_back_without_those_who_had_gone(kept, tmp_path_factory):
    server = kept
    code, said = command(server.folder, "make")
    assert code == 1 and "make backup-key" in said and "Traceback" not in said
    code, said = command(server.folder, "key")
    secret_half = re.search(r"AGE-SECRET-KEY-\w+", said)[0]
    assert code == 0 and command(server.folder, "key") == (0, "There is a key already, and it stays.\n")
    maya = server.visit("Maya")
    assert "Harbour" in maya.get("/me").text
    code, said = command(server.folder, "make")  # while people go on
    assert code == 0, said
    backup = said.splitlines()[0]

    # Three days later: somebody erased themselves, somebody left; and the list of it is beside the backup by itself.
    server.freeze.forward(days=3)
    with change() as (session, _):
        rosa = session.scalar(select(Membership).where(Membership.name == "Rosa")).account_id
        session.execute(delete(Account).where(Account.id == rosa))
        remember_deleted(session, "account", str(rosa))
    nia = server.visit("Nia")
    group = re.search(r"/g/[a-z0-9]+", nia.get("/me").text)[0]
    nia.get(group)
    assert nia.post(f"{group}/leave").status_code in (302, 303)
    until(lambda: _listed(server.folder) >= 2, SECONDS, "both to be listed")
    server.kill()

    new = tmp_path_factory.mktemp("new")
    came = tmp_path_factory.mktemp("came")
    shutil.copytree(server.folder / "backups", came, dirs_exist_ok=True)
    shutil.copy(server.folder / "shift", new / "shift")
    file = str(came / Path(backup).name)
    before = sorted(new.rglob("*"))
    for typed, secret, told in (
        ("", SECRET, "No key was typed"), ("AGE-SECRET-KEY-1QQQ\n", SECRET, "no backup, or it is damaged"),
        (f"{secret_half}\n", "", f"There is no file {new}/secret"), (f"{secret_half}\n", f"{SECRET}-another", "another LAMPLIGHT_SECRET"),
    ):
        code, said = command(new, "restore", file, typed=typed, secret=secret)
        assert code == 1 and told in said and "Traceback" not in said, said
        assert sorted(new.rglob("*")) == before, "it is left as it was found"
    code, said = command(new, "restore", file, typed=f"{secret_half}\n")
    assert code == 0 and "2 later deletions were done again" in said, said
    assert secret_half not in said
    assert (new / "backups" / RECIPIENT).read_text() == (came / RECIPIENT).read_text() and "makes no backups yet" not in said
    code, again = command(new, "restore", file, typed=f"{secret_half}\n")
    assert code == 1 and "There is a house already" in again

    engine = db.connect(f"sqlite:///{new}/lamplight.db")
    with running(Server(new)) as restored:
        with reading() as session:
            assert session.scalar(select(Membership).where(Membership.name == "Rosa")) is None
            assert session.get(Account, rosa) is None
            assert session.scalar(select(Membership.left_at).where(Membership.name == "Nia")) is not None
        assert "Harbour" not in maya_again(restored, maya).text, "a sign-in of before opens nothing"
        assert "Harbour" in restored.visit("Maya").get("/me").text
        assert "Harbour" not in restored.visit("Nia").get("/me").text
    engine.dispose()


@pytest.mark.parametrize("wanted", ["key", "make"])
def test_where_there_is_no_house_nothing_is_made(tmp_path, wanted):
    code, said = command(tmp_path / "nothing", wanted, secret="")
    assert code == 1 and "There is no house in" in said and "Traceback" not in said
    assert not (tmp_path / "nothing").exists()


def test_what_can_be_said_before_a_key_is_typed_is(tmp_path):
    def ends_with(told, *words):
        code, said = command(tmp_path, "restore", *words)
        assert code == 1 and told in said and "No key was typed" not in said, said

    ends_with("make restore FILE=", "")
    ends_with("There is no file nowhere.age", "nowhere.age")
    backup = tmp_path / "some.age"
    backup.write_bytes(b"")
    ends_with("WITHOUT_LIST=1", str(backup))
    (tmp_path / "lamplight.db").write_bytes(b"")
    ends_with("There is a house already", "--without-list", str(backup))


def test_it_begins_by_the_name_that_make_calls_it_by(tmp_path):
    ran = subprocess.run([sys.executable, "-m", "groups.backups", "restore", ""], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (1, "") and ran.stderr.startswith("Which backup?"), ran.stderr


def test_make_passes_on_that_there_is_no_list():
    for given, told in (("WITHOUT_LIST=1", "--without-list"), ("OLD_LIST=1", "--old-list")):
        said = subprocess.check_output(["make", "-n", "restore", "FILE=some.age", given], cwd=ROOT, text=True)
        assert re.search(rf"groups\.backups restore +{told} +\"some.age\"", said)


def maya_again(restored, maya):
    """Her page at the new house, with the cookie of the old one."""
    maya.server = restored
    return maya.get("/me")


def _listed(folder):
    return (folder / "backups" / FILE).read_text().count('"kind"')
