"""What is remembered of days with very many hours: never more than what was counted, and never for long."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from groups.schedule.busy_days import KEPT, MANY, MOST, BusyDays

FIRST = datetime(2026, 12, 1, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Seconds:
    """A clock that goes forward when it is told to."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def seconds():
    return Seconds()


@pytest.fixture
def days(seconds):
    return BusyDays(seconds)


def hours(start, end, each):
    """`each` hours that begin at every full hour between two moments."""
    begins = start
    while begins < end:
        yield begins.replace(tzinfo=None), each, (begins + HOUR).replace(tzinfo=None)
        begins += HOUR


def learn(days, start, end, each=MANY):
    days.learn([(start, end)], list(hours(start, end, each)))


def test_a_busy_day_is_not_counted_twice_in_half_a_minute(days, seconds):
    learn(days, FIRST, FIRST + 3 * DAY)
    seconds.now += KEPT
    known, unknown = days.recall(FIRST, FIRST + 3 * DAY)
    assert known == list(hours(FIRST, FIRST + 3 * DAY, MANY)) and unknown == []
    seconds.now += 0.1
    assert days.recall(FIRST, FIRST + 3 * DAY) == ([], [(FIRST, FIRST + 3 * DAY)])


def test_a_quiet_day_is_counted_each_time(days):
    learn(days, FIRST, FIRST + DAY, each=(MANY - 1) // 24)
    learn(days, FIRST + DAY, FIRST + 2 * DAY, each=MANY // 24 + 1)
    known, unknown = days.recall(FIRST, FIRST + 3 * DAY)
    assert unknown == [(FIRST, FIRST + DAY), (FIRST + 2 * DAY, FIRST + 3 * DAY)]
    assert {begins.date() for begins, _, _ in known} == {date(2026, 12, 2)}


def test_half_a_day_teaches_nothing_about_the_whole_one(days):
    start, end = FIRST - 13 * HOUR, FIRST + DAY + 11 * HOUR  # a reader in Auckland
    learn(days, start, end)
    known, unknown = days.recall(start, end)
    assert unknown == [(start, FIRST), (FIRST + DAY, end)]
    assert {begins.date() for begins, _, _ in known} == {date(2026, 12, 1)}
    assert days.recall(FIRST + HOUR, FIRST + DAY) == ([], [(FIRST + HOUR, FIRST + DAY)]), "nor is a whole one half of it"


def test_what_was_learnt_first_goes_when_there_is_too_much(days):
    for n in range(MOST + 5):
        learn(days, FIRST + n * DAY, FIRST + (n + 1) * DAY)
    assert days.recall(FIRST, FIRST + 5 * DAY)[0] == []
    assert days.recall(FIRST + 5 * DAY, FIRST + (MOST + 5) * DAY)[1] == []


@given(some.lists(some.tuples(some.integers(-30, 90), some.integers(1, 60)), min_size=1, max_size=6), some.integers(0, 5))
def test_known_and_unknown_together_are_all_of_the_time_once(spans, each):
    days = BusyDays(Seconds())
    for begins, long in spans:
        start, end = FIRST + begins * HOUR, FIRST + (begins + long) * HOUR
        known, unknown = days.recall(start, end)
        counted = [one for stretch in unknown for one in hours(*stretch, each * 2)]
        days.learn(unknown, counted)
        assert sorted(known + counted) == list(hours(start, end, each * 2))
        assert all(one < other for one, other in unknown) and sorted(unknown) == unknown
