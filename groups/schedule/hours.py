"""One meeting as the calendar shows it: on the reader's clock, and on its own where that differs.
Pure."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from groups.formats.choosing import UNKNOWN
from groups.formats.shipped import FORMATS
from groups.schedule.models import LIVE, Phase
from groups.schedule.places import where
from groups.schedule.words import clock_words, short_day_words
from groups.zones import city, same_clock

LOBBY = timedelta(minutes=15)  # the lobby opens this long before the hour
NIGHT_ENDS = 4  # o'clock: what begins at half past midnight is still tonight


@dataclass(frozen=True)
class Hour:
    """A line of a list, a cell of the grid, the head of a page.

    starts, ends: on the reader's clock. own_clock: the same start in words on the meeting's own
    clock ("Thursday 19:00 in Los Angeles"), or empty where both clocks agree. state: planned,
    lobby, live, over or cancelled. yours: in a group of the reader's."""

    meeting: str
    title: str
    slug: str
    group: str
    kind: str
    starts: datetime
    ends: datetime
    own_clock: str
    state: str
    yours: bool

    @property
    def is_on(self) -> bool:
        """True when one can come in now."""
        return self.state in ("lobby", "live")

    @property
    def day(self) -> date:
        """The reader's day it begins on."""
        return self.starts.date()

    @property
    def lobby_from(self) -> datetime:
        """When the lobby opens, on the reader's clock."""
        return opens_at(self.starts)


def opens_at(starts: datetime) -> datetime:
    """When the lobby of an hour opens, on whatever clock the start is given. The quarter of an hour
    is counted in real minutes, also where clocks change in between."""
    return (starts.astimezone(UTC) - LOBBY).astimezone(starts.tzinfo)


def hour_of(row, reader: ZoneInfo, now: datetime, mine: frozenset[int]) -> Hour:
    """What to show of one row of `listing`. reader: the reader's zone; mine: ids of their groups."""
    return Hour(
        meeting=row.public_id, title=row.title, slug=row.slug, group=row.group_name,
        kind=row.own_kind or FORMATS.get(row.format, UNKNOWN).kind,
        starts=row.starts_at.astimezone(reader), ends=row.ends_at.astimezone(reader),
        own_clock=own_clock(row.starts_at, row.zone, reader), state=state_of(row, now), yours=row.group_id in mine,
    )


def own_clock(starts: datetime, zone_name: str, reader: ZoneInfo) -> str:
    """'19:00 in London', with the day where it is another one there; '' where clocks agree."""
    there = where(zone_name)
    if same_clock(there, reader, starts):
        return ""
    theirs = starts.astimezone(there)
    day = "" if theirs.date() == starts.astimezone(reader).date() else f"{short_day_words(theirs.date())}, "
    return f"{day}{clock_words(theirs)} in {city(zone_name)}"


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
