"""Exercises in step: what is said in which second, laid onto the minutes a part of the hour really has.

The same key and the same length give the same steps, so every screen that knows when the part began
shows the same step in the same second. The words are in exercises.toml. Pure."""

import tomllib
from collections.abc import Callable, Iterator
from itertools import cycle
from math import ceil
from pathlib import Path
from typing import ClassVar, Literal

import msgspec

IN, OUT = 4, 6  # seconds; breathing out takes longer than breathing in
BREATH = IN + OUT
LETTERS = 12  # a second: people read slowly while they look at something else
TOUCH = 2  # seconds to notice that there are new words
LEAST = 6  # seconds any line stands
QUIET = 120  # seconds after which a silence is kindly interrupted
AIR = 8  # seconds of quiet after each line, before a spare line is worth having
WITHIN = 6 * BREATH  # seconds between two lines while everybody breathes
LAST = 3  # seconds before the end after which nothing new is said
BREATHE_IN, BREATHE_OUT = "Breathe in", "Breathe out"


class Step(msgspec.Struct, frozen=True):
    """What is new from one second on.

    at: seconds from the beginning of the part.
    kind: "say", words for everybody; "rest", a word in a long quiet; "sheet", a field of the sheet is
    suggested; "in" and "out", the two halves of a breath.
    breaths: on the first "in" after other words: how many breaths follow before there are words again.
    mark: what stands in the light, a number. field: the name of the field a sheet step is about."""

    at: int
    text: str
    kind: Literal["say", "in", "out", "rest", "sheet"] = "say"
    breaths: int = 0
    mark: str = ""
    field: str = ""


class Field(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A place to write on a sheet. Its words stay on the page of whoever writes them.

    kind: "words", some lines; "line", one; "choice", one of the options; "choose", up to `most` of
    them."""

    name: str
    label: str
    hint: str = ""
    kind: Literal["words", "line", "choice", "choose"] = "words"
    options: tuple[str, ...] = ()
    most: int = 0


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line of an exercise, as exercises.toml has it. spare, weight: see there."""

    text: str
    weight: float = 1
    spare: int = 0
    mark: str = ""
    field: str = ""


class Exercise(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of the seven. `intro` stands above it all the time, `closing` is its last line; `fields`
    is the sheet, where there is one; `picture` is "lamp", "wave" or nothing."""

    key: str
    title: str
    intro: str
    closing: str
    lines: tuple[Line, ...]
    rests: tuple[str, ...]
    picture: Literal["", "lamp", "wave"] = ""
    fields: tuple[Field, ...] = ()
    breath: ClassVar = (IN, OUT)

    @property
    def breathes(self) -> bool:
        """True where everybody breathes at the page's pace."""
        return self.key == "breath"


def exercise_of(key: str) -> Exercise:
    """The exercise of that key. Raises KeyError where there is none."""
    return EXERCISES[key]


def steps_of(key: str, seconds: float) -> tuple[Step, ...]:
    """The steps of an exercise in a part of so many seconds, in order. The first is at 0, the closing
    line stands long enough to be read. In less than a minute not all of it fits, and there is less."""
    exercise, whole = exercise_of(key), int(seconds)
    if whole < LAST:
        return ()
    breaths = (whole - _need(exercise.lines[0].text) - _need(exercise.closing)) // BREATH
    if exercise.breathes and breaths > 0:
        return tuple(_breathing(exercise, whole, breaths))
    lines = (*exercise.lines, Line(exercise.closing, weight=0.5))
    return tuple(_filled(_laid(lines, whole, lambda line: _need(line.text)), exercise.rests))


def _breathing(exercise: Exercise, whole: int, breaths: int) -> Iterator[Step]:
    """A line to settle, whole breaths with words at the beginning of some, and the end."""
    opening, *lines = exercise.lines
    span = breaths * BREATH
    begins = whole - span - _need(exercise.closing)
    words = _filled(_laid(lines, span, lambda _: WITHIN, BREATH), exercise.rests, BREATH, span)
    marks = [step.at for step in words] + [span]
    yield Step(0, opening.text)
    for step, until in zip(words, marks[1:], strict=True):
        yield msgspec.structs.replace(step, at=begins + step.at)
        for at in range(begins + step.at, begins + until, BREATH):
            run = (until - step.at) // BREATH if at == begins + step.at else 0
            yield Step(at, BREATHE_IN, "in", breaths=run)
            yield Step(at + IN, BREATHE_OUT, "out")
    yield Step(whole - _need(exercise.closing), exercise.closing)


def _need(text: str) -> int:
    """Seconds one needs to take in a line."""
    return max(LEAST, TOUCH + ceil(len(text) / LETTERS))


def _laid(lines, span: int, need: Callable[[Line], int], unit: int = 1) -> list[Step]:
    """The lines that fit, each with what it needs and its share of the rest, on whole units."""
    kept = list(lines)
    while any(line.spare for line in kept) and sum(need(line) + AIR for line in kept) > span:
        kept.remove(max(kept, key=lambda line: line.spare))
    while len(kept) > 1 and sum(map(need, kept)) > span:
        del kept[-2]  # the last line stays
    left, weight = max(0, span - sum(map(need, kept))), sum(line.weight for line in kept)
    steps, at, share = [], 0, 0.0
    for line in kept:
        begins = int((at + left * share / weight) // unit * unit)
        steps.append(Step(begins, line.text, "sheet" if line.field else "say", mark=line.mark, field=line.field))
        at, share = at + need(line), share + line.weight
    return steps


def _filled(steps: list[Step], rests: tuple[str, ...], unit: int = 1, until: int | None = None) -> list[Step]:
    """The same with a word in every silence that is too long, up to `until` or the last step."""
    words, filled = cycle(rests), []
    ends = [step.at for step in steps[1:]] + [steps[-1].at if until is None else until]
    for step, end in zip(steps, ends, strict=True):
        pieces = max(1, ceil((end - step.at) / QUIET))
        between = [step.at + (end - step.at) * n // pieces // unit * unit for n in range(1, pieces)]
        filled += [step, *(Step(at, next(words), "rest", mark=step.mark, field=step.field) for at in between)]
    return filled


def _read() -> dict[str, Exercise]:
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return {key: msgspec.convert({"key": key} | words, Exercise) for key, words in data.items()}


EXERCISES = _read()
