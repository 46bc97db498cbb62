"""Every page that a template or a route leads to is there: a page renamed elsewhere leaves no door behind
that falls on whoever opens it."""

import re

from groups.settings import ROOT

LINK = re.compile(r"""url_for\(\s*["']([\w.]+\w)["']""")  # not those put together while drawing
FILES = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "groups").rglob("*.py"), *(ROOT / "realtime").rglob("*.py")]


def test_every_link_leads_somewhere(app):
    named = {(name, str(file.relative_to(ROOT))) for file in FILES for name in LINK.findall(file.read_text())}
    assert [(name, file) for name, file in sorted(named) if name not in app.view_functions] == []
