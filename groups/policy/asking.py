"""How every question is answered: with nothing, or with Refused and a reason word."""

from groups.errors import Refused


def refuse_unless(allowed: bool, reason: str, **facts) -> None:
    """Raise Refused(reason) unless allowed."""
    if not allowed:
        raise Refused(reason, **facts)
