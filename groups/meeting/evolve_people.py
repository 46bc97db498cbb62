"""How people's events change the state: coming and going, duties, hands, private lines. Pure; part
of `evolve`, and the ground `evolve_hour.py` stands on."""

from collections import Counter
from datetime import timedelta

import msgspec

from groups.meeting import events as e
from groups.meeting.lots import lot_of
from groups.meeting.person import Person, stands_beside

MANY_AT_ONCE = 8  # people new within the hour, at the door in one minute: more looks like a raid
TOLD = 5  # answers on what people came for, before the desk reads anything of them, and each time it reads something else
UNASKED = {"offered": None, "offered_by": None}  # nobody asks them to serve
HEADSTART = timedelta(seconds=10)  # the chair's, to call a fresh hand before the room does


def changed(struct, **changes):
    """The same with these fields changed."""
    return msgspec.structs.replace(struct, **changes)


def with_person(state, handle, **changes):
    """The state with these things changed about somebody, if they ever came."""
    person = state.people.get(handle)
    return state if person is None else changed(state, people=state.people.set(handle, changed(person, **changes)))


def without(state, handle):
    """Nobody's hand, place or turn once they are not inside."""
    return changed(
        state,
        hands=tuple(h for h in state.hands if h != handle),
        order=tuple(h for h in state.order if h != handle),
        turn=None if state.turn and state.turn.who == handle else state.turn,
    )


def sent(state, event):
    """A client id is remembered with the number it led to."""
    return changed(state, sent=state.sent.set((event.by, event.client_id), state.head(event.stream)))


def _knocked(state, event):
    before = state.people.get(event.who)
    person = Person(
        event.who, event.name, arrived=state.desk_head, newcomer=event.newcomer, unheard=event.unheard, fresh=event.fresh,
        waits_since=event.at, moderates=event.moderates, not_yet=event.not_yet, earlier=event.earlier,
    )
    if before:  # somebody comes back: what they did here stays known
        since = before.waits_since if before.standing == "waiting" else event.at
        known = {"moderates": event.moderates, "not_yet": event.not_yet, "earlier": event.earlier}
        person = changed(before, standing="waiting", waits_since=since, **known)
    elif event.fresh:
        state = changed(state, fresh_knocks=(*state.fresh_knocks, event.at)[-MANY_AT_ONCE - 1:])
    return changed(state, people=state.people.set(event.who, person))


def _admitted(state, event):
    state = with_person(state, event.who, standing="inside", was_inside=True, why_declined=None)
    return into_the_round(state, event.who)


def _duty_taken(state, event):
    for person in state.people.values():
        if person.duty == event.duty and not stands_beside(event):  # lost, and relieved
            state = with_person(state, person.handle, duty=None)
        if person.offered == event.duty:  # somebody was faster
            state = with_person(state, person.handle, **UNASKED)
    if event.duty == "chair" and state.first_chair is None:
        state = changed(state, first_chair=event.who)
    moderates = event.moderates or event.who in state.people and state.people[event.who].moderates
    serves = {"duty": event.duty, "relieved": False, "not_now": False, "moderates": moderates}
    state = with_person(state, event.who, standing="inside", was_inside=True, **serves, **UNASKED)
    return into_the_round(serving(state, event.who) if state.runs else state, event.who)


def _duty_ended(state, event):
    """They stay as anybody; a chair that was taken away is not theirs to take back."""
    first = None if state.first_chair == event.who else state.first_chair
    person = state.people.get(event.who)
    relieved = event.by is not None or person is not None and person.relieved
    return changed(with_person(state, event.who, duty=None, relieved=relieved, **UNASKED), first_chair=first)


def _duty_offered(state, event):
    return with_person(state, event.who, offered=event.duty, offered_by=event.by, not_now=False)


def serving(state, handle):
    """Whoever has a duty while the hour runs has served tonight, whatever happens later."""
    person = state.people.get(handle)
    if person is None or person.duty is None or person.duty in person.served:
        return state
    return with_person(state, handle, served=(*person.served, person.duty))


def into_the_round(state, handle):
    """Who comes in during a round, or would speak after all, is offered the floor last, if they had no
    turn in it before."""
    person = state.people.get(handle)
    if person is None or person.standing != "inside" or person.settled or person.had_turn == state.index:
        return state
    if handle in state.silenced:
        return state
    waits = handle in state.order or state.turn is not None and state.turn.who == handle
    return state if waits or not state.rules.offered else changed(state, order=(*state.order, handle))


def _gone(standing):
    def change(state, event):
        state = with_person(without(state, event.who), event.who, standing=standing, duty=None, **UNASKED)
        if standing == "declined":
            return with_person(state, event.who, why_declined=event.why)
        if standing == "out":
            why = {"agreement": event.agreement, "emergency": event.emergency, "out_days": event.days}
            return with_person(state, event.who, rung="leave", **why)
        return state

    return change


def _hand_raised(state, event):
    wait, clock = state.next_at, state.pause.since if state.pause else event.at
    if state.turn is None and not state.hands:
        wait = max(filter(None, (state.next_at, clock + HEADSTART)))
    return changed(state, hands=_queued(state, event.who), next_at=wait)


def rank(state, handle):
    """What the present part goes by when it puts hands in order; among equals, who was first."""
    segment, person = state.segment, state.people[handle]
    own = {"arrival": person.arrived, "least_spoken": person.shares, "random": lot_of(state, state.index, handle)}
    return (segment.newcomers_first and not person.newcomer, own.get(segment.order, 0))


def _queued(state, handle):
    """The queue with one more, at the place the part's order gives them. Those who wait keep their
    order, also where somebody on duty had moved them."""
    place = len(state.hands)
    while place and rank(state, state.hands[place - 1]) > rank(state, handle):
        place -= 1
    return (*state.hands[:place], handle, *state.hands[place:])


def _hand_moved(state, event):
    others = [h for h in state.hands if h != event.who]
    others.insert(event.place - 1, event.who)
    return changed(state, hands=tuple(others))


def _need_said(state, event):
    state = without(state, event.who) if event.need == "settle" else state
    state = into_the_round(with_person(state, event.who, need=event.need), event.who)
    person = state.people.get(event.who)
    return state if person is None or person.duty else _told_once_more(state, event.who)


def _told_once_more(state, who):
    """What people came for is reckoned anew once so many others have said it: nobody's answer is the one that
    changed it (decision 7)."""
    told = state.told | {who}
    said = Counter(p.need for p in state.standing("waiting", "inside") if p.need and not p.duty)
    if len(told) < TOLD or said.total() < TOLD:
        return changed(state, told=told)
    [(need, many)] = said.most_common(1)
    return changed(state, told=frozenset(), came_for=need if 2 * many > said.total() else "mixed")


def _line_written(state, event):
    writers = state.writers.set(event.who, state.writers.get(event.who, frozenset()) | {event.by})
    return changed(sent(state, event), lines=state.lines.set(event.who, event.by), writers=writers)


CHANGES = {
    e.Knocked: _knocked,
    e.Admitted: _admitted,
    e.Declined: _gone("declined"),
    e.SteppedAway: _gone("left"),
    e.PutOut: _gone("out"),
    e.DutyTaken: _duty_taken,
    e.DutyEnded: _duty_ended,
    e.DutyOffered: _duty_offered,
    e.DutyDeclined: lambda state, event: with_person(state, event.who, not_now=True, **UNASKED),
    e.RoleOver: lambda state, event: with_person(state, event.who, moderates=False),
    e.HandRaised: _hand_raised,
    e.HandMoved: _hand_moved,
    e.DeskNote: lambda state, event: sent(state, event),
    e.LineWritten: _line_written,
    e.NeedSaid: _need_said,
    e.HandLowered: lambda state, event: changed(state, hands=tuple(h for h in state.hands if h != event.who)),
}
