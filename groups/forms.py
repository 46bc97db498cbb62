"""Fields whose complaints are sentences of ours, for the forms of every concept.

Forms only read what was typed. What is allowed is decided by the actions."""

from datetime import datetime
from functools import lru_cache

from wtforms import DateField, FieldList, IntegerField, SelectField, StringField, TextAreaField, TimeField
from wtforms.fields.choices import Choice
from wtforms.widgets import Select

from groups.sentences import sentence

MOST_ROWS = 1000
CITIES = 2000  # there are some four hundred, shown with their region or without, and each may be the one chosen


class WholeNumber(IntegerField):
    """A whole number in digits."""

    def process_formdata(self, valuelist):
        try:
            super().process_formdata(valuelist)
        except ValueError:
            self.data = None
            raise ValueError(sentence("bad_number")) from None


class MaybeNumber(WholeNumber):
    """A whole number in digits, or nothing."""

    def process_formdata(self, valuelist):
        if valuelist and not valuelist[0].strip():
            self.data = None
        else:
            super().process_formdata(valuelist)


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


class Cities(Select):
    """For a field that offers the cities there are: as WTForms draws them, but each once and not again for every page.
    They are ours; words of people are not to be kept like this."""

    @classmethod
    def render_option(cls, choice: Choice, **kwargs) -> str:
        return _city(choice.value, choice.label, choice.selected)


@lru_cache(CITIES)
def _city(value, label, chosen):
    return Select.render_option(Choice(value, label, chosen, {}))


class _UpTo:
    """A field that says beside it how many characters fit, and takes more all the same: no browser is to cut what
    somebody pastes without a word. What is too long is refused by the action, and stays in the field."""

    def __init__(self, *args, most: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.most = most


class AtLength(_UpTo, TextAreaField):
    """Words of several lines, up to so many characters."""


class InOneLine(_UpTo, StringField):
    """A sentence, up to so many characters."""


class Rows(FieldList):
    """Several forms of the same kind, numbered in the names browsers send. A number of ours is short and
    in plain digits; WTForms would stumble over "²", which Python takes for a digit, or over 5,000 of them."""

    def _extract_indices(self, prefix, formdata):
        readable = [name for name in formdata if name.isascii() and len(name) < 60]
        return (number for number in super()._extract_indices(prefix, readable) if number < MOST_ROWS)
