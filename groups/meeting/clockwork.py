"""What time alone brings about: turns end, the next person is called, the hour moves on and ends.
The software carries the clock, so that nobody has to cut off anybody. Pure; part of `decide`."""

from datetime import datetime, timedelta
from math import ceil

from groups.formats.fitting import with_room_for
from groups.meeting import commands as c
from groups.meeting import duty, safety, turns
from groups.meeting import events as e
from groups.meeting.evolve import evolve
from groups.meeting.state import State

NOBODY_CAME = timedelta(minutes=10)  # after the start: nobody opened the door
RESTED = timedelta(minutes=10)  # the floor rested this long without anybody on duty
OVERRUN = timedelta(minutes=15)  # past its end the hour closes from any state
WORTH_BEGINNING = timedelta(seconds=30)  # less of a segment than this and no new turn begins
ANSWER = timedelta(seconds=45)  # whoever chairs is asked for more time, and this long is waited
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
    if state.is_live and (over := safety.listening_over(state, now)):
        return over
    if state.phase == "lobby":
        return _late(state, now) if now >= state.starts_at + NOBODY_CAME else []
    if not state.runs:
        return []
    if now >= state.ends_at + OVERRUN:
        return turns.close(state, now, "hour_over")
    if state.pause:
        over = state.rests and now >= state.pause.since + RESTED
        return turns.close(state, now, "nobody_on_duty") if over else []
    if state.turn:
        return turns.end_turn(state, now, "time") if now >= state.turn.ends_at else []
    if state.rules.offered:
        return _round(state, now)
    if now >= _part_ends(state):
        return _overflow(state, now)
    return turns.give_floor(state, state.hands[0], now) if _calls(state) and now >= state.next_at else []


def _late(state, now):
    """Ten minutes past the hour and the door is still shut. With somebody in the chair it opens by
    itself; with nobody, those who came read together; with nobody at all there is nothing to open."""
    if now >= state.ends_at:  # the house itself was away
        return turns.close(state, now, "nobody_served")
    if state.chair:
        return duty.begin(state, c.ROOM, now)
    came = state.standing("waiting", "inside")
    if not came or not state.fallback:
        return turns.close(state, now, "nobody_served")
    length = timedelta(minutes=sum(segment.minutes for segment in state.fallback))
    began = e.ReadingBegan(at=now, agenda=state.fallback, ends_at=now + length)
    let_in = [e.Admitted(at=now, who=p.handle, by=c.ROOM) for p in came if p.standing == "waiting"][: max(0, state.places)]
    after = state
    for event in (began, *let_in):
        after = evolve(after, event)
    return [began, *let_in, *turns.begin_segment(after, 0, now)]


def _overflow(state, now):
    """The minutes of this part are over. If hands are still up, the format says what then: go on,
    borrow from a later part, or ask whoever chairs and wait a moment for the answer."""
    segment = state.segment
    if state.hands and segment.overflow == "borrow" and (seconds := _to_borrow(state, now)):
        return [e.TimeAdded(at=now, by=c.ROOM, seconds=seconds, to="segment", lender=segment.borrow_from)]
    if state.hands and segment.overflow == "ask" and state.chair and state.segment_added < turns.MOST_ADDED:
        if state.asked_until is None:
            return [e.MoreTimeAsked(at=now, until=now + ANSWER)]
        if now < state.asked_until:
            return []
    return turns.begin_segment(state, state.index + 1, now)


def _to_borrow(state, now):
    """Whole minutes for one more turn from now, in seconds, if the lender has them to spare: in its
    plan, and in truth, where the hour began late or other parts took longer."""
    index = state.segment.borrow_from
    if index is None or not state.index < index < len(state.agenda):
        return 0
    over = (now - state.segment_ends_at).total_seconds()
    lender, minutes = state.agenda[index], ceil((over + state.segment.turn + state.rules.breath) / 60)
    later = with_room_for(len(state.standing("inside")), state.agenda[state.index + 1:])
    ends_at = state.segment_ends_at + timedelta(minutes=minutes + sum(segment.least for segment in later))
    return minutes * 60 if lender.minutes - minutes >= lender.least and ends_at <= state.ends_at else 0


def _part_ends(state):
    """When this part is over: when its minutes are, and its last share was read."""
    return max(state.segment_ends_at, state.read_until or state.segment_ends_at)


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
    soon = _hour_due(state)
    return min((soon, *state.silenced.values())) if soon and state.silenced else soon


def _hour_due(state):
    if state.phase == "lobby":
        return state.starts_at + NOBODY_CAME
    if not state.runs:
        return None
    if state.pause:
        last = state.ends_at + OVERRUN
        return last if state.hushed else min(state.pause.since + RESTED, last)
    if state.turn:
        soon = state.turn.ends_at
    elif state.rules.offered:
        soon = state.next_at
    elif state.hands and state.asked_until:
        soon = max(state.asked_until, _part_ends(state))
    else:
        soon = state.next_at if _calls(state) else _part_ends(state)
    return min(soon, state.ends_at + OVERRUN)


DECISIONS = {c.Tick: _tick}
