"""What of a group's answers is shown, and in which words. Pure.

Four answers among people who know one another are as good as names, so fewer than five are shown to
nobody, moderators neither, and not even that there were four."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

ENOUGH = 5
QUESTIONS = ("safe", "seen", "supported")
WORDS = ("hardly", "partly", "mostly", "fully")  # answers 1 to 4


@dataclass(frozen=True)
class Shown:
    """One choice of a vote that is over: how many chose it, and whether nothing was chosen more often."""

    choice: str
    times: int
    leads: bool


def result_of(choices: Sequence[str], counts: Mapping[int, int]) -> list[Shown] | None:
    """Every choice with its count, as asked; None where fewer than five answered. counts: by the number
    of the choice, from 1."""
    times = [counts.get(number, 0) for number in range(1, len(choices) + 1)]
    if sum(times) < ENOUGH:
        return None
    return [Shown(choice, count, count == max(times)) for choice, count in zip(choices, times, strict=True)]


def mood_of(counts: Mapping[int, int]) -> str | None:
    """How one question of the inventory was answered: nearly_all, most, half, or few; None where fewer
    than five answered. counts: by the answer, 1 to 4; the upper two words are good ones."""
    answered, good = sum(counts.values()), counts.get(3, 0) + counts.get(4, 0)
    if answered < ENOUGH:
        return None
    if good * 5 >= answered * 4:
        return "nearly_all"
    if good * 5 >= answered * 3:
        return "most"
    return "half" if good * 5 >= answered * 2 else "few"


def is_poor(moods: Mapping[str, str | None]) -> bool:
    """True for a month in which no more than about half felt safe, or seen, or supported."""
    return any(mood in ("half", "few") for mood in moods.values())


def first_of(day: date) -> date:
    """The month a day is in, by its first day."""
    return day.replace(day=1)


def month_before(month: date) -> date:
    """The month before this one."""
    return first_of(month - timedelta(days=1))
