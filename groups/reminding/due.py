"""Who is to be reminded now. A reminder is due from so many minutes before the hour until the hour
begins; one that falls into quiet hours waits for their end. That somebody was reminded of a start is
written down before anything is sent, so that it happens at most once, however many processes look."""

import queue
from datetime import datetime, timedelta

from sqlalchemy import and_, case, delete, exists, literal, select
from sqlalchemy.dialects import postgresql, sqlite

from groups.db import Moment, change, engine, reading
from groups.membership.models import Membership
from groups.reminding.models import Device, Reminded, RemindedGroup
from groups.reminding.quiet import MINUTES, is_quiet
from groups.reminding.sending import Sender, Wake, wake_of
from groups.rooms.models import Room
from groups.schedule.models import Meeting, Phase
from groups.zones import zone

AT_ONCE = 100  # devices looked at by one query
OVER = (Phase.CANCELLED, Phase.SEALED, Phase.PURGED)
REMEMBERED = timedelta(hours=1)  # after the start; then nobody needs to know any more


def send_due(sender: Sender, now: datetime) -> int:
    """Wake every device that is due and not in its quiet hours, once however many hours begin.
    For the heartbeat. Returns how many were woken."""
    woken, last = 0, 0
    while sender.key and (most := min(AT_ONCE, sender.room)) > 0:
        devices = _waiting_devices(now, last, most)
        for wake in claim([d for d in devices if not is_quiet(now, zone(d.zone), d.quiet_from, d.quiet_to)], now):
            try:
                sender.submit(wake)
            except queue.Full:
                return woken
            woken += 1
        if len(devices) < most:
            break
        last = devices[-1].id
    return woken


def claim(devices: list[Device], now: datetime) -> list[Wake]:
    """Write down that these are reminded of whatever is due for them; whom it was new for are to be
    woken. Whoever is second, here or in another process, finds nothing new."""
    if not devices:
        return []
    due = _waiting(RemindedGroup.device_id, Meeting.id, Meeting.starts_at, now=now)
    due = due.where(Device.id.in_([device.id for device in devices]))
    add = sqlite.insert if engine().dialect.name == "sqlite" else postgresql.insert
    with change() as (session, _):
        add = add(Reminded).from_select(["device_id", "meeting_id", "starts_at"], due).on_conflict_do_nothing()
        new = set(session.scalars(add.returning(Reminded.device_id)))
    return [wake_of(device) for device in devices if device.id in new]


def forget_past(now: datetime) -> None:
    """Of hours that have begun nothing is remembered. For the heartbeat."""
    with change() as (session, _):
        session.execute(delete(Reminded).where(Reminded.starts_at < now - REMEMBERED))


def _waiting_devices(now, after, most):
    query = select(Device).where(Device.id > after, _waiting(RemindedGroup.group_id, now=now).correlate(Device).exists())
    with reading() as session:
        return list(session.scalars(query.order_by(Device.id).limit(most)))


def _waiting(*columns, now):
    """What begins soon enough for a device of the query around it, and was not written down yet."""
    soon = case({minutes: literal(now + timedelta(minutes=minutes), Moment) for minutes in MINUTES}, value=Device.minutes)
    done = exists().where(
        Reminded.device_id == RemindedGroup.device_id, Reminded.meeting_id == Meeting.id, Reminded.starts_at == Meeting.starts_at
    )
    return (
        select(*columns)
        .join(Membership, and_(Membership.group_id == RemindedGroup.group_id, Membership.left_at.is_(None)))
        .join(Room, Room.group_id == RemindedGroup.group_id).join(Meeting, Meeting.room_id == Room.id)
        .where(
            RemindedGroup.device_id == Device.id, Membership.account_id == Device.account_id, Meeting.starts_at > now,
            Meeting.starts_at <= soon, Meeting.phase.not_in(OVER), Room.archived_at.is_(None), Room.locked_at.is_(None), ~done,
        )
    )
