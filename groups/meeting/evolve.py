"""How an event changes the state of a live meeting. Pure: no database, no clock, no Flask.

`evolve` is total: it never refuses, because what it is given already happened. Replaying a
meeting's log through it gives the same state as living through it did; a property test holds us
to that."""

from collections.abc import Iterable
from datetime import timedelta

import msgspec

from groups.formats.modes import RULES, Mode
from groups.meeting import events as e
from groups.meeting.state import Pause, Person, ShareMark, State, Turn

HEADSTART = timedelta(seconds=10)  # the chair's, to call a fresh hand before the room does


def evolve(state: State, event: e.Event) -> State:
    """The state after the event."""
    if event.stream == "floor":
        state = _with(state, floor_head=state.floor_head + 1)
    else:
        state = _with(state, desk_head=state.desk_head + 1)
    return _CHANGES[type(event)](state, event)


def replay(history: Iterable[e.Event], state: State | None = None) -> State:
    """The state after all of them, from the beginning or from a state."""
    state = state or State()
    for event in history:
        state = evolve(state, event)
    return state


def _with(struct, **changes):
    return msgspec.structs.replace(struct, **changes)


def _person(state, handle, **changes):
    person = state.people.get(handle)
    return state if person is None else _with(state, people=state.people.set(handle, _with(person, **changes)))


def _without(state, handle):
    """Nobody's hand, place or turn once they are not inside."""
    return _with(
        state,
        hands=tuple(h for h in state.hands if h != handle),
        order=tuple(h for h in state.order if h != handle),
        turn=None if state.turn and state.turn.who == handle else state.turn,
    )


def _lobby_opened(state, event):
    return _with(
        state, phase="lobby", title=event.title, starts_at=event.starts_at, ends_at=event.ends_at,
        agenda=event.agenda, capacity=event.capacity,
    )


def _segment_began(state, event):
    segment = state.agenda[event.index]
    rules = RULES[segment.mode]
    # A hand stays up from one part to the next where there are hands, and theirs may be one.
    hands = tuple(h for h in state.hands if rules.hands and not (segment.unheard and state.people[h].shares))
    return _with(
        state, phase="closing" if segment.mode == Mode.CLOSING else "open", index=event.index,
        segment_ends_at=event.ends_at, segment_added=0, hands=hands, order=event.order, turn=None,
        next_at=event.at + timedelta(seconds=rules.breath),
    )


def _floor_given(state, event):
    return _with(_without(state, event.to), turn=Turn(event.to, event.name, event.ends_at), next_at=None)


def _turn_ended(state, event):
    if event.how != "left":  # whose line dropped in the middle may come back for a whole one
        state = _person(state, event.by, had_turn=state.index)
    return _with(state, turn=None, next_at=event.next_at)


def _shared(state, event):
    number, person = state.floor_head, state.people[event.by]
    mode = state.segment.mode
    # Only open talk has a pace of one's own; a word in a round starts no wait in what comes after.
    last = event.at if mode == Mode.OPEN_TALK else person.last_share_at
    state = _person(state, event.by, last_share_at=last, shares=person.shares + (mode == Mode.ONE_VOICE))
    return _with(
        state, shares=state.shares.set(number, ShareMark(event.by)), sent=state.sent.set((event.by, event.client_id), number)
    )


def _share_removed(state, event):
    mark = state.shares.get(event.share)
    return state if mark is None else _with(state, shares=state.shares.set(event.share, _with(mark, removed=True)))


def _time_added(state, event):
    more = timedelta(seconds=event.seconds)
    if event.to == "turn" and state.turn:
        return _with(state, turn=_with(state.turn, ends_at=state.turn.ends_at + more, added=state.turn.added + event.seconds))
    return _with(state, segment_ends_at=state.segment_ends_at + more, segment_added=state.segment_added + event.seconds)


def _floor_resumed(state, event):
    late = timedelta(seconds=event.late)
    return _with(
        state, pause=None, segment_ends_at=state.segment_ends_at + late,
        turn=state.turn and _with(state.turn, ends_at=state.turn.ends_at + late),
        next_at=state.next_at and state.next_at + late,
    )


def _meeting_closed(state, event):
    return _with(
        state, phase="sealed", turn=None, hands=(), order=(), next_at=None, pause=None, closed_at=event.at, why_closed=event.why
    )


def _knocked(state, event):
    before = state.people.get(event.who)
    person = Person(event.who, event.name, arrived=state.desk_head, newcomer=event.newcomer)
    if before:  # somebody comes back: what they did here stays known
        person = _with(before, name=event.name, standing="waiting")
    return _with(state, people=state.people.set(event.who, person))


def _admitted(state, event):
    return _person(_into_the_round(state, event.who), event.who, standing="inside", was_inside=True)


def _duty_taken(state, event):
    for person in state.people.values():
        if person.duty == event.duty:  # lost, and relieved
            state = _person(state, person.handle, duty=None)
    return _person(_into_the_round(state, event.who), event.who, standing="inside", was_inside=True, duty=event.duty)


def _into_the_round(state, handle):
    """Who comes in during a round is offered the floor last, if they had no turn in it before."""
    person = state.people.get(handle)
    comes = person is not None and person.standing != "inside" and person.had_turn != state.index
    return _with(state, order=(*state.order, handle)) if comes and state.rules.offered else state


def _gone(standing):
    return lambda state, event: _person(_without(state, event.who), event.who, standing=standing, duty=None)


def _hand_raised(state, event):
    wait, clock = state.next_at, state.pause.since if state.pause else event.at
    if state.turn is None and not state.hands:
        wait = max(filter(None, (state.next_at, clock + HEADSTART)))
    return _with(state, hands=(*state.hands, event.who), next_at=wait)


_CHANGES = {
    e.LobbyOpened: _lobby_opened,
    e.DoorOpened: lambda state, _: _with(state, phase="open"),
    e.SegmentBegan: _segment_began,
    e.FloorGiven: _floor_given,
    e.TurnEnded: _turn_ended,
    e.Shared: _shared,
    e.ShareRemoved: _share_removed,
    e.TimeAdded: _time_added,
    e.FloorPaused: lambda state, event: _with(state, pause=Pause(event.at, event.why)),
    e.FloorResumed: _floor_resumed,
    e.MeetingClosed: _meeting_closed,
    e.Knocked: _knocked,
    e.Admitted: _admitted,
    e.Declined: _gone("declined"),
    e.SteppedAway: _gone("left"),
    e.PutOut: _gone("out"),
    e.DutyTaken: _duty_taken,
    e.HandRaised: _hand_raised,
    e.HandLowered: lambda state, event: _with(state, hands=tuple(h for h in state.hands if h != event.who)),
}
