"""How every question is answered: with nothing, or with Refused and a reason word."""

from collections.abc import Callable

from groups.errors import NotFound, Refused


def refuse_unless(allowed: bool, reason: str, **facts) -> None:
    """Raise Refused(reason) unless allowed."""
    if not allowed:
        raise Refused(reason, **facts)


def allows(rule: Callable, *args) -> bool:
    """One of these questions, answered yes or no: for pages and lists that show what somebody may do."""
    try:
        rule(*args)
    except (NotFound, Refused):
        return False
    return True
