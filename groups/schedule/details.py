"""One meeting, and one room's series, for their own pages."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import lazyload

from groups import clock
from groups.errors import NotFound
from groups.formats.choosing import find_format
from groups.formats.shape import Format
from groups.membership.models import Group, Membership
from groups.rooms.models import Room
from groups.schedule.hours import Hour, hour_of
from groups.schedule.models import Meeting, Series
from groups.schedule.places import where
from groups.schedule.plans import takings
from groups.schedule.projection import still_running
from groups.schedule.recurrence import LONGEST, ONCE, next_starts
from groups.schedule.seeing import OPEN_DOOR
from groups.schedule.spoken import in_words
from groups.schedule.words import clock_words, short_day_words
from groups.zones import city, same_clock

DATES = 5  # said back for a series


@dataclass(frozen=True)
class MeetingPage:
    """What the page of one meeting shows. `member` is the reader's membership here, or None; kept_out: the
    group keeps them out now."""

    meeting: Meeting
    hour: Hour
    format: Format
    member: Membership | None
    kept_out: bool = False


@dataclass(frozen=True)
class DateSaid:
    """One date of a series in words: its own day, the time there, and the reader's, with the reader's
    day where it is another."""

    day: str
    there: str
    here: str


@dataclass(frozen=True)
class SaidBack:
    """A series as we understood it. there, here: the cities of its own clock and of the reader's; here
    is empty where both agree on all these dates. takings: what became of missing or doubled times."""

    words: str
    there: str
    here: str
    dates: list[DateSaid]
    takings: list[str]


def meeting_of(session, member: Membership | None, slug: str, public_id: str) -> Meeting:
    """A meeting this reader may see: a member all of their group's, others what an open group holds
    with the door open to anyone and listed. Raises NotFound."""
    query = select(Meeting).join(Room, Meeting.room_id == Room.id).join(Group, Room.group_id == Group.id)
    query = query.where(Meeting.public_id == public_id, Group.slug == slug)
    if member is None:
        query = query.where(OPEN_DOOR, Meeting.is_listed, Room.archived_at.is_(None))
    meeting = session.scalar(query) if public_id.isalnum() and slug.isalnum() else None
    if meeting is None:
        raise NotFound()
    return meeting


def meeting_page(
    session, member: Membership | None, meeting: Meeting, reader: ZoneInfo, now: datetime, kept_out: bool = False
) -> MeetingPage:
    """Everything its page shows, besides who serves and who comes (`rota/pages.py`)."""
    mine = frozenset([member.group_id]) if member else frozenset()
    form = find_format(session, meeting.group.id, meeting.format)
    hour = hour_of(_row(meeting, form), reader, now, mine, shut=kept_out, locked=meeting.room.locked_at is not None)
    return MeetingPage(meeting, hour, form, member, kept_out)


def series_in(session, room_id: int, limit: int) -> list[Series]:
    """The room's running series, the first one made first; hours that happen once are not among them."""
    recurring = Series.room_id == room_id, Series.rule != ONCE, still_running(clock.now())
    query = select(Series).where(*recurring).options(lazyload(Series.room))
    return list(session.scalars(query.order_by(Series.id).limit(limit)))


def hours_with(session, group_id: int, key: str) -> list[tuple[str, int]]:
    """(title, minutes) of the group's running series that go by the format of that key, the shortest first."""
    query = select(Series.title, Series.minutes).join(Room, Series.room_id == Room.id).where(
        Room.group_id == group_id, Room.archived_at.is_(None), Series.format == key, still_running(clock.now())
    )
    return [tuple(row) for row in session.execute(query.order_by(Series.minutes, Series.id).limit(20))]


def said_back(series, reader: ZoneInfo, now: datetime) -> SaidBack:
    """What we understood, with the next dates, for a stored series or a plan."""
    there = where(series.zone)
    today = now.astimezone(there).date()
    starts = next_starts(series, now, 400)
    shown = starts[:DATES] if len(starts) >= DATES else next_starts(series, now, DATES, ahead=LONGEST)
    agree = all(same_clock(there, reader, at) for _, at in shown)
    return SaidBack(
        words=in_words(series, today), there=city(series.zone), here="" if agree else city(reader.key),
        dates=[_date_said(at.astimezone(there), at.astimezone(reader), today) for _, at in shown],
        takings=takings(series, [day for day, _ in starts]),
    )


def _date_said(there, here, today):
    other_day = "" if here.date() == there.date() else f"{here:%a} "
    return DateSaid(short_day_words(there.date(), today), clock_words(there), f"{other_day}{clock_words(here)}")


@dataclass(frozen=True)
class _Row:
    public_id: str
    title: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    own_start: datetime | None
    own_clock_first: bool
    format: str
    own_kind: str
    language: str
    phase: str
    why: str
    group_id: int
    slug: str
    group_name: str


def _row(meeting, form):
    group = meeting.group
    return _Row(
        meeting.public_id, meeting.title, meeting.starts_at, meeting.ends_at, meeting.zone, meeting.own_start,
        meeting.own_clock_first, meeting.format, form.kind, meeting.language, meeting.phase, meeting.why,
        group.id, group.slug, group.name,
    )
