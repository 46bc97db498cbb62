"""The forms of groups. They read what was typed and say what is not right; the actions decide."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields import SelectChoice

from groups.errors import Invalid
from groups.membership import names
from groups.membership.actions import FOR_WHOM, MOST_DAYS, MOST_USES, NAME, PURPOSE
from groups.membership.models import Access
from groups.sentences import sentence
from groups.zones import all_names, by_city, city
from groups.zones import zone as known_zone

NAME_HINT = "The name you go by here. It is used in this group only."
PLAIN = {"autocomplete": "off"}
OWN_NAME = PLAIN | {"autocapitalize": "words", "spellcheck": "false"}
ACCESS = [
    SelectChoice(Access.OPEN, "Anybody. Its hours are listed on the front page"),
    SelectChoice(Access.CLOSED, "By invitation. Nobody else can see that it is there"),
]


def says(check, **facts):
    """A form's check by one of our own: its refusal becomes the sentence beside the field. The
    action checks again; this way everything that is not right is said at once."""

    def validate(_, field):
        try:
            check(field.data or "", **facts)
        except Invalid as wrong:
            raise ValidationError(sentence(wrong.reason, **wrong.facts)) from None

    return [validate]


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

    agree = BooleanField("Yes to all of these. I am an adult, and nobody beside me reads or listens along.")
    name = StringField("Your name here", says(names.checked), description=NAME_HINT, render_kw=OWN_NAME)

    def validate_agree(self, field):
        """No yes, no door."""
        if not field.data:
            raise ValidationError(sentence("agree_first"))


class InviteForm(FlaskForm):
    """For how many people, and how long."""

    uses = Count("For how many people", default=1, render_kw={"min": 1, "max": MOST_USES, "inputmode": "numeric"})
    days = Count("For how many days", default=7, render_kw={"min": 1, "max": MOST_DAYS, "inputmode": "numeric"})


class FoundForm(FlaskForm):
    """A new group."""

    name = StringField(
        "Name of the group", says(names.line, field="name", longest=NAME, shortest=2), render_kw=PLAIN,
        description="A neutral word is best: it may be read over a shoulder.",
    )
    purpose = TextAreaField(
        "What you meet for", says(names.line, field="purpose", longest=PURPOSE), render_kw={"rows": 3},
        description="One or two sentences, for somebody who has never been.",
    )
    for_whom = StringField(
        "For whom", says(names.line, field="for_whom", longest=FOR_WHOM), render_kw=PLAIN,
        description="“anybody”, “partners and family” …",
    )
    access = RadioField("Who may come", choices=ACCESS, default=Access.OPEN.value, validate_choice=False)
    zone = SelectField(
        "The group’s clock", says(known_zone), validate_choice=False,
        description="Hours are kept on this city’s clock, summer and winter.",
    )
    my_name = StringField("Your name here", says(names.checked), description=NAME_HINT, render_kw=OWN_NAME)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.zone.choices = [SelectChoice(name, city(name)) for name in sorted(all_names(), key=by_city)]
