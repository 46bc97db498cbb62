"""One process leads, whoever dies leads no longer within seconds, and nobody ever leads for good."""

from datetime import timedelta

import pytest

from groups import clock
from groups.db import change
from groups.leading import HOUSE, Leader, Lease

LASTS = Leader.LASTS.total_seconds()


@pytest.fixture
def two(app):
    return Leader(), Leader()


def look(leader):
    return leader.take(clock.now())


def test_the_first_who_looks_leads_and_keeps_leading_while_it_looks(two, freeze):
    one, other = two
    assert look(one) and one.leads
    for _ in range(10):
        freeze.forward(seconds=Leader.RENEWED)
        assert not look(other) and not other.leads
        assert look(one) and one.leads


def test_who_dies_is_followed_within_seconds(two, freeze):
    one, other = two
    look(one)
    freeze.forward(seconds=LASTS)
    assert not one.leads, "who could not renew knows by itself that it leads no longer"
    assert look(other) and not look(one)


def test_who_ends_in_good_order_is_followed_at_once(two, freeze):
    one, other = two
    look(one)
    one.give_up(clock.now())
    assert not one.leads and look(other)
    one.give_up(clock.now())
    assert look(other), "what is another's is not given up"


def test_an_end_written_by_a_wrong_clock_holds_nobody_up(two):
    one, other = two
    with change() as (session, _):
        session.add(Lease(name=HOUSE, holder="gone", until=clock.now() + timedelta(days=3)))
    assert look(one) and not look(other)
