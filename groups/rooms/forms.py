"""The form of a room, and fields whose complaints are sentences of ours.

Forms only read what was typed. What is allowed is decided by the actions; `say_beside` puts their
answer beside the field it is about."""

from datetime import datetime

from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, RadioField, SelectField, StringField, SubmitField, TextAreaField, TimeField

from groups.rooms.actions import ABOUT_LIMIT, LARGEST, NAME_LIMIT, RETENTION, SMALLEST, RoomSettings
from groups.rooms.formats import FORMATS
from groups.rooms.models import Door
from groups.sentences import sentence

STAYS = {
    0: "Not at all", 15: "A quarter of an hour", 60: "One hour", 240: "Four hours", 1440: "One day",
}
DOORS = {
    Door.ANYONE: "Anyone; newcomers join the group on the way in, if the group is open",
    Door.MEMBERS: "Members of the group only",
}


class WholeNumber(IntegerField):
    """A whole number in digits."""

    def process_formdata(self, valuelist):
        try:
            super().process_formdata(valuelist)
        except ValueError:
            self.data = None
            raise ValueError(sentence("bad_number")) from None


class Day(DateField):
    """A day as browsers send it, 2026-11-24."""

    def process_formdata(self, valuelist):
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(sentence("bad_date")) from None


class TimeOfDay(TimeField):
    """A time as browsers send it, 19:30; some add seconds, which are left away."""

    def process_formdata(self, valuelist):
        if not valuelist:
            return
        try:
            self.data = datetime.strptime(valuelist[0].strip()[:5], "%H:%M").time()
        except ValueError:
            self.data = None
            raise ValueError(sentence("bad_time")) from None


class OneOf(SelectField):
    """One of several values; which are allowed is the action's to say."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, validate_choice=False, **kwargs)

    def process_formdata(self, valuelist):
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(sentence("choose_one")) from None


def format_choices() -> dict[str, str]:
    """Every format one can choose: its key, and words for it."""
    return {facts.key: f"{facts.title} (from {facts.needs} min)" for facts in FORMATS.values()}


class RoomForm(FlaskForm):
    """A new room, or the settings of one there is."""

    name = StringField("Name of the room", render_kw={"maxlength": NAME_LIMIT, "autocomplete": "off"})
    about = TextAreaField("About the room", render_kw={"maxlength": ABOUT_LIMIT, "rows": 3})
    door = RadioField("Who may come to the door", choices=DOORS, validate_choice=False)
    capacity = WholeNumber("Places", render_kw={"min": SMALLEST, "max": LARGEST, "inputmode": "numeric"})
    format = OneOf("How an hour here usually runs")
    retention_minutes = OneOf(
        "How long words stay after the close", coerce=int,
        choices={minutes: STAYS[minutes] for minutes in RETENTION},
    )
    save = SubmitField("Save")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.format.choices = format_choices()

    def settings(self) -> RoomSettings:
        """What was typed, unchecked."""
        return RoomSettings(
            name=self.name.data, about=self.about.data, door=self.door.data, capacity=self.capacity.data,
            format=self.format.data, retention_minutes=self.retention_minutes.data,
        )
