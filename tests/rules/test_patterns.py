"""What makes a pattern, by a table; and that it is never made of one thing or one person's reports."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from groups.moderation.patterns import FOLLOWED_BESIDE, WATCHED, Example, is_put_away, pattern_in
from groups.sentences.moderating import EXAMPLES, PATTERNS

NOW = datetime(2026, 11, 24, 19, tzinfo=UTC)
DAY = timedelta(days=1)


def reported(by, days=1):
    return Example("reported", NOW - days * DAY, by, "hour")


def held(days=1):
    return Example("contact_held", NOW - days * DAY, None, "hour")


def followed(hour, days=1):
    return Example("follows_newcomer", NOW - days * DAY, None, hour)


@pytest.mark.parametrize("noted, about", [
    ([], None),
    ([reported("tom")], None),
    ([reported("tom"), reported("tom"), reported("tom")], None),
    ([reported("tom"), reported("nia")], ("reported_by_several",)),
    ([held(), held()], None),
    ([held(), held(), held()], ("contact_again",)),
    ([held(), held(), held(89)], ("contact_again",)),
    ([held(), held(), held(91)], None),
    ([followed("a")] * 4, None),
    ([followed("a"), followed("b"), followed("a"), followed("b")], None),
    ([followed("a"), followed("b"), followed("c")], None),
    ([followed("a"), followed("b"), followed("c"), followed("c")], ("after_newcomers",)),
    ([held(), reported("tom")], ("several_kinds",)),
    ([followed("a"), held()], None),
    ([followed("a"), followed("b"), held()], ("several_kinds",)),
    ([followed("a"), followed("a"), reported("tom")], ("several_kinds",)),
    ([reported("tom"), reported("nia"), held(), held(), held()], ("reported_by_several", "contact_again", "several_kinds")),
    ([reported("tom", 91), reported("nia")], None),
    ([Example("something_else", NOW, "tom"), Example("something_else", NOW, "nia")], None),
])
def test_what_makes_a_pattern(noted, about):
    found = pattern_in(noted, NOW)
    assert (found and found.about) == about


NOTED = some.lists(some.builds(
    Example, kind=some.sampled_from(sorted(EXAMPLES)), at=some.integers(-10, 120).map(lambda days: NOW - days * DAY),
    other=some.sampled_from(["tom", "nia", None]), meeting=some.sampled_from(["a", "b", "c"]),
), max_size=12)


@given(NOTED)
def test_a_pattern_shows_what_it_is_made_of_and_nothing_older_or_to_come(noted):
    found = pattern_in(noted, NOW)
    if found:
        assert len(found.examples) > 1, "one thing is chance"
        assert set(found.about) <= set(PATTERNS)
        assert all(NOW - WATCHED < one.at <= NOW for one in found.examples)
        assert list(found.examples) == sorted(found.examples, key=lambda one: one.at, reverse=True)
        assert found.grew_at == max(one.at for one in found.examples)


@given(NOTED)
def test_one_persons_reports_alone_are_never_a_pattern(noted):
    by_one = [Example("reported", one.at, "tom", one.meeting) for one in noted]
    assert pattern_in(by_one, NOW) is None


@given(NOTED, some.permutations(range(12)))
def test_the_order_things_were_noted_in_does_not_matter(noted, order):
    shuffled = [noted[place] for place in order if place < len(noted)]
    here, there = pattern_in(noted, NOW), pattern_in(shuffled, NOW)
    assert (here and here.about) == (there and there.about)


@pytest.mark.parametrize("looks, able, away", [
    ([], 3, False), ([0], 3, False), ([0, 0], 3, True), ([0, 2], 3, False), ([2, 2], 3, False), ([0], 1, True), ([2], 1, False),
    ([], 1, False), ([], 0, False), ([0], 0, True),
])
def test_two_look_and_it_is_put_away_until_it_grows(looks, able, away):
    """looks: how many days ago; the pattern grew a day ago."""
    found = pattern_in([reported("tom", 5), reported("nia", 1)], NOW)
    assert is_put_away(found, [NOW - days * DAY for days in looks], able) is away


def test_a_hand_after_a_newcomer_alone_takes_more_than_beside_something_else():
    assert FOLLOWED_BESIDE < 4
    assert pattern_in([followed(hour) for hour in "ab"], NOW) is None
