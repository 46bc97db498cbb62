"""A group's own copy, made for those who look after it: one zip of what the group wrote down about itself."""

import io
import zipfile
from collections import defaultdict
from datetime import datetime

import msgspec
from sqlalchemy import select

from groups import clock, policy
from groups.db import fresh, reading
from groups.exchange.archive import (
    Archive,
    DayKept,
    DecisionKept,
    FormatKept,
    GroupKept,
    InvitationKept,
    MemberKept,
    ReadingKept,
    RoomKept,
    SeriesKept,
    take_over,
)
from groups.exchange.meeting_guide import guide_meetings
from groups.formats.models import OwnFormat, OwnReading
from groups.membership.models import Group, Invitation, Membership
from groups.rooms.models import Room
from groups.schedule.models import DateChange, RoomDay, Series
from groups.schedule.projection import still_running

ARCHIVE, FEED, ABOUT = "export.json", "meetings.json", "about.txt"
WORDS = """\
What a group wrote down about itself, as it was on {day}.

export.json    the group, its agreements, rooms, hours with every decision about one date, closed days,
               formats, readings, members by name and role, invitations without their links
meetings.json  the weekly hours as a Meeting Guide feed

Not in it: accounts, who came when or how often, who served, check-ins, and anything said in an hour.

Names of members are in it. Keep it where nobody else looks, and delete it when you are done.
"""


def may_copy(by: Membership) -> None:
    """Raises Refused for those who do not look after the group."""
    policy.may_export(by)


def export_group(by: Membership, base: str, house: str) -> bytes:
    """A zip with a copy of everything the actor's group wrote down. base: the address of this house;
    house: its name. Raises Refused, NotFound."""
    with reading() as session:
        by = fresh(session, by)
        policy.may_export(by)
        now = clock.now()
        archive = archive_of(session, by.group, now)
        feed = guide_meetings(_weekly(session, by.group_id, now), base, house)
    return _zipped(now, {
        ABOUT: WORDS.format(day=now.date()).encode(), ARCHIVE: _readable(archive), FEED: _readable(feed),
    })


def archive_of(session, group: Group, now: datetime) -> Archive:
    """The copy of one group as it is now."""
    formats = session.scalars(select(OwnFormat).where(OwnFormat.group_id == group.id).order_by(OwnFormat.id))
    readings = session.scalars(select(OwnReading).where(OwnReading.group_id == group.id).order_by(OwnReading.id))
    members = session.execute(
        select(Membership.name, Membership.role)
        .where(Membership.group_id == group.id, Membership.left_at.is_(None)).order_by(Membership.name_key)
    )
    invitations = session.scalars(select(Invitation).where(Invitation.group_id == group.id).order_by(Invitation.id))
    return Archive(
        made_at=now.replace(microsecond=0),
        group=take_over(GroupKept, group, agreements=[one.text for one in group.agreements]),
        members=[MemberKept(name, role) for name, role in members],
        invitations=[
            InvitationKept(one.uses_left, one.made_at.date(), one.until.date(), one.withdrawn_at is not None) for one in invitations
        ],
        rooms=_rooms(session, group.id),
        formats=[take_over(FormatKept, row, is_put_away=row.archived_at is not None) for row in formats],
        readings=[take_over(ReadingKept, row, is_put_away=row.archived_at is not None) for row in readings],
    )


def _rooms(session, group_id):
    rooms = session.scalars(select(Room).where(Room.group_id == group_id).order_by(Room.id)).all()
    mine = Series.room_id.in_([room.id for room in rooms])
    series, days, decisions = defaultdict(list), defaultdict(list), defaultdict(list)
    for row in session.scalars(select(RoomDay).where(RoomDay.room_id.in_([room.id for room in rooms])).order_by(RoomDay.day)):
        days[row.room_id].append(take_over(DayKept, row))
    changes = select(DateChange).join(Series, DateChange.series_id == Series.id).where(mine).order_by(DateChange.on_day)
    for row in session.scalars(changes):
        decisions[row.series_id].append(take_over(DecisionKept, row))
    found = session.scalars(select(Series).where(mine).order_by(Series.id)).all()
    names = {row.id: row.public_id for row in found}
    for row in found:
        series[row.room_id].append(take_over(
            SeriesKept, row, id=row.public_id, follows=names.get(row.follows_id), is_listed=row.unlisted_at is None,
            confirmed_on=row.confirmed_at.date(), decisions=decisions[row.id],
        ))
    return [
        take_over(
            RoomKept, room, id=room.slug, is_locked=room.locked_at is not None, is_archived=room.archived_at is not None,
            days=days[room.id], series=series[room.id],
        )
        for room in rooms
    ]


def _weekly(session, group_id, now):
    """The group's running hours as rows for the feed, whoever may come to them."""
    columns = (
        Series.public_id, Series.title, Series.first_day, Series.wall_time, Series.zone, Series.rule, Series.minutes, Series.format,
        Series.language, Series.changed_at, Room.about, Group.purpose, Group.access, Group.slug.label("group"),
        Group.name.label("group_name"),
    )
    query = select(*columns).select_from(Series).join(Room, Series.room_id == Room.id).join(Group, Room.group_id == Group.id)
    return session.execute(query.where(Group.id == group_id, Room.archived_at.is_(None), still_running(now))).all()


def _readable(thing):
    return msgspec.json.format(msgspec.json.encode(thing), indent=1)


def _zipped(now, files):
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, now.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            folder.writestr(entry, content)
    return whole.getvalue()
