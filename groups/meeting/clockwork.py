"""What time alone brings about: turns end, the next person is called, the hour moves on and ends.
The software carries the clock, so that nobody has to cut off anybody. Pure; part of `decide`."""

from datetime import datetime, timedelta

from groups.meeting import commands as c
from groups.meeting import events as e
from groups.meeting import turns
from groups.meeting.evolve import evolve
from groups.meeting.state import State

NOBODY_CAME = timedelta(minutes=10)  # after the start: nobody opened the door
RESTED = timedelta(minutes=10)  # the floor rested this long without anybody on duty
OVERRUN = timedelta(minutes=15)  # past its end the hour closes from any state
WORTH_BEGINNING = timedelta(seconds=30)  # less of a segment than this and no new turn begins
STEPS = 8  # more than can be due at one moment; a bound, not a wish


def _tick(state, command, now):
    happened = []
    for _ in range(STEPS):
        due = _due(state, now)
        if not due:
            break
        for event in due:
            state = evolve(state, event)
        happened += due
    return happened


def _due(state: State, now: datetime) -> list[e.Event]:
    """The next thing that is due, if anything is."""
    if state.phase == "lobby":
        return turns.close(state, now, "nobody_served") if now >= state.starts_at + NOBODY_CAME else []
    if state.phase not in ("open", "closing"):
        return []
    if now >= state.ends_at + OVERRUN:
        return turns.close(state, now, "hour_over")
    if state.pause:
        return turns.close(state, now, "nobody_on_duty") if now >= state.pause.since + RESTED else []
    if state.turn:
        return turns.end_turn(state, now, "time") if now >= state.turn.ends_at else []
    if state.rules.offered:
        return _round(state, now)
    if now >= state.segment_ends_at:
        return turns.begin_segment(state, state.index + 1, now)
    return turns.give_floor(state, state.hands[0], now) if _calls(state) and now >= state.next_at else []


def _calls(state):
    """Whether the room will call a hand in what is left of this part."""
    return bool(state.hands) and state.segment_ends_at - state.next_at >= WORTH_BEGINNING


def _round(state, now):
    """A round ends when everyone was offered the floor, not when its minutes are over: the time was
    shared equally among them beforehand."""
    if now < state.next_at:
        return []
    if state.order:
        return turns.give_floor(state, state.order[0], now)
    return turns.begin_segment(state, state.index + 1, now)


def next_due(state: State) -> datetime | None:
    """When the clock has to be looked at next; None when nothing is running."""
    if state.phase == "lobby":
        return state.starts_at + NOBODY_CAME
    if state.phase not in ("open", "closing"):
        return None
    if state.pause:
        return min(state.pause.since + RESTED, state.ends_at + OVERRUN)
    if state.turn:
        soon = state.turn.ends_at
    elif state.rules.offered:
        soon = state.next_at
    else:
        soon = state.next_at if _calls(state) else state.segment_ends_at
    return min(soon, state.ends_at + OVERRUN)


DECISIONS = {c.Tick: _tick}
