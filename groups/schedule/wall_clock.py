"""A day and a time on the wall of some place, as a moment. Pure.

Two kinds of local time need a decision, and it is always the same one. A time that does not exist
because clocks jump ahead is moved on by the jump (02:30 becomes 03:30). A time that comes twice
because clocks go back means the first of the two. `what_was_taken` says so in a sentence."""

from bisect import bisect_left
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from groups.schedule.places import where as zone
from groups.schedule.words import clock_words, day_words
from groups.sentences import sentence
from groups.zones import city


def start_of(day: date, wall_time: time, where: ZoneInfo) -> datetime:
    """The moment, in UTC, at which clocks there show this time on this day. In a gap, python's
    earlier reading (fold=0) keeps the old offset, which is the same as moving on by the jump."""
    return datetime.combine(day, wall_time, tzinfo=where).astimezone(UTC)


def what_was_taken(day: date, wall_time: time, zone_name: str) -> str | None:
    """A sentence for a local time that is missing or comes twice on this day; None for every other."""
    where = zone(zone_name)
    wall = datetime.combine(day, wall_time, tzinfo=where)
    if wall.utcoffset() == wall.replace(fold=1).utcoffset():
        return None
    taken = wall.astimezone(UTC).astimezone(where)
    facts = {"time": clock_words(wall), "day": day_words(day, weekday=False), "city": city(zone_name)}
    if taken.replace(tzinfo=None) == wall.replace(tzinfo=None):
        return sentence("time_comes_twice", **facts)
    jump = _jump(wall, where)
    return sentence("time_is_missing", jump=_from(wall, jump), taken=_from(jump, taken), **facts)


def _from(before, after):
    """The time, with its day where midnight lies between."""
    day = "" if before.date() == after.date() else f" on {day_words(after.date(), weekday=False)}"
    return clock_words(after) + day


def _jump(wall, where):
    """What clocks there show at the moment after they jumped over `wall`."""
    before, after = int(wall.replace(fold=1).timestamp()), int(wall.timestamp())
    old = datetime.fromtimestamp(before, where).utcoffset()
    seconds = range(before, after + 1)
    changed = bisect_left(seconds, True, key=lambda second: datetime.fromtimestamp(second, where).utcoffset() != old)
    return datetime.fromtimestamp(seconds[changed], where)
