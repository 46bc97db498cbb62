"""Service: who leads, what happens when nobody does, and words among those on duty. Pure; part of
`decide`."""

from datetime import datetime, timedelta

from groups import policy
from groups.meeting import commands as c
from groups.meeting import events as e
from groups.meeting import turns
from groups.meeting.evolve import evolve, replay
from groups.meeting.person import Person, stands_beside
from groups.meeting.state import State

EARLY = 60  # seconds before the hour from which the chair may begin
TAKEN_OVER = timedelta(seconds=60)  # nobody chairs for this long: somebody else may carry on


def may_lead_from(state: State, person: Person) -> datetime | None:
    """From when this person may chair although the rota says nothing of it; None for not at all.

    In the lobby, when the hour has come and the chair is empty, anybody who is not in their first week
    here, nor was put on a step in this hour. Later, a minute after the chair was lost: whoever else is on duty;
    with nobody on duty, anybody inside. And whoever chaired first may always take it back."""
    if not state.is_live or state.unled or person.standing not in ("waiting", "inside") or person.duty == "chair":
        return None
    if person.rung or person.relieved:  # whoever was put on a step holds nobody else's hour
        return None
    if state.runs and person.handle == state.first_chair:
        return state.starts_at - timedelta(seconds=EARLY)
    if person.newcomer and not person.on_duty:
        return None
    if state.phase == "lobby":
        return state.starts_at if state.chair is None else None
    if person.standing != "inside" or state.pause is None or state.chair and not state.rests:
        return None
    return state.pause.since + TAKEN_OVER if person.on_duty or not _others_serve(state) else None


def _others_serve(state):
    """Whether somebody besides whoever chairs is on duty."""
    return any(p.on_duty and p.duty != "chair" for p in state.people.values())


def served(state: State) -> list[str]:
    """The duties that are somebody's. Not the chair while the floor rests: it was lost."""
    return sorted({p.duty for p in state.people.values() if p.on_duty} - ({"chair"} if state.rests else set()))


def _take_duty(state, command, now):
    policy.refuse_unless(state.phase != "planned", "not_yet_open")
    policy.refuse_unless(state.is_live, "meeting_over")
    policy.refuse_unless(not state.unled, "read_tonight")
    person = state.person(command.by)
    policy.refuse_unless(person is not None and person.standing in ("waiting", "inside"), "come_first")
    if person.duty == command.duty:
        return []
    policy.may_take_up(person, person.offered == command.duty, command.moderates)
    policy.refuse_unless(_is_theirs(state, person, command, now), "not_signed_up")
    back = command.duty == "chair" and state.first_chair == command.by  # whoever had it first may take it back
    policy.refuse_unless(back or stands_beside(command) or command.duty not in served(state), "duty_taken")
    by = person.offered_by if person.offered == command.duty and not command.moderates else None
    return taken(state, e.DutyTaken(at=now, who=command.by, duty=command.duty, by=by, moderates=command.moderates), now)


def taken(state: State, event: e.DutyTaken, now: datetime) -> list[e.Event]:
    """Somebody at the door or inside serves from now on; a floor that waited for a chair goes on."""
    what = event.duty
    if what == "chair" and state.rests:
        return [event, *_resume(state, now)]
    return [event, *rest_unheld(evolve(state, event), now)]


def _is_theirs(state, person, command, now):
    """The rota's, or offered; and the chair, where it is empty, somebody else's after a while."""
    if command.entitled or person.offered == command.duty:
        return True
    since = may_lead_from(state, person) if command.duty == "chair" else None
    return since is not None and now >= since


def _end_duty(state, command, now):
    person = state.person(command.who)
    if not state.is_live or person is None:
        return []
    over = [e.RoleOver(at=now, who=command.who)] if person.moderates else []
    if person.duty is None or person.duty in command.kept:
        return over
    over.append(e.DutyEnded(at=now, who=command.who, duty=person.duty))
    return [*over, *rest_unheld(replay(over, state), now)]


def relieved(person: Person, by: str, now: datetime) -> list[e.Event]:
    """Somebody serves no longer, because somebody else on duty says so; nothing where they do not serve."""
    return [e.DutyEnded(at=now, who=person.handle, duty=person.duty, by=by)] if person.on_duty else []


def _take_duty_back(state, command, now):
    person = state.person(command.who)
    policy.may_take_duty_back(state.person(command.by), person, command.looks_after)
    policy.refuse_unless(state.is_live, "meeting_over")
    ended = relieved(person, command.by, now)
    return [*ended, *(rest_unheld(replay(ended, state), now) if ended else [])]


def rest_unheld(state: State, now: datetime) -> list[e.Event]:
    """Where the chair is empty and nothing rests yet, the floor does: no floor is ever unheld."""
    if not state.runs or state.unled or state.pause is not None or state.chair is not None:
        return []
    return [e.FloorPaused(at=now, why="chair_away" if _others_serve(state) else "nobody_on_duty")]


def _offer_duty(state, command, now):
    policy.may_serve(state.person(command.by))
    policy.refuse_unless(state.is_live, "meeting_over")
    person = state.person(command.who)
    policy.may_be_asked_to_serve(person, command.duty, command.by in command.looks_after)
    policy.refuse_unless(command.duty not in served(state), "duty_taken")
    if person.offered == command.duty:
        return []
    return [e.DutyOffered(at=now, who=command.who, duty=command.duty, by=command.by)]


def _decline_duty(state, command, now):
    person = state.person(command.by)
    if not state.is_live or person is None or person.offered is None:
        return []
    return [e.DutyDeclined(at=now, who=command.by, duty=person.offered)]


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


def _resume(state, now):
    return [e.FloorResumed(at=now, late=max(0, round((now - state.pause.since).total_seconds())))]


def _hold_lost(state, command, now):
    if not state.runs or state.unled or state.pause is not None:
        return []
    return [e.FloorPaused(at=now, why="chair_away" if _others_serve(state) else "nobody_on_duty")]


def _hold_taken(state, command, now):
    return _resume(state, now) if state.rests and state.chair else []


def _hush(state, command, now):
    policy.may_serve(state.person(command.by))
    policy.the_hour_runs(state)
    if state.hushed:
        return []
    # A floor that rests for its chair would wake by itself when they are back; a hush does not.
    return [*(_resume(state, now) if state.rests else []), e.FloorPaused(at=now, why="hush", by=command.by)]


def _go_on(state, command, now):
    policy.may_serve(state.person(command.by))
    if not state.hushed:
        return []
    on = _resume(state, now)
    # Whose line dropped meanwhile waited at the door; now they come straight back.
    lost = [p for p in state.standing("waiting") if p.was_inside][: max(0, state.places)]
    on += [e.Admitted(at=now, who=p.handle, by=c.ROOM) for p in lost]
    return on + rest_unheld(replay(on, state), now)


def _write_desk(state, command, now):
    by = state.person(command.by)
    policy.may_serve(by)
    policy.refuse_unless(state.is_live, "meeting_over")
    return [e.DeskNote(at=now, by=command.by, name=by.name, client_id=command.client_id, words=command.words)]


def _tell_desk(state, command, now):
    note = e.DeskNote(at=now, by=command.by, name="The rota", client_id=command.client_id, words=command.words)
    return [note] if state.is_live else []


def _write_line(state, command, now):
    by = state.person(command.by)
    policy.refuse_unless(state.is_live, "meeting_over")
    policy.refuse_unless(by is not None and by.standing in ("waiting", "inside"), "come_first")
    policy.may_write_during(state.raid, by)
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
    c.EndDuty: _end_duty,
    c.OfferDuty: _offer_duty,
    c.DeclineDuty: _decline_duty,
    c.TakeDutyBack: _take_duty_back,
    c.OpenDoor: _open_door,
    c.HoldLost: _hold_lost,
    c.HoldTaken: _hold_taken,
    c.Hush: _hush,
    c.GoOn: _go_on,
    c.WriteDesk: _write_desk,
    c.TellDesk: _tell_desk,
    c.WriteLine: _write_line,
    c.Close: _close,
}
