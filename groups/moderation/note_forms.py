"""The form of a note. It only reads what was typed; the actions say what is allowed."""

from flask_wtf import FlaskForm
from wtforms import TextAreaField


class NoteForm(FlaskForm):
    """A note about somebody."""

    words = TextAreaField("A note, for ninety days", render_kw={"autocomplete": "off", "rows": 3})
