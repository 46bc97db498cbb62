"""A week as a grid: its days side by side, each in four parts, so that one sees at a glance that the
evenings are busy and the mornings quiet. Pure. Parts begin on the reader's clock, and each folds by
itself."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from itertools import groupby
from zoneinfo import ZoneInfo

from groups.schedule.month import DAY, Day

PARTS = {"night": 0, "morning": 5, "afternoon": 12, "evening": 17}  # o'clock they begin at
SHOWN = 6  # more than this in one part of a day and it folds


def empty_parts(monday: date, today: date) -> list[Day]:
    """The parts of the seven days, day by day, with nothing on them yet."""
    days = [monday + DAY * n for n in range(7)]
    return [Day(day, True, day == today, part=part) for day in days for part in PARTS]


def edges_of_parts(parts: Sequence[Day], reader: ZoneInfo) -> list[datetime]:
    """When each part begins and the last one ends, in UTC: one more than there are parts."""
    begin = [datetime.combine(one.date, time(PARTS[one.part]), reader) for one in parts]
    return [at.astimezone(UTC) for at in (*begin, datetime.combine(parts[-1].date + DAY, time(), reader))]


def lines(parts: Sequence[Day]) -> list[tuple[str, list[Day]]]:
    """The grid's lines: a part of the day and its seven cells; those with nothing all week are left out."""
    found = [(part, [one for one in parts if one.part == part]) for part in PARTS]
    return [(part, cells) for part, cells in found if any(cell.count for cell in cells)]


def by_day(parts: Sequence[Day]) -> list[list[Day]]:
    """The parts of each day, those with nothing left out; a day with nothing at all keeps its first."""
    days = [list(those) for _, those in groupby(parts, key=lambda one: one.date)]
    return [[one for one in those if one.count] or those[:1] for those in days]
