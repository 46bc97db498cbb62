"""The form of a room.

Forms only read what was typed. What is allowed is decided by the actions; `say_beside` puts their
answer beside the field it is about."""

from collections.abc import Mapping

from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, StringField, SubmitField, TextAreaField

from groups.formats.shape import Format
from groups.formats.shipped import FORMATS
from groups.forms import AtLength, InOneLine, OneOf, WholeNumber
from groups.rooms.actions import (
    ABOUT_LIMIT,
    FOR_WHOM_LIMIT,
    LARGEST,
    NAME_LIMIT,
    QUESTION_LIMIT,
    RETENTION,
    SMALLEST,
    RoomSettings,
    state_of,
)
from groups.rooms.models import Door, Guard, HandsSeenBy, Room
from groups.together_forms import Together

STAYS = {
    0: "Not at all", 15: "A quarter of an hour", 60: "One hour", 240: "Four hours", 1440: "One day",
}
DOORS = {
    Door.ANYONE: "Anyone; newcomers join the group on the way in, if the group is open",
    Door.MEMBERS: "Members of the group only",
    Door.KNOWN: "Members past their first week in the group",
}
GUARDS = {
    Guard.OFF: "Off. Shares go into the room as they are written",
    Guard.USUAL: "Usual. Links, addresses, numbers and names elsewhere are asked about, then wait for those on duty",
    Guard.STRICT: "Strict. Hints at meeting or writing elsewhere wait for those on duty, too",
}

HANDS = {
    HandsSeenBy.DUTY: "Those on duty; everybody else only their own place",
    HandsSeenBy.EVERYONE: "Everybody who is inside",
}


def format_choices(formats: Mapping[str, Format]) -> dict[str, dict[str, str]]:
    """Formats to choose from, the group's own and the ready ones: each by its key, with words for it."""
    words = {key: f"{form.title} ({form.minutes} min, at least {form.least})" for key, form in formats.items()}
    own = {key: text for key, text in words.items() if key not in FORMATS}
    ready = {key: text for key, text in words.items() if key in FORMATS}
    return ({"Your own": own} if own else {}) | {"Ready to use": ready}


class RoomForm(Together, FlaskForm):
    """A new room, or the settings of one there is."""

    name = StringField("Name of the room", render_kw={"maxlength": NAME_LIMIT, "autocomplete": "off"})
    about = AtLength("About the room", most=ABOUT_LIMIT, render_kw={"rows": 3})
    door = RadioField("Who may come to the door", choices=DOORS, validate_choice=False)
    capacity = WholeNumber("Places", render_kw={"min": SMALLEST, "max": LARGEST, "inputmode": "numeric"})
    format = OneOf("How an hour here usually runs")
    retention_minutes = OneOf(
        "How long words stay after the close", coerce=int,
        choices={minutes: STAYS[minutes] for minutes in RETENTION},
    )
    newcomer_question = InOneLine(
        "What somebody new is asked at the door", most=QUESTION_LIMIT, render_kw={"autocomplete": "off"}
    )
    hands_seen_by = RadioField("Who sees whose hands are up", choices=HANDS, validate_choice=False)
    for_whom = StringField("For whom", render_kw={"maxlength": FOR_WHOM_LIMIT, "autocomplete": "off"})
    more_agreements = TextAreaField("Agreements of this room", render_kw={"rows": 3, "class": "short"})
    guard = RadioField("How closely shares are looked at for ways to be reached", choices=GUARDS, validate_choice=False)
    holds_first = BooleanField("The first share of somebody new waits a moment for those on duty")
    urgent = BooleanField("Apply it to the hour that is on now, too")
    save = SubmitField("Save")
    not_kept = ("urgent",)

    def __init__(self, formats: Mapping[str, Format], **kwargs):
        super().__init__(**kwargs)
        self.format.choices = format_choices(formats)

    @classmethod
    def of(cls, room: Room, formats: Mapping[str, Format], **kwargs) -> "RoomForm":
        """The room as it is now, or with what was typed over it."""
        return cls(formats, obj=room, seen=state_of(room), **kwargs)

    def settings(self) -> RoomSettings:
        """What was typed, unchecked."""
        return RoomSettings(
            name=self.name.data, about=self.about.data, door=self.door.data, capacity=self.capacity.data,
            format=self.format.data, retention_minutes=self.retention_minutes.data,
            newcomer_question=self.newcomer_question.data, hands_seen_by=self.hands_seen_by.data,
            for_whom=self.for_whom.data, more_agreements=self.more_agreements.data, guard=self.guard.data,
            holds_first=self.holds_first.data,
        )
