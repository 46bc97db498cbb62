"""What the calendar costs, and how that grows: pages, feeds, an edit and an import at several sizes.

    python -m bench.calendar                       50, 5,000 and 50,000 series
    python -m bench.calendar --sizes 50,500        others

Writes bench/results/calendar.md and calendar.svg. CPU time of this process (pages run in it, through
Flask's test client), the median of several runs; the database is SQLite in a temporary folder."""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import func, select

from bench import world
from groups import create_app, db
from groups.schedule.models import Meeting

RESULTS = Path(__file__).with_name("results")
RUNS = 9
QUICK = 3  # runs of what takes seconds


def cpu(work: Callable, runs: int = RUNS) -> float:
    """Milliseconds of CPU, the median of several runs after one to warm up."""
    work()
    spent = []
    for _ in range(runs):
        before = time.process_time()
        work()
        spent.append((time.process_time() - before) * 1000)
    return statistics.median(spent)


def measured(size: int) -> dict[str, float]:
    """Every figure at one size, in milliseconds of CPU; `rows` and `build` describe the world itself."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        before = time.process_time()
        world.build(Path(folder), size)
        built = (time.process_time() - before) * 1000
        app = create_app(_settings(Path(folder)))
        app.config["WTF_CSRF_ENABLED"] = False
        try:
            figures = {"build": built} | _pages(app) | _feeds(app) | _edit() | _import(size)
            with db.reading() as session:
                figures["rows"] = session.scalar(select(func.count()).select_from(Meeting))
            return figures
        finally:
            app.extensions["ledger"].stop()
            db.engine().dispose()
