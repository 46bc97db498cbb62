"""Formats: how an hour is laid onto the minutes there really are, and the formats we ship."""

from datetime import timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groups.formats.fitting import LEAST_OFFER, fit, with_room_for
from groups.formats.modes import RULES, Mode
from groups.formats.shape import Segment
from groups.formats.shipped import FORMATS, NOBODY_LEADS
from tests.rules.stage import HOUR, SEVEN

SEGMENTS = st.lists(
    st.builds(
        lambda least, more, grows: Segment("Part", Mode.SILENCE, least + more, least, grows=grows),
        st.integers(0, 20), st.integers(0, 40), st.booleans(),
    ),
    max_size=8,
).map(tuple)
GIVEN = st.integers(-3600, 4 * 3600).map(lambda seconds: timedelta(seconds=seconds)) | st.timedeltas(-HOUR, 4 * HOUR)
SECOND = timedelta(seconds=1)


def lengths(marks, begins=SEVEN):
    """How long each part is."""
    return [end - start for start, end in zip((begins, *marks), marks, strict=False)]


def planned(segments):
    return sum((timedelta(minutes=segment.minutes) for segment in segments), timedelta())


def least(segments):
    return sum((timedelta(minutes=segment.least) for segment in segments), timedelta())


@settings(max_examples=400)
@given(segments=SEGMENTS, length=GIVEN)
def test_every_part_gets_its_least_and_only_what_grows_gets_more_than_planned(segments, length):
    for segment, part in zip(segments, lengths(fit(segments, SEVEN, SEVEN + length)), strict=True):
        assert timedelta(minutes=segment.least) <= part
        assert segment.grows or part < timedelta(minutes=segment.minutes) + SECOND


@settings(max_examples=400)
@given(segments=SEGMENTS, length=GIVEN)
def test_the_hour_ends_in_time_when_there_is_room_for_the_least_of_all(segments, length):
    ends = SEVEN + length
    over = fit(segments, SEVEN, ends)[-1] if segments else SEVEN
    if length >= least(segments):
        assert over <= max(ends, SEVEN)
    else:
        assert over == SEVEN + least(segments)


@settings(max_examples=400)
@given(segments=SEGMENTS, length=GIVEN)
def test_time_to_spare_goes_to_what_grows_in_equal_parts(segments, length):
    spare = length - planned(segments)
    marks = fit(segments, SEVEN, SEVEN + length)
    growing = [
        part - timedelta(minutes=segment.minutes)
        for segment, part in zip(segments, lengths(marks), strict=True) if segment.grows
    ]
    if spare < timedelta():
        assert all(more < SECOND for more in growing)
    elif growing:
        assert abs(marks[-1] - (SEVEN + length)) < SECOND
        assert max(growing) - min(growing) <= SECOND
    elif segments:
        assert marks[-1] == SEVEN + planned(segments)


@settings(max_examples=200)
@given(segments=SEGMENTS, shorter=GIVEN, longer=GIVEN)
def test_with_more_time_no_part_ends_earlier(segments, shorter, longer):
    shorter, longer = sorted((shorter, longer))
    for early, late in zip(fit(segments, SEVEN, SEVEN + shorter), fit(segments, SEVEN, SEVEN + longer), strict=True):
        assert early <= late


@given(segments=SEGMENTS, people=st.integers(0, 200), mode=st.sampled_from(Mode))
def test_only_a_round_is_widened_by_how_many_are_here_and_never_narrowed(segments, people, mode):
    segments = tuple(msgspec.structs.replace(segment, mode=mode) for segment in segments)
    for segment, wide in zip(segments, with_room_for(people, segments), strict=True):
        if mode != Mode.ROUND:
            assert wide == segment
        else:
            assert wide.minutes >= max(segment.minutes, wide.least) and wide.least >= segment.least
            assert wide.least * 60 >= people * (LEAST_OFFER + RULES[Mode.ROUND].breath)


def test_what_is_above_the_least_shrinks_in_proportion():
    segments = (Segment("A", Mode.SILENCE, 10, 5), Segment("B", Mode.SILENCE, 30, 15))
    marks = fit(segments, SEVEN, SEVEN + timedelta(minutes=30))
    assert lengths(marks) == [timedelta(minutes=7, seconds=30), timedelta(minutes=22, seconds=30)]


@pytest.mark.parametrize("form", FORMATS.values(), ids=lambda form: form.key)
class TestEveryFormatWeShip:
    def test_is_as_long_as_its_name_says(self, form):
        assert form.key.endswith(f"-{form.minutes}") and FORMATS[form.key] is form
        assert form.least < form.minutes

    def test_has_parts_that_make_sense(self, form):
        for segment in form.segments:
            assert 0 < segment.least <= segment.minutes, segment
            assert segment.title and segment.prompt and segment.script, segment

    def test_gives_turns_a_length_where_there_are_turns(self, form):
        for segment in form.segments:
            if RULES[segment.mode].words == "nobody":
                assert segment.turn == 0 and not segment.unheard and not segment.grows, segment
            else:
                assert 30 <= segment.turn <= segment.minutes * 60 and 0 < segment.warn < segment.turn, segment
            assert not segment.unheard or RULES[segment.mode].hands, segment

    def test_begins_in_quiet_and_ends_with_the_closing(self, form):
        assert RULES[form.segments[0].mode].words == "nobody"
        assert [segment.mode for segment in form.segments].index(Mode.CLOSING) == len(form.segments) - 1

    def test_has_exactly_one_part_that_takes_the_time_to_spare(self, form):
        assert sum(segment.grows for segment in form.segments) == (form.key != NOBODY_LEADS)

    def test_still_fits_when_the_door_opens_as_late_as_it_may(self, form):
        begins, ends = SEVEN + timedelta(minutes=10), SEVEN + timedelta(minutes=form.minutes)
        assert fit(form.segments, begins, ends)[-1] <= ends

    def test_is_found_by_the_words_of_a_calendar_line(self, form):
        assert form.title and form.kind and len(form.kind) <= 20
