"""The Meeting Guide's way to list an hour (code4recovery/spec): a plain list of records, weekly hours
only. Pure: a row of `public.SERIES` in, a record out."""

from collections.abc import Iterable
from typing import Annotated

import msgspec

from groups.exchange.codes import guide_types
from groups.exchange.weekly import end_time, week_days
from groups.membership.models import Access
from groups.schedule.words import clock_words

HOW_IT_OPENS = "The lobby opens 15 minutes before. In writing only; choose a name there, no account and no real name needed."

Weekday = Annotated[int, msgspec.Meta(ge=0, le=6, description="0 is Sunday.")]
Clock = Annotated[str, msgspec.Meta(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$", description="On the clock of the time zone.")]


class GuideMeeting(msgspec.Struct, kw_only=True, omit_defaults=True):
    """One weekly hour, in the words of the Meeting Guide. It has no type for "online": an hour with a
    conference_url is one. No address, no contact, no people."""

    name: Annotated[str, msgspec.Meta(max_length=255)]
    slug: Annotated[str, msgspec.Meta(max_length=64, pattern="^[a-z0-9-]+$")]
    day: Weekday | Annotated[list[Weekday], msgspec.Meta(min_length=2, max_length=7)]
    time: Clock
    end_time: Clock
    timezone: str
    types: list[str]
    group: str
    conference_url: str
    conference_url_notes: str
    url: str
    updated: Annotated[str, msgspec.Meta(pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}$", description="UTC.")]
    entity: str
    entity_url: str
    entity_website_url: str
    notes: str = ""
    group_notes: str = ""


def guide_meeting(row, base: str, house: str) -> GuideMeeting | None:
    """The record of a series, or None for one that is not weekly. base: the address of this house; house: its name."""
    days = week_days(row)
    if days is None:
        return None
    return GuideMeeting(
        name=row.title, slug=row.public_id, day=days[0] if len(days) == 1 else days, time=clock_words(row.wall_time),
        end_time=clock_words(end_time(row.wall_time, row.minutes)), timezone=row.zone,
        types=guide_types(row.format, row.language, row.access == Access.OPEN), group=row.group_name, group_notes=row.purpose,
        notes=row.about, conference_url=join_page(base, row.group), conference_url_notes=HOW_IT_OPENS,
        url=group_page(base, row.group), updated=f"{row.changed_at:%Y-%m-%d %H:%M:%S}",
        entity=house, entity_url=base, entity_website_url=base,
    )


def guide_meetings(rows: Iterable, base: str, house: str) -> list[GuideMeeting]:
    """The records of those that are weekly."""
    return [record for row in rows if (record := guide_meeting(row, base, house))]


def group_page(base: str, slug: str) -> str:
    """Where a group says what it is and when it meets."""
    return f"{base}/g/{slug}"


def join_page(base: str, slug: str) -> str:
    """Where somebody comes in."""
    return f"{base}/g/{slug}/join"
