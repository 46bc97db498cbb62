"""Exercises laid onto the minutes there are: everything in order, readable, and calm at the end."""

import re
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups.formats.exercises import BREATH, EXERCISES, IN, QUIET, exercise_of, steps_of
from groups.formats.shape import Exercise as Known

KEYS = st.sampled_from(sorted(EXERCISES))
LENGTHS = st.integers(60, 1800)
WORDS = ("say", "rest", "sheet")
CLAIMING = re.compile(r"therap|treat|\bheal(s|ed|ing)?\b|\bcure|diagnos|patient|symptom|disorder|addict|!|\bmust\b|\bshould have\b", re.IGNORECASE)


def words(steps):
    """The steps that are words to read, without the halves of breaths."""
    return [step for step in steps if step.kind in WORDS]


def every_text(exercise):
    """All that anybody can read of it."""
    yield from (exercise.title, exercise.intro, exercise.closing, *exercise.rests)
    yield from (line.text for line in exercise.lines)
    for field in exercise.fields:
        yield from (field.label, field.hint, *field.options)


def test_there_is_one_for_every_key_a_format_may_name():
    assert set(EXERCISES) == {key for key in get_args(Known) if key}
    assert all(exercise_of(key).key == key for key in EXERCISES)
    with pytest.raises(KeyError):
        exercise_of("juggling")


@given(KEYS, LENGTHS)
def test_steps_come_in_order_and_within_the_time(key, seconds):
    steps = steps_of(key, seconds)
    moments = [step.at for step in steps]
    assert moments == sorted(moments)
    assert moments[0] == 0
    assert steps[-1].at <= seconds - 3


@given(KEYS, LENGTHS)
def test_words_stand_long_enough_to_be_read_also_the_last_ones(key, seconds):
    said = words(steps_of(key, seconds))
    until = [step.at for step in said[1:]] + [seconds]
    for step, end in zip(said, until, strict=True):
        assert end - step.at >= max(4, len(step.text) / 15), step.text


@given(KEYS, LENGTHS)
def test_it_begins_with_words_and_ends_with_the_closing_line(key, seconds):
    steps, exercise = steps_of(key, seconds), exercise_of(key)
    assert (steps[0].text, steps[0].kind) == (exercise.lines[0].text, "say")
    assert (steps[-1].text, steps[-1].kind) == (exercise.closing, "say")


@given(KEYS, LENGTHS)
def test_what_belongs_to_it_is_said_however_short_the_part(key, seconds):
    said = {step.text for step in steps_of(key, seconds)}
    assert {line.text for line in exercise_of(key).lines if not line.spare} <= said


@given(KEYS, LENGTHS)
def test_nothing_is_said_twice_but_words_for_a_long_quiet(key, seconds):
    told = [step.text for step in steps_of(key, seconds) if step.kind in ("say", "sheet")]
    assert len(told) == len(set(told))


@given(KEYS, LENGTHS)
def test_nobody_is_left_alone_in_a_long_silence(key, seconds):
    said = words(steps_of(key, seconds))
    gaps = [later.at - sooner.at for sooner, later in zip(said, said[1:], strict=False)]
    assert max(gaps) <= QUIET + BREATH


@given(KEYS, LENGTHS)
def test_the_same_length_gives_the_same_steps(key, seconds):
    assert steps_of(key, seconds) == steps_of(key, seconds + 0.9)


@given(LENGTHS)
def test_breaths_are_whole_and_follow_one_another_without_a_gap(seconds):
    halves = [step for step in steps_of("breath", seconds) if step.kind not in WORDS]
    inhales, exhales = halves[::2], halves[1::2]
    assert {step.kind for step in inhales} == {"in"} and {step.kind for step in exhales} == {"out"}
    first = inhales[0].at
    assert [step.at for step in inhales] == list(range(first, first + BREATH * len(inhales), BREATH))
    assert [step.at for step in exhales] == [step.at + IN for step in inhales]
    assert exhales[-1].at + BREATH - IN == steps_of("breath", seconds)[-1].at, "the end does not cut a breath"


@given(LENGTHS)
def test_words_during_the_breaths_come_at_the_beginning_of_one_and_know_how_many_follow(seconds):
    steps = steps_of("breath", seconds)
    inhales = [step for step in steps if step.kind == "in"]
    assert [step.at for step in words(steps)[1:-1]] == [step.at for step in inhales if step.breaths]
    assert sum(step.breaths for step in inhales) == len(inhales)


@given(LENGTHS)
def test_only_breathing_is_paced(seconds):
    for key in EXERCISES.keys() - {"breath"}:
        assert {step.kind for step in steps_of(key, seconds)} <= set(WORDS)


@given(KEYS, st.integers(0, 59))
def test_a_part_that_is_much_too_short_gets_less_and_breaks_nothing(key, seconds):
    steps = steps_of(key, seconds)
    assert [step.at for step in steps] == sorted(step.at for step in steps)
    assert all(step.at <= seconds - 3 for step in steps)
    assert not steps or steps[-1].text == exercise_of(key).closing
    said = words(steps)
    assert all(later.at - sooner.at >= 4 for sooner, later in zip(said, said[1:], strict=False))


def test_the_senses_count_down_in_the_light():
    marks = [step.mark for step in steps_of("senses", 300) if step.mark]
    assert list(dict.fromkeys(marks)) == ["5", "4", "3", "2", "1"]


@pytest.mark.parametrize("key", EXERCISES)
def test_sheet_steps_point_to_fields_in_the_order_of_the_sheet(key):
    names = [field.name for field in exercise_of(key).fields]
    pointed = list(dict.fromkeys(step.field for step in steps_of(key, 900) if step.kind == "sheet"))
    assert pointed == [name for name in names if name in pointed]
    assert bool(pointed) == bool(names) == (key in ("thought", "values", "parts"))
    assert len(names) == len(set(names))


def test_a_values_card_offers_sixteen_words_and_asks_for_three():
    three = exercise_of("values").fields[0]
    assert (len(set(three.options)), three.most) == (16, 3)


@pytest.mark.parametrize("key", EXERCISES)
def test_the_words_are_plain_and_claim_nothing(key):
    for text in every_text(exercise_of(key)):
        assert not CLAIMING.search(text), text
        assert len(text) <= 150, text
