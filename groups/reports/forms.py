"""The forms of reports. They only read what was typed; the actions say what is allowed."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField

from groups.forms import AtLength, InOneLine, WholeNumber
from groups.reports.deciding import OUTCOMES
from groups.reports.reporting import MOST_WHERE, MOST_WORDS, REASONS
from groups.sentences import moderating

UNKEPT = {"autocomplete": "off"}


class HourReportForm(FlaskForm):
    """What it was, and words if one likes."""

    reason = RadioField("What was it?", choices={one: moderating.REASONS[one] for one in REASONS}, validate_choice=False)
    words = AtLength("In your words, if you like", most=MOST_WORDS, render_kw=UNKEPT)


class AnHourReportForm(HourReportForm):
    """The same, from outside the room: which hour it was, or whose part in it."""

    where = InOneLine("Which hour, or who (as they are called here), if you like", most=MOST_WHERE, render_kw=UNKEPT)


class ShareReportForm(HourReportForm):
    """What it was, of one share, or of the person whose it is."""

    number = WholeNumber("Which share")
    person = BooleanField("It is about the person, not only about these words")


class DecisionForm(FlaskForm):
    """What came of a report."""

    outcome = RadioField("What came of it?", choices={one: moderating.OUTCOMES[one] for one in OUTCOMES}, validate_choice=False)
