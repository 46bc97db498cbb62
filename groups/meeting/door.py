"""The door: coming, being let in or not, going. Pure; part of `decide`."""

from datetime import datetime

from groups import policy
from groups.meeting import commands as c
from groups.meeting import duty, raids, turns
from groups.meeting import events as e
from groups.meeting.evolve import evolve, replay
from groups.meeting.person import Person
from groups.meeting.state import State

MANY = 8  # people the chair may let in alone; beyond, somebody else keeps the door (features 4.1)


def _open_lobby(state, command, now):
    if state.phase != "planned":
        return []
    return [
        e.LobbyOpened(
            at=now, title=command.title, starts_at=command.starts_at, ends_at=command.ends_at, agenda=command.agenda,
            capacity=command.capacity, fallback=command.fallback, door_shuts_at=command.door_shuts_at,
            hands_seen=command.hands_seen, guard=command.guard, holds_first=command.holds_first,
            agreements=command.agreements, contact_agreement=command.contact_agreement,
        )
    ]


def _knock(state, command, now):
    policy.refuse_unless(state.phase != "planned", "not_yet_open")
    policy.refuse_unless(state.is_live, "meeting_over")
    policy.refuse_unless(command.by not in state.erased, "not_here")
    person = state.person(command.by)
    if person:
        policy.refuse_unless(person.standing != "out", "left_for_tonight")
        policy.refuse_unless(person.standing != "declined", "declined_tonight")
        if person.standing in ("waiting", "inside"):
            return []
    back = person is not None and person.was_inside
    shut = state.runs and state.door_shuts_at is not None and now >= state.door_shuts_at
    policy.refuse_unless(back or not shut, "door_shut")
    policy.may_knock_during(state.raid, command.fresh, sum(p.fresh for p in state.standing("waiting")))
    came = [
        e.Knocked(
            at=now,
            who=command.by,
            name=person.name if person else command.name,  # fixed for as long as the meeting lasts
            newcomer=command.newcomer,
            unheard=command.unheard,
            fresh=command.fresh,
            moderates=command.moderates,
            not_yet=command.not_yet,
            earlier=command.earlier,
        )
    ]
    # Who was let in before only lost the line; and a reading needs nobody at the door. A raid asks everybody
    # who only just came to wait.
    held_up = state.hushed or state.raid is not None and command.fresh
    if person is None and command.duty and command.duty not in duty.served(state) and not state.unled and not held_up:
        came += duty.taken(replay(came, state), e.DutyTaken(at=now, who=command.by, duty=command.duty), now)
    elif (back or state.unled) and state.places > 0 and not held_up:
        came.append(e.Admitted(at=now, who=command.by, by=c.ROOM))
    return came + raids.noticed(replay(came, state), now)


def _say_need(state, command, now):
    policy.refuse_unless(state.is_live, "meeting_over")
    person = state.person(command.by)
    policy.refuse_unless(person is not None and person.standing in ("waiting", "inside"), "come_first")
    if person.need == command.need:
        return []
    gives_back = command.need == "settle" and state.turn is not None and state.turn.who == command.by
    turn = turns.end_turn(state, now, "passed") if gives_back else []
    return [*turn, e.NeedSaid(at=now, who=command.by, need=command.need)]


def chair_may_admit(state: State, more: int) -> bool:
    """Whether the chair may let in so many more: not lead many and keep the door as well."""
    return state.on("door") is not None or len(state.standing("inside")) + more <= MANY


def _may_open_to(state, by, more):
    """Those on duty let people in, the chair alone only a few; and nobody comes in during a hush."""
    policy.may_serve(by)
    policy.refuse_unless(state.is_live, "meeting_over")
    policy.refuse_unless(not state.hushed, "hushed")
    policy.refuse_unless(by.duty != "chair" or chair_may_admit(state, more), "door_needs_somebody", many=MANY)


def _admit(state, command, now):
    by, person = state.person(command.by), state.person(command.who)
    policy.may_serve(by)
    policy.refuse_unless(person is not None and person.standing in ("waiting", "inside", "declined"), "not_here")
    if person.standing == "inside":
        return []
    _may_open_to(state, by, 1)
    policy.refuse_unless(state.places > 0, "room_full")
    return [e.Admitted(at=now, who=command.who, by=command.by)]


def let_in_together(state: State, known: bool = False) -> list[Person]:
    """Who is let in when everybody is, or (known) everybody who was here before: a raid lets nobody new in so."""
    return [p for p in state.standing("waiting") if not (p.newcomer and (known or state.raid is not None))]


def _admit_all(state, command, now):
    waiting = let_in_together(state, isinstance(command, c.AdmitKnown))
    places = min(len(waiting), max(0, state.places))
    _may_open_to(state, state.person(command.by), places)
    policy.refuse_unless(not waiting or places > 0, "room_full")
    return [e.Admitted(at=now, who=person.handle, by=command.by) for person in waiting[:places]]


def _decline(state, command, now):
    policy.may_serve(state.person(command.by))
    policy.refuse_unless(state.is_live, "meeting_over")
    person = state.person(command.who)
    policy.refuse_unless(person is not None and person.standing == "waiting", "not_here")
    return [e.Declined(at=now, who=command.who, by=command.by, why=command.why)]


def _leave(state, command, now):
    person = state.person(command.by)
    if person is None or person.standing not in ("waiting", "inside") or not state.is_live:
        return []
    return goes(state, e.SteppedAway(at=now, who=command.by), now)


def _unseen(state, command, now):
    """Whoever went away without a word gives up their place, but the last on duty while the floor
    rests for them: they may come back to it."""
    person = state.person(command.who)
    if not state.is_live or person is None or person.standing not in ("waiting", "inside"):
        return []
    going = e.SteppedAway(at=now, who=command.who)
    awaited = state.runs and not state.hushed and person.on_duty and not evolve(state, going).anybody_on_duty
    return [] if awaited else goes(state, going, now)


def goes(state: State, going: e.Event, now: datetime) -> list[e.Event]:
    """Somebody is not inside any more: their turn ends, and without a chair the floor rests."""
    gone = turns.end_turn(state, now, "left") if state.turn and state.turn.who == going.who else []
    gone.append(going)
    after = replay(gone, state)
    if state.unled and after.places > 0:  # nobody keeps the door of a reading: whoever waits is next
        gone += [e.Admitted(at=now, who=p.handle, by=c.ROOM) for p in after.standing("waiting")[:1]]
    return gone + duty.rest_unheld(after, now)


DECISIONS = {
    c.OpenLobby: _open_lobby,
    c.Knock: _knock,
    c.SayNeed: _say_need,
    c.Admit: _admit,
    c.AdmitAll: _admit_all,
    c.AdmitKnown: _admit_all,
    c.Decline: _decline,
    c.Leave: _leave,
    c.Unseen: _unseen,
}
