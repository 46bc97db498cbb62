"""The calendar: a month or a week of days, or one day in full. One query counts, one fetches what is
shown, within a range and a limit; the rest is arithmetic."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from groups.errors import Invalid
from groups.schedule import listing, week
from groups.schedule.choices import choices_for
from groups.schedule.filters import EVERYTHING, NAMES, Choices, Filter, read
from groups.schedule.hours import LOBBY, Hour
from groups.schedule.month import (
    DAY,
    MONTHS_AHEAD,
    MONTHS_BACK,
    SHOWN,
    Day,
    day_of,
    edges_of,
    empty_days,
    monday_of,
    month_of,
    turned,
)
from groups.schedule.reader import Reader
from groups.schedule.seeing import NOTHING, Narrow, narrowed
from groups.schedule.words import day_words, month_words, week_words
from groups.text import digits

VIEWS = ("month", "week", "agenda")
PAGE = 60  # lines of one day on one page
PAGES = 500
LOOK_AHEAD = timedelta(days=60)  # for the next hour that fits, where a page has none
ON_PAPER = ("", "names")


@dataclass(frozen=True)
class Wish:
    """What the address asks for, as it was written. chosen: its filters. paper: what is printed."""

    view: str | None = None
    month: str | None = None
    week: str | None = None
    day: str | None = None
    page: str | None = None
    paper: str | None = None
    chosen: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Turn:
    """The period before or after: what to call it, and how an address names it."""

    words: str
    query: Mapping[str, str]


@dataclass(frozen=True)
class Calendar:
    """A page of the calendar. view: month, week or agenda; the day's page keeps the one it was come to
    from. about: the day the page is about, today where it shows today. days: those of the grid, parts
    of days in a week, or the one day asked for, their rows turned into `Hour`s. before, after: the
    periods to turn to, or None at the edge. next_fit: where nothing (more) fits the filter here, the next
    hour that does. named_on_paper: whether printing shows names. problem: what could not be read in the
    address."""

    view: str
    title: str
    about: date
    is_now: bool
    days: list[Day]
    before: Turn | None
    after: Turn | None
    chosen: Filter = EVERYTHING
    choices: Choices = Choices()
    day: date | None = None
    page: int = 1
    is_last_page: bool = True
    named_on_paper: bool = False
    next_fit: Hour | None = None
    problem: Invalid | None = None

    @property
    def is_empty(self) -> bool:
        """True when nothing at all is on it; a list of a month has its own days only, the grid whole weeks."""
        return not any(day.count for day in self.days if day.in_month or self.view == "month")

    @property
    def is_over(self) -> bool:
        """True when nothing more is in its list, which for the time it is now begins today."""
        return not any(day.count for day in self.days if day.in_month and (not self.is_now or day.date >= self.about))

    def link(self, chosen: Filter | None = None, view: str | None = None, **shows) -> str:
        """The address of another page of the calendar, with the same filter unless one is given."""
        view = view or self.view
        query = {"view": view} if view != "month" else {}
        query |= {name: str(value) for name, value in shows.items() if value}
        query |= (self.chosen if chosen is None else chosen).query
        return "/calendar" + (f"?{urlencode(query)}" if query else "")

    @property
    def everything(self) -> Filter:
        """What to link to for every hour."""
        return EVERYTHING

    @property
    def period(self) -> dict[str, str]:
        """What an address says of the time shown; nothing where it is today's month or week."""
        return {"day": str(self.day)} if self.day else {} if self.is_now else _period(self.view, self.about)

    def seen_as(self, view: str) -> str:
        """The address of the same time in another view."""
        return self.link(view=view, **({} if self.is_now else _period(view, self.about)))


def calendar_page(session, reader: Reader, wish: Wish) -> Calendar:
    """The page asked for. What cannot be read in the address is left out and becomes `problem`; if it
    is the period, this month is shown. Raises NotFound for a group that is not there for this reader."""
    choices = choices_for(session, reader, wish.chosen.get(NAMES["group"]) or "")
    chosen, problem = read(wish.chosen, choices)
    narrow = narrowed(chosen, choices, reader)
    try:
        page = _page(session, reader, narrow, wish)
    except Invalid as unclear:
        problem, page = problem or unclear, _month(session, reader, narrow, "month", reader.today.replace(day=1))
    if chosen.is_on and (page.is_empty if page.view == "week" else page.is_over):
        page = replace(page, next_fit=_next_fit(session, reader, narrow))
    return replace(page, chosen=chosen, choices=choices, named_on_paper=wish.paper == "names", problem=problem)


def _page(session, reader, narrow, wish):
    view = wish.view or "month"
    if view not in VIEWS:
        raise Invalid("view", "bad_shape")
    if (wish.paper or "") not in ON_PAPER:
        raise Invalid("paper", "bad_shape")
    if wish.day:
        return _one_day(session, reader, narrow, view, day_of(wish.day, reader.today), _page_number(wish.page))
    if view == "week":
        day = day_of(wish.week, reader.today, "week") if wish.week else reader.today
        return _week(session, reader, narrow, monday_of(day))
    return _month(session, reader, narrow, view, month_of(wish.month, reader.today))


def _page_number(text):
    if not text:
        return 1
    page = digits(text, 4)
    if page is None or not 1 <= page <= PAGES:
        raise Invalid("page", "bad_shape")
    return page


def _month(session, reader, narrow, view, month):
    days, this = empty_days(month, reader.today), reader.today.replace(day=1)
    edges = edges_of([day.date for day in days], reader.zone)
    return Calendar(
        view=view, title=month_words(month), about=reader.today if month == this else month, is_now=month == this,
        days=listing.fill_days(session, reader, days, edges, SHOWN, narrow),
        before=_to_month(turned(month, -1)) if month > turned(this, -MONTHS_BACK) else None,
        after=_to_month(turned(month, 1)) if month < turned(this, MONTHS_AHEAD) else None,
    )


def _week(session, reader, narrow, monday):
    is_now, parts = monday == monday_of(reader.today), week.empty_parts(monday, reader.today)
    return Calendar(
        view="week", title=week_words(monday), about=reader.today if is_now else monday, is_now=is_now,
        days=listing.fill_days(session, reader, parts, week.edges_of_parts(parts, reader.zone), week.SHOWN, narrow),
        before=Turn("Week before", {"week": str(monday - 7 * DAY)}) if _is_kept(monday - DAY, reader) else None,
        after=Turn("Week after", {"week": str(monday + 7 * DAY)}) if _is_kept(monday + 7 * DAY, reader) else None,
    )


def _one_day(session, reader, narrow, view, day, page):
    start, end = edges_of([day], reader.zone)
    rows = listing.one_day(session, reader.mine, start, end, PAGE + 1, (page - 1) * PAGE, narrow)
    hours = tuple(listing.hours_of(session, rows[:PAGE], reader))
    return Calendar(
        view=view, title=day_words(day), about=day, is_now=day == reader.today, day=day,
        days=[Day(day, True, day == reader.today, hours, len(hours))],
        before=Turn("Day before", {"day": str(day - DAY)}) if _is_kept(day - DAY, reader) else None,
        after=Turn("Day after", {"day": str(day + DAY)}) if _is_kept(day + DAY, reader) else None,
        page=page, is_last_page=len(rows) <= PAGE,
    )


def _next_fit(session, reader: Reader, narrow: Narrow = NOTHING):
    due = reader.now + LOBBY
    rows = listing.coming(session, reader.mine, due, due + LOOK_AHEAD, 1, narrow)
    return next(iter(listing.hours_of(session, rows, reader)), None)


def _period(view, day):
    return {"week": str(day)} if view == "week" else _by_month(day)


def _to_month(month):
    return Turn(f"{month:%B}", _by_month(month))


def _by_month(month):
    return {"month": f"{month:%Y-%m}"}


def _is_kept(day, reader):
    return turned(reader.today, -MONTHS_BACK) <= day < turned(reader.today, MONTHS_AHEAD + 1)
