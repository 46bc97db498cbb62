"""Lines to Redis for real threads: by the operating system's own sockets, with an end to every wait, and one try.
What is done about a Redis that does not answer is each caller's own."""

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from groups.concurrency import real_connection


class _RealConnection(redis.Connection):
    def _connect(self):
        line = real_connection(self.host, self.port, self.socket_connect_timeout)
        line.settimeout(self.socket_timeout)
        return line


def lines_to(url: str, patience: float) -> redis.ConnectionPool:
    """As many lines as are needed at once. patience: seconds that Redis may take for anything."""
    return redis.ConnectionPool.from_url(
        url, connection_class=_RealConnection, protocol=2, socket_timeout=patience, socket_connect_timeout=patience,
        retry=Retry(NoBackoff(), 0), health_check_interval=0,
    )
