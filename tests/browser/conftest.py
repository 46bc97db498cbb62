"""One running server for a whole module, a clerk who brings meetings into a certain state, and the page
of a meeting in anybody's browser."""

from tests.browser.rooms import begun, hour, room  # noqa: F401
from tests.hours import clerk, house  # noqa: F401
from tests.sockets import figures  # noqa: F401
