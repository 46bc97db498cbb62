"""The one calm line a member may find on the front page or on their group's: a swap offered to them, a
gap in the last half hour, a place to confirm, or the software asking for cover. Never more than one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from groups.membership.models import Membership
from groups.rota.duties import DUTIES, Words, missing_words
from groups.rota.eligibility import record_of, rules_of
from groups.rota.models import Coming, Duty, SwapOffer
from groups.rota.pages import AHEAD_OF_US, coming_hours
from groups.rota.places import is_asked
from groups.rota.reaching import kept_places
from groups.rota.service import Swap, is_soon, offers_for
from groups.rota.slots import Slot, held_at, slots_of
from groups.schedule.models import DutyKind, Meeting
from groups.schedule.words import day_words

AHEAD = timedelta(hours=48)
ROWS = 100  # hours looked at


@dataclass(frozen=True)
class Ask:
    """What is asked of somebody now. kind: swap (somebody offers one), gap (said to those who could
    help), confirm, or cover; starts: on the reader's clock; day: "today", "tomorrow" or the weekday; slot:
    what they could take; wait: until it begins; swap, duty: what is offered, for which duty of theirs."""

    kind: str
    meeting: Meeting
    starts: datetime
    day: str
    slot: Slot | None = None
    missing: str = ""
    wait: timedelta = timedelta()
    swap: Swap | None = None
    duty: Words | None = None


def one_ask(
    session, members: Collection[Membership], reader: ZoneInfo, now: datetime, not_this_time: Collection[str] = ()
) -> Ask | None:
    """The line for somebody with these memberships, or None. not_this_time: public ids of hours they
    said no to or asked out of, in this browser; they are not asked to serve there again."""
    mine = {member.group_id: member for member in members}
    if not mine:
        return None
    if offered := _offered(session, members, reader, now):
        return offered
    hours = coming_hours(session, list(mine), now, now + AHEAD, ROWS)
    held = held_at(session, [hour.id for hour in hours])
    known, asks = {}, []
    for hour in hours:
        member = mine[hour.room.group_id]
        if all(duty.cover_asked_at is None for duty, _ in held[hour.id]) and len(held[hour.id]) >= len(hour.needs.split(",")):
            continue
        if member.id not in known:
            moments = [one.starts_at for one in hours if one.room.group_id == member.group_id]
            known[member.id] = rules_of(session, member.group_id), record_of(session, member, now, moments)
        slots = slots_of(hour, held[hour.id], member, *known[member.id])
        slot = next((slot for slot in slots if slot.may_take), None) if hour.public_id not in not_this_time else None
        missing = missing_words([one.kind for one in slots if one.is_gap])
        if missing and is_soon(hour, now) and (slot or member.moderates):
            return _ask("gap", hour, reader, now, slot, missing)
        if slot:
            asks.append(_ask("cover", hour, reader, now, slot))
    return _confirm(session, members, reader, now) or next(iter(asks), None)


def _offered(session, members, reader, now):
    query = select(Duty, Meeting).join(Meeting, Duty.meeting_id == Meeting.id).where(
        Duty.membership_id.in_([member.id for member in members]), Duty.id.in_(select(SwapOffer.duty_id)),
        Meeting.phase.in_(AHEAD_OF_US), Meeting.starts_at > now,
    )
    for duty, hour in session.execute(query.order_by(Meeting.starts_at).limit(ROWS)):
        for swap in offers_for(session, duty, reader)[:1]:
            return _ask("swap", hour, reader, now, swap=swap, duty=DUTIES[DutyKind(duty.kind)])
    return None


def _confirm(session, members, reader, now):
    query = select(Coming, Meeting).join(Meeting, Coming.meeting_id == Meeting.id).where(
        Coming.membership_id.in_([member.id for member in members]), Coming.has_place, Meeting.phase == "planned",
        Meeting.starts_at > now, Meeting.starts_at < now + AHEAD,
    )
    for coming, hour in session.execute(query.order_by(Meeting.starts_at).limit(ROWS)):
        if is_asked(coming, hour.starts_at, now) and kept_places(session, hour) is not None:
            return _ask("confirm", hour, reader, now)
    return None


def _ask(kind, hour, reader, now, slot=None, missing="", **swap):
    starts = hour.starts_at.astimezone(reader)
    day = when_words(starts, now.astimezone(reader))
    return Ask(kind, hour, starts, day, slot, missing, hour.starts_at - now, **swap)


def when_words(starts: datetime, now: datetime) -> str:
    """'today', 'tomorrow', 'on Thursday', or 'on Thursday 3 December'; both on the same clock."""
    days = (starts.date() - now.date()).days
    return {0: "today", 1: "tomorrow"}.get(days, f"on {starts:%A}" if 0 < days < 7 else f"on {day_words(starts.date())}")
