"""The form of reminders: when, in which words, of which groups. It only reads what was typed."""

from collections.abc import Mapping
from datetime import time

from wtforms import HiddenField, RadioField, SubmitField

from groups.accounts.forms import AgainForm
from groups.forms import OneOf, TimeOfDay
from groups.reminding.actions import Choices
from groups.reminding.quiet import MINUTES
from groups.schedule.forms import Ticks
from groups.sentences import REMINDERS, sentence

BEFORE = {5: "Five minutes before", 15: "A quarter of an hour before", 60: "One hour before", 1440: "A day before"}
NIGHT = (time(22), time(7))


class PerhapsTime(TimeOfDay):
    """A time of day that may stay empty."""

    def process_formdata(self, valuelist):
        if valuelist and valuelist[0].strip():
            super().process_formdata(valuelist)
        elif valuelist:
            self.data = None


class Which(RadioField):
    """One of several, by its number; which there are is the action's to say."""

    def process_formdata(self, valuelist):
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(sentence("choose_one")) from None


class RemindersForm(AgainForm):
    """What somebody chooses for one device. endpoint, point and auth are filled in by the script of
    the page when the device is new; then the seven words may be asked for, too."""

    groups = Ticks("Remind me of the hours of")
    minutes = OneOf("When", coerce=int, choices={minutes: BEFORE[minutes] for minutes in MINUTES}, default=15)
    sentence = Which("What it shows", coerce=int, choices=dict(enumerate(REMINDERS)), default=0, validate_choice=False)
    quiet_from = PerhapsTime("Quiet from", default=NIGHT[0])
    quiet_to = PerhapsTime("Quiet until", default=NIGHT[1])
    endpoint = HiddenField()
    point = HiddenField()
    auth = HiddenField()
    save = SubmitField("Save")

    def __init__(self, groups: Mapping[str, str], asks: bool, **kwargs):
        """groups: name by slug. asks: whether for the words."""
        super().__init__(**kwargs)
        if not asks:
            del self.words
        self.groups.choices = list(groups.items())

    def chosen(self, zone: str) -> Choices:
        """What was typed, unchecked. zone: the clock that quiet hours are kept by."""
        return Choices(
            groups=tuple(self.groups.data or ()), minutes=self.minutes.data, sentence=self.sentence.data, zone=zone,
            quiet_from=self.quiet_from.data, quiet_to=self.quiet_to.data,
        )
