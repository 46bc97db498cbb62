"""Steps of the ladder inside a meeting, emergencies, undoing, and concern. Pure; part of `decide`.

What is done is told to the person and to those on duty; the floor only ever sees that a share went."""

from datetime import datetime, timedelta

from groups import policy
from groups.conduct.ladder import LISTEN_FOR, height, is_next
from groups.meeting import commands_safety as c
from groups.meeting import events as e
from groups.meeting import holds, raids, turns
from groups.meeting.commands import ROOM
from groups.meeting.door import goes
from groups.meeting.duty import relieved, rest_unheld
from groups.meeting.evolve import evolve, replay
from groups.meeting.state import State

LATER = {"listen": "listen_later", "leave": "leave_later"}  # what comes before a step is said in its refusal


def whom(state: State, command: c.About) -> str | None:
    """Whom this is about, by handle."""
    mark = state.shares.get(command.number)
    return mark.by if mark is not None else command.who


def _take_step(state, command, now):
    who = whom(state, command)
    by, target = state.person(command.by), state.person(who)
    policy.refuse_unless(state.is_live, "meeting_over")
    policy.may_put_out(by, target, command.looks_after)
    policy.may_name_agreement(state, command.agreement)
    before = max(command.earlier, target.rung, key=height)
    policy.refuse_unless(is_next(command.step, before), LATER.get(command.step, "refused"))
    facts = {"at": now, "who": who, "by": command.by, "agreement": command.agreement}
    ended = relieved(target, command.by, now)  # a step ends their duty, where they had one
    state = replay(ended, state)
    if command.step == "leave":
        return [*ended, *put_out(state, who, e.PutOut(**facts), now)]
    step = e.Warned(**facts) if command.step == "warn" else e.ListenOnly(**facts, until=now + LISTEN_FOR)
    gone = turns.end_turn(state, now, "passed") if command.step == "listen" and state.turn and state.turn.who == who else []
    done = [*gone, step]
    return [*ended, *done, *(rest_unheld(replay(done, state), now) if ended else [])]


def put_out(state: State, handle: str, going: e.Event, now: datetime) -> list[e.Event]:
    """Somebody goes, and what of theirs was held goes with them."""
    held = holds.dropped_with(state, handle, now)
    return [*held, *goes(replay(held, state), going, now)]


def _end_listening(state, command, now):
    policy.may_serve(state.person(command.by))
    listens = state.is_live and command.who in state.silenced
    return [e.ListeningOver(at=now, who=command.who, by=command.by)] if listens else []


def _let_back(state, command, now):
    if not state.is_live:
        return []
    if command.who in state.silenced:
        return [e.ListeningOver(at=now, who=command.who, by=ROOM)]
    person = state.person(command.who)
    return [e.SteppedBack(at=now, who=command.who)] if person is not None and person.standing == "out" else []


def _lock_now(state, command, now):
    return turns.close(state, now, "locked") if state.is_live else []


def _remove_now(state, command, now):
    who = whom(state, command)
    by, target = state.person(command.by), state.person(who)
    policy.refuse_unless(state.is_live, "meeting_over")
    policy.may_remove_now(by, target, command.looks_after)
    policy.may_name_agreement(state, command.agreement)
    going = e.PutOut(at=now, who=who, by=command.by, agreement=command.agreement, emergency=command.why, days=command.days)
    gone = [*relieved(target, command.by, now), *_removed(state, command, who, now, since=None)]
    return [*gone, *put_out(replay(gone, state), who, going, now)]


def _remove_lately(state, command, now):
    who = whom(state, command)
    policy.may_serve(state.person(command.by))
    policy.refuse_unless(state.is_live, "meeting_over")
    policy.refuse_unless(state.person(who) is not None, "not_here")
    gone = _removed(state, command, who, now, since=now - timedelta(minutes=command.minutes))
    return [*gone, *holds.dropped_with(state, who, now)]


def _removed(state, command, who, now, since):
    """Every share of theirs that is still in the room, since a moment or of the whole hour."""
    marks = [(number, mark) for number, mark in sorted(state.shares.items()) if mark.by == who and not mark.removed]
    return [
        e.ShareRemoved(at=now, share=number, by=command.by, agreement=command.agreement)
        for number, mark in marks if since is None or mark.at is None or mark.at >= since
    ]


def _take_all_back(state, command, now):
    if not state.is_live and state.phase != "sealed":
        return []
    gone = [
        e.ShareRemoved(at=now, share=number, by=command.who)
        for number, mark in sorted(state.shares.items()) if mark.by == command.who and not mark.removed
    ]
    gone += holds.dropped_with(state, command.who, now)
    person = state.person(command.who)
    if person is None or command.who in state.erased:
        return gone
    if state.is_live and person.standing in ("waiting", "inside"):
        gone += goes(replay(gone, state), e.SteppedAway(at=now, who=command.who), now)
    return [*gone, *_forgotten(state, command.who, now)]


def _forgotten(state, who, now):
    """Their name goes from orders that were announced, and from the desk."""
    named = [
        e.OrderNamed(at=now, segment=number, order=tuple(h for h, _ in rest), names=tuple(name for _, name in rest))
        for number, (order, names) in sorted(state.drawn.items()) if who in order
        for rest in [[one for one in zip(order, names, strict=True) if one[0] != who]]
    ]
    return [*named, e.Erased(at=now, who=who)]


def _turn_back(state, command, now):
    """Everybody who only just came is asked to come another time, and what they shared goes with them. It
    says nothing about anybody, so it is no step."""
    policy.may_serve(state.person(command.by))
    policy.refuse_unless(state.is_live, "meeting_over")
    happened = []

    def then(*events):
        nonlocal state
        happened.extend(events)
        state = replay(events, state)

    for person in (just_came := raids.just_came(state, now)):
        for number, mark in sorted(state.shares.items()):
            if mark.by == person.handle and not mark.removed:
                then(e.ShareRemoved(at=now, share=number, by=command.by))
        then(*holds.dropped_with(state, person.handle, now))
        if state.turn and state.turn.who == person.handle:
            then(*turns.end_turn(state, now, "left"))
        then(e.Declined(at=now, who=person.handle, by=command.by, why="many"))
    if just_came:
        then(e.TurnedBack(at=now, by=command.by, people=len(just_came)))
    return happened + rest_unheld(state, now)


def _raise_concern(state, command, now):
    by = state.person(command.by)
    policy.may_be_inside(by)
    policy.refuse_unless(state.is_live, "meeting_over")
    who = whom(state, command)
    if who == command.who:
        policy.may_serve(by)  # only they know people by more than what they shared
    policy.refuse_unless(state.person(who) is not None, "not_here")
    if (command.by, who) in state.worries:
        return []
    return [e.ConcernRaised(at=now, who=who, by=command.by, share=command.number if who != command.who else None)]


def _note_report(state, command, now):
    if not state.is_live or command.report in state.reports_waiting:
        return []
    noted = e.ReportNoted(at=now, report=command.report, share=command.share, about=command.about, quiet=True)
    return [noted, *raids.noticed(evolve(state, noted), now)]


def _settle_report(state, command, now):
    waits = state.is_live and command.report in state.reports_waiting
    return [e.ReportSettled(at=now, report=command.report)] if waits else []


def _change_rules(state, command, now):
    policy.refuse_unless(state.is_live, "meeting_over")
    changed = e.RulesChanged(
        at=now, capacity=command.capacity, guard=command.guard, holds_first=command.holds_first, hands_seen=command.hands_seen
    )
    return [] if evolve(state, changed).same_rules(state) else [changed]


def listening_over(state: State, now: datetime) -> list[e.Event]:
    """Whoever's ten minutes of listening are over may speak again."""
    over = sorted(handle for handle, until in state.silenced.items() if until <= now)
    return [e.ListeningOver(at=now, who=handle, by=ROOM) for handle in over]


DECISIONS = {
    c.TakeStep: _take_step,
    c.EndListening: _end_listening,
    c.LetBack: _let_back,
    c.LockNow: _lock_now,
    c.RemoveNow: _remove_now,
    c.RemoveLately: _remove_lately,
    c.TakeAllBack: _take_all_back,
    c.TurnBack: _turn_back,
    c.RaiseConcern: _raise_concern,
    c.NoteReport: _note_report,
    c.SettleReport: _settle_report,
    c.ChangeRules: _change_rules,
}
