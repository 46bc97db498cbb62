"""The form of what a group asks of those who serve."""

from flask_wtf import FlaskForm
from wtforms import BooleanField

from groups.forms import WholeNumber
from groups.rota.actions import DAYS, HOURS, state_of
from groups.rota.models import RotaRules
from groups.together_forms import Together


def _digits(span):
    return {"min": span[0], "max": span[1], "inputmode": "numeric"}


class RulesForm(Together, FlaskForm):
    """Before a first duty, and on the way to leading."""

    days = WholeNumber("Days in the group before a first duty", render_kw=_digits(DAYS))
    meetings = WholeNumber("Hours come to before a first duty", render_kw=_digits(HOURS))
    shadowing = BooleanField("First beside somebody, then the door, then the chair")

    @classmethod
    def of(cls, rules: RotaRules, **kwargs) -> "RulesForm":
        """The rules as they are now, or with what was typed over them."""
        return cls(obj=rules, seen=state_of(rules), **kwargs)
