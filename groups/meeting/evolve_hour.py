"""How the hour's events change the state: its parts, turns, shares, the clock. Pure; part of
`evolve`."""

from datetime import timedelta

from groups.formats.modes import RULES, Mode
from groups.meeting import events as e
from groups.meeting.evolve_people import changed, serving, with_person, without
from groups.meeting.evolve_safety import watched
from groups.meeting.marks import Pause, ShareMark, Turn


def _lobby_opened(state, event):
    return changed(
        state, phase="lobby", title=event.title, starts_at=event.starts_at, ends_at=event.ends_at,
        agenda=event.agenda, capacity=event.capacity, fallback=event.fallback, door_shuts_at=event.door_shuts_at,
        hands_seen=event.hands_seen, guard=event.guard, holds_first=event.holds_first, agreements=event.agreements,
        contact_agreement=event.contact_agreement,
    )


def _door_opened(state, event):
    state = changed(state, phase="open")
    for person in state.people.values():
        if person.on_duty:
            state = serving(state, person.handle)
    return state


def _reading_began(state, event):
    for person in state.people.values():
        if person.duty:  # nobody leads, so nobody serves
            state = with_person(state, person.handle, duty=None)
    return changed(state, phase="open", agenda=event.agenda, ends_at=event.ends_at, unled=True, index=-1)


def _segment_began(state, event):
    state = _told_that_they_were_heard(state)
    segment = state.agenda[event.index]
    if event.names:
        state = changed(state, drawn=state.drawn.set(state.floor_head, (event.order, event.names)))
    # Hands lapse with their part, so that none stays up forgotten; drafts are on people's own pages.
    return changed(
        state, phase="closing" if segment.mode == Mode.CLOSING else "open", index=event.index,
        segment_began_at=event.at, segment_seconds=round((event.ends_at - event.at).total_seconds()),
        segment_ends_at=event.ends_at, segment_added=0, asked_until=None, read_until=None, hands=(), order=event.order,
        turn=None, next_at=event.at + timedelta(seconds=RULES[segment.mode].breath),
    )


def _told_that_they_were_heard(state):
    """The room moves on: whoever shared last learns, once, that they were heard. Silence never reads
    as rejection, because the chair's thanks stand in where nobody pressed."""
    return changed(state, people=_people_who_know(state), last_share=None, heard_by=frozenset())


def _people_who_know(state):
    """Everybody, and of them whoever shared last with what they learn."""
    mark = state.shares.get(state.last_share)
    person = None if mark is None or mark.removed else state.people.get(mark.by)
    if person is None:
        return state.people
    return state.people.set(mark.by, changed(person, heard="group" if state.heard_by else "thanks"))


def _floor_given(state, event):
    state = _told_that_they_were_heard(state)
    return changed(without(state, event.to), turn=Turn(event.to, event.name, event.ends_at), next_at=None, read_until=None)


def _turn_ended(state, event):
    if event.how != "left":  # whose line dropped in the middle may come back for a whole one
        state = with_person(state, event.by, had_turn=state.index)
    return changed(state, turn=None, next_at=event.next_at, last_turn=event.by)


def _shared(state, event):
    """All at once, because most of what happens in an hour is this."""
    number, mode, people = state.floor_head, state.segment.mode, _people_who_know(state)
    person, held = people[event.by], state.held.get(event.held)  # held: what it was to be is what it was when it was written
    # Only open talk has a pace of one's own; a word in a round starts no wait in what comes after.
    last = event.at if mode == Mode.OPEN_TALK and held is None else person.last_share_at
    counts, step = (held.counts, held.step) if held else (mode == Mode.ONE_VOICE, state.segment.step)
    after = changed(
        person, last_share_at=last, shares=person.shares + counts, heard=None, unheard=False,
        step=number if step else person.step, said=(*person.said, number),
    )
    return changed(
        state, people=people.set(event.by, after), shares=state.shares.set(number, ShareMark(event.by, at=event.at)),
        sent=state.sent.set((event.by, event.client_id), number), last_share=number, heard_by=frozenset(),
        last_shares=watched(state, person.fresh),
        read_until=event.at + timedelta(seconds=event.reading) if mode == Mode.ONE_VOICE else None,
    )


def _share_removed(state, event):
    mark = state.shares.get(event.share)
    if mark is None:
        return state
    person = state.people[mark.by]
    said = tuple(number for number in person.said if number != event.share)
    taken = person.taken if event.by == mark.by else (*person.taken, (event.share, event.agreement))
    state = with_person(state, mark.by, said=said, taken=taken)
    return changed(state, shares=state.shares.set(event.share, changed(mark, removed=True)))


def _time_added(state, event):
    more = timedelta(seconds=event.seconds)
    if event.to == "turn" and state.turn:
        asked = state.turn.extended or event.by == state.turn.who
        turn = changed(state.turn, ends_at=state.turn.ends_at + more, added=state.turn.added + event.seconds, extended=asked)
        return changed(state, turn=turn)
    state = changed(state, segment_ends_at=state.segment_ends_at + more, asked_until=None)
    if event.lender is None:
        return changed(state, segment_added=state.segment_added + event.seconds)
    lender = state.agenda[event.lender]  # what is borrowed is nobody's addition; whoever chairs may still give theirs
    lender = changed(lender, minutes=max(lender.least, lender.minutes - event.seconds // 60))
    return changed(state, agenda=(*state.agenda[: event.lender], lender, *state.agenda[event.lender + 1:]))


def _floor_resumed(state, event):
    late = timedelta(seconds=event.late)
    return changed(
        state, pause=None, segment_began_at=state.segment_began_at + late, segment_ends_at=state.segment_ends_at + late,
        turn=state.turn and changed(state.turn, ends_at=state.turn.ends_at + late),
        next_at=state.next_at and state.next_at + late, asked_until=state.asked_until and state.asked_until + late,
        read_until=state.read_until and state.read_until + late,
    )


def _meeting_closed(state, event):
    state = _told_that_they_were_heard(state)
    return changed(
        state, phase="sealed", turn=None, hands=(), order=(), next_at=None, pause=None, closed_at=event.at, why_closed=event.why
    )


CHANGES = {
    e.LobbyOpened: _lobby_opened,
    e.DoorOpened: _door_opened,
    e.SegmentBegan: _segment_began,
    e.OrderNamed: lambda state, event: changed(state, drawn=state.drawn.set(event.segment, (event.order, event.names))),
    e.ReadingBegan: _reading_began,
    e.FloorGiven: _floor_given,
    e.TurnEnded: _turn_ended,
    e.Shared: _shared,
    e.ShareRemoved: _share_removed,
    e.TimeAdded: _time_added,
    e.FloorPaused: lambda state, event: changed(state, pause=Pause(event.at, event.why)),
    e.FloorResumed: _floor_resumed,
    e.MeetingClosed: _meeting_closed,
    e.MoreTimeAsked: lambda state, event: changed(state, asked_until=event.until),
    e.Heard: lambda state, event: changed(state, heard_by=state.heard_by | {event.by}),
}
