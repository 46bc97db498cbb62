"""Places at a small circle: first come, first served; nobody is lost; never more than there are."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from groups.formats.shipped import FORMATS
from groups.rota.models import Coming
from groups.rota.places import asked_last, free_places, in_line, is_asked, is_confirmed, places_of, settle

START = datetime(2026, 11, 28, 10, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def coming(number, asked=-100.0, place=False, confirmed=None):
    """asked, confirmed: hours before (negative) the start."""
    at = None if confirmed is None else START + confirmed * HOUR
    return Coming(meeting_id=1, membership_id=number, asked_at=START + asked * HOUR, has_place=place, confirmed_at=at)


def holders(comings):
    return sorted(one.membership_id for one in comings if one.has_place)


def line(comings):
    return [one.membership_id for one in in_line(comings)]


@pytest.mark.parametrize("places, circle, room, answer", [
    (None, False, 40, None), (8, False, 40, 8), (8, False, 6, 6), (None, True, 40, 5), (8, True, 40, 5), (3, True, 40, 3), (None, True, 4, 4),
])
def test_how_many_may_keep_a_place(places, circle, room, answer):
    meeting = SimpleNamespace(places=places, room=SimpleNamespace(capacity=room))
    assert places_of(meeting, FORMATS["circle-90" if circle else "sharing-60"]) == answer


def test_a_free_place_goes_to_whoever_waits_longest():
    comings = [coming(1, place=True), coming(2, asked=-9), coming(3, asked=-10), coming(4, asked=-8)]
    assert settle(comings, 2, START, START - 30 * HOUR)
    assert (holders(comings), line(comings)) == ([1, 3], [2, 4])
    assert not settle(comings, 2, START, START - 30 * HOUR), "again changes nothing"


def test_where_no_places_are_kept_any_more_everybody_has_one():
    comings = [coming(1, place=True), coming(2), coming(3)]
    assert settle(comings, None, START, START - 30 * HOUR) and holders(comings) == [1, 2, 3]


def test_fewer_places_than_before_take_nobodys_place_away():
    comings = [coming(1, place=True), coming(2, place=True), coming(3)]
    assert not settle(comings, 1, START, START - 30 * HOUR)
    assert (holders(comings), free_places(comings, 1)) == ([1, 2], 0)


def test_two_hours_before_what_nobody_confirmed_goes_to_those_who_waited():
    comings = [
        coming(1, asked=-99, place=True), coming(2, asked=-98, place=True, confirmed=-5), coming(3, asked=-97, place=True),
        coming(4, asked=-96), coming(5, asked=-1),
    ]
    assert not settle(comings, 3, START, START - 2 * HOUR - MINUTE), "until then they may still say so"
    assert settle(comings, 3, START, START - 1.5 * HOUR)
    assert holders(comings) == [2, 3, 4], "one for one, and who asked in the last two hours takes nobody's place"
    assert line(comings) == [5, 1] or line(comings) == [1, 5]
    assert not settle(comings, 3, START, START - HOUR), "nor does whoever lost theirs"


def test_where_nobody_waits_nothing_is_taken_away():
    comings = [coming(1, place=True), coming(2, place=True)]
    assert not settle(comings, 2, START, START - HOUR) and holders(comings) == [1, 2]


def test_once_the_hour_begins_the_list_is_over():
    comings = [coming(1, place=True), coming(2, asked=-50)]
    assert not settle(comings, 1, START, START)


def test_who_moves_up_too_late_to_be_asked_counts_as_confirmed():
    comings = [coming(1, asked=-50)]
    settle(comings, 1, START, START - HOUR)
    assert is_confirmed(comings[0], START)
    comings = [coming(1, asked=-50)]
    settle(comings, 1, START, START - 3 * HOUR)
    assert not is_confirmed(comings[0], START) and is_asked(comings[0], START, START - 3 * HOUR)


@pytest.mark.parametrize("one, before, answer", [
    (coming(1, place=True), 25, False), (coming(1, place=True), 24, True), (coming(1, place=True), 2.1, True),
    (coming(1, place=True), 2, False), (coming(1), 10, False), (coming(1, place=True, confirmed=-20), 10, False),
    (coming(1, place=True, confirmed=-30), 10, True),  # the hour was moved since: they are asked anew
])
def test_who_is_asked_whether_they_still_come(one, before, answer):
    assert is_asked(one, START, START - before * HOUR) is answer


class Circle(RuleBasedStateMachine):
    """People ask, give back and confirm while time passes; the machine keeps its own simple list."""

    @initialize(places=st.integers(1, 4))
    def begin(self, places):
        self.places, self.now, self.comings, self.asked = places, START - 40 * HOUR, {}, []

    def settle(self):
        before = {number: one.has_place for number, one in self.comings.items()}
        waiting, holding = line(self.comings.values()), sum(before.values())
        confirmed = {number for number, one in self.comings.items() if is_confirmed(one, START)}
        late = [n for n in waiting if self.comings[n].asked_at < START - 2 * HOUR]
        settle(list(self.comings.values()), self.places, START, self.now)
        after = holders(self.comings.values())
        moved_up = [number for number in waiting if number in after]
        lost = [number for number, had in before.items() if had and number not in after]
        assert moved_up[: self.places - holding] == waiting[: max(0, self.places - holding)][: len(moved_up)], "first come, first served"
        assert not lost or (self.now >= START - 2 * HOUR and not set(lost) & confirmed and len(lost) <= len(late))
        assert not settle(list(self.comings.values()), self.places, START, self.now), "twice is once"

    @rule(who=st.integers(1, 9))
    def ask(self, who):
        if who not in self.comings:
            self.comings[who] = Coming(
                meeting_id=1, membership_id=who, asked_at=asked_last(self.comings.values(), self.now), has_place=False, confirmed_at=None
            )
        self.settle()

    @rule(who=st.integers(1, 9))
    def give_back(self, who):
        self.comings.pop(who, None)
        self.settle()

    @rule(who=st.integers(1, 9))
    def confirm(self, who):
        if who in self.comings and self.comings[who].has_place and self.now >= START - 24 * HOUR:
            self.comings[who].confirmed_at = self.now

    @rule(hours=st.sampled_from((0.1, 1, 5, 14)))
    @precondition(lambda self: self.now < START)
    def wait(self, hours):
        self.now += hours * HOUR
        self.settle()

    @invariant()
    def never_more_than_there_are_and_no_place_stays_empty_while_somebody_waits(self):
        if hasattr(self, "places"):
            held = len(holders(self.comings.values()))
            assert held <= self.places
            assert held == min(self.places, len(self.comings))


Circle.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestCircle = Circle.TestCase
