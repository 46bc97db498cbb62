"""The floor: hands, turns, shares and the parts of the hour. Pure; part of `decide`."""

from datetime import datetime, timedelta
from math import ceil

from groups import policy
from groups.errors import Refused
from groups.formats.fitting import LEAST_OFFER, fit, with_room_for
from groups.formats.modes import RULES
from groups.meeting import commands as c
from groups.meeting import events as e
from groups.meeting import holds, raids
from groups.meeting.evolve_safety import watched
from groups.meeting.lots import lot_of
from groups.meeting.state import State

MINUTE = 60
MOST_ADDED = 5 * MINUTE  # to one turn, or to one segment


def begin_segment(state: State, index: int, now: datetime) -> list[e.Event]:
    """The segment at `index` begins; beyond the last one the meeting closes."""
    if index >= len(state.agenda):
        return close(state, now, "agenda")
    segment, inside = state.agenda[index], state.standing("inside")
    ends_at = fit(with_room_for(len(inside), state.agenda[index:]), now, state.ends_at)[0]
    order, names = (), ()
    if RULES[segment.mode].offered:
        # Whoever chairs goes first, so that nobody has to break the silence; then as people came, or
        # by lot. Who came to listen is not asked.
        lot = segment.order == "random"
        coming = [p for p in inside if not p.settled and p.handle not in state.silenced]
        coming.sort(key=lambda p: lot_of(state, index, p.handle) if lot else (p.duty != "chair", p.arrived))
        order = tuple(p.handle for p in coming)
        names = tuple(p.name for p in coming) if lot else ()
    return [e.SegmentBegan(at=now, index=index, title=segment.title, ends_at=ends_at, order=order, names=names)]


def end_turn(state: State, now: datetime, how: str, reading: int = 0) -> list[e.Event]:
    """The turn of whoever has the floor is over; then the time to read what they shared, and a
    breath. While the floor rests the clock stands still, so both are counted from there and move on
    with everything else."""
    begins = state.pause.since if state.pause else now
    next_at = begins + timedelta(seconds=reading + state.rules.breath)
    return [e.TurnEnded(at=now, by=state.turn.who, how=how, next_at=next_at)]


def give_floor(state: State, handle: str, now: datetime) -> list[e.Event]:
    """The floor goes to this person, for as long as the segment says. In a round the time left is
    shared equally among those still to come, each with the breath after them."""
    seconds = state.segment.turn
    if state.rules.offered:
        left = (state.segment_ends_at - now).total_seconds() / max(1, len(state.order)) - state.rules.breath
        seconds = max(LEAST_OFFER, min(seconds, int(left)))
    return [e.FloorGiven(at=now, to=handle, name=state.people[handle].name, ends_at=now + timedelta(seconds=seconds))]


def close(state: State, now: datetime, why: str) -> list[e.Event]:
    """The hour is over."""
    return [e.MeetingClosed(at=now, why=why)]


def _raise_hand(state, command, now):
    person = state.person(command.by)
    policy.may_raise_hand(state, person)
    if command.by in state.hands:
        return []
    return [e.HandRaised(at=now, who=command.by)]


def _lower_hand(state, command, now):
    policy.may_be_inside(state.person(command.by))
    return [e.HandLowered(at=now, who=command.by)] if command.by in state.hands else []


def _give_floor(state, command, now):
    policy.may_serve(state.person(command.by))
    _floor_is_free(state)
    waiting = state.order if state.rules.offered else state.hands
    if command.who is None:
        policy.refuse_unless(bool(waiting), "no_hand")
        return give_floor(state, waiting[0], now)
    person = state.person(command.who)
    policy.refuse_unless(person is not None and person.standing == "inside", "not_here")
    policy.refuse_unless(command.who in waiting, "hand_is_down")
    return give_floor(state, command.who, now)


def _clock_runs(state):
    policy.refuse_unless(state.pause is None, "hushed" if state.hushed else "floor_paused")


def _floor_is_free(state):
    policy.the_hour_runs(state)
    _clock_runs(state)
    policy.refuse_unless(state.rules.has_turns, "no_hands_now")
    policy.refuse_unless(state.turn is None, "floor_is_taken")


def _share(state, command, now):
    person = state.person(command.by)
    policy.may_speak(state, person, now)
    if why := holds.why_held(state, person, command.words):
        policy.may_send_on(state, why, command.look)
        held = holds.held_back(person, command, why, now)
        return [held, *(end_turn(state, now, "shared") if state.turn else [])]
    reading = holds.reading_time(command.words)
    shared = e.Shared(
        at=now, by=command.by, name=person.name, client_id=command.client_id, words=command.words, note=command.note,
        reading=reading,
    )
    if state.turn is None:
        return [shared, *raids.noticed(state, now, watched(state, person.fresh))]
    if state.order:
        # Whoever is still to come in a round loses nothing to a long share: it is read within its own turn.
        reading = min(reading, max(0, int((state.turn.ends_at - now).total_seconds())))
    return [shared, *end_turn(state, now, "shared", reading), *raids.noticed(state, now, watched(state, person.fresh))]


def _hear(state, command, now):
    policy.may_be_inside(state.person(command.by))
    mark = state.shares.get(state.last_share)
    policy.refuse_unless(state.runs and mark is not None and not mark.removed, "no_such_share")
    if mark.by == command.by or command.by in state.heard_by:
        return []
    return [e.Heard(at=now, by=command.by, share=state.last_share)]


def _extend(state, command, now):
    policy.may_be_inside(state.person(command.by))
    policy.refuse_unless(state.turn is not None and state.turn.who == command.by, "turn_is_over")
    policy.refuse_unless(not state.turn.extended, "asked_once")
    return [e.TimeAdded(at=now, by=command.by, seconds=state.segment.extension, to="turn")]


def _move_hand(state, command, now):
    policy.may_serve(state.person(command.by))
    policy.refuse_unless(command.who in state.hands, "hand_is_down")
    place = min(command.place, len(state.hands)) or len(state.hands)
    return [] if state.hands.index(command.who) + 1 == place else [e.HandMoved(at=now, who=command.who, place=place)]


def _pass_turn(state, command, now):
    policy.may_be_inside(state.person(command.by))
    policy.refuse_unless(state.turn is not None and state.turn.who == command.by, "turn_is_over")
    policy.refuse_unless(state.segment.pass_ok or not state.rules.offered, "no_passing")
    return end_turn(state, now, "passed")


def _end_turn(state, command, now):
    policy.may_serve(state.person(command.by))
    policy.refuse_unless(state.turn is not None, "nobody_has_the_floor")
    if command.who is not None and command.who != state.turn.who:
        return []
    return end_turn(state, now, "chair")


def _add_minute(state, command, now):
    policy.may_serve(state.person(command.by))
    policy.the_hour_runs(state)
    added, to = (state.turn.added, "turn") if state.turn else (state.segment_added, "segment")
    policy.refuse_unless(added < MOST_ADDED, "enough_added")
    # Whoever was asked gives a minute from now, not from when the part was over.
    asked_at = state.pause.since if state.pause else now
    over = ceil((asked_at - state.segment_ends_at).total_seconds()) if to == "segment" and state.asked_until else 0
    return [e.TimeAdded(at=now, by=command.by, seconds=MINUTE + max(0, over), to=to)]


def _next_segment(state, command, now):
    policy.may_lead(state.person(command.by))
    if command.index is not None and command.index != state.index:
        return []
    policy.the_hour_runs(state)
    _clock_runs(state)
    ended = end_turn(state, now, "chair") if state.turn else []
    return ended + begin_segment(state, state.index + 1, now)


def _remove_share(state, command, now):
    mark = state.shares.get(command.number)
    if mark is None:
        raise Refused("no_such_share")
    policy.may_remove_share(state.person(command.by), mark)
    return [] if mark.removed else [e.ShareRemoved(at=now, share=command.number, by=command.by, agreement=command.agreement)]


DECISIONS = {
    c.RaiseHand: _raise_hand,
    c.LowerHand: _lower_hand,
    c.GiveFloor: _give_floor,
    c.MoveHand: _move_hand,
    c.Share: _share,
    c.Hear: _hear,
    c.Extend: _extend,
    c.PassTurn: _pass_turn,
    c.EndTurn: _end_turn,
    c.AddMinute: _add_minute,
    c.NextSegment: _next_segment,
    c.RemoveShare: _remove_share,
}
