"""The front door. A visitor finds now, tonight and this week; a member what is now, next and later for
them, and below it, calmly, what is open elsewhere. A fixed number of queries, each with a limit,
however much is on."""

from dataclasses import dataclass
from datetime import timedelta

from groups.membership.models import Group
from groups.rooms.models import Room
from groups.schedule import listing
from groups.schedule.hours import LOBBY, Hour, end_of_night
from groups.schedule.models import Meeting, Phase
from groups.schedule.month import DAY, SHOWN, Day, midnight
from groups.schedule.reader import Reader
from groups.schedule.recurrence import AHEAD
from groups.schedule.seeing import NOTHING, Narrow

NOW, TONIGHT, WEEK = 8, 8, 14  # lines in each list
ELSEWHERE = 6
EVENING = 17  # o'clock: a list that begins before it is not called tonight
DAYS = timedelta(days=7)
MOMENT = timedelta(microseconds=1)
STRANGER = frozenset()


@dataclass(frozen=True)
class FrontPage:
    """Hours on now and tonight, and the days of the week after, of which a full one folds. following:
    the next hour that one can come to as things are, when nothing is on now. is_evening: whether the second list may be called
    tonight. more: whether there is more tonight than is shown."""

    now: list[Hour]
    tonight: list[Hour]
    week: list[Day]
    following: Hour | None
    is_evening: bool
    more: bool


@dataclass(frozen=True)
class MembersPage:
    """now, next, later: of the reader's own groups; next may lie further ahead than this week.
    elsewhere: what is on in other groups that take anybody, and what comes there this week."""

    now: list[Hour]
    next: Hour | None
    later: list[Hour]
    elsewhere: list[Hour]
    more: bool


def front_page(session, reader: Reader) -> FrontPage:
    """What a visitor sees at this moment."""
    now, night = reader.now, end_of_night(reader.now, reader.zone)
    due, to_come_to = now + LOBBY + MOMENT, Narrow((Group.id.not_in(reader.shut),)) if reader.shut else NOTHING
    on = listing.hours_of(session, listing.on_now(session, reader.mine, now, NOW, to_come_to), reader)
    tonight = _coming(session, reader, due, night, TONIGHT, to_come_to) if due < night else []
    week = _week(session, reader, max(night, due), night + DAYS, to_come_to)
    following = None if on else _following(session, reader, tonight, due, to_come_to)
    return FrontPage(
        now=on, tonight=tonight, week=week, following=following,
        is_evening=all(hour.starts.hour >= EVENING or hour.starts.hour < 4 for hour in tonight),
        more=len(tonight) == TONIGHT or len(on) == NOW,
    )


def _following(session, reader, tonight, due, narrow):
    """An hour in a room that is closed for now is no promise: it stands in its list, and is not the next."""
    if ahead := next((hour for hour in tonight if not hour.locked), None):
        return ahead
    as_things_are = Narrow((*narrow.rooms, Room.locked_at.is_(None)), narrow.meetings)
    return next(iter(_coming(session, reader, due, reader.now + AHEAD, 1, as_things_are)), None)


def _week(session, reader, start, end, narrow):
    """The days with something planned between two moments; the last one is a night's end."""
    first, last = (moment.astimezone(reader.zone).date() for moment in (start, end))
    days = [Day(first + DAY * n, True, False) for n in range((last - first).days + 1)]
    edges = [start, *(midnight(day.date, reader.zone) for day in days[1:]), end]
    planned = Narrow(narrow.rooms, (Meeting.phase == Phase.PLANNED,))
    return [day for day in listing.fill_days(session, reader, days, edges, SHOWN, planned) if day.count]


def members_page(session, reader: Reader) -> MembersPage:
    """What somebody who belongs to a group sees at this moment."""
    now, mine = reader.now, reader.mine
    due, week = now + LOBBY + MOMENT, end_of_night(now, reader.zone) + DAYS
    own, others = Narrow((Group.id.in_(mine),)), Narrow((Group.id.not_in(mine | reader.shut),))
    on = listing.hours_of(session, listing.on_now(session, mine, now, NOW, own), reader)
    ahead = _coming(session, reader, due, week, WEEK + 2, own) or _coming(session, reader, week, now + AHEAD, 1, own)
    elsewhere = listing.on_now(session, STRANGER, now, ELSEWHERE, others)
    elsewhere += listing.coming(session, STRANGER, due, week, ELSEWHERE, others)
    return MembersPage(
        now=on, next=ahead[0] if ahead else None, later=ahead[1 : WEEK + 1],
        elsewhere=listing.hours_of(session, elsewhere[:ELSEWHERE], reader), more=len(ahead) > WEEK + 1,
    )


def next_hours(session, reader: Reader, limit: int, narrow: Narrow = NOTHING) -> list[Hour]:
    """The next hours, those on now first, as far as this reader sees them."""
    on = listing.on_now(session, reader.mine, reader.now, limit, narrow)
    later = listing.coming(session, reader.mine, reader.now + LOBBY + MOMENT, reader.now + AHEAD, limit, narrow)
    return listing.hours_of(session, (on + later)[:limit], reader)


def _coming(session, reader, start, end, limit, narrow=NOTHING):
    return listing.hours_of(session, listing.coming(session, reader.mine, start, end, limit, narrow), reader)
