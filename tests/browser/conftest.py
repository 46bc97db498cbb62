"""One running server for a whole module, a clerk who brings meetings into a certain state, the page of a
meeting in anybody's browser, and a place outside."""

import pytest

from tests.browser.rooms import begun, hour, room  # noqa: F401
from tests.hours import clerk, house  # noqa: F401
from tests.pushing import listening
from tests.sockets import figures  # noqa: F401


@pytest.fixture(scope="module")
def sink():
    """Any place that is not ours: the everyday site people land on, a service that wakes devices."""
    with listening() as sink:
        yield sink


@pytest.fixture
def asked():
    """What the browser asked before it left a page; it is told to stay."""
    asked = []

    def watch(page):
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
        return asked

    return watch
