"""What ends together with a sign-in, or with a way into an account. Concepts that come later say what they let go of,
and it goes in the very transaction of the ending, so that nothing of it is lost on the way; in the order in which
they said so."""

from collections.abc import Callable
from enum import Enum


class Ending(Enum):
    """What ends. What lets go of something is called with (session, account id); where one browser ends, with what
    that one had noted besides."""

    BROWSER = "one browser is signed out, there or from elsewhere"
    OTHERS = "all other browsers are"
    LEAVING = "somebody leaves quickly"
    WORDS = "other words open the account"


_ends: dict[Ending, list[Callable]] = {ending: [] for ending in Ending}


def ends_with(ending: Ending, let_go: Callable) -> None:
    """From now on this is let go of with it. Saying so twice is harmless."""
    if let_go not in _ends[ending]:
        _ends[ending].append(let_go)


def let_go_of(session, ending: Ending, account_id: int, *besides) -> None:
    """It ends: let go of all that ends with it, inside a change."""
    for let_go in _ends[ending]:
        let_go(session, account_id, *besides)
