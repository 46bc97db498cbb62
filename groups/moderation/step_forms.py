"""The forms of steps, appeals, incidents and stewards. They read what was typed; the actions decide."""

from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.fields import SelectChoice

from groups.conduct.ladder import ALONE, LONGEST
from groups.forms import AtLength, MaybeNumber, OneOf
from groups.membership.forms import Count
from groups.moderation.appeal_actions import LIMIT
from groups.moderation.steward_actions import WHY
from groups.sentences.moderating import APPEALED, EMERGENCIES, REVIEWED

IN_DAYS = {"min": 1, "max": LONGEST.days, "inputmode": "numeric"}
LONG = {"rows": 5}
STANDS, SHORTER, LIFTED = "It stands", "Make it shorter", "Lift it"


class _OfGroup(FlaskForm):
    """A form with the group's agreements to choose from."""

    def __init__(self, group, **how):
        super().__init__(**how)
        numbered = [SelectChoice(one.number, f"{one.number}. {one.text}") for one in group.agreements]
        self.agreement.choices = [SelectChoice("", "Choose which agreement"), *numbered]  # none is likelier than another


def _number(typed):
    return int(typed) if typed else None


class WarnForm(_OfGroup):
    """Which agreement."""

    agreement = OneOf("Which agreement", coerce=_number, id="warn-agreement")


class BanForm(_OfGroup):
    """Which agreement, and how long."""

    agreement = OneOf("Which agreement", coerce=_number, id="ban-agreement")
    days = Count(
        "For how many days", default=ALONE.days, id="ban-days", render_kw=IN_DAYS,
        description=f"Up to {ALONE.days} days is yours to say. Longer counts in full once a second person agrees.",
    )


class ReferForm(FlaskForm):
    """Why somebody should be kept out of every group."""

    why = OneOf("Why", choices=[SelectChoice(word, EMERGENCIES[word]) for word in WHY], id="refer-why")


class AppealForm(FlaskForm):
    """What somebody wants to have seen."""

    words = AtLength("What should they know?", most=LIMIT, render_kw=LONG)


class DecideForm(FlaskForm):
    """What becomes of a step, and why. What has no time left cannot be made shorter."""

    def __init__(self, has_time_left: bool, **how):
        super().__init__(**how)
        if not has_time_left:
            self.outcome.choices = [one for one in self.outcome.choices if one.value != "shortened"]

    outcome = RadioField(
        "What becomes of it", choices=list(map(SelectChoice, APPEALED, (STANDS, SHORTER, LIFTED))), validate_choice=False
    )
    days = MaybeNumber("If shorter: how many days from now", render_kw=IN_DAYS)
    answer = AtLength(
        "Your answer to them", description="They read it as the group’s; your name is not shown.", most=LIMIT, render_kw=LONG
    )


class ReviewForm(FlaskForm):
    """What becomes of an emergency."""

    outcome = RadioField(
        "What becomes of it", choices=list(map(SelectChoice, REVIEWED, ("It stays as it is", LIFTED, "Make it longer"))),
        validate_choice=False,
    )
    days = MaybeNumber("If longer: how many days from now", render_kw=IN_DAYS)


class BarForm(FlaskForm):
    """How long no group takes somebody."""

    days = Count("For how many days", default=90, render_kw=IN_DAYS)
