"""The form of what a group asks of those who serve."""

from flask_wtf import FlaskForm
from wtforms import BooleanField

from groups.forms import WholeNumber
from groups.rota.actions import DAYS, HOURS


def _digits(span):
    return {"min": span[0], "max": span[1], "inputmode": "numeric"}


class RulesForm(FlaskForm):
    """Before a first duty, and on the way to leading."""

    days = WholeNumber("Days in the group before a first duty", render_kw=_digits(DAYS))
    meetings = WholeNumber("Hours come to before a first duty", render_kw=_digits(HOURS))
    shadowing = BooleanField("First beside somebody, then the door, then the chair")
