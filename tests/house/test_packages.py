"""The weekly look at the packages we stand on: what could not be looked up is never called clean."""

import json
import re
import stat
import sys

import pytest

from audit import packages
from groups.settings import ROOT

CLEAN = {"name": "flask", "version": "3.1.3", "vulns": []}
HOLE = {"name": "flask", "version": "3.1.3", "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["3.1.4"], "aliases": [], "description": ""}]}
UNMENDED = {"name": "redis", "version": "8.1.0", "vulns": [{"id": "PYSEC-2026-2", "fix_versions": [], "aliases": [], "description": ""}]}
NOT_FOUND = {"name": "redis", "skip_reason": "Dependency not found on PyPI and could not be audited: redis (8.1.0)"}


@pytest.fixture
def answers(tmp_path, monkeypatch):
    """`answers(text, status)`: a pip-audit that says this and ends so."""

    def tool(said, status=0):
        program = tmp_path / "pip-audit"
        program.write_text(f"#!{sys.executable}\nprint({said!r})\nraise SystemExit({status})\n")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)

    monkeypatch.setattr(packages, "TOOLS", tmp_path)
    return tool


def told(*dependencies):
    return json.dumps({"dependencies": list(dependencies), "fixes": []})


@pytest.mark.parametrize("said, status, ends, words", [
    (told(CLEAN), 0, 0, "nothing is known to be wrong"),
    (told(CLEAN, HOLE), 1, 1, "flask 3.1.3: PYSEC-2026-1, mended in 3.1.4"),
    (told(UNMENDED), 1, 1, "mended in no version yet"),
    (told(CLEAN, NOT_FOUND), 0, 2, "could not be looked up from here"),
    (told(HOLE, NOT_FOUND), 1, 1, "could not be looked up from here"),
    (told(), 0, 2, "could not be looked up from here"),
    ("", 1, 2, "gave no answer"),
    ("Traceback (most recent call last)", 1, 2, "gave no answer"),
    ("[]", 0, 2, "gave no answer"),
])
def test_only_what_was_looked_up_is_clean(answers, said, status, ends, words):
    answers(said, status)
    looked = packages.look()
    assert looked.status == ends and words in packages.words(looked)
    assert ("nothing is known to be wrong" in packages.words(looked)) == (ends == 0)


def test_without_the_tool_it_says_how_to_get_it(answers):
    looked = packages.look()
    assert looked.status == 2 and "make audit/.venv" in packages.words(looked)


def test_a_hole_that_is_argued_is_argued_on_the_page():
    page = (ROOT / "docs" / "threats.md").read_text()
    assert [hole for hole in packages.ARGUED if hole not in page] == []


def test_it_is_part_of_make_audit_and_goes_weekly_by_itself():
    assert "packages.look()" in (ROOT / "audit" / "run.py").read_text()
    assert re.search(r"^pip-audit==", (ROOT / "audit" / "requirements.in").read_text(), re.M)
    timer, service = ((ROOT / "deploy" / f"lamplight-audit.{kind}").read_text() for kind in ("timer", "service"))
    assert "OnCalendar=weekly" in timer and "Persistent=true" in timer
    assert "-m audit.packages" in service and "EnvironmentFile" not in service, "it is told no secret"
