"""The one calm line a member may find on the front page or on their group's: a gap in the last half
hour, a place to confirm, or the software asking for cover. Never more than one at a time."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from groups.membership.models import Membership
from groups.rota.duties import missing_words
from groups.rota.eligibility import record_of, rules_of
from groups.rota.models import Coming
from groups.rota.pages import coming_hours
from groups.rota.places import is_asked
from groups.rota.reaching import kept_places
from groups.rota.service import is_soon
from groups.rota.slots import Slot, held_at, slots_of
from groups.schedule.models import Meeting
from groups.schedule.words import wait_words

AHEAD = timedelta(hours=48)
ROWS = 100  # hours looked at


@dataclass(frozen=True)
class Ask:
    """What is asked of somebody now. kind: gap (said to those who could help), confirm, or cover;
    starts: on the reader's clock; day: "today", "tomorrow" or the weekday; slot: what they could take."""

    kind: str
    meeting: Meeting
    starts: datetime
    day: str
    slot: Slot | None = None
    missing: str = ""
    wait: str = ""


def one_ask(
    session, members: Collection[Membership], reader: ZoneInfo, now: datetime, not_this_time: Collection[str] = ()
) -> Ask | None:
    """The line for somebody with these memberships, or None. not_this_time: public ids of hours they
    said no to or asked out of, in this browser; they are not asked to serve there again."""
    mine = {member.group_id: member for member in members}
    if not mine:
        return None
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


def _confirm(session, members, reader, now):
    query = select(Coming, Meeting).join(Meeting, Coming.meeting_id == Meeting.id).where(
        Coming.membership_id.in_([member.id for member in members]), Coming.has_place, Meeting.phase == "planned",
        Meeting.starts_at > now, Meeting.starts_at < now + AHEAD,
    )
    for coming, hour in session.execute(query.order_by(Meeting.starts_at).limit(ROWS)):
        if is_asked(coming, hour.starts_at, now) and kept_places(session, hour) is not None:
            return _ask("confirm", hour, reader, now)
    return None


def _ask(kind, hour, reader, now, slot=None, missing=""):
    starts = hour.starts_at.astimezone(reader)
    days = (starts.date() - now.astimezone(reader).date()).days
    day = {0: "today", 1: "tomorrow"}.get(days, f"on {starts:%A}")
    return Ask(kind, hour, starts, day, slot, missing, wait_words(hour.starts_at - now))
