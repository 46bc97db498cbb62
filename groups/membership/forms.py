"""The forms of groups. They only read what was typed; what is allowed is decided by the actions."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields import SelectChoice

from groups.errors import Invalid
from groups.membership.actions import MOST_DAYS, MOST_USES
from groups.membership.models import Access
from groups.membership.names import checked
from groups.sentences import sentence
from groups.zones import all_names, city

NAME_HINT = "The name you go by here. It is used in this group only."
OWN_NAME = {"autocomplete": "off", "autocapitalize": "words", "spellcheck": "false"}
ACCESS = [
    SelectChoice(Access.OPEN, "Anybody. Its hours are listed on the front page"),
    SelectChoice(Access.CLOSED, "By invitation. Nobody else can see that it is there"),
]


class Count(IntegerField):
    """A whole number in digits; what was typed instead stays in the field."""

    def process_formdata(self, valuelist):
        self.data = None  # a form that leaves it out does not mean what the page began with
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(sentence("bad_number")) from None


class JoinForm(FlaskForm):
    """One yes and one name."""

    agree = BooleanField("Yes to all of these. I am an adult, and I am alone or wearing headphones.")
    name = StringField("Your name here", description=NAME_HINT, render_kw=OWN_NAME)

    def validate_agree(self, field):
        """No yes, no door."""
        if not field.data:
            raise ValidationError(sentence("agree_first"))

    def validate_name(self, field):
        """Said together with the yes that is missing; whether the name is free, the action knows."""
        try:
            checked(field.data or "")
        except Invalid as wrong:
            raise ValidationError(sentence(wrong.reason)) from None


class InviteForm(FlaskForm):
    """For how many people, and how long."""

    uses = Count("For how many people", default=1, render_kw={"min": 1, "max": MOST_USES, "inputmode": "numeric"})
    days = Count("For how many days", default=7, render_kw={"min": 1, "max": MOST_DAYS, "inputmode": "numeric"})


class FoundForm(FlaskForm):
    """A new group."""

    name = StringField(
        "Name of the group", description="A neutral word is best: it may be read over a shoulder.", render_kw={"autocomplete": "off"}
    )
    purpose = TextAreaField(
        "What you meet for", description="One or two sentences, for somebody who has never been.", render_kw={"rows": 3}
    )
    for_whom = StringField("For whom", description="“Anybody”, “partners and family” …", render_kw={"autocomplete": "off"})
    access = RadioField("Who may come", choices=ACCESS, default=Access.OPEN.value, validate_choice=False)
    zone = SelectField(
        "The group’s clock", description="Hours are kept on this city’s clock, summer and winter.", validate_choice=False
    )
    my_name = StringField("Your name here", description=NAME_HINT, render_kw=OWN_NAME)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        places = sorted((city(name), name) for name in all_names())
        self.zone.choices = [SelectChoice(name, place) for place, name in places]
