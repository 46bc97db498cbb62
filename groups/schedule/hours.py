"""One meeting as the calendar shows it: on the reader's clock, and on its own where that differs.
Pure."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from groups.formats.choosing import UNKNOWN
from groups.formats.shipped import FORMATS
from groups.schedule.languages import LANGUAGES
from groups.schedule.models import LIVE, Phase
from groups.schedule.places import where
from groups.schedule.words import clock_words, moved_words, short_day_words
from groups.zones import city, same_clock

LOBBY = timedelta(minutes=15)  # the lobby opens this long before the hour
NIGHT_ENDS = 4  # o'clock: what begins at half past midnight is still tonight
OF_THE_PAGE = "en"  # the language our own words are in; an hour in another says so


@dataclass(frozen=True)
class Hour:
    """A line of a list, a cell of the grid, the head of a page; a month shows each twice, so what is asked of
    it more than once is remembered.

    starts, ends: on the reader's clock. there: the start on the meeting's own clock, or None where
    both clocks agree. own_first: people meet by the own clock, so it is read first. state: planned,
    lobby, live, over or cancelled. yours: in a group of the reader's. mark: what it is to the reader
    ("you serve"). why: what people are told of an hour that is cancelled or moved. moved_from: when it
    should have begun, in words. language: a code, where it is not the page's. shut: the reader cannot
    come to it now, for its group keeps them out or its room is closed; locked: the latter, which may be told to anybody."""

    meeting: str
    title: str
    slug: str
    group: str
    kind: str
    starts: datetime
    ends: datetime
    there: datetime | None
    own_first: bool
    state: str
    yours: bool
    mark: str = ""
    why: str = ""
    moved_from: str = ""
    language: str = ""
    shut: bool = False
    locked: bool = False

    @property
    def page(self) -> str:
        """The address of its page. (A month has hundreds of them: asking the routes for each takes it a tenth.)"""
        return f"/g/{self.slug}/m/{self.meeting}"

    @property
    def is_on(self) -> bool:
        """True while its lobby or its floor is open."""
        return self.state in ("lobby", "live")

    @property
    def lets_in(self) -> bool:
        """True when this reader can come in now: what is refused at the door is not offered before."""
        return self.is_on and not self.shut

    @property
    def is_closed(self) -> bool:
        """True while its room is closed for now and people might come to it otherwise."""
        return self.locked and self.state in ("planned", "lobby", "live")

    @property
    def day(self) -> date:
        """The reader's day it begins on."""
        return self.starts.date()

    @property
    def clock_hour(self) -> str:
        """'19:00', for whatever begins between seven and eight on the reader's clock."""
        return f"{self.starts:%H}:00"

    @property
    def lobby_from(self) -> datetime:
        """When the lobby opens, on the reader's clock."""
        return opens_at(self.starts)

    @cached_property
    def own_clock(self) -> str:
        """'19:00 in London', with the day where it is another one there; '' where clocks agree."""
        return _clock(self.there, self.starts) if self.there else ""

    @cached_property
    def first_clock(self) -> datetime:
        """The start as it is read first."""
        return self.there if self.own_first and self.there else self.starts

    @property
    def first_end(self) -> datetime:
        """The end, on the clock that is read first."""
        return self.ends.astimezone(self.first_clock.tzinfo)

    @property
    def minutes(self) -> int:
        """How long it is: real minutes, also where clocks change in between."""
        return round((self.ends.astimezone(UTC) - self.starts.astimezone(UTC)).total_seconds() / 60)

    @cached_property
    def first_place(self) -> str:
        """Whose clock is read first, where it is not the reader's: 'London', 'Auckland, Wed 25 Nov'."""
        if not (self.own_first and self.there):
            return ""
        day = "" if self.there.date() == self.day else f", {short_day_words(self.there.date())}"
        return city(self.there.tzinfo.key) + day

    @cached_property
    def second_clock(self) -> str:
        """The other clock in words; '' where clocks agree."""
        return _clock(self.starts, self.starts) if self.first_place else self.own_clock

    @property
    def spoken(self) -> str:
        """The name of the language it is held in; '' where that is the page's."""
        return LANGUAGES.get(self.language, "")


def opens_at(starts: datetime) -> datetime:
    """When the lobby of an hour opens, on whatever clock the start is given. The quarter of an hour
    is counted in real minutes, also where clocks change in between."""
    return (starts.astimezone(UTC) - LOBBY).astimezone(starts.tzinfo)


def hour_of(
    row, reader: ZoneInfo, now: datetime, mine: frozenset[int], mark: str = "", shut: bool = False, locked: bool = False
) -> Hour:
    """What to show of one row of `listing`. reader: the reader's zone; mine: ids of their groups; shut, locked: see `Hour`."""
    starts, own = row.starts_at.astimezone(reader), where(row.zone)
    there = None if same_clock(own, reader, row.starts_at) else row.starts_at.astimezone(own)
    return Hour(
        meeting=row.public_id, title=row.title, slug=row.slug, group=row.group_name,
        kind=row.own_kind or FORMATS.get(row.format, UNKNOWN).kind,
        starts=starts, ends=row.ends_at.astimezone(reader), there=there, own_first=row.own_clock_first,
        state=state_of(row, now), yours=row.group_id in mine, mark=mark, why=row.why,
        moved_from=_moved(row, there if row.own_clock_first and there else starts),
        language="" if row.language == OF_THE_PAGE else row.language, shut=shut or locked, locked=locked,
    )


def own_clock(starts: datetime, zone_name: str, reader: ZoneInfo) -> str:
    """'19:00 in London', with the day where it is another one there; '' where clocks agree."""
    there = where(zone_name)
    return "" if same_clock(there, reader, starts) else _clock(starts.astimezone(there), starts.astimezone(reader))


def state_of(row, now: datetime) -> str:
    """The life of a meeting as a reader of the calendar sees it."""
    if row.phase == Phase.CANCELLED:
        return "cancelled"
    if row.phase in LIVE:
        return "lobby" if row.phase == Phase.LOBBY else "live"
    return "planned" if row.phase == Phase.PLANNED and row.ends_at > now else "over"


def end_of_night(now: datetime, reader: ZoneInfo) -> datetime:
    """When "tonight" is over for somebody there: the next four o'clock in the morning, in UTC."""
    local = now.astimezone(reader)
    day = local.date() + timedelta(days=local.hour >= NIGHT_ENDS)
    return datetime(day.year, day.month, day.day, NIGHT_ENDS, tzinfo=reader).astimezone(UTC)


def _clock(moment, besides):
    day = "" if moment.date() == besides.date() else f"{short_day_words(moment.date())}, "
    return f"{day}{clock_words(moment)} in {city(moment.tzinfo.key)}"


def _moved(row, starts):
    if row.own_start in (None, row.starts_at) or row.phase == Phase.CANCELLED:
        return ""
    return moved_words(row.own_start.astimezone(starts.tzinfo), starts)
