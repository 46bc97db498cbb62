"""Forms of what several people look after. Where somebody saved while another was writing, what was typed stays, and
the page says how it stands now; whoever sends it again has read that."""

from datetime import date, time

from wtforms import BooleanField, Form, HiddenField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectFieldBase

from groups.errors import Overtaken
from groups.http import said, status_of


class Together:
    """For a form to stand before `FlaskForm`. seen: the sum over what it was drawn from (`seen.py`); stands: where
    something else was typed than stands there now, each field with that in words."""

    seen = HiddenField()
    stands = ()
    not_kept: tuple[str, ...] = ()  # fields that say how it is saved, and are not saved themselves

    def say_what_stands(self, failure: Overtaken, now: Form) -> int:
        """Say that somebody was faster, and return the status of the page. now: the same form, drawn from what
        stands there now."""
        self.form_errors = [*self.form_errors, said(failure)]
        self.seen.data = now.seen.data
        asked = [field for field in self if field.name in now and field.name not in (*self.not_kept, *now.unasked())]
        self.stands = [(field, in_words(now[field.name])) for field in asked if in_words(field) != in_words(now[field.name])]
        return status_of(failure)

    def unasked(self) -> set[str]:
        """Names of fields that mean nothing as the form is filled in now."""
        return set()


def in_words(field) -> str:
    """What a field holds, as somebody reads it on the page; nothing for what nobody sees there."""
    if getattr(field.widget, "input_type", "") in ("hidden", "submit"):
        return ""
    if isinstance(field, SelectMultipleField):
        return ", ".join(choice.label for choice in field.iter_choices() if choice.selected) or "none"
    if isinstance(field, SelectFieldBase):
        return next((str(choice.label) for choice in _choices(field) if str(choice.value) == str(field.data)), "")
    if isinstance(field, BooleanField):
        return "yes" if field.data else "no"
    if isinstance(field.data, date):
        return f"{field.data:%-d %B %Y}"
    if isinstance(field.data, time):
        return f"{field.data:%H:%M}"
    return "" if field.data is None else " ".join(str(field.data).split())


def _choices(field):
    if isinstance(field, SelectField) and field.has_groups():
        return [choice for _, choices in field.iter_groups() for choice in choices]
    return field.iter_choices()
