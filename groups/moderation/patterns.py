"""What repeats around somebody, said as a pattern with its examples: never a verdict, no number that
ranks anybody. Pure.

There are no private messages here, so structure is enough: shares held as a way to be reached, reports by
different people, hands raised right after newcomers. One of them is chance; what comes together is
worth the eyes of two people, who alone judge what it means."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

WATCHED = timedelta(days=90)
DIFFERENT_PEOPLE = 2  # who reported
HELD = 3  # shares held as a way to be reached
FOLLOWED, FOLLOWED_HOURS = 4, 3  # hands right after newcomers, and in how many hours at least: in a small circle it is chance
FOLLOWED_BESIDE = 2  # of them, where something of another kind comes along
LOOKS = 2  # people who look before it is put away


@dataclass(frozen=True)
class Example:
    """One thing that was noted: its kind, when, in which meeting (public id), whose report (a handle)."""

    kind: str
    at: datetime
    other: str | None = None
    meeting: str | None = None


@dataclass(frozen=True)
class Pattern:
    """What comes together (words of `sentences.moderating.PATTERNS`), and its examples, the newest first."""

    about: tuple[str, ...]
    examples: tuple[Example, ...]

    @property
    def grew_at(self) -> datetime:
        """When its last example came."""
        return self.examples[0].at


def pattern_in(noted: Iterable[Example], now: datetime) -> Pattern | None:
    """The pattern in what was noted about one person in the last ninety days, or None where there is none."""
    lately = [one for one in noted if now - WATCHED < one.at <= now]
    reports, held, followed = (
        [one for one in lately if one.kind == kind] for kind in ("reported", "contact_held", "follows_newcomer")
    )
    kinds_beside = bool(reports) + bool(held) + (len(followed) >= FOLLOWED_BESIDE)
    about = tuple(word for word, there in (
        ("reported_by_several", len({one.other for one in reports}) >= DIFFERENT_PEOPLE),
        ("contact_again", len(held) >= HELD),
        ("after_newcomers", len(followed) >= FOLLOWED and len({one.meeting for one in followed}) >= FOLLOWED_HOURS),
        ("several_kinds", kinds_beside > 1),
    ) if there)
    if not about:
        return None
    return Pattern(about, tuple(sorted(reports + held + followed, key=lambda one: one.at, reverse=True)))


def is_put_away(pattern: Pattern, looks: Sequence[datetime], able: int) -> bool:
    """Whether enough people looked since it last grew. looks: when each of them last did; able: how many
    could, where the group has fewer than two for it."""
    since = sum(at >= pattern.grew_at for at in looks)
    return since >= min(LOOKS, max(able, 1))
