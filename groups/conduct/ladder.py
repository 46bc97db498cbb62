"""The ladder: warn, listen only, leave tonight, a ban with a stated end. Pure.

After the practice of the text fellowships: a private word that names the agreement first, silence of
up to ten minutes, leaving for the day, and only then longer; whoever acts alone may act for a week at
the most. Steps taken in the last thirty days count; then everybody begins anew."""

from datetime import timedelta

from groups.conduct.models import Step

LADDER = tuple(Step)
LISTEN_FOR = timedelta(minutes=10)
REMEMBERED = timedelta(days=30)  # how long a step counts when the next is asked for
ALONE = timedelta(days=7)  # the longest ban one moderator may give
LONGEST = timedelta(days=365)  # every ban has an end
ON_DUTY_ALONE = timedelta(days=2)  # in an emergency, where whoever serves is no moderator
REVIEWED_WITHIN = timedelta(hours=24)
EMERGENCIES = ("solicitation", "threats", "exposing")


def height(step: str | None) -> int:
    """How far up a step is: 0 for none, 4 for a ban."""
    return 0 if step is None else LADDER.index(Step(step)) + 1


def is_next(step: str, earlier: str | None) -> bool:
    """Whether this step may follow: it is at most one above the highest taken so far."""
    return height(step) <= height(earlier) + 1


def out_for(by_moderates: bool, moderates: bool) -> timedelta | None:
    """How long an emergency bars somebody from the group, by who acted and whether they look after it themselves.
    None: they are not barred, and stay away for the day."""
    if moderates:
        return None
    return ALONE if by_moderates else ON_DUTY_ALONE
