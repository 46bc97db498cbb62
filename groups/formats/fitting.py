"""A format laid onto the minutes there really are. Pure."""

from datetime import datetime, timedelta
from math import ceil

import msgspec

from groups.formats.modes import RULES
from groups.formats.shape import Segment

LEAST_OFFER = 20  # seconds everyone gets in a round, however many they are


def fit(segments: tuple[Segment, ...], begins: datetime, ends: datetime) -> tuple[datetime, ...]:
    """When each segment ends, if the first begins at `begins` and the last is to end by `ends`.

    With time to spare, the segments that grow share it. With too little, what is above the least
    shrinks in proportion; with less than the least of all, everyone still gets their least and the
    hour runs over, because a share cut in half helps nobody. Marks are whole seconds after
    `begins`, rounded down, so that their sum is never later than `ends`."""
    planned = [segment.minutes * 60 for segment in segments]
    least = [segment.least * 60 for segment in segments]
    given = (ends - begins).total_seconds()
    growing = sum(segment.grows for segment in segments)
    extra = max(0.0, given - sum(planned)) / growing if growing else 0.0
    room = sum(planned) - sum(least)
    share = 1.0 if room <= 0 else min(1.0, max(0.0, (given - sum(least)) / room))
    marks, passed = [], 0.0
    for segment, low, full in zip(segments, least, planned, strict=True):
        passed += low + (full - low) * share + extra * segment.grows
        marks.append(begins + timedelta(seconds=int(passed + 1e-7)))  # what floats lose is no second
    return tuple(marks)


def with_room_for(people: int, segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """The segments, each round at least as long as a short offer to so many people takes, so that
    the parts before it leave it the time and a full room does not run over the hour."""
    def widened(segment):
        rules = RULES[segment.mode]
        offers = ceil(people * (LEAST_OFFER + rules.breath) / 60) if rules.offered else 0
        return msgspec.structs.replace(segment, least=max(segment.least, offers), minutes=max(segment.minutes, offers))

    return tuple(map(widened, segments))
