"""The form of a note. It only reads what was typed; the actions say what is allowed."""

from flask_wtf import FlaskForm

from groups.forms import AtLength
from groups.moderation.notes import MOST_WORDS


class NoteForm(FlaskForm):
    """A note about somebody."""

    words = AtLength("A note, for ninety days", most=MOST_WORDS, render_kw={"autocomplete": "off", "rows": 3})
