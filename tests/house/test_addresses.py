"""Every address a page of ours leads to is there."""

import re

from groups.settings import ROOT
from tests.house.source import python_files

NAMED = re.compile(r"""url_for\(\s*["']([a-z_]+(?:\.[a-z_]+)?)["']\s*[,)]""")
WRITTEN = re.compile(r"""(?:href|action)="(/[^"]*)\"""")
FILLED = re.compile(r"\{\{.*?\}\}")


def pages():
    return {file: file.read_text() for file in (ROOT / "templates").rglob("*.html")}


def test_every_named_page_exists(app):
    sources = pages() | {file: file.read_text() for file in python_files()}
    asked = {(name, file.name) for file, text in sources.items() for name in NAMED.findall(text)}
    assert len(asked) > 50
    assert {found for found in asked if found[0] not in app.view_functions} == set()


def test_every_address_written_out_exists(app):
    routes = app.url_map.bind("localhost")
    asked = {(FILLED.sub("x", address).split("?")[0].split("#")[0], file.name) for file, text in pages().items() for address in WRITTEN.findall(text)}
    assert len(asked) > 5
    assert {found for found in asked if not any(routes.test(found[0], method) for method in ("GET", "POST"))} == set()
