"""The forms with which moderators change what is planned: one date, or a room's special days."""

from collections.abc import Mapping

from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField, SubmitField
from wtforms.validators import Optional

from groups.formats.checking import LONGEST, SHORTEST
from groups.formats.shape import Format
from groups.forms import Day, InOneLine, OneOf, TimeOfDay, WholeNumber
from groups.rooms.forms import format_choices
from groups.schedule.changing import WHY_LIMIT, Wish, state_of
from groups.schedule.forms import Ticks
from groups.schedule.models import DutyKind, Meeting
from groups.schedule.places import where
from groups.schedule.plans import TITLE_LIMIT
from groups.schedule.room_days import LONGER, NOTE_LIMIT
from groups.together_forms import Together

NEEDED = {
    DutyKind.CHAIR: "Chair", DutyKind.DOOR: "Door", DutyKind.SECOND: "Second", DutyKind.READER: "Reader",
    DutyKind.TIMEKEEPER: "Timekeeper",
}


class DateForm(Together, FlaskForm):
    """One date of a series, on the series' own clock."""

    day = Day("On")
    wall_time = TimeOfDay("At")
    minutes = WholeNumber("Minutes", render_kw={"min": SHORTEST, "max": LONGEST, "inputmode": "numeric"})
    title = StringField("Name of the hour", render_kw={"maxlength": TITLE_LIMIT, "autocomplete": "off"})
    format = OneOf("How the hour runs")
    needs = Ticks("Who is needed", choices=NEEDED)
    why = InOneLine("What people are told", most=WHY_LIMIT, render_kw={"autocomplete": "off"})
    save = SubmitField("Change this date")

    def __init__(self, formats: Mapping[str, Format], **kwargs):
        super().__init__(**kwargs)
        self.format.choices = format_choices(formats)

    @classmethod
    def of(cls, meeting: Meeting, formats: Mapping[str, Format], **kwargs) -> "DateForm":
        """The date as it is now, or with what was typed over it."""
        wall = meeting.starts_at.astimezone(where(meeting.zone))
        minutes = round((meeting.ends_at - meeting.starts_at).total_seconds() / 60)
        return cls(
            formats, day=wall.date(), wall_time=wall.time(), minutes=minutes,
            title=meeting.title, format=meeting.format, needs=meeting.needs.split(","), why=meeting.why,
            seen=state_of(meeting), **kwargs,
        )

    def wish(self) -> Wish:
        """What was typed, unchecked."""
        return Wish(
            self.day.data, self.wall_time.data, self.minutes.data, self.title.data, self.format.data,
            ",".join(self.needs.data or ()), self.why.data,
        )


class RoomDayForm(FlaskForm):
    """A day on which the room is not as usual."""

    day = Day("Day")
    yearly = BooleanField("Every year")
    longer = WholeNumber(
        "Minutes longer", validators=[Optional()], render_kw={"min": LONGER[0], "max": LONGER[1], "inputmode": "numeric"}
    )
    note = InOneLine("What people are told", most=NOTE_LIMIT, render_kw={"autocomplete": "off"})
    save = SubmitField("Add this day")
