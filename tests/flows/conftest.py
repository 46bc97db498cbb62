"""One running server for a whole module, a clerk who brings meetings into a certain state, and an end to
every socket a test leaves open."""

import pytest

from tests.hours import clerk, house  # noqa: F401
from tests.server import Server, running
from tests.sockets import figures, hang_up  # noqa: F401


@pytest.fixture(scope="module")
def other(house):  # noqa: F811
    """A second process beside the first, with the same database and the same keys."""
    with running(Server(house.folder)) as other:
        yield other
