"""How news travels outward: `groups` tells, `realtime` listens; never the other way round.

Told after the commit, so nothing is announced that is not stored. A listener that fails is
logged and does not undo what happened, nor keep the news from the next listener."""

import logging
import sys
from collections import defaultdict
from collections.abc import Callable

log = logging.getLogger(__name__)
_listeners: dict[type, list[Callable]] = defaultdict(list)


def on(kind: type, listener: Callable) -> None:
    """Call `listener(news)` whenever news of this kind is told. Registering twice is harmless."""
    if listener not in _listeners[kind]:
        _listeners[kind].append(listener)


def forget(kind: type, listener: Callable) -> None:
    """Stop calling this listener."""
    if listener in _listeners[kind]:
        _listeners[kind].remove(listener)


def tell(news) -> None:
    """Hand `news` to everyone who listens for its type. Runs in the caller's thread."""
    for listener in list(_listeners[type(news)]):
        try:
            listener(news)
        except Exception:
            # By place and type only: the news may carry words people wrote.
            log.error("a listener failed: %s for %s", listener.__qualname__, type(news).__name__, exc_info=_no_values())


def _no_values():
    """The current exception without its message, which may quote what somebody wrote."""
    kind, _, trace = sys.exc_info()
    return (RuntimeError, RuntimeError(kind.__name__), trace)
