"""How the events that keep a room safe change its state. Pure; part of `evolve`."""

from groups.meeting import events_safety as e
from groups.meeting.evolve_people import UNASKED, changed, into_the_round, sent, with_person, without
from groups.meeting.marks import Held, Raid

WATCHED = 30  # shares, of which too many may be from people who only just came


def _warned(state, event):
    return with_person(state, event.who, rung="warn", agreement=event.agreement, **UNASKED)


def _listen_only(state, event):
    state = changed(without(state, event.who), silenced=state.silenced.set(event.who, event.until))
    return with_person(state, event.who, rung="listen", agreement=event.agreement, **UNASKED)


def _listening_over(state, event):
    if event.who not in state.silenced:
        return state
    return into_the_round(changed(state, silenced=state.silenced.delete(event.who)), event.who)


def _share_held(state, event):
    state, number = sent(state, event), state.desk_head
    if event.rewrites is not None:
        state = _settled(state, event.rewrites, status="rewritten")
    before = state.held.get(event.rewrites)
    segment = state.segment
    held = Held(
        event.by, event.name, event.client_id, event.at, event.note, event.why,
        counts=before.counts if before else state.rules.has_turns and not state.rules.offered,
        step=before.step if before else bool(segment and segment.step),
    )
    # A pace of one's own counts from here, whatever becomes of the share.
    if state.rules.words == "anyone":
        state = with_person(state, event.by, last_share_at=event.at)
    return changed(state, held=state.held.set(number, held))


def _settled(state, number, **changes):
    held = state.held.get(number)
    return state if held is None else changed(state, held=state.held.set(number, changed(held, **changes)))


def _concern(state, event):
    return with_person(changed(state, worries=state.worries | {(event.by, event.who)}), event.who, cared_for=True)


def _erased(state, event):
    lines = state.lines.delete(event.who) if event.who in state.lines else state.lines
    return changed(with_person(state, event.who, name=""), erased=state.erased | {event.who}, lines=lines)


def _report(state, event):
    waiting = state.reports_waiting.set(event.report, event.about)
    return changed(state, reports=(*state.reports, (event.at, event.report)), reports_waiting=waiting)


def _report_settled(state, event):
    if event.report not in state.reports_waiting:
        return state
    rest = tuple((at, report) for at, report in state.reports if report != event.report)
    return changed(state, reports=rest, reports_waiting=state.reports_waiting.delete(event.report))


def watched(state, fresh: bool) -> tuple[bool, ...]:
    """The last shares, with one more by somebody who came to the group within the hour or not."""
    return (*state.last_shares, fresh)[-WATCHED:]


CHANGES = {
    e.Warned: _warned,
    e.ListenOnly: _listen_only,
    e.ListeningOver: _listening_over,
    e.SteppedBack: lambda state, event: with_person(
        state, event.who, standing="left", rung=None, agreement=None, emergency=None, out_days=None
    ),
    e.ShareHeld: _share_held,
    e.ShareReleased: lambda state, event: _settled(state, event.held, status="released"),
    e.EditAsked: lambda state, event: _settled(state, event.held, status="asked", agreement=event.agreement),
    e.ShareDropped: lambda state, event: _settled(state, event.held, status="dropped", agreement=event.agreement),
    e.ConcernRaised: _concern,
    e.Erased: _erased,
    e.ReportNoted: _report,
    e.ReportSettled: _report_settled,
    e.RaidBegan: lambda state, event: changed(state, raid=Raid(event.at, event.why)),
    e.RaidOver: lambda state, event: changed(state, raid=None, fresh_knocks=(), last_shares=(), reports=()),
    e.TurnedBack: lambda state, event: state,
    e.RulesChanged: lambda state, event: changed(
        state, capacity=event.capacity, guard=event.guard, holds_first=event.holds_first, hands_seen=event.hands_seen
    ),
}
