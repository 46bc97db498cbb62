"""What stands beside the boxes of the form of a series. Pure; English for now, and in one place."""

from calendar import day_name, month_name

from groups.schedule.models import DutyKind
from groups.schedule.words import ORDINALS, ordinal_words

KINDS = {
    "once": "Once",
    "weekly": "Every week, or every few weeks",
    "weekday": "Every month, on a weekday",
    "date": "Every month, on a date",
    "after": "Every month, on a weekday after another",
    "yearly_date": "Every year, on a date",
    "yearly_weekday": "Every year, on a weekday",
}
KEPT = "As it came from elsewhere ({})"
ENDS = {"never": "It goes on", "day": "Until a day", "times": "A number of times"}
DAYS = dict(enumerate(day_name))
NTHS = {nth: name.capitalize() for nth, name in ORDINALS.items()}
AFTER = {nth: ORDINALS[nth] for nth in (1, 2, 3)}
MONTHS = {number: month_name[number] for number in range(1, 13)}
MONTH_DAYS = {number: ordinal_words(number) for number in range(1, 32)}
DATES = {number: str(number) for number in range(1, 32)} | {-1: "The last day"}
PAUSE_DAYS = {"": "Day"} | {number: str(number) for number in range(1, 32)}
PAUSE_MONTHS = {"": "Month"} | MONTHS
NEEDS = {
    DutyKind.DOOR.value: "Door: lets people in from the lobby",
    DutyKind.SECOND.value: "Second: answers the private line",
    DutyKind.READER.value: "Reader: reads what is to be read",
    DutyKind.TIMEKEEPER.value: "Timekeeper: watches the time",
}
