"""A file of tests is rewritten (so that what fails says why) when it is first opened, and kept rewritten. On a machine
where nothing is kept yet that takes longer than everything else before the first test; and the processes of pytest,
which all begin at the same file, would each do all of it. So each begins at another one, and finds the rest done."""

import importlib
import os
from contextlib import suppress
from pathlib import Path

import pytest

from groups.settings import ROOT


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session):
    """Import from this process's own part to the last; collecting, which comes next, begins at the first."""
    part, parts = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:]), int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    asked_for = [Path(session.config.invocation_params.dir, place) for place in session.config.args]
    files = sorted(file.relative_to(ROOT) for place in asked_for for file in place.rglob("test_*.py"))
    for file in files[len(files) * part // parts :] if parts > 1 else []:
        with suppress(Exception):  # collecting says what is wrong with it
            importlib.import_module(".".join(file.with_suffix("").parts))
