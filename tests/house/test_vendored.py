"""What we carry of others is exactly what they published, and nothing else lies beside it.

socket.io.esm.min.js is `dist/socket.io.esm.min.js` of the package socket.io-client 4.8.4 without
its last line, which points to a map we do not serve."""

import hashlib

from groups.settings import ROOT

VENDOR = ROOT / "static" / "vendor"


def listed() -> dict[str, str]:
    """File name to SHA-256, as `sha256sum` writes them."""
    lines = (VENDOR / "checksums.txt").read_text().splitlines()
    return {name: digest for digest, name in (line.split() for line in lines)}


def test_every_carried_file_is_unchanged():
    found = {name: hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() for name in listed()}
    assert found == listed()


def test_nothing_lies_in_the_folder_that_is_not_listed():
    assert {file.name for file in VENDOR.iterdir()} == {*listed(), "checksums.txt"}


def test_every_carried_program_comes_with_its_licence():
    programs = {name.split(".esm")[0] for name in listed() if name.endswith(".js")}
    assert programs and all(f"{program}-LICENSE" in listed() for program in programs)


def test_no_carried_program_asks_for_a_source_map():
    assert all(b"sourceMappingURL" not in file.read_bytes() for file in VENDOR.glob("*.js"))
