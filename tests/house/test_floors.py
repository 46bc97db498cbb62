"""What we run on is never older than the repair of a hole we know of, and Redis is for nobody else."""

import re

import pytest

from groups.settings import ROOT

FLOORS = {
    "python-socketio": ("5.16.2", "CVE-2025-61765, code by way of the message queue; CVE-2026-48804, hoarded attachments"),
    "eventlet": ("0.40.3", "CVE-2025-58068, smuggled requests; CVE-2021-21419, endless frames"),
}
PINNED = sorted(file for file in ROOT.rglob("requirements.txt") if not {".venv", "node_modules"} & set(file.parts))


def pins(file):
    """Each package's versions in a file of pins: there may be one for each version of Python."""
    found = {}
    for name, version in re.findall(r"^([a-z0-9._-]+)(?:\[[^]]*\])?==([0-9][^ ;\\]*)", file.read_text(), re.M):
        found.setdefault(name, set()).add(version)
    return found


def number(version):
    return tuple(int(part) for part in re.findall(r"\d+", version))


@pytest.mark.parametrize("file", PINNED, ids=lambda file: str(file.relative_to(ROOT)))
@pytest.mark.parametrize("package", FLOORS)
def test_no_pin_is_below_its_floor(file, package):
    floor, why = FLOORS[package]
    for version in pins(file).get(package, ()):
        assert number(version) >= number(floor), f"{package} {version} has {why}; {floor} and later do not"


def test_the_floors_are_looked_at_where_people_are_served():
    assert set(FLOORS) <= set(pins(ROOT / "requirements.txt"))
    assert len(pins(ROOT / "requirements.txt")) > 30
    assert number("5.9.1") < number("5.16.2") < number("5.18.1") and number("0.9") < number("0.40.3")


def test_every_copy_of_a_package_has_the_version_that_serves_people():
    serving = pins(ROOT / "requirements.txt")
    for folder in ("tests", "bench"):
        other = pins(ROOT / folder / "requirements.txt")
        assert {name: other[name] for name in serving if name in other} == {name: v for name, v in serving.items() if name in other}


def test_redis_wants_a_password_and_listens_to_nobody_outside():
    compose = (ROOT / "deploy" / "compose.yaml").read_text()
    doorbell = re.search(r"^  doorbell:\n(?:(?:    .*)?\n)+", compose, re.M)[0]
    assert '--requirepass, "${DOORBELL_PASSWORD:?}"' in doorbell and "ports:" not in doorbell
    assert "redis://:${DOORBELL_PASSWORD:?}@doorbell" in compose
    scaled = (ROOT / "deploy" / "services.py").read_text()
    assert '"--bind", "127.0.0.1"' in scaled and "requirepass" in scaled
