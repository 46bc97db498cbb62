"""From a wish to facts: `decide(state, command, now)` returns the events, or raises Refused.

Pure. Who may is asked of `policy.py`; this file and its two neighbours say what follows:
here the door and the duties, in `turns.py` the floor, in `clockwork.py` what time alone brings."""

from datetime import datetime

from groups import policy
from groups.meeting import clockwork, turns
from groups.meeting import commands as c
from groups.meeting import events as e
from groups.meeting.evolve import evolve
from groups.meeting.state import State

EARLY = 60  # seconds before the hour from which the chair may begin


def decide(state: State, command: c.Command, now: datetime) -> list[e.Event]:
    """The events that follow from this command at this moment. Raises Refused with a reason word.

    Deciding nothing (an empty list) is a proper answer: it was so already."""
    if already(state, command) is not None:
        return []
    return _DECISIONS[type(command)](state, command, now)


def already(state: State, command: c.Command) -> int | None:
    """The number of the share this command made before, when it is a retry."""
    return state.sent.get((command.by, command.client_id)) if isinstance(command, c.Share) else None


def _open_lobby(state, command, now):
    if state.phase != "planned":
        return []
    return [
        e.LobbyOpened(
            at=now, title=command.title, starts_at=command.starts_at, ends_at=command.ends_at,
            agenda=command.agenda, capacity=command.capacity,
        )
    ]


def _knock(state, command, now):
    policy.refuse_unless(state.phase != "planned", "not_yet_open")
    policy.refuse_unless(state.is_live, "meeting_over")
    person = state.person(command.by)
    if person:
        policy.refuse_unless(person.standing != "out", "left_for_tonight")
        policy.refuse_unless(person.standing != "declined", "declined_tonight")
        if person.standing in ("waiting", "inside"):
            return []
    came = [e.Knocked(at=now, who=command.by, name=command.name, newcomer=command.newcomer)]
    if person and person.was_inside and _places(state) > 0:
        came.append(e.Admitted(at=now, who=command.by, by=c.ROOM))  # was let in before; only the line had dropped
    return came


def _take_duty(state, command, now):
    policy.refuse_unless(state.phase != "planned", "not_yet_open")
    policy.refuse_unless(state.is_live, "meeting_over")
    person = state.person(command.by)
    policy.refuse_unless(person is not None and person.standing in ("waiting", "inside"), "not_here")
    if person.duty == command.duty:
        return []
    holder = next((p for p in state.people.values() if p.duty == command.duty and p.on_duty), None)
    # While the floor rests, whoever had the duty was lost: somebody who is here may carry on in their place.
    policy.refuse_unless(holder is None or state.pause is not None, "duty_taken")
    taken = [e.DutyTaken(at=now, who=command.by, duty=command.duty)]
    return taken + (_resume(state, now) if state.pause else [])


def _open_door(state, command, now):
    policy.may_lead(state.person(command.by))
    if state.phase in ("open", "closing"):
        return []
    policy.refuse_unless(state.phase == "lobby", "meeting_over")
    seconds = (state.starts_at - now).total_seconds()
    policy.refuse_unless(seconds <= EARLY, "too_early", minutes=max(1, round(seconds / 60)))
    opened = e.DoorOpened(at=now, by=command.by)
    return [opened, *turns.begin_segment(evolve(state, opened), 0, now)]


def _places(state):
    return state.capacity - sum(1 for p in state.people.values() if p.standing == "inside" and not p.duty)


def _admit(state, command, now):
    policy.may_serve(state.person(command.by))
    policy.refuse_unless(state.is_live, "meeting_over")
    person = state.person(command.who)
    policy.refuse_unless(person is not None and person.standing in ("waiting", "inside", "declined"), "not_here")
    if person.standing == "inside":
        return []
    policy.refuse_unless(_places(state) > 0, "room_full")
    return [e.Admitted(at=now, who=command.who, by=command.by)]


def _admit_all(state, command, now):
    policy.may_serve(state.person(command.by))
    policy.refuse_unless(state.is_live, "meeting_over")
    waiting = state.standing("waiting")
    places = max(0, _places(state))
    policy.refuse_unless(not waiting or places > 0, "room_full")
    return [e.Admitted(at=now, who=person.handle, by=command.by) for person in waiting[:places]]


def _decline(state, command, now):
    policy.may_serve(state.person(command.by))
    policy.refuse_unless(state.is_live, "meeting_over")
    person = state.person(command.who)
    policy.refuse_unless(person is not None and person.standing == "waiting", "not_here")
    return [e.Declined(at=now, who=command.who, by=command.by)]


def _leave(state, command, now):
    person = state.person(command.by)
    if person is None or person.standing not in ("waiting", "inside") or not state.is_live:
        return []
    return _goes(state, e.SteppedAway(at=now, who=command.by), now)


def _put_out(state, command, now):
    policy.refuse_unless(state.is_live, "meeting_over")
    policy.may_put_out(state.person(command.by), state.person(command.who))
    return _goes(state, e.PutOut(at=now, who=command.who, by=command.by, agreement=command.agreement), now)


def _goes(state, going, now):
    """Somebody is not inside any more: their turn ends, and with the last on duty the floor rests."""
    gone = turns.end_turn(state, now, "left") if state.turn and state.turn.who == going.who else []
    gone.append(going)
    after = evolve(state, going)
    if state.phase in ("open", "closing") and not after.anybody_on_duty and state.pause is None:
        gone.append(e.FloorPaused(at=now, why="nobody_on_duty"))
    return gone


def _unseen(state, command, now):
    """Whoever was away for long gives up their place, and their duty if somebody else serves. The last
    on duty stays: for them the floor rests."""
    person = state.person(command.who)
    gone = state.is_live and person is not None and person.standing in ("waiting", "inside")
    if gone and person.duty:
        gone = state.pause is None and any(p.on_duty for p in state.people.values() if p is not person)
    return _goes(state, e.SteppedAway(at=now, who=command.who), now) if gone else []


def _hold_lost(state, command, now):
    lost = state.phase in ("open", "closing") and state.pause is None
    return [e.FloorPaused(at=now, why="nobody_on_duty")] if lost else []


def _hold_taken(state, command, now):
    return _resume(state, now) if state.pause and state.anybody_on_duty else []


def _resume(state, now):
    return [e.FloorResumed(at=now, late=max(0, round((now - state.pause.since).total_seconds())))]


def _close(state, command, now):
    policy.may_lead(state.person(command.by))
    if state.phase == "sealed":
        return []
    policy.refuse_unless(state.is_live, "not_yet_open")
    return turns.close(state, now, "chair")


_DECISIONS = {
    c.OpenLobby: _open_lobby,
    c.Knock: _knock,
    c.TakeDuty: _take_duty,
    c.OpenDoor: _open_door,
    c.Admit: _admit,
    c.AdmitAll: _admit_all,
    c.Decline: _decline,
    c.Leave: _leave,
    c.PutSomebodyOut: _put_out,
    c.Unseen: _unseen,
    c.HoldLost: _hold_lost,
    c.HoldTaken: _hold_taken,
    c.Close: _close,
    **turns.DECISIONS,
    **clockwork.DECISIONS,
}
