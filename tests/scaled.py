"""The house as it grows: four processes on PostgreSQL, Redis as their doorbell, HAProxy before them. To a
test it looks like a `Server`, at one address."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

from deploy.services import Redis, free_port
from tests import services
from tests.server import Server, Visit, database_named, move_in_at, running

PROCESSES = 4


class Scaled:
    """`url` is the balancer's; `processes` are behind it, each a `Server`; `redis` can be stopped."""

    def __init__(self, folder: Path, url: str, processes: list[Server], redis: Redis):
        self.folder, self.url, self.processes, self.redis = folder, url, processes, redis

    def visit(self, name: str = "") -> Visit:
        """Somebody of the cast, signed in; or with no name a stranger."""
        return Visit(self, name)


@contextmanager
def scaled(folder: Path, database: str, name: str = "scaled", processes: int = PROCESSES, forked: bool = False, **env: str):
    """All of it, with the cast in a database of its own at this PostgreSQL server. env: more settings of the
    processes."""
    with ExitStack() as stack:
        url = stack.enter_context(database_named(database, name))
        stack.enter_context(move_in_at(url))
        redis = stack.enter_context(services.redis())
        port = free_port()
        here = {"LAMPLIGHT_URL": f"http://127.0.0.1:{port}", "LAMPLIGHT_PROXIES": "1", "REDIS_URL": redis.url, **env}
        servers = [Server(folder, database_url=url, forked=forked, **here) for _ in range(processes)]
        with ThreadPoolExecutor() as pool:
            for started in pool.map(stack.enter_context, [running(server) for server in servers]):
                assert started
        address = stack.enter_context(services.haproxy(port, [server.port for server in servers]))
        yield Scaled(folder, address, servers, redis)
