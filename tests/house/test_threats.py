"""docs/threats.md has every row, and everything it names is there: controls in the code, and tests."""

import re
from functools import cache

import pytest

from groups.limiting.table import LIMITS
from groups.settings import ROOT

PAGE = (ROOT / "docs" / "threats.md").read_text()
ROWS = {
    int(number): text
    for number, text in re.findall(r"^### T(\d+) .*\n((?:(?!^##).*\n)+)", PAGE, re.M)
}
NAMED = re.compile(r"`([\w./-]+\.(?:py|js|css|html|toml|txt|conf|cfg|yaml))(?:::(\w+))?`")


@cache
def defined(file):
    """What a file defines at its top: functions, classes and constants."""
    return set(re.findall(r"^(?:def|class) (\w+)|^(\w+)(?:: [^=\n]+)? = ", (ROOT / file).read_text(), re.M)) - {("", "")}


def has(file, name):
    """Whether there is such a file, and in it such a thing."""
    return (ROOT / file).exists() and (not name or any(name in pair for pair in defined(file)))


def test_every_threat_has_its_row_once():
    assert re.findall(r"^### T(\d+) ", PAGE, re.M) == [str(number) for number in range(1, 44)]


@pytest.mark.parametrize("number", range(1, 44))
def test_a_row_names_its_control_and_its_proof_and_both_are_there(number):
    lines = dict(re.findall(r"^- (Control|Proof|Argued): (.*)$", ROWS[number], re.M))
    tests = NAMED.findall(lines["Proof"])
    assert lines["Control"] and tests
    for file, name in tests:
        assert file.startswith("tests/") and name.startswith("test_"), f"{file}::{name} is no test"
    for file, name in NAMED.findall(ROWS[number]):
        assert has(file, name), f"T{number} names {file}::{name}, and there is no such thing"


def test_the_table_of_limits_says_how_each_fails():
    table = PAGE.split("## Limits\n")[1].split("\n## ")[0]
    figures = [int(row.split("|")[2].split()[0]) for row in table.splitlines() if row.startswith("| ") and row.split("|")[2].strip()[0].isdigit()]
    assert figures[: len(LIMITS)] == [limit.rate.amount for limit in LIMITS.values()]
    fails = [row.rstrip("| ").rpartition("| ")[2] for row in table.splitlines() if row.startswith("| ")][1:]
    assert fails[: len(LIMITS)] == [limit.fails.value for limit in LIMITS.values()]
