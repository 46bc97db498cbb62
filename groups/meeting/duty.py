"""Service: who leads, what happens when nobody does, and words among those on duty. Pure; part of
`decide`."""

from datetime import timedelta

from groups import policy
from groups.meeting import commands as c
from groups.meeting import events as e
from groups.meeting import turns
from groups.meeting.evolve import evolve

EARLY = 60  # seconds before the hour from which the chair may begin
TAKEN_OVER = timedelta(seconds=60)  # the chair's line is lost this long: the second may carry on


def _take_duty(state, command, now):
    policy.refuse_unless(state.phase != "planned", "not_yet_open")
    policy.refuse_unless(state.is_live and not state.unled, "meeting_over")
    person = state.person(command.by)
    policy.refuse_unless(person is not None and person.standing in ("waiting", "inside"), "come_first")
    if person.duty == command.duty:
        return []
    policy.refuse_unless(_is_theirs(state, person, command, now), "not_signed_up")
    holder = state.on(command.duty)
    # While the floor rests, whoever had the duty was lost; and the first chair may take it back.
    back = command.duty == "chair" and state.first_chair == command.by
    policy.refuse_unless(holder is None or state.pause is not None or back, "duty_taken")
    taken = e.DutyTaken(at=now, who=command.by, duty=command.duty)
    return [taken, *(_resume(state, now) if _rests(state) and evolve(state, taken).chair else [])]


def _is_theirs(state, person, command, now):
    """The rota's, or offered; the second's when the chair is lost; and when the hour has come and
    nobody serves, anybody's who is not here for the first time."""
    if command.entitled or person.offered == command.duty:
        return True
    if command.duty == "chair" and person.on_duty and _rests(state) and now >= state.pause.since + TAKEN_OVER:
        return True
    return not state.anybody_on_duty and now >= state.starts_at and not person.newcomer


def _offer_duty(state, command, now):
    policy.may_serve(state.person(command.by))
    person = state.person(command.who)
    policy.refuse_unless(person is not None and person.standing == "inside", "not_here")
    policy.refuse_unless(state.on(command.duty) is None, "duty_taken")
    return [] if person.offered == command.duty else [e.DutyOffered(at=now, who=command.who, duty=command.duty)]


def _open_door(state, command, now):
    policy.may_lead(state.person(command.by))
    if state.runs:
        return []
    policy.refuse_unless(state.phase == "lobby", "meeting_over")
    seconds = (state.starts_at - now).total_seconds()
    policy.refuse_unless(seconds <= EARLY, "too_early", minutes=max(1, round(seconds / 60)))
    return begin(state, command.by, now)


def begin(state, by, now):
    """The hour begins."""
    opened = e.DoorOpened(at=now, by=by)
    return [opened, *turns.begin_segment(evolve(state, opened), 0, now)]


def _rests(state):
    return state.pause is not None and state.pause.why != "hush"


def _resume(state, now):
    return [e.FloorResumed(at=now, late=max(0, round((now - state.pause.since).total_seconds())))]


def _hold_lost(state, command, now):
    if not state.runs or state.unled or state.pause is not None:
        return []
    return [e.FloorPaused(at=now, why="chair_away" if len(_serving(state)) > 1 else "nobody_on_duty")]


def _serving(state):
    return [p for p in state.people.values() if p.on_duty]


def _hold_taken(state, command, now):
    return _resume(state, now) if _rests(state) and state.chair else []


def _hush(state, command, now):
    policy.may_serve(state.person(command.by))
    policy.refuse_unless(state.runs, "door_not_open" if state.phase == "lobby" else "meeting_over")
    if state.pause is not None:
        return []
    return [e.FloorPaused(at=now, why="hush")]


def _go_on(state, command, now):
    policy.may_serve(state.person(command.by))
    hushed = state.pause is not None and state.pause.why == "hush"
    return _resume(state, now) if hushed else []


def _write_desk(state, command, now):
    by = state.person(command.by)
    policy.may_serve(by)
    policy.refuse_unless(state.is_live, "meeting_over")
    return [e.DeskNote(at=now, by=command.by, name=by.name, client_id=command.client_id, words=command.words)]


def _write_line(state, command, now):
    by = state.person(command.by)
    policy.refuse_unless(state.is_live, "meeting_over")
    policy.refuse_unless(by is not None and by.standing in ("waiting", "inside"), "come_first")
    if command.who is not None and command.who != command.by:
        policy.may_serve(by)
        policy.refuse_unless(state.person(command.who) is not None, "not_here")
    return [
        e.LineWritten(
            at=now, who=command.who or command.by, by=command.by, name=by.name, client_id=command.client_id, words=command.words
        )
    ]


def _close(state, command, now):
    policy.may_lead(state.person(command.by))
    if state.phase == "sealed":
        return []
    policy.refuse_unless(state.is_live, "not_yet_open")
    return turns.close(state, now, "chair")


DECISIONS = {
    c.TakeDuty: _take_duty,
    c.OfferDuty: _offer_duty,
    c.OpenDoor: _open_door,
    c.HoldLost: _hold_lost,
    c.HoldTaken: _hold_taken,
    c.Hush: _hush,
    c.GoOn: _go_on,
    c.WriteDesk: _write_desk,
    c.WriteLine: _write_line,
    c.Close: _close,
}
