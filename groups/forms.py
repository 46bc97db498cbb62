"""Fields whose complaints are sentences of ours, for the forms of every concept.

Forms only read what was typed. What is allowed is decided by the actions."""

from datetime import datetime

from wtforms import DateField, IntegerField, SelectField, TimeField

from groups.sentences import sentence


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
