"""What somebody saw when they opened a form. Several people look after one group; a form that was open for a while
would write its old values over what somebody else has saved since, and both would be told that it is done. So a form
bears a short sum over what it was drawn from, and the action that stores it asks whether that is still so."""

import json

from groups.errors import Overtaken
from groups.sealing import digest_of, of_house


def sum_of(kind: str, number: int | str, *said) -> str:
    """A short sum over everything that can be changed on one form: another one as soon as anything is. kind, number:
    what is changed there, so that two groups with the same settings do not bear the same sum; nobody can tell the
    number by it."""
    return digest_of(of_house.key("seen"), json.dumps([kind, number, said], default=str)).hex()[:16]


def refuse_unless_seen(seen: str, now: str, reason: str = "changed_meanwhile", **facts) -> None:
    """Raise Overtaken where somebody was looking at something else than what is there now. seen, now: sums; an empty
    `seen` where it does not matter what somebody looked at."""
    if seen not in ("", now):
        raise Overtaken(reason, **facts)
