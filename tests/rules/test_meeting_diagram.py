"""The drawing of a live meeting in docs/meeting.md is true: whatever a hundred evenings did stands in
it, and whatever stands in it was done."""

import re
from datetime import timedelta
from itertools import product
from pathlib import Path

from groups.formats.modes import Mode
from groups.meeting import commands as c
from groups.meeting import events as e
from groups.meeting.evolve import evolve
from groups.meeting.state import State
from tests.rules.stage import PLAIN, Stage
from tests.rules.test_meeting_evenings import EVENINGS, evening

DRAWING = Path(__file__).parent.parent.parent / "docs" / "meeting.md"
ARROW = re.compile(r"^\s*(\[\*\]|\w+) --> (\w+|\[\*\]): (\w+)$", re.MULTILINE)


def situation(state: State) -> str:
    """The box of the drawing that a meeting is in."""
    if state.phase in ("planned", "lobby", "sealed", "closing"):
        return state.phase if state.pause is None else "resting"
    if state.pause:
        return "resting"
    if state.unled:
        return "together"
    if state.index < 0:
        return "opening"
    return {"nobody": "listening", "anyone": "talking"}.get(state.rules.words) or ("speaking" if state.turn else "between")


def drawn() -> set[tuple[str, str, str]]:
    """The arrows of the drawing: from, what happened, to."""
    return {(before, event, after) for before, after, event in ARROW.findall(DRAWING.read_text()) if "[*]" not in (before, after)}


def arrows(log) -> set[tuple[str, str, str]]:
    """The arrows of one evening, where the situation changed."""
    seen, state = set(), State()
    for event in log:
        after = evolve(state, event)
        if situation(after) != situation(state):
            seen.add((situation(state), e.kind_of(event), situation(after)))
        state = after
    return seen


def done() -> set[tuple[str, str, str]]:
    """The arrows of all evenings; and of the plainest ones, so that nothing is left to chance there: one
    part follows another, whatever their modes, and the chair closes."""
    evenings = [evening(number).log for number in range(EVENINGS)]
    for first, second in product(set(Mode) - {Mode.CLOSING}, Mode):
        stage = Stage(PLAIN[first], PLAIN[second]).begins("tom")
        stage.maya(c.NextSegment)
        stage.maya(c.Close)
        evenings.append(stage.log)
    together = Stage(PLAIN[Mode.SILENCE], fallback=(PLAIN[Mode.READING], PLAIN[Mode.CLOSING]))
    together.tom(c.Knock, name="Tom")
    together.now += timedelta(minutes=25)
    together.do(c.Tick(by=c.ROOM))
    together.now += timedelta(hours=3)  # the house was away meanwhile
    together.do(c.Tick(by=c.ROOM))
    return set().union(*map(arrows, [*evenings, together.log]))


def test_the_drawing_shows_what_happens_and_nothing_else():
    happened, shown = done(), drawn()
    assert happened - shown == set(), "happened, and is not drawn"
    assert shown - happened == set(), "is drawn, and never happened"
