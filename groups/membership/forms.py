"""The forms of groups. They read what was typed and say what is not right; the actions decide."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields import SelectChoice

from groups.accounts.forms import SharedDevice, say_beside
from groups.errors import Failure, Invalid
from groups.forms import AtLength, Cities, OneOf
from groups.membership import names
from groups.membership.actions import FOR_WHOM, MOST_DAYS, MOST_USES, NAME, PURPOSE
from groups.membership.asking import ANSWER_LIMIT, answer_words
from groups.membership.describing import MOST_AGREEMENTS, MOST_QUESTIONS, GroupWish, state_of
from groups.membership.models import Access, Group
from groups.sentences import sentence
from groups.together_forms import Together
from groups.zones import all_names, by_city, city
from groups.zones import zone as known_zone

NAME_HINT = "The name you go by in this group. In another group take another: whoever is in both would know you by it."
PLAIN = {"autocomplete": "off"}
OWN_NAME = PLAIN | {"autocapitalize": "words", "spellcheck": "false"}
ACCESS = [
    SelectChoice(Access.OPEN, "Anybody. Its hours are listed on the front page"),
    SelectChoice(Access.SCREENED, "Whoever asks and hears yes. You write the questions; the group’s page can be seen"),
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


class NameForm(FlaskForm):
    """Somebody takes up a name. The form bears about which one they were asked, where they go by it elsewhere."""

    told = HiddenField()

    def say(self, failure: Failure, otherwise: str) -> int:
        """As `say_beside`."""
        self.told.data = failure.facts.get("told", self.told.data)
        return say_beside(self, failure, otherwise)


class JoinForm(SharedDevice, NameForm):
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


class _Described(FlaskForm):
    """What a group says of itself."""

    name = StringField(
        "Name of the group", says(names.line, field="name", longest=NAME, shortest=2), render_kw=PLAIN,
        description="A neutral word is best: it may be read over a shoulder.",
    )
    purpose = AtLength(
        "What you meet for", says(names.line, field="purpose", longest=PURPOSE), most=PURPOSE, render_kw={"rows": 3},
        description="One or two sentences, for somebody who has never been.",
    )
    for_whom = StringField(
        "For whom", says(names.line, field="for_whom", longest=FOR_WHOM), render_kw=PLAIN,
        description="“anybody”, “partners and family” …",
    )
    access = RadioField("Who may come", choices=ACCESS, default=Access.OPEN.value, validate_choice=False)
    zone = SelectField(
        "The group’s clock", says(known_zone), validate_choice=False, widget=Cities(),
        description="Hours are kept on this city’s clock, summer and winter.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.zone.choices = [SelectChoice(name, city(name)) for name in sorted(all_names(), key=by_city)]


class FoundForm(NameForm, _Described):
    """A new group."""

    my_name = StringField("Your name here", says(names.checked), description=NAME_HINT, render_kw=OWN_NAME)


class AskForm(SharedDevice, NameForm):
    """Somebody asks to belong: a name, and an answer to each of the group's questions."""

    answer_1 = AtLength(most=ANSWER_LIMIT)
    answer_2 = AtLength(most=ANSWER_LIMIT)
    answer_3 = AtLength(most=ANSWER_LIMIT)
    name = StringField("The name you would go by here", says(names.checked), description=NAME_HINT, render_kw=OWN_NAME)
    adult = BooleanField("I am an adult")

    def __init__(self, questions: Sequence[str], **kwargs):
        super().__init__(**kwargs)
        for field, question in zip(self._answers(), questions, strict=False):
            field.label.text, field.render_kw = question, {"rows": 3}
            field.validators = says(answer_words, field=field.name, limit=ANSWER_LIMIT)
        for field in self._answers()[len(questions) :]:
            del self[field.name]

    def validate_adult(self, field):
        """Groups are for adults."""
        if not field.data:
            raise ValidationError(sentence("adults_only"))

    def answers(self) -> list[str]:
        """What was typed, unchecked."""
        return [field.data or "" for field in self._answers()]

    def _answers(self):
        return [field for field in self if field.name.startswith("answer_")]


class GroupForm(Together, _Described):
    """The settings of a group. It has as many fields for agreements as there are, and one more to add."""

    question_1 = StringField("First question", render_kw=PLAIN)
    question_2 = StringField("Second question", render_kw=PLAIN)
    question_3 = StringField("Third question", render_kw=PLAIN)
    contact_agreement = OneOf("Which agreement is about contact details", coerce=int)

    def __init__(self, group: Group, **kwargs):
        super().__init__(obj=group, seen=state_of(group), **kwargs)
        if not self.is_submitted() or kwargs.get("formdata", self) is None:
            self._fill(group)
        texts = {one.number: one.text for one in group.agreements}
        for number in range(min(len(texts) + 1, MOST_AGREEMENTS) + 1, MOST_AGREEMENTS + 1):
            del self[f"agreement_{number}"]
        known = {0: "None of them"} | {number: f"{number}. {text[:60]}" for number, text in texts.items()}
        self.contact_agreement.choices = list(known.items())

    def agreements(self) -> list:
        """The fields of agreements, in their order; the last one may be for one more."""
        return [field for field in self if field.name.startswith("agreement_")]

    def wish(self) -> GroupWish:
        """What was typed, unchecked."""
        return GroupWish(
            **{name: self[name].data or "" for name in ("name", "purpose", "for_whom", "access", "zone")},
            questions=[self[f"question_{n}"].data or "" for n in range(1, MOST_QUESTIONS + 1)],
            agreements=[field.data or "" for field in self.agreements()], contact_agreement=self.contact_agreement.data or None,
            seen=self.seen.data or "",
        )

    def _fill(self, group):
        """What the group has, where nothing was sent yet."""
        questions = group.questions.split("\n")
        for number in range(1, MOST_QUESTIONS + 1):
            self[f"question_{number}"].data = questions[number - 1] if number <= len(questions) else ""
        for agreement in group.agreements:
            self[f"agreement_{agreement.number}"].data = agreement.text
        self.contact_agreement.data = group.contact_agreement or 0


for _number in range(1, MOST_AGREEMENTS + 1):
    _kw = {"rows": 2, "class": "short"}
    setattr(GroupForm, f"agreement_{_number}", TextAreaField(f"Agreement {_number}", render_kw=_kw))
