"""What the page of one hour says about serving, for whoever reads it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import and_, select

from groups import policy
from groups.errors import Failure
from groups.membership.models import NEW, Membership, Role
from groups.membership.tenure import band
from groups.rota.duties import DUTIES, missing_words
from groups.rota.eligibility import record_of, rules_of
from groups.rota.models import Duty, SwapOffer
from groups.rota.slots import Slot, held_at, slots_of, why_nothing
from groups.schedule.models import DutyKind, Meeting, Phase
from groups.schedule.words import clock_words, day_words

SOON = timedelta(minutes=30)  # before the start: what is missing is said aloud
AHEAD = timedelta(days=60)  # duties one may offer in a swap


@dataclass(frozen=True)
class Swap:
    """An offer, or what could be offered: `kind` at another hour of the group, said in words."""

    kind: DutyKind
    hour: str  # public id
    words: str
    name: str = ""  # who offers


@dataclass(frozen=True)
class Service:
    """Who serves at one hour. gap: what is missing, in words, half an hour before; why_not: why the
    reader cannot take what is free; offers: swaps offered to the reader; offered: by the reader; own:
    their other duties; people: whom a moderator may ask, by name, with how new they are ("new this week" or ""),
    those last: in their first week nobody is asked to serve, unless a moderator knows better."""

    slots: list[Slot]
    is_open: bool
    gap: str
    why_not: str | None
    offers: list[Swap]
    offered: dict[DutyKind, Swap]
    own: list[Swap]
    people: list[tuple[str, str]]


def service(session, member: Membership, meeting: Meeting, reader: ZoneInfo, now: datetime) -> Service:
    """Who serves there, for a member of the group."""
    held = held_at(session, [meeting.id])[meeting.id]
    rules, record = rules_of(session, member.group_id), record_of(session, member, now, [meeting.starts_at])
    slots = slots_of(meeting, held, member, rules, record)
    is_open = allowed(policy.may_sign_up, member, meeting) and meeting.ends_at > now
    mine = next((duty for duty, _ in held if duty.membership_id == member.id), None)
    missing = [slot.kind for slot in slots if slot.is_gap]
    return Service(
        slots=slots, is_open=is_open, gap=missing_words(missing) if missing and is_soon(meeting, now) else "",
        why_not=why_nothing(meeting, slots, member, rules, record) if is_open else None,
        offers=offers_for(session, mine, reader) if mine and is_open else [],
        offered=_offered_by(session, member, meeting, reader) if is_open else {},
        own=_own(session, member, meeting, reader, now) if is_open else [],
        people=_people(session, member, now) if is_open and member.moderates else [],
    )


def chair_is_found(session, meeting: Meeting) -> bool:
    """All that somebody outside the group is told."""
    return any(duty.kind == DutyKind.CHAIR for duty, _ in held_at(session, [meeting.id])[meeting.id])


def is_soon(meeting: Meeting, now: datetime) -> bool:
    """True in the last half hour before the start."""
    return meeting.phase in (Phase.PLANNED, Phase.LOBBY) and meeting.starts_at - SOON <= now < meeting.starts_at


def allowed(rule, *args):
    """The policy's answer as yes or no."""
    try:
        rule(*args)
    except Failure:
        return False
    return True


def said(duty_kind: DutyKind, meeting: Meeting, reader: ZoneInfo) -> str:
    """'keep the door on Thursday 26 November, 19:30 (Evening hour)'."""
    at = meeting.starts_at.astimezone(reader)
    return f"{DUTIES[duty_kind].could} on {day_words(at.date())}, {clock_words(at)} ({meeting.title})"


def _swap(duty, meeting, reader, name=""):
    return Swap(DutyKind(duty.kind), meeting.public_id, said(DutyKind(duty.kind), meeting, reader), name)


def offers_for(session, duty, reader):
    query = select(Duty, Meeting, Membership.name).join(SwapOffer, SwapOffer.instead_id == Duty.id)
    query = query.join(Meeting, Duty.meeting_id == Meeting.id).join(Membership, Duty.membership_id == Membership.id)
    rows = session.execute(query.where(SwapOffer.duty_id == duty.id, Membership.left_at.is_(None)).order_by(Meeting.starts_at))
    return [_swap(own, meeting, reader, name) for own, meeting, name in rows]


def _offered_by(session, member, meeting, reader):
    theirs = select(SwapOffer.instead_id, Duty.kind).join(Duty, SwapOffer.duty_id == Duty.id)
    wanted = dict(session.execute(theirs.where(Duty.meeting_id == meeting.id)).all())
    mine = select(Duty, Meeting).join(Meeting, Duty.meeting_id == Meeting.id)
    rows = session.execute(mine.where(Duty.id.in_(wanted), Duty.membership_id == member.id))
    return {DutyKind(wanted[own.id]): _swap(own, hour, reader) for own, hour in rows}


def _own(session, member, meeting, reader, now):
    ahead = (Meeting.starts_at > now, Meeting.starts_at < now + AHEAD, Meeting.phase == Phase.PLANNED)
    mine = select(Duty, Meeting).join(Meeting, Duty.meeting_id == Meeting.id).where(Duty.membership_id == member.id, *ahead)
    return [_swap(duty, hour, reader) for duty, hour in session.execute(mine.order_by(Meeting.starts_at).limit(12))]


def _people(session, member, now):
    present = select(Membership).where(Membership.group_id == member.group_id, Membership.left_at.is_(None))
    is_new = and_(Membership.joined_at > now - NEW, Membership.role != Role.MODERATOR)
    rows = session.scalars(present.order_by(is_new, Membership.name_key).limit(500))
    return [(one.name, band(one.joined_at, now) if one.is_new else "") for one in rows]
