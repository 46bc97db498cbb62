"""The calendar: a month of days, or one day in full. One query counts, one fetches what is shown,
within a range and a limit; the rest is arithmetic."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from groups.errors import Invalid, NotFound
from groups.schedule import listing
from groups.schedule.hours import hour_of
from groups.schedule.month import (
    DAY,
    MONTHS_AHEAD,
    MONTHS_BACK,
    Day,
    day_of,
    days_of,
    edges_of,
    fill,
    in_full,
    midnight,
    month_of,
    turned,
)
from groups.schedule.words import month_words

VIEWS = ("month", "agenda")
PAGE = 60  # lines of one day on one page
PAGES = 500


@dataclass(frozen=True)
class Wish:
    """What the address asks for, as it was written."""

    view: str | None = None
    month: str | None = None
    day: str | None = None
    group: str | None = None
    page: str | None = None


@dataclass(frozen=True)
class Calendar:
    """A page of the calendar. days: the grid's, or the one day asked for, their rows turned into
    `Hour`s. before, after: what to turn to, or None at the edge. problem: what could not be read in
    the address, when this is the page shown instead."""

    view: str
    title: str
    month: date
    day: date | None
    days: list[Day]
    before: date | None
    after: date | None
    group: object | None
    page: int = 1
    is_last_page: bool = True
    problem: Invalid | None = None


def calendar_page(session, groups: list, wish: Wish, reader: ZoneInfo, now: datetime) -> Calendar:
    """The page asked for. What cannot be read in the address becomes `problem` on this month's page.

    Raises NotFound for a group that is not there for this reader."""
    group = _group(session, groups, wish.group)
    today = now.astimezone(reader).date()
    mine = frozenset(found.id for found in groups)
    try:
        if wish.view not in (None, "", *VIEWS):
            raise Invalid("view", "bad_shape")
        if wish.day:
            return _one_day(session, mine, group, day_of(wish.day, today), _page_number(wish.page), reader, now)
        return _month(session, mine, group, wish.view or "month", month_of(wish.month, today), reader, now)
    except Invalid as problem:
        return replace(_month(session, mine, group, "month", today.replace(day=1), reader, now), problem=problem)


def _group(session, groups, slug):
    if not slug:
        return None
    found = next((group for group in groups if group.slug == slug), None)
    if found is None and slug.isalnum():  # a database may choke on other things than it holds
        found = listing.open_group(session, slug)
    if found is None:
        raise NotFound()
    return found


def _page_number(text):
    if not text:
        return 1
    if not text.isascii() or not text.isdigit() or len(text) > 4 or not 1 <= int(text) <= PAGES:
        raise Invalid("page", "bad_shape")
    return int(text)


def _month(session, mine, group, view, month, reader, now):
    today, dates, only = now.astimezone(reader).date(), days_of(month), group and group.id
    edges = edges_of(dates, reader)
    told = listing.tallies(session, mine, edges, only)
    rows = listing.within(session, mine, in_full(edges, told), (edges[0], edges[-1]), only)
    days = fill(dates, told, rows, reader, today, month, is_own=lambda row: row.group_id in mine)
    return Calendar(
        view=view, title=month_words(month), month=month, day=None, group=group,
        days=[replace(day, rows=tuple(hour_of(row, reader, now, mine) for row in day.rows)) for day in days],
        before=turned(month, -1) if month > turned(today, -MONTHS_BACK) else None,
        after=turned(month, 1) if month < turned(today, MONTHS_AHEAD) else None,
    )


def _one_day(session, mine, group, day, page, reader, now):
    start, end = edges_of([day], reader)
    rows = listing.one_day(session, mine, start, end, PAGE + 1, (page - 1) * PAGE, group and group.id)
    today = now.astimezone(reader).date()
    hours = tuple(hour_of(row, reader, now, mine) for row in rows[:PAGE])
    near = midnight(turned(today, -MONTHS_BACK), reader) < start, end < midnight(turned(today, MONTHS_AHEAD + 1), reader)
    return Calendar(
        view="agenda", title="", month=day.replace(day=1), day=day, group=group,
        days=[Day(day, True, day == today, hours, len(hours))],
        before=day - DAY if near[0] else None, after=day + DAY if near[1] else None,
        page=page, is_last_page=len(rows) <= PAGE,
    )
