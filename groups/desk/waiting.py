"""How long something waits, or can, the way one says it. Pure."""

from datetime import datetime, timedelta

from groups.schedule.words import minutes_words
from groups.sentences.desk import WORDS

DAY = timedelta(days=1)


def waited(since: datetime | None, now: datetime) -> str:
    """'4 minutes', '3 hours', '2 days'; 'since a moment ago' for less than a minute or an unknown time."""
    wait = now - since if since else timedelta()
    return WORDS["just_now"] if wait < timedelta(minutes=1) else _span(wait)


def time_left(due: datetime, now: datetime) -> str:
    """'23 hours to go', or 'overdue'."""
    left = due - now
    return WORDS["overdue"] if left < timedelta(minutes=1) else WORDS["to_go"].format(time=_span(left))


def _span(span):
    if span >= 2 * DAY:
        return f"{span // DAY} days"
    minutes = span // timedelta(minutes=1)
    return minutes_words(minutes) if minutes < 60 else minutes_words(minutes // 60 * 60)
