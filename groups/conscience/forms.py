"""The forms of votes and of the inventory."""

from flask_wtf import FlaskForm
from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice

from groups.conscience.publishing import QUESTIONS, WORDS
from groups.conscience.votes import choices_of
from groups.forms import Day
from groups.text import digits

PLAIN = {"autocomplete": "off"}


class OpenForm(FlaskForm):
    """A question for the group."""

    question = StringField("The question", render_kw=PLAIN, description="One sentence. Everybody in the group reads it.")
    choices = TextAreaField(
        "What one may choose", render_kw={"rows": 4}, description="Two to five answers, one on each line. “Not sure” may be one.",
    )
    until = Day("Until", description="Up to and with this day, on the group’s clock.")


class Choice(RadioField):
    """One of several by its number; nothing is chosen beforehand."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, coerce=_number, validate_choice=False, **kwargs)


def _number(text):
    return digits(str(text), 2)


class AnswerForm(FlaskForm):
    """One answer."""

    choice = Choice("Your answer")

    def __init__(self, vote, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.choice.choices = [SelectChoice(str(number), text) for number, text in enumerate(choices_of(vote), 1)]


class InventoryForm(FlaskForm):
    """Three questions, four words each."""

    safe = Choice("Do you feel safe here?")
    seen = Choice("Do you feel seen here?")
    supported = Choice("Do you feel supported here?")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for question in QUESTIONS:
            self[question].choices = [SelectChoice(str(number), word.capitalize()) for number, word in enumerate(WORDS, 1)]

    @property
    def answers(self) -> dict[str, int | None]:
        """What was chosen, by question."""
        return {question: self[question].data for question in QUESTIONS}
