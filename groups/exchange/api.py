"""The read-only API: the shapes of its answers, and how they are made of rows. What is asked comes
checked (`asking.py`); every answer is bounded by its limit, and `next` goes on."""

from datetime import date, datetime, timedelta
from typing import Annotated

import msgspec

from groups.errors import NotFound
from groups.exchange import public
from groups.exchange.asking import GroupsAsked, Id, MeetingsAsked, SeriesAsked, from_place, place
from groups.exchange.bmlt import format_words
from groups.exchange.meeting_guide import Clock, group_page, join_page
from groups.schedule.month import midnight
from groups.schedule.pauses import pauses_of
from groups.schedule.places import where
from groups.schedule.recurrence import AHEAD
from groups.schedule.spoken import in_words
from groups.schedule.words import clock_words

DAY = timedelta(days=1)
SPAN = timedelta(days=7)  # what is told of when no last day is asked for
MonthDay = Annotated[str, msgspec.Meta(pattern="^[0-9]{2}-[0-9]{2}$", description="Month and day.")]


class FormatTold(msgspec.Struct):
    """How the hour runs: the title of its format, and two or three words for it."""

    key: str
    title: str
    kind: str


class MeetingTold(msgspec.Struct):
    """One dated hour. starts_at, ends_at: UTC. zone: whose clock the hour follows. own_start: the start
    as that clock shows it. series: the hour that recurs, if it is one of it."""

    id: Id
    title: str
    series: Id | None
    group: Id
    group_name: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    own_start: Annotated[str, msgspec.Meta(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$")]
    language: str
    format: FormatTold
    url: str
    join_url: str


class Meetings(msgspec.Struct, rename={"from_day": "from", "to_day": "to"}):
    """Dated hours in order of time. from, to: the days that were looked at, in the zone. next: the place to
    go on from, or null at the end."""

    meetings: list[MeetingTold]
    from_day: date
    to_day: date
    zone: str
    next: str | None


class Pause(msgspec.Struct):
    """Every year it rests from the first of these days to the last, which may lie in the next year."""

    first: MonthDay
    last: MonthDay


class SeriesTold(msgspec.Struct):
    """An hour that recurs. rule: an RFC 5545 RRULE without DTSTART, counted on the wall clock of the zone
    from first_day at wall_time, up to and with last_day where it has one. words: the same said plainly.
    confirmed_on: when somebody last said that it still meets."""

    id: Id
    title: str
    group: Id
    group_name: str
    first_day: date
    last_day: date | None
    wall_time: Clock
    zone: str
    minutes: int
    rule: str
    pauses: list[Pause]
    words: str
    language: str
    format: FormatTold
    about: str
    url: str
    join_url: str
    changed_at: datetime
    confirmed_on: date


class SeriesList(msgspec.Struct):
    """Series in the order of their ids. next: the place to go on from, or null at the end."""

    series: list[SeriesTold]
    next: str | None


class GroupTold(msgspec.Struct):
    """A group anybody may join. zone: whose clock it keeps."""

    id: Id
    name: str
    purpose: str
    for_whom: str
    zone: str
    url: str
    join_url: str


class Groups(msgspec.Struct):
    """Groups in the order of their ids. next: the place to go on from, or null at the end."""

    groups: list[GroupTold]
    next: str | None


class Refusal(msgspec.Struct):
    """Why there is no answer: a word that stays the same, a sentence for people, and the part of the
    question it is about."""

    reason: str
    sentence: str
    field: str | msgspec.UnsetType = msgspec.UNSET


def meetings(session, asked: MeetingsAsked, base: str, now: datetime) -> tuple[Meetings, datetime | None]:
    """The answer, and when something in it last changed. Raises NotFound for a group that is not there."""
    _see(session, asked.group)
    zone = where(asked.zone)
    today = now.astimezone(zone).date()
    last = today + AHEAD
    first_day = min(max(asked.from_day or today, today), last)
    to_day = min(max(asked.to_day or first_day + SPAN, today - DAY), last)
    after = from_place(asked.cursor) if asked.cursor else None
    rows = public.dated_meetings(
        session, now, midnight(first_day, zone), midnight(to_day + DAY, zone), asked.limit + 1, after, asked.group, asked.language
    )
    rows, more = rows[: asked.limit], len(rows) > asked.limit
    told = Meetings([_meeting(row, base) for row in rows], first_day, to_day, asked.zone, None)
    if more:
        told.next = place(rows[-1].starts_at, rows[-1].public_id)
    return told, max((row.changed_at for row in rows if row.changed_at), default=None)


def series(session, asked: SeriesAsked, base: str, now: datetime) -> tuple[SeriesList, datetime | None]:
    """The same for series."""
    _see(session, asked.group)
    rows = public.running_series(session, now, asked.limit + 1, asked.cursor or "", asked.group, asked.language)
    rows, more = rows[: asked.limit], len(rows) > asked.limit
    told = SeriesList([_series(row, base) for row in rows], rows[-1].public_id if more else None)
    return told, max((row.changed_at for row in rows), default=None)


def groups(session, asked: GroupsAsked, base: str, _now) -> tuple[Groups, datetime | None]:
    """The same for groups."""
    rows = public.open_groups(session, asked.limit + 1, asked.cursor or "")
    rows, more = rows[: asked.limit], len(rows) > asked.limit
    told = [
        GroupTold(row.slug, row.name, row.purpose, row.for_whom, row.zone, group_page(base, row.slug), join_page(base, row.slug))
        for row in rows
    ]
    return Groups(told, rows[-1].slug if more else None), max((row.founded_at for row in rows), default=None)


def _see(session, slug):
    if slug and not public.is_open(session, slug):
        raise NotFound()


def _meeting(row, base):
    own = row.starts_at.astimezone(where(row.zone))
    return MeetingTold(
        id=row.public_id, title=row.title, series=row.series, group=row.group, group_name=row.group_name, starts_at=row.starts_at,
        ends_at=row.ends_at, zone=row.zone, own_start=f"{own:%Y-%m-%dT%H:%M}", language=row.language,
        format=FormatTold(row.format, *format_words(row)), url=f"{group_page(base, row.group)}/m/{row.public_id}",
        join_url=f"{join_page(base, row.group)}?meeting={row.public_id}",
    )


def _series(row, base):
    pauses = [Pause(f"{a:02}-{b:02}", f"{c:02}-{d:02}") for (a, b), (c, d) in pauses_of(row.pauses)]
    return SeriesTold(
        id=row.public_id, title=row.title, group=row.group, group_name=row.group_name, first_day=row.first_day,
        last_day=row.last_day, wall_time=clock_words(row.wall_time), zone=row.zone, minutes=row.minutes, rule=row.rule,
        pauses=pauses, words=in_words(row), language=row.language, format=FormatTold(row.format, *format_words(row)),
        about=row.about, url=group_page(base, row.group), join_url=join_page(base, row.group),
        changed_at=row.changed_at.replace(microsecond=0), confirmed_on=row.confirmed_at.date(),
    )
