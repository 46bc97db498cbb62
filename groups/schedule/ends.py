"""How a series ends: not at all, on a day, or after so many times. Pure.

Whatever was chosen, `last_day` is the last day on which it may meet, and None means no end. "Twelve
times" also stays in the rule as its COUNT, so that it can be said and changed. The rule counts its
dates as RFC 5545 does, those in a pause as well; people count the hours they meet."""

from dataclasses import replace
from datetime import date, timedelta

from groups.errors import Invalid
from groups.schedule.pauses import rests
from groups.schedule.recurrence import LATEST, ONCE, Recurring, days_between, days_of, until
from groups.schedule.rules import parts_of, without

TIMES = (1, 400)
FARTHEST = timedelta(days=10 * 366)  # a series that ends ends within ten years


def after_times(rule: str, first_day: date, pauses: str, times: int) -> str:
    """The rule with the COUNT for so many hours met, those in a pause not among them. Raises
    Invalid("times", "end_too_far")."""
    rule, met = without(rule, "COUNT", "UNTIL"), 0
    last = first_day + FARTHEST if first_day < LATEST else LATEST
    for number, day in enumerate(days_of(rule, first_day, first_day, last), 1):
        met += not rests(pauses, day)
        if met == times:
            return f"{rule};COUNT={number}"
    raise Invalid("times", "end_too_far")


def settled(plan):
    """The plan with its end as we keep it: an UNTIL of its rule is moved to `last_day`, and a COUNT
    shows there too. Raises Invalid for a rule that cannot be read."""
    ends = [day for day in (plan.last_day, until(plan.rule, plan.wall_time, plan.zone), counted_out(plan)) if day]
    return replace(plan, rule=without(plan.rule, "UNTIL"), last_day=min(ends, default=None))


def counted_out(series: Recurring) -> date | None:
    """The last date of a rule that counts; None for one that does not, or gives no date."""
    if "COUNT" not in parts_of(series.rule):
        return None
    return max(days_of(series.rule, series.first_day, series.first_day, LATEST), default=None)


def times(series: Recurring, since: date | None = None) -> int | None:
    """How many hours a series that ends after so many times meets, of those from a day on. None for one
    that ends otherwise, also because somebody ended it earlier than that."""
    last = counted_out(series) if series.rule != ONCE else None
    if last is None or series.last_day and series.last_day < last:
        return None
    return sum(1 for _ in days_between(series, since or series.first_day, last))
