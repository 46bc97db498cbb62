"""The forms of the calendar: a series, and which clock to read by."""

from collections.abc import Mapping
from datetime import datetime

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectMultipleField, StringField, SubmitField, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from groups.formats.checking import LONGEST, SHORTEST
from groups.formats.shape import Format
from groups.forms import Day, OneOf, TimeOfDay, WholeNumber
from groups.rooms.forms import format_choices
from groups.schedule.places import by_region
from groups.schedule.plans import TITLE_LIMIT, Plan, first_hour
from groups.schedule.recurrence import weekly_rule
from groups.sentences import sentence

DAYS = dict(enumerate(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")))
EVERY = {"1": "Every week", "2": "Every second week"}


class Ticks(SelectMultipleField):
    """Several of a few, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, validate_choice=False, **kwargs)

    def process_formdata(self, valuelist):
        try:
            super().process_formdata(valuelist)
        except ValueError:
            self.data = []
            raise ValueError(sentence("choose_day")) from None


class SeriesForm(FlaskForm):
    """A weekly hour in a room. `preview` asks for the dates only."""

    title = StringField("Name of the hour", render_kw={"maxlength": TITLE_LIMIT, "autocomplete": "off"})
    weekdays = Ticks("On these days", coerce=int, choices=DAYS)
    every = RadioField("How often", choices=EVERY, default="1", validate_choice=False)
    first_day = Day("From")
    wall_time = TimeOfDay("At")
    zone = OneOf("On the clocks of")
    minutes = WholeNumber("Minutes", default=60, render_kw={"min": SHORTEST, "max": LONGEST, "inputmode": "numeric"})
    format = OneOf("How the hour runs")
    preview = SubmitField("Show me the dates")
    save = SubmitField("Add this hour")

    def __init__(self, formats: Mapping[str, Format], **kwargs):
        super().__init__(**kwargs)
        self.format.choices = format_choices(formats)
        self.zone.choices = by_region()

    def validate_weekdays(self, field):
        """At least one day, and only days there are."""
        if not field.data or not set(field.data) <= DAYS.keys():
            raise ValidationError(sentence("choose_day"))

    def validate_every(self, field):
        """Every week or every second one."""
        if field.data not in EVERY:
            raise ValidationError(sentence("choose_one"))

    def plan(self, now: datetime) -> Plan:
        """What was typed, as a plan; only for a form that validates."""
        first_day = first_hour(self.weekdays.data, self.first_day.data, self.wall_time.data, self.zone.data, now)
        return Plan(
            title=self.title.data, first_day=first_day, wall_time=self.wall_time.data, zone=self.zone.data,
            rule=weekly_rule(self.weekdays.data, int(self.every.data)), minutes=self.minutes.data, format=self.format.data,
        )


class ZoneForm(FlaskForm):
    """Which clock somebody reads by."""

    zone = OneOf("Your city, or one with the same clock")
    save = SubmitField("Use this clock")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.zone.choices = by_region()
