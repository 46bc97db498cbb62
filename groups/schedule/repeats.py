"""How an hour repeats, as somebody chooses it, and the rule that says so. Both ways: what was chosen
becomes a rule, and a rule becomes what would have to be chosen for it. Pure.

Weekdays count from Monday = 0. `nth` is 1 for the first of a month, -1 for the last. Every `rule` raises
Invalid(field, reason) for a choice that makes no sense; the fields are named as they are here."""

from calendar import month_name, monthrange
from dataclasses import dataclass
from datetime import date

from groups.errors import Invalid
from groups.schedule.pauses import LEAP_YEAR
from groups.schedule.recurrence import ONCE
from groups.schedule.rules import WEEKDAYS, parts_of, said_out, text_of, weekly_rule
from groups.text import one_of, whole_number

WEEKS, MONTHS = (1, 26), (1, 12)  # an hour every so many
NTHS = (1, 2, 3, 4, 5, -1)
AFTER = (1, 2, 3)  # after the fourth of a weekday the month may be over
MONTH_DAYS = (*range(1, 32), -1)
MOST = 20  # weekdays of a month: beyond it is every week in all but name


@dataclass(frozen=True)
class Once:
    """It does not."""

    @property
    def rule(self) -> str:
        return ONCE


@dataclass(frozen=True)
class Weekly:
    """Every so many weeks, on these weekdays."""

    every: int
    weekdays: tuple[int, ...]

    @property
    def rule(self) -> str:
        whole_number("every", self.every, *WEEKS)
        return weekly_rule(_some("weekdays", self.weekdays, range(7), "choose_day"), self.every)

    @classmethod
    def read(cls, parts):
        return cls(_every(parts), tuple(WEEKDAYS.index(day) for day in parts["BYDAY"].split(",")))


@dataclass(frozen=True)
class MonthlyWeekday:
    """Every so many months, on the first and third Wednesday, or the last Sunday."""

    months: int
    nths: tuple[int, ...]
    month_weekdays: tuple[int, ...]

    @property
    def rule(self) -> str:
        nths = _some("nths", self.nths, NTHS, "choose_which")
        days = _some("month_weekdays", self.month_weekdays, range(7), "choose_day")
        if len(nths) * len(days) > MOST:
            raise Invalid("nths", "nearly_weekly")
        return _monthly(self.months, BYDAY=",".join(f"{nth}{WEEKDAYS[day]}" for nth in nths for day in days))

    @classmethod
    def read(cls, parts):
        pairs = [_nth(one) for one in parts["BYDAY"].split(",")]
        return cls(_every(parts), tuple(dict.fromkeys(nth for nth, _ in pairs)), tuple(sorted({day for _, day in pairs})))


@dataclass(frozen=True)
class MonthlyDate:
    """Every so many months, on the 1st and 15th; -1 is the last day."""

    months: int
    month_days: tuple[int, ...]

    @property
    def rule(self) -> str:
        return _monthly(self.months, BYMONTHDAY=_list(_some("month_days", self.month_days, MONTH_DAYS, "choose_date")))

    @classmethod
    def read(cls, parts):
        return cls(_every(parts), _numbers(parts["BYMONTHDAY"]))


@dataclass(frozen=True)
class WeekdayAfter:
    """Every so many months, on the Wednesday after the first Monday: the first such weekday that comes
    later than the nth of the other. The second Wednesday after the first Monday is the one after the
    second Monday, so this says it all."""

    months: int
    weekday: int
    nth: int
    after: int

    @property
    def rule(self) -> str:
        one_of("weekday", self.weekday, range(7))
        one_of("nth", self.nth, AFTER)
        one_of("after", self.after, range(7))
        # The other weekday is one of seven days of the month, so this one is the same seven moved on.
        first = 7 * (self.nth - 1) + 1 + ((self.weekday - self.after - 1) % 7 + 1)
        return _monthly(self.months, BYDAY=WEEKDAYS[self.weekday], BYMONTHDAY=_list(range(first, first + 7)))

    @classmethod
    def read(cls, parts):
        weekday, first = WEEKDAYS.index(parts["BYDAY"]), _numbers(parts["BYMONTHDAY"])[0]
        weeks, later = divmod(first - 2, 7)
        return cls(_every(parts), weekday, weeks + 1, (weekday - later - 1) % 7)


@dataclass(frozen=True)
class YearlyDate:
    """Every year on 24 December."""

    month: int
    day: int

    @property
    def rule(self) -> str:
        one_of("month", self.month, range(1, 13))
        if one_of("day", self.day, range(1, 32)) > monthrange(LEAP_YEAR, self.month)[1]:
            raise Invalid("day", "no_such_day", day=f"{self.day} {month_name[self.month]}")
        return f"FREQ=YEARLY;BYMONTH={self.month};BYMONTHDAY={self.day}"

    @classmethod
    def read(cls, parts):
        return cls(int(parts["BYMONTH"]), int(parts["BYMONTHDAY"])) if "INTERVAL" not in parts else None


@dataclass(frozen=True)
class YearlyWeekday:
    """Every year on the last Sunday of November."""

    month: int
    month_nth: int
    month_weekday: int

    @property
    def rule(self) -> str:
        one_of("month", self.month, range(1, 13))
        nth, day = one_of("month_nth", self.month_nth, NTHS), one_of("month_weekday", self.month_weekday, range(7))
        return f"FREQ=YEARLY;BYMONTH={self.month};BYDAY={nth}{WEEKDAYS[day]}"

    @classmethod
    def read(cls, parts):
        return cls(int(parts["BYMONTH"]), *_nth(parts["BYDAY"])) if "INTERVAL" not in parts else None


Repeat = Once | Weekly | MonthlyWeekday | MonthlyDate | WeekdayAfter | YearlyDate | YearlyWeekday
_BY = {
    Weekly: ("WEEKLY", {"BYDAY"}), MonthlyWeekday: ("MONTHLY", {"BYDAY"}), MonthlyDate: ("MONTHLY", {"BYMONTHDAY"}),
    WeekdayAfter: ("MONTHLY", {"BYDAY", "BYMONTHDAY"}), YearlyDate: ("YEARLY", {"BYMONTH", "BYMONTHDAY"}),
    YearlyWeekday: ("YEARLY", {"BYMONTH", "BYDAY"}),
}


def chosen(rule: str, first_day: date) -> Repeat | None:
    """What would have to be chosen to get the days of this rule; how it ends is another question. None
    for a rule that cannot be chosen here, such as an imported one. Raises Invalid for what is no rule."""
    parts = parts_of(rule)
    if parts.get("COUNT") == "1" and parts.keys() <= {"FREQ", "INTERVAL", "COUNT"}:
        return Once()
    parts = said_out(rule, first_day)
    for kind, (freq, by) in _BY.items():
        if parts["FREQ"] == freq and parts.keys() - {"FREQ", "INTERVAL"} == by:
            return _same(kind, parts, first_day)
    return None


def _same(kind, parts, first_day):
    """What this kind makes of the parts, if that comes to the same days again."""
    try:
        found = kind.read(parts)
        return found if found and said_out(found.rule, first_day) == parts else None
    except (Invalid, ValueError):
        return None


def _some(field, numbers, allowed, reason):
    numbers = sorted(set(numbers), key=lambda number: (number < 0, number))
    if not numbers or not set(numbers) <= set(allowed):
        raise Invalid(field, reason)
    return numbers


def _monthly(months, **by):
    whole_number("months", months, *MONTHS)
    return text_of({"FREQ": "MONTHLY"} | ({"INTERVAL": str(months)} if months > 1 else {}) | by)


def _every(parts):
    return int(parts.get("INTERVAL", 1))


def _nth(day):
    return int(day[:-2]), WEEKDAYS.index(day[-2:])  # ValueError for one without a number


def _list(numbers):
    return ",".join(map(str, numbers))


def _numbers(text):
    return tuple(map(int, text.split(",")))
