"""What of a group's answers is shown: nothing under five, and words rather than figures."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups.conscience.publishing import is_poor, month_before, mood_of, result_of

COUNTS = st.lists(st.integers(0, 40), min_size=2, max_size=5)


@given(COUNTS)
def test_a_vote_shows_all_of_it_from_five_answers_on_and_none_of_it_before(times):
    choices = [f"Choice {number}" for number in range(len(times))]
    result = result_of(choices, dict(enumerate(times, 1)))
    if sum(times) < 5:
        assert result is None
    else:
        assert [(one.choice, one.times) for one in result] == list(zip(choices, times, strict=True))
        assert {one.times for one in result if one.leads} == {max(times)}


@given(st.dictionaries(st.integers(1, 4), st.integers(0, 40)))
def test_a_question_of_the_inventory_has_a_word_from_five_answers_on(counts):
    assert (mood_of(counts) is None) == (sum(counts.values()) < 5)


@pytest.mark.parametrize("hardly, partly, mostly, fully, mood", [
    (0, 0, 0, 4, None), (4, 0, 0, 0, None), (0, 0, 0, 0, None),
    (0, 0, 0, 5, "nearly_all"), (0, 0, 5, 0, "nearly_all"), (1, 0, 2, 2, "nearly_all"), (0, 3, 3, 4, "most"), (2, 0, 3, 0, "most"),
    (1, 2, 2, 0, "half"), (3, 3, 3, 3, "half"), (3, 1, 1, 0, "few"), (5, 0, 0, 0, "few"),
])
def test_the_words_of_an_inventory(hardly, partly, mostly, fully, mood):
    assert mood_of({1: hardly, 2: partly, 3: mostly, 4: fully}) == mood


@pytest.mark.parametrize("safe, seen, supported, poor", [
    ("nearly_all", "most", "most", False), (None, None, None, False), ("half", "nearly_all", "nearly_all", True),
    ("most", "few", "most", True), ("most", "most", None, False),
])
def test_a_month_is_poor_where_no_more_than_half_felt_one_of_the_three(safe, seen, supported, poor):
    assert is_poor({"safe": safe, "seen": seen, "supported": supported}) is poor


def test_the_month_before():
    assert month_before(date(2027, 1, 1)) == date(2026, 12, 1)
    assert month_before(date(2026, 3, 1)) == date(2026, 2, 1)
