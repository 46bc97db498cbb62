"""What those on duty did in a meeting, written down in the transaction that does it: steps and their
log, emergencies that end a membership, signals. Called by the ledger with what it appends."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from groups import clock, policy
from groups.conduct.ladder import out_for
from groups.conduct.models import Step
from groups.conduct.record import write_signal, write_step
from groups.logbook.writing import write_log
from groups.meeting import events as e
from groups.meeting.log import Live, Numbered
from groups.membership.actions import end_membership
from groups.membership.models import Membership
from groups.rooms.models import Room
from groups.schedule.hours import end_of_night
from groups.schedule.models import Meeting
from groups.schedule.places import where


@dataclass(frozen=True)
class AskedToLeave:
    """Somebody was asked to leave for tonight: that is of every hour of the group, also of another that is on."""

    handle: str


STEPS = {e.Warned: Step.WARN, e.ListenOnly: Step.LISTEN, e.PutOut: Step.LEAVE}
DONE = {  # what stands in the log as it is; the room itself when it was nobody
    e.ListeningOver: "listening_over", e.ShareRemoved: "share_removed", e.ShareReleased: "share_released",
    e.EditAsked: "edit_asked", e.ShareDropped: "share_dropped", e.RaidBegan: "raid_began", e.RaidOver: "raid_over",
    e.RulesChanged: "rules_changed", e.TurnedBack: "turned_back", e.FloorPaused: "hushed",
    e.DutyTaken: "duty_given", e.DutyEnded: "duty_ended",
}
SOON = timedelta(minutes=2)  # a hand raised this soon after a newcomer's turn may follow them


def record(connection, live: Live, numbered: list[Numbered]) -> list:
    """Write down what happened. Returns news to tell after the commit."""
    events = [item.event for item in numbered if type(item.event) in _RECORDERS and _matters(live, item)]
    if not events:
        return []
    with Session(bind=connection) as session:
        people = _people(session, live, events)
        news: list = []
        for event in events:
            _RECORDERS[type(event)](session, live, people, event, news)
        session.flush()
    return news


def _matters(live, item):
    """Most shares and hands are nothing to write down; a busy hour should not pay for them."""
    event = item.event
    if isinstance(event, e.Shared):  # anybody's first of an hour may be their first of all
        sharer = live.state.person(event.by)
        return sharer is not None and sharer.said[:1] == (item.number,)
    if isinstance(event, e.DutyTaken | e.DutyEnded):
        return event.by is not None  # not what the rota gives, nor what ends with a role: that has a line of its own
    if isinstance(event, e.HandRaised):
        before = live.state.person(live.state.last_turn)
        return before is not None and before.newcomer and before.handle != event.who
    return True


def _people(session, live, events):
    handles = {handle for event in events for handle in (getattr(event, "by", None), _about(live, event))}
    found = session.scalars(select(Membership).where(Membership.handle.in_(handles - {None, "room"})))
    return {member.handle: member for member in found}


def _step(session, live, people, event, news):
    member, by = people.get(event.who), people.get(event.by)
    if member is None or event.agreement is None:
        return
    emergency = getattr(event, "emergency", None)
    facts = {"by": by, "meeting_id": live.meeting_id, "meeting": live.key}
    lasts = out_for(by is not None and by.moderates, member.moderates)
    if emergency and lasts:
        until = clock.now() + lasts
        write_step(session, member, Step.BAN, event.agreement, until=until, emergency=emergency, **facts)
        end_membership(news.append, member, barred_until=until)
        return
    until = getattr(event, "until", None)
    if isinstance(event, e.PutOut):  # for every hour of the group, until the night is over
        until = end_of_night(clock.now(), where(member.group.zone))
        news.append(AskedToLeave(member.handle))
    write_step(session, member, STEPS[type(event)], event.agreement, until=until, emergency=emergency, **facts)


def _done(session, live, people, event, news):
    by = people.get(getattr(event, "by", None))
    about = people.get(_about(live, event))
    if by is None and not isinstance(event, e.RaidBegan) or by is not None and by is about:
        return  # what the room does by the clock, and what people do with what is theirs
    write_log(
        session, _group_of(session, live, by), DONE[type(event)], by=by and by.handle, about=about and about.handle,
        agreement=getattr(event, "agreement", None), meeting=live.key,
        detail=getattr(event, "why", getattr(event, "duty", "")),
    )


def _about(live, event):
    if isinstance(event, e.ShareRemoved):
        mark = live.state.shares.get(event.share)
        return mark and mark.by
    if isinstance(event, e.ShareReleased | e.EditAsked | e.ShareDropped):
        held = live.state.held.get(event.held)
        return held and held.by
    return getattr(event, "who", None)


def _shared(session, live, people, event, news):
    """The first words of somebody that were let into a room of this group."""
    unheard = (Membership.handle == event.by, Membership.first_shared_at.is_(None))
    session.execute(update(Membership).where(*unheard).values(first_shared_at=event.at))


def _held(session, live, people, event, news):
    if set(event.why) - policy.BESIDES_CONTACT and event.by in people:
        write_signal(session, people[event.by], "contact_held", meeting=live.key)


def _hand(session, live, people, event, news):
    """A hand raised right after a newcomer's turn: nothing in itself, and part of a pattern if it is always so."""
    since = live.state.next_at or event.at
    if event.who in people and event.at - since < SOON:
        write_signal(session, people[event.who], "follows_newcomer", meeting=live.key)


def _group_of(session, live, by):
    if by is not None:
        return by.group_id
    return session.scalar(select(Room.group_id).join(Meeting, Meeting.room_id == Room.id).where(Meeting.id == live.meeting_id))


_RECORDERS = (
    dict.fromkeys(STEPS, _step) | dict.fromkeys(DONE, _done) | {e.Shared: _shared, e.ShareHeld: _held, e.HandRaised: _hand}
)
