"""The forms of the calendar: a series, and which clock to read by. They only read what was typed; what
it means is said by `repeats.py` and `ends.py`, and what is allowed by `Plan.checked`."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date, datetime

from flask_wtf import FlaskForm
from wtforms import BooleanField, Form, FormField, RadioField, SelectMultipleField, StringField, SubmitField
from wtforms.widgets import CheckboxInput, ListWidget

from groups.accounts.forms import say_beside
from groups.errors import Failure, Invalid
from groups.formats.checking import LONGEST, SHORTEST
from groups.formats.shape import Format
from groups.forms import Cities, Day, MaybeNumber, OneOf, Rows, TimeOfDay, WholeNumber
from groups.rooms.forms import format_choices
from groups.schedule import form_words as words
from groups.schedule.ends import TIMES, after_times, times
from groups.schedule.languages import LANGUAGES
from groups.schedule.models import DutyKind
from groups.schedule.pauses import MOST, pauses_of, pauses_text
from groups.schedule.places import by_region, where
from groups.schedule.plans import PLACES, TITLE_LIMIT, Plan, first_hour
from groups.schedule.recurrence import ONCE
from groups.schedule.repeats import (
    MONTHS,
    WEEKS,
    MonthlyDate,
    MonthlyWeekday,
    Once,
    WeekdayAfter,
    Weekly,
    YearlyDate,
    YearlyWeekday,
    chosen,
)
from groups.schedule.rules import without
from groups.schedule.spoken import days_in_words
from groups.sentences import sentence
from groups.text import one_of, whole_number
from groups.together_forms import Together

KINDS = {
    "once": Once, "weekly": Weekly, "weekday": MonthlyWeekday, "date": MonthlyDate, "after": WeekdayAfter,
    "yearly_date": YearlyDate, "yearly_weekday": YearlyWeekday,
}
KEPT = "kept"  # an imported rule that nobody could choose here stays as it is
ABOUT_THE_RULE = {  # where to say what is not right with the days as a whole
    "once": "first_day", "weekly": "weekdays", "weekday": "nths", "date": "month_days", "after": "weekday",
    "yearly_date": "day", "yearly_weekday": "month_nth", KEPT: "kind",
}
ROWS = 2  # empty ones for pauses, to begin with


class Ticks(SelectMultipleField):
    """Several of a few, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, validate_choice=False, **{"default": ()} | kwargs)

    def process_formdata(self, valuelist):
        try:
            super().process_formdata(valuelist)
        except ValueError:
            self.data = []
            raise ValueError(sentence("choose_which")) from None


def _digits(low, high):
    return {"min": low, "max": high, "inputmode": "numeric", "autocomplete": "off"}


def _maybe(text):
    return int(text) if text not in ("", None) else None


class PauseForm(Form):
    """One pause, every year: its first and its last day. All empty is none."""

    from_day = OneOf("From: day", coerce=_maybe, choices=words.PAUSE_DAYS)
    from_month = OneOf("From: month", coerce=_maybe, choices=words.PAUSE_MONTHS)
    to_day = OneOf("To: day", coerce=_maybe, choices=words.PAUSE_DAYS)
    to_month = OneOf("To: month", coerce=_maybe, choices=words.PAUSE_MONTHS)

    def typed(self) -> list[int | None]:
        """First month and day, last month and day, or [] for none."""
        numbers = [field.data for field in (self.from_month, self.from_day, self.to_month, self.to_day)]
        return numbers if any(number is not None for number in numbers) else []


class SeriesForm(Together, FlaskForm):
    """An hour in a room, once or again and again. `preview` asks for the dates only. kept: the rule of
    an imported series, offered as it is. The fields of each way to repeat are those of its choice in
    `repeats.py`; of those that were not chosen nothing is read and nothing is complained about."""

    title = StringField("Name of the hour", render_kw={"maxlength": TITLE_LIMIT, "autocomplete": "off"})
    kind = RadioField("How it repeats", choices=words.KINDS, default="weekly", validate_choice=False)
    every = WholeNumber("Every so many weeks", default=1, render_kw=_digits(*WEEKS))
    weekdays = Ticks("On these days", coerce=int, choices=words.DAYS)
    months = WholeNumber("Every so many months", default=1, render_kw=_digits(*MONTHS))
    nths = Ticks("Which of the month", coerce=int, choices=words.NTHS)
    month_weekdays = Ticks("On these days", coerce=int, choices=words.DAYS)
    month_days = Ticks("On these dates", coerce=int, choices=words.DATES)
    weekday = OneOf("Weekday", coerce=int, choices=words.DAYS, default=2)
    nth = OneOf("Which one it comes after", coerce=int, choices=words.AFTER, default=1)
    after = OneOf("The weekday it comes after", coerce=int, choices=words.DAYS, default=0)
    month = OneOf("Month", coerce=int, choices=words.MONTHS, default=1)
    day = OneOf("Day of the month", coerce=int, choices=words.MONTH_DAYS, default=1)
    month_nth = OneOf("Which", coerce=int, choices=words.NTHS, default=1)
    month_weekday = OneOf("Weekday", coerce=int, choices=words.DAYS, default=0)
    first_day = Day("First day")
    wall_time = TimeOfDay("At")
    minutes = WholeNumber("Minutes", default=60, render_kw=_digits(SHORTEST, LONGEST))
    zone = OneOf("City", widget=Cities())
    own_clock_first = BooleanField("People meet by this clock: show it first, to everybody")
    ends = RadioField("Until when", choices=words.ENDS, default="never", validate_choice=False)
    last_day = Day("Last day")
    times = WholeNumber("How many times", render_kw=_digits(*TIMES))
    pauses = Rows(FormField(PauseForm), max_entries=MOST)
    format = OneOf("How the hour runs")
    language = OneOf("Language", choices=LANGUAGES, default="en")
    needs = Ticks("Who serves beside the chair", choices=words.NEEDS, default=(DutyKind.DOOR, DutyKind.SECOND))
    places = MaybeNumber("Places to be kept", render_kw=_digits(*PLACES))
    preview = SubmitField("Show me the dates")
    save = SubmitField("Add this hour")

    def __init__(self, formats: Mapping[str, Format], kept: str | None = None, **kwargs):
        super().__init__(**kwargs)
        self.format.choices = format_choices(formats)
        self.zone.choices = by_region()
        self.kept = kept and without(kept, "COUNT", "UNTIL")
        while len(self.pauses) < MOST and (len(self.pauses) < ROWS or self.pauses[-1].form.typed()):
            self.pauses.append_entry()

    @classmethod
    def of(cls, series, formats: Mapping[str, Format], since: date | None = None, **kwargs) -> "SeriesForm":
        """The form filled with a stored series as it is from a day on, or with what was typed over it."""
        repeat = chosen(series.rule, series.first_day)
        form = cls(formats, kept=None if repeat else series.rule, **_as_typed(series, repeat, since), **kwargs)
        if repeat is None:
            form.kind.choices = form.kind.choices | {KEPT: words.KEPT.format(days_in_words(series))}
        return form

    def validate(self, extra_validators=None):
        super().validate(extra_validators)
        for name in self.unasked():
            self[name].errors = []
        if self.pauses.errors:
            self.pauses.errors = [sentence("pause_unclear")]
        return not self.errors

    def plan(self, now: datetime) -> Plan:
        """What was typed, as a plan; only for a form that validates. Raises Invalid(field, …)."""
        rule, first_day, pauses, last_day = self._rule(), self.first_day.data, "", None
        if rule != ONCE:
            pauses = self._pauses()
            first_day = first_hour(rule, first_day, self.wall_time.data, self.zone.data, now)
            ends = one_of("ends", self.ends.data, words.ENDS)
            if ends == "day" and (last_day := self.last_day.data) is None:
                raise Invalid("last_day", "bad_date")
            if ends == "times" and first_day:
                rule = after_times(rule, first_day, pauses, whole_number("times", self.times.data, *TIMES))
        return Plan(
            title=self.title.data, first_day=first_day, last_day=last_day, wall_time=self.wall_time.data, zone=self.zone.data,
            rule=rule, pauses=pauses, minutes=self.minutes.data, format=self.format.data, language=self.language.data,
            needs=",".join((DutyKind.CHAIR, *self.needs.data)), places=self.places.data, own_clock_first=self.own_clock_first.data,
        )

    def say(self, failure: Failure) -> int:
        """Put the sentence beside the field it is about, and return the status of the page."""
        about = getattr(failure, "field", "") == "rule"
        return say_beside(self, failure, ABOUT_THE_RULE[self.kind.data] if about else "wall_time")

    def _rule(self):
        if self.kept and self.kind.data == KEPT:
            return self.kept
        kind = KINDS[one_of("kind", self.kind.data, KINDS)]
        typed = {field.name: self[field.name].data for field in fields(kind)}
        return kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in typed.items()}).rule

    def _pauses(self):
        typed = [numbers for pause in self.pauses if (numbers := pause.form.typed())]
        if any(None in numbers for numbers in typed):
            raise Invalid("pauses", "pause_unclear")
        return pauses_text(((numbers[0], numbers[1]), (numbers[2], numbers[3])) for numbers in typed)

    def unasked(self) -> set[str]:
        """Names of fields that what was chosen leaves without a meaning."""
        chosen_kind = KINDS.get(self.kind.data, Once)
        unasked = {field.name for kind in KINDS.values() for field in fields(kind)} - {field.name for field in fields(chosen_kind)}
        if self.kind.data == "once":
            return unasked | {"ends", "last_day", "times", "pauses"}
        return unasked | {name for name, ends in (("last_day", "day"), ("times", "times")) if self.ends.data != ends}


def _as_typed(series, repeat, since):
    left = times(series, since)
    kind = next((name for name, made in KINDS.items() if isinstance(repeat, made)), KEPT)
    as_it_is = ("title", "wall_time", "minutes", "own_clock_first", "format", "language", "places")
    ends = ("from_month", "from_day", "to_month", "to_day")
    return {name: getattr(series, name) for name in as_it_is} | (asdict(repeat) if repeat else {}) | {
        "kind": kind, "first_day": since or series.first_day, "zone": where(series.zone).key, "needs": series.needs.split(","),
        "pauses": [dict(zip(ends, first + last, strict=True)) for first, last in pauses_of(series.pauses)],
        "ends": "times" if left else "day" if series.last_day else "never", "times": left,
        "last_day": None if left else series.last_day,
    }


class ZoneForm(FlaskForm):
    """Which clock somebody reads by."""

    zone = OneOf("Your city, or one with the same clock", widget=Cities())
    save = SubmitField("Use this clock")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.zone.choices = by_region()
