"""One running server for a whole module, a clerk who brings meetings into a certain state, and an end to
every socket a test leaves open."""

from tests.hours import clerk, house  # noqa: F401
from tests.sockets import figures, hang_up  # noqa: F401
