"""The houses that are broken, with people who share in them."""

import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path

from groups import concurrency, db
from groups.migrating import upgrade
from tests import cast, hours, services
from tests.faults.memory import Memory
from tests.faults.traffic import PACE, Traffic
from tests.scaled import scaled

MEETINGS, EACH = 10, 10  # a hundred people
# Milliseconds between two shares of one of a hundred at four processes: fifty shares a second, so that what
# is measured is the fault, and not two cores that do the work of six programs and a hundred browsers.
UNHURRIED = 2000


@contextmanager
def one_process(folder: Path, memory: Memory, meetings: int = MEETINGS, each: int = EACH, pace: int = PACE, through=None, env=None, **how):
    """A hundred people at one process on SQLite; yields (server, traffic). through: a context manager that
    is given the server and yields the address at which browsers look for it. env: settings of the server.
    how: more for `Traffic`."""
    concurrency.start("threading")
    with ExitStack() as stack:
        file = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "lamplight.db"
        engine = db.connect(f"sqlite:///{file}")
        upgrade(engine)
        cast.move_in()
        engine.dispose()
        server = stack.enter_context(hours.settled(file, folder, forked=False, **(env or {})))
        clerk = stack.enter_context(hours.Clerk(server))
        url = stack.enter_context(through(server)) if through else ""
        traffic = stack.enter_context(Traffic(server, clerk, meetings, each, pace, url=url, **how))
        memory.servers.append(server)
        yield server, traffic


@contextmanager
def four_processes(folder: Path, memory: Memory, lasts: int = 60, **env: str):
    """A hundred people at four processes on PostgreSQL, behind HAProxy; yields (house, clerk, traffic).
    `house.database` is PostgreSQL, which can be stopped."""
    concurrency.start("threading")
    with ExitStack() as stack:
        database = stack.enter_context(services.postgres_server("fsync=on"))
        house = stack.enter_context(scaled(folder, database.url, **env))
        house.database = database
        clerk = stack.enter_context(hours.Clerk(house))
        traffic = stack.enter_context(Traffic(house, clerk, MEETINGS, EACH, UNHURRIED, lasts=lasts))
        memory.servers += house.processes
        yield house, clerk, traffic
