"""Which shares go along with a report: the one it is about and the four around it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from groups.errors import Refused
from groups.reports.evidence import AROUND, Said, around, packed, unpacked

THEN = datetime(2026, 11, 24, 19, tzinfo=UTC)


def shares(*numbers):
    return [Said(number=n, handle=f"h{n}", name=f"Name {n}", words=None if n == 13 else f"words {n}", at=THEN) for n in numbers]


@pytest.mark.parametrize("there, about, chosen", [
    ((3, 7, 9, 13, 20, 21, 30), 13, [7, 9, 13, 20, 21]),
    ((3, 7, 9), 3, [3, 7, 9]),
    ((3, 7, 9, 13), 3, [3, 7, 9]),
    ((3, 7, 9, 13), 13, [7, 9, 13]),
    ((3, 7, 9, 13), 7, [3, 7, 9, 13]),
    ((5,), 5, [5]),
])
def test_two_before_and_two_after_and_fewer_at_the_edges(there, about, chosen):
    evidence = around(shares(*there), about)
    assert [one.number for one in evidence] == chosen
    assert [one.number for one in evidence if one.reported] == [about]


@pytest.mark.parametrize("there", [(), (3, 7), (1, 2)])
def test_what_is_no_share_cannot_be_told_of(there):
    with pytest.raises(Refused, match="no_such_share"):
        around(shares(*there), 5)


@given(numbers=some.sets(some.integers(1, 400), min_size=1, max_size=60), pick=some.integers(0, 59))
def test_whatever_was_said_the_reported_share_is_in_the_middle_of_its_neighbours(numbers, pick):
    there = sorted(numbers)
    about = there[pick % len(there)]
    chosen = [one.number for one in around(shares(*there), about)]
    place = there.index(about)
    assert chosen == [n for n in there if abs(there.index(n) - place) <= AROUND]


def test_evidence_is_the_same_after_packing_also_where_words_were_taken_out():
    evidence = around(shares(9, 13, 20), 13)
    assert unpacked(packed(evidence)) == evidence
    assert evidence[1].words is None
