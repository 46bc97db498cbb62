"""The forms of private entries."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectChoice, StringField

from groups.accounts.forms import AS_TYPED, WordsForm
from groups.checkins.actions import KINDS, MOST_WORDS
from groups.forms import AtLength, Day, OneOf

# Some browsers send what is typed to their maker to have its spelling looked at.
FOR_ONESELF = {"autocomplete": "off", "spellcheck": "false", "rows": 5}


class OpenForm(WordsForm):
    """The words of today; and, where they do not open what is written, those from before, or a wish to begin anew."""

    earlier = StringField("Your seven words from before", render_kw=AS_TYPED)
    anew = BooleanField()  # what the second button says


class EntryForm(FlaskForm):
    """A day, a kind, and words."""

    day = Day("Day", render_kw={"autocomplete": "off"})
    kind = OneOf("What it is", choices=[SelectChoice(*one) for one in KINDS.items()])
    words = AtLength("Your entry", most=MOST_WORDS, render_kw=FOR_ONESELF)
