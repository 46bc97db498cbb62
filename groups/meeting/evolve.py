"""How an event changes the state of a live meeting. Pure: no database, no clock, no Flask. What each
event does is said in `evolve_people.py`, `evolve_hour.py` and `evolve_safety.py`.

`evolve` is total: it never refuses, because what it is given already happened. Replaying a
meeting's log through it gives the same state as living through it did; a property test holds us
to that."""

from collections.abc import Iterable

from groups.meeting import events as e
from groups.meeting import evolve_hour, evolve_people, evolve_safety
from groups.meeting.evolve_people import changed
from groups.meeting.state import State

_CHANGES = evolve_people.CHANGES | evolve_hour.CHANGES | evolve_safety.CHANGES


def evolve(state: State, event: e.Event) -> State:
    """The state after the event."""
    state = changed(state, heads=state.heads.set(event.stream, state.head(event.stream) + 1))
    return _CHANGES[type(event)](state, event)


def replay(history: Iterable[e.Event], state: State | None = None) -> State:
    """The state after all of them, from the beginning or from a state."""
    state = state or State()
    for event in history:
        state = evolve(state, event)
    return state
