"""Closing a group, which no one person does alone: one moderator asks, another agrees. Who is alone with a
group waits seven days, in which everybody in it can read that closing is thought about, and somebody may
take over. Closed is for good: its hours are called off, its rooms put away, and nobody joins it; those who
belong find its page and may leave."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from groups import clock, policy
from groups.db import change, fresh, reading
from groups.logbook.writing import write_log
from groups.membership.models import Group, Membership
from groups.membership.roles import other_moderators
from groups.rooms.models import Room
from groups.schedule.ending import end_all_hours
from groups.sentences import sentence


@dataclass(frozen=True)
class AboutClosing:
    """Who asked for the group to be closed, how many look after it besides the reader, and from when on
    somebody who is alone with it may close it."""

    asked_by: Membership | None
    others: int
    alone_from: datetime | None


def ask_to_close(by: Membership) -> Group:
    """Ask for the group to be closed. Asking twice is harmless, and the first who asked counts. Raises Refused."""
    with change() as (session, _):
        by, group = _reached(session, by)
        policy.may_ask_to_close(by)
        if group.closing_asked_at is None:
            group.closing_asked_at, group.closing_asked_by_id = clock.now(), by.id
            write_log(session, group.id, "closing_asked", by=by.handle)
        return group


def take_back_closing(by: Membership) -> Group:
    """Not close it after all: any moderator may say so. Doing it twice is harmless. Raises Refused."""
    with change() as (session, _):
        by, group = _reached(session, by)
        policy.may_ask_to_close(by)
        if group.closing_asked_at is not None:
            group.closing_asked_at, group.closing_asked_by_id = None, None
            write_log(session, group.id, "closing_taken_back", by=by.handle)
        return group


def close_group(by: Membership) -> Group:
    """Close it, as the second person or after a week alone. Raises Refused: closing_not_asked,
    second_person, closing_waits."""
    now = clock.now()
    with change() as (session, _):
        by, group = _reached(session, by)
        policy.may_close(by, group, other_moderators(session, by), now)
        close_for_good(session, group, by, now)
        return group


def close_for_good(session, group: Group, by: Membership, now: datetime) -> None:
    """Call off its hours and put its rooms away. Inside a change; whether they may was asked before."""
    group.closed_at = now
    end_all_hours(session, group.id, now, sentence("hours_ended"))
    for room in session.scalars(select(Room).where(Room.group_id == group.id, Room.archived_at.is_(None))):
        room.archived_at, room.archived_by_id = now, by.id
    write_log(session, group.id, "group_closed", by=by.handle)


def about_closing(by: Membership) -> AboutClosing:
    """Where it stands, for a moderator. Raises Refused."""
    policy.may_ask_to_close(by)
    group = by.group
    with reading() as session:
        asked_by = session.get(Membership, group.closing_asked_by_id) if group.closing_asked_by_id else None
        others = other_moderators(session, by)
    from_day = group.closing_asked_at + policy.ALONE_WAITS if group.closing_asked_at else None
    return AboutClosing(asked_by, others, from_day)


def _reached(session, by):
    by = fresh(session, by)
    # Locked, and looked at anew after waiting for the lock: two who press at once take turns.
    group = session.get(Group, by.group_id, with_for_update=True, populate_existing=True)
    session.refresh(by)
    return by, group
