"""What the heartbeat asks of the rota. Each is safe to run twice, or in two processes at once: every
hour is settled in a transaction of its own, with its row held."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select

from groups.db import change, reading
from groups.membership.models import Membership
from groups.rota.models import Coming, Duty
from groups.rota.places import is_settled, settle
from groups.rota.reaching import comings_to, held_hour, kept_places
from groups.schedule.models import Meeting, Phase

AHEAD_OF_US = (Phase.PLANNED, Phase.LOBBY)
HOURS = 500  # looked at in one beat
PLANS_KEPT = timedelta(days=1)  # after the end; a plan to come means nothing then
DUTIES_KEPT = timedelta(days=15)  # long enough to count a whole week of serving


def look_after(now: datetime) -> None:
    """Everything that is due: places nobody confirmed, what people leave behind, what is long over."""
    let_go_of_former_members(now)
    release_unconfirmed(now)
    forget_what_is_over(now)


def release_unconfirmed(now: datetime) -> int:
    """Two hours before the start, give places nobody confirmed to those who wait; and free places,
    however they came about, at any time. Where nobody waits nothing is taken away. Returns at how many
    hours somebody moved up."""
    with reading() as session:
        waited_for = session.scalars(
            select(Meeting).where(
                Meeting.id.in_(select(Coming.meeting_id).where(Coming.has_place.is_(False))),
                Meeting.starts_at > now, Meeting.phase.in_(AHEAD_OF_US),
            ).order_by(Meeting.starts_at).limit(HOURS)
        ).all()
        due = [(one.id, one.room.group_id) for one in waited_for if not is_settled(*_places(session, one), now)]
    for meeting_id, group_id in due:
        with change() as (session, _):
            settle(*_places(session, held_hour(session, meeting_id, group_id)), now)
    return len(due)


def let_go_of_former_members(now: datetime) -> int:
    """Duties and places of people who left the group are free again. Returns at how many hours."""
    former = select(Membership.id).where(Membership.left_at.is_not(None))
    with reading() as session:
        theirs = [
            select(kind.meeting_id).where(kind.membership_id.in_(former), kind.meeting_id == Meeting.id).exists()
            for kind in (Duty, Coming)
        ]
        ahead = select(Meeting).where(Meeting.starts_at > now, theirs[0] | theirs[1]).order_by(Meeting.starts_at)
        left = [(one.id, one.room.group_id) for one in session.scalars(ahead.limit(HOURS))]
    for meeting_id, group_id in left:
        with change() as (session, _):
            meeting = held_hour(session, meeting_id, group_id)
            for kind in (Duty, Coming):
                session.execute(delete(kind).where(kind.meeting_id == meeting_id, kind.membership_id.in_(former)))
            settle(*_places(session, meeting), now)
    return len(left)


def forget_what_is_over(now: datetime) -> None:
    """Who planned to come, and later who served, is kept no longer than it is good for."""
    for kind, kept in ((Coming, PLANS_KEPT), (Duty, DUTIES_KEPT)):
        over = kind.meeting_id.in_(select(Meeting.id).where(Meeting.ends_at < now - kept))
        with reading() as session:
            there = session.scalar(select(kind.meeting_id).where(over).limit(1))
        if there is not None:
            with change() as (session, _):
                session.execute(delete(kind).where(over))


def _places(session, meeting):
    return comings_to(session, meeting), kept_places(session, meeting), meeting.starts_at
