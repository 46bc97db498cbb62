"""How an event changes the state of a live meeting. Pure: no database, no clock, no Flask.

`evolve` is total: it never refuses, because what it is given already happened. Replaying a
meeting's log through it gives the same state as living through it did; a property test holds us
to that."""

from collections.abc import Iterable
from datetime import timedelta

import msgspec

from groups.meeting import events as e
from groups.meeting.lots import lot_of
from groups.meeting.modes import RULES, Mode
from groups.meeting.state import Pause, Person, ShareMark, State, Turn

HEADSTART = timedelta(seconds=10)  # the chair's, to call a fresh hand before the room does


def evolve(state: State, event: e.Event) -> State:
    """The state after the event."""
    state = _with(state, heads=state.heads.set(event.stream, state.head(event.stream) + 1))
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
        agenda=event.agenda, capacity=event.capacity, fallback=event.fallback, door_shuts_at=event.door_shuts_at,
    )


def _reading_began(state, event):
    return _with(state, phase="open", agenda=event.agenda, ends_at=event.ends_at, unled=True, index=-1)


def _segment_began(state, event):
    state = _told_that_they_were_heard(state)
    segment = state.agenda[event.index]
    rules = RULES[segment.mode]
    # A hand stays up from one part to the next where there are hands, and theirs may be one.
    hands = tuple(h for h in state.hands if rules.hands and not (segment.unheard and state.people[h].shares))
    return _with(
        state, phase="closing" if segment.mode == Mode.CLOSING else "open", index=event.index,
        segment_ends_at=event.ends_at, segment_added=0, asked_until=None, hands=hands, order=event.order, turn=None,
        next_at=event.at + timedelta(seconds=rules.breath),
    )


def _told_that_they_were_heard(state):
    """The room moves on: whoever shared last learns, once, that they were heard. Silence never reads
    as rejection, because the chair's thanks stand in where nobody pressed."""
    mark = state.shares.get(state.last_share)
    if mark is not None and not mark.removed:
        state = _person(state, mark.by, heard="group" if state.heard_by else "thanks")
    return _with(state, last_share=None, heard_by=frozenset())


def _floor_given(state, event):
    state = _told_that_they_were_heard(state)
    return _with(_without(state, event.to), turn=Turn(event.to, event.name, event.ends_at), next_at=None)


def _turn_ended(state, event):
    if event.how != "left":  # whose line dropped in the middle may come back for a whole one
        state = _person(state, event.by, had_turn=state.index)
    return _with(state, turn=None, next_at=event.next_at)


def _shared(state, event):
    state = _sent(_told_that_they_were_heard(state), event)
    number, person, mode = state.floor_head, state.people[event.by], state.segment.mode
    # Only open talk has a pace of one's own; a word in a round starts no wait in what comes after.
    last = event.at if mode == Mode.OPEN_TALK else person.last_share_at
    state = _person(
        state, event.by, last_share_at=last, shares=person.shares + (mode == Mode.ONE_VOICE), heard=None,
        step=number if state.segment.step else person.step,
    )
    return _with(state, shares=state.shares.set(number, ShareMark(event.by)), last_share=number)


def _sent(state, event):
    """A client id is remembered with the number it led to."""
    return _with(state, sent=state.sent.set((event.by, event.client_id), state.head(event.stream)))


def _share_removed(state, event):
    mark = state.shares.get(event.share)
    return state if mark is None else _with(state, shares=state.shares.set(event.share, _with(mark, removed=True)))


def _time_added(state, event):
    more = timedelta(seconds=event.seconds)
    if event.to == "turn" and state.turn:
        asked = state.turn.extended or event.by == state.turn.who
        turn = _with(state.turn, ends_at=state.turn.ends_at + more, added=state.turn.added + event.seconds, extended=asked)
        return _with(state, turn=turn)
    if event.lender is not None:
        lender = state.agenda[event.lender]
        lender = _with(lender, minutes=max(lender.least, lender.minutes - event.seconds // 60))
        state = _with(state, agenda=(*state.agenda[: event.lender], lender, *state.agenda[event.lender + 1:]))
    state = _with(state, asked_until=None)
    return _with(state, segment_ends_at=state.segment_ends_at + more, segment_added=state.segment_added + event.seconds)


def _floor_resumed(state, event):
    late = timedelta(seconds=event.late)
    return _with(
        state, pause=None, segment_ends_at=state.segment_ends_at + late,
        turn=state.turn and _with(state.turn, ends_at=state.turn.ends_at + late),
        next_at=state.next_at and state.next_at + late, asked_until=state.asked_until and state.asked_until + late,
    )


def _meeting_closed(state, event):
    state = _told_that_they_were_heard(state)
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
    if event.duty == "chair" and state.first_chair is None:
        state = _with(state, first_chair=event.who)
    state = _into_the_round(state, event.who)
    return _person(state, event.who, standing="inside", was_inside=True, duty=event.duty, offered=None)


def _into_the_round(state, handle):
    """Who comes in during a round is offered the floor last, if they had no turn in it before."""
    person = state.people.get(handle)
    comes = person is not None and person.standing != "inside" and person.had_turn != state.index and not person.settled
    return _with(state, order=(*state.order, handle)) if comes and state.rules.offered else state


def _gone(standing):
    def change(state, event):
        state = _person(_without(state, event.who), event.who, standing=standing, duty=None, offered=None)
        return _person(state, event.who, why_declined=event.why) if standing == "declined" else state

    return change


def _hand_raised(state, event):
    wait, clock = state.next_at, state.pause.since if state.pause else event.at
    if state.turn is None and not state.hands:
        wait = max(filter(None, (state.next_at, clock + HEADSTART)))
    return _with(state, hands=_queued(state, event.who), next_at=wait)


def _queued(state, handle):
    """The queue with one more, at the place the segment's order gives them. Whoever waits already
    keeps their place before everyone of the same rank."""
    segment = state.segment

    def rank(h):
        person = state.people[h]
        own = {"arrival": person.arrived, "least_spoken": person.shares, "random": lot_of(state, state.index, h)}.get(segment.order, 0)
        return (segment.newcomers_first and not person.newcomer, own)

    before = [h for h in state.hands if rank(h) <= rank(handle)]
    return (*before, handle, *(h for h in state.hands if h not in before))


def _hand_moved(state, event):
    others = [h for h in state.hands if h != event.who]
    others.insert(event.place - 1, event.who)
    return _with(state, hands=tuple(others))


def _arrived(state, event):
    state = _without(state, event.who) if event.need == "settle" else state
    return _person(state, event.who, need=event.need)


def _line_written(state, event):
    return _with(_sent(state, event), lines=state.lines.set(event.who, event.by))


_CHANGES = {
    e.LobbyOpened: _lobby_opened,
    e.DoorOpened: lambda state, _: _with(state, phase="open"),
    e.SegmentBegan: _segment_began,
    e.ReadingBegan: _reading_began,
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
    e.DutyOffered: lambda state, event: _person(state, event.who, offered=event.duty),
    e.HandRaised: _hand_raised,
    e.HandMoved: _hand_moved,
    e.MoreTimeAsked: lambda state, event: _with(state, asked_until=event.until),
    e.Answered: lambda state, _: state,
    e.DeskNote: lambda state, event: _sent(state, event),
    e.LineWritten: _line_written,
    e.Heard: lambda state, event: _with(state, heard_by=state.heard_by | {event.by}),
    e.Arrived: _arrived,
    e.HandLowered: lambda state, event: _with(state, hands=tuple(h for h in state.hands if h != event.who)),
}
