"""Days on which very many hours begin, and what anybody may count on them, remembered for half a minute.

To count thousands of hours was two thirds of what the page of a month cost, for each who looked. On a day
with a hundred and more all are folded into one line, and nobody can tell that its number is a few seconds
old. Quieter days are counted anew each time, and whatever is shown by its name is read anew on every day.
Days are those of UTC, so that readers of all zones share them; one that is not wholly asked for is counted."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from time import monotonic

MANY = 100  # hours that begin on one day
KEPT = 30  # seconds
MOST = 400  # days remembered at one time
DAY = timedelta(days=1)

Begun = tuple[datetime, int, datetime]  # when, in UTC and without a zone; how many begin then; when the last of them is over


class BusyDays:
    """What is remembered of such days. For threads, which may each forget what another has just learned.
    seconds: a clock that only goes forward."""

    def __init__(self, seconds: Callable[[], float] = monotonic):
        self._seconds = seconds
        self._days: dict[date, tuple[float, list[Begun]]] = {}

    def recall(self, start: datetime, end: datetime) -> tuple[list[Begun], list[tuple[datetime, datetime]]]:
        """What is known of the time between two moments, and the stretches that are still to be counted."""
        known, open_from, unknown = [], start, []
        for day in _whole_days(start, end):
            read_at, begun = self._days.get(day, (0.0, None))
            if begun is None or self._seconds() - read_at > KEPT:
                continue
            known += begun
            midnight = _midnight(day)
            if open_from < midnight:
                unknown.append((open_from, midnight))
            open_from = midnight + DAY
        if open_from < end:
            unknown.append((open_from, end))
        return known, unknown

    def learn(self, stretches: Sequence[tuple[datetime, datetime]], counted: Iterable[Begun]) -> None:
        """Remember the busy ones of the days that were counted just now, in order of time."""
        whole = {day for stretch in stretches for day in _whole_days(*stretch)}
        for day, begun in groupby(counted, lambda one: one[0].date()):
            begun = list(begun)
            if day in whole and sum(count for _, count, _ in begun) >= MANY:
                self._days.pop(day, None)
                self._days[day] = (self._seconds(), begun)
        for day in list(self._days)[:-MOST]:
            self._days.pop(day, None)


def _whole_days(start, end):
    day = start.astimezone(UTC).date()
    if _midnight(day) < start:
        day += DAY
    while _midnight(day + DAY) <= end:
        yield day
        day += DAY


def _midnight(day):
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
