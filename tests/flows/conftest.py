"""One running server for a whole module, a clerk who brings meetings into a certain state, and an end to
every socket a test leaves open."""

import pytest

from tests import hours
from tests.hours import clerk, house  # noqa: F401
from tests.server import Server, running
from tests.sockets import Line, figures, hang_up  # noqa: F401


@pytest.fixture(scope="module")
def other(house):  # noqa: F811
    """A second process beside the first, with the same database and the same keys."""
    with running(Server(house.folder, forked=True)) as other:
        yield other


@pytest.fixture
def talk(clerk):  # noqa: F811
    """An open talk without pauses between two shares: Maya chairs, Tom and Nia are inside."""
    meeting = clerk.plan(begins_in=0)
    clerk.open_lobby(meeting, hours.TALK)
    clerk.bring_in(meeting, "Tom", "Nia", chair="Maya")
    clerk.begin(meeting, "Maya")
    return meeting


@pytest.fixture
def page(house, talk):  # noqa: F811
    """`page("Tom")`: somebody's page of that talk, from which they came in. visit: in a browser there is already; at:
    by this process of several."""

    def open_page(name, at=None, visit=None):
        line = Line(visit or house.visit(name), talk.public_id, server=at)
        line.enter()
        return line

    return open_page
