"""What was done lately by those who look after the groups: the last lines of their logs, said as the log
says them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select

from groups.logbook.models import LogEntry
from groups.membership.models import Membership
from groups.moderation.log_lines import Known, line_of
from groups.moderation.log_reading import shown_to
from groups.rooms.models import Room
from groups.schedule.words import day_words

SHOWN = 10


@dataclass(frozen=True)
class Done:
    """One action. day: on the reader's clock, as words; as in the log, nothing nearer."""

    day: str
    text: str
    group: str


def lately(session, members: Mapping[int, Membership], reader: ZoneInfo, now: datetime) -> list[Done]:
    """The last ten actions in the groups of these memberships, the newest first. members: by group."""
    query = select(LogEntry).where(LogEntry.group_id.in_(members), shown_to(*members.values()))
    entries = session.scalars(query.order_by(LogEntry.id.desc()).limit(SHOWN)).all()
    handles = {handle for entry in entries for handle in (entry.by, entry.about) if handle}
    here = or_(Membership.left_at.is_(None), Membership.barred_until > now)
    known = select(Membership.handle, Membership.name).where(Membership.handle.in_(handles), here)
    names = dict(session.execute(known).all()) if handles else {}
    slugs = [entry.detail for entry in entries if entry.action.startswith("room_")]
    there = select(Room.slug, Room.name).where(Room.slug.in_(slugs), Room.group_id.in_(members))
    rooms = dict(session.execute(there).all()) if slugs else {}
    return [_done(entry, members[entry.group_id], names, rooms, reader, now) for entry in entries]


def _done(entry, member, names, rooms, reader, now):
    on, today = entry.at.astimezone(reader).date(), now.astimezone(reader).date()
    day = {0: "Today", 1: "Yesterday"}.get((today - on).days) or day_words(on)
    return Done(day, line_of(0, entry, Known(names, rooms, member.handle, reader)).text, member.group.name)
