"""The form of a private entry."""

from flask_wtf import FlaskForm
from wtforms import SelectChoice, TextAreaField

from groups.checkins.actions import KINDS, MOST_WORDS
from groups.forms import Day, OneOf


class EntryForm(FlaskForm):
    """A day, a kind, and words."""

    day = Day("Day", render_kw={"autocomplete": "off"})
    kind = OneOf("What it is", choices=[SelectChoice(*one) for one in KINDS.items()])
    words = TextAreaField("Your words", render_kw={"autocomplete": "off", "rows": 5, "maxlength": MOST_WORDS})
