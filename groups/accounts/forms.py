"""The forms of accounts, and how a form says what is not right."""

from flask_wtf import FlaskForm
from wtforms import StringField

from groups.errors import Failure
from groups.http import STATUS
from groups.sentences import sentence

AS_TYPED = {"autocomplete": "off", "autocapitalize": "none", "autocorrect": "off", "spellcheck": "false"}


class WordsForm(FlaskForm):
    """Seven words in one field, untouched by the phone's corrections."""

    words = StringField("Your seven words", render_kw=AS_TYPED | {"inputmode": "text"})


def say_beside(form: FlaskForm, failure: Failure, otherwise: str) -> int:
    """Put the sentence beside the field it is about (`otherwise` names it when the failure does
    not) and return the status of the page. Everything typed stays in the form."""
    name = getattr(failure, "field", otherwise)
    field = form[name if name in form else otherwise]
    field.errors = [*field.errors, sentence(failure.reason, **failure.facts)]
    return STATUS.get(type(failure), 403)
