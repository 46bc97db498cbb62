"""How long somebody has been in a group, only as near as anybody needs to know."""

from datetime import datetime, timedelta

WEEK, MONTHS, YEAR = timedelta(days=7), timedelta(days=60), timedelta(days=365)


def band(joined_at: datetime, now: datetime) -> str:
    """"new this week", "weeks", "months" or "a year or more": no dates, nothing to collect."""
    here = now - joined_at
    if here < WEEK:
        return "new this week"
    if here < MONTHS:
        return "weeks"
    return "months" if here < YEAR else "a year or more"
