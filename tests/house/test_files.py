"""Files stay short enough to read, and are called after what is in them."""

import subprocess

from groups.settings import ROOT
from tests.house.source import name

LONGEST = 250  # lines
KINDS = (".py", ".js", ".css", ".html")
NOT_OURS = ("static/vendor/", "migrations/versions/")
UNKEPT = {".venv", ".git", "node_modules", "instance", "__pycache__", ".ruff_cache", ".pytest_cache", ".hypothesis"}
DRAWERS = ("util", "utils", "helper", "helpers", "common", "manager", "managers", "misc", "base_utils", "lib")
REGISTRY_HOSTS = ("registry.npmjs.org", "files.pythonhosted.org", "pypi.org")


def kept():
    """Every file that is, or would be, under version control."""
    ask = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(ask, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        return sorted(ROOT / file for file in listed.stdout.splitlines() if (ROOT / file).is_file())
    files = (file for file in ROOT.rglob("*") if file.is_file())  # unpacked from an archive
    return sorted(file for file in files if not UNKEPT & set(file.relative_to(ROOT).parts))


OURS = [file for file in kept() if not name(file).startswith(NOT_OURS)]


def test_every_file_can_be_read_in_one_sitting():
    lines = {name(file): len(file.read_text().splitlines()) for file in OURS if file.suffix in KINDS}
    assert {file: count for file, count in lines.items() if count > LONGEST} == {}, "split it along what it is about"


def test_no_file_or_folder_is_a_drawer():
    parts = [(name(file), part) for file in OURS for part in file.relative_to(ROOT).parts]
    assert [file for file, part in parts if part.split(".")[0].lower() in DRAWERS] == [], "name it after what is in it"


def test_no_two_test_files_share_a_name():
    names = [file.name for file in OURS if name(file).startswith("tests/") and file.name.startswith("test_")]
    assert sorted(names) == sorted(set(names))


def test_the_top_of_the_tree_is_the_one_that_was_decided():
    top = {file.relative_to(ROOT).parts[0] for file in kept()}
    assert top <= {
        "app.py", "groups", "realtime", "templates", "static", "tests", "requirements.txt", "README.md", "migrations", "docs",
        "bench", "deploy", "pyproject.toml", "Makefile", "CHANGELOG.md", "audit", ".ci", ".gitignore", "requirements.in", "LICENSE",
    }


def test_pinned_files_name_no_place_to_download_from():
    for file in OURS:
        if file.name in ("requirements.txt", "package-lock.json"):
            words = file.read_text()
            assert not [host for host in (*REGISTRY_HOSTS, "://") if host in words], name(file)


def test_every_pinned_package_comes_with_its_hash():
    for file in (one for one in OURS if one.name == "requirements.txt"):
        for block in file.read_text().replace("\\\n", " ").splitlines():
            if "==" in block and not block.lstrip().startswith("#"):
                assert "--hash=sha256:" in block, f"{name(file)}: {block[:60]}"
