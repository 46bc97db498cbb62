"""What can be asked of the open data, as types: the addresses read their questions by these, and the
OpenAPI document is written from them, so the two cannot drift apart. Pure."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from types import NoneType
from typing import Annotated, Literal, get_args

import msgspec

from groups.errors import Invalid
from groups.ids import LENGTH, LETTERS
from groups.schedule.languages import LANGUAGES
from groups.zones import all_names

ID = f"[{LETTERS}]{{{LENGTH}}}"
MOST = 100  # things on one page
EPOCH, MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)

Id = Annotated[str, msgspec.Meta(pattern=f"^{ID}$")]
GroupId = Annotated[str, msgspec.Meta(pattern=f"^{ID}$", description="Only hours of this group, by its id.")]
Zone = Annotated[Literal[all_names()], msgspec.Meta(description="Whose days `from` and `to` are.")]
Language = Annotated[Literal[tuple(LANGUAGES)], msgspec.Meta(description="Only hours held in this language.")]
Limit = Annotated[int, msgspec.Meta(ge=1, le=MOST, description="How many at most.")]
FromDay = Annotated[date, msgspec.Meta(description="The first day, today if left out; what is over is not told.")]
ToDay = Annotated[date, msgspec.Meta(description="The last day, a week later if left out. The calendar reaches some 400 days.")]
PlaceInTime = Annotated[str, msgspec.Meta(pattern=f"^[0-9]{{1,16}}-{ID}$", description="“next” of the answer before, to go on.")]
PlaceInOrder = Annotated[str, msgspec.Meta(pattern=f"^{ID}$", description="“next” of the answer before, to go on.")]
Switcher = Annotated[
    Literal["GetSearchResults", "GetFormats", "GetServerInfo"], msgspec.Meta(description="What is asked, in the words of BMLT.")
]
UsedFormats = Annotated[Literal["0", "1"], msgspec.Meta(description="1: with the formats that the hours go by.")]


class MeetingsAsked(msgspec.Struct, rename={"from_day": "from", "to_day": "to"}):
    """What can be asked about dated hours."""

    from_day: FromDay | None = None
    to_day: ToDay | None = None
    zone: Zone = "UTC"
    language: Language | None = None
    group: GroupId | None = None
    limit: Limit = 50
    cursor: PlaceInTime | None = None


class SeriesAsked(msgspec.Struct):
    """What can be asked about series."""

    language: Language | None = None
    group: GroupId | None = None
    limit: Limit = 50
    cursor: PlaceInOrder | None = None


class GroupsAsked(msgspec.Struct):
    """What can be asked about groups."""

    limit: Limit = 50
    cursor: PlaceInOrder | None = None


class BmltAsked(msgspec.Struct):
    """What can be asked in the words of BMLT. Other questions of theirs change nothing here."""

    switcher: Switcher
    get_used_formats: UsedFormats = "0"


class NothingAsked(msgspec.Struct):
    """For addresses that answer without a question."""


REASONS = {
    "from": "bad_date", "to": "bad_date", "zone": "unknown_zone", "language": "choose_one", "group": "not_listed",
    "limit": "out_of_range", "cursor": "bad_cursor", "switcher": "unknown_switcher", "get_used_formats": "choose_one",
}


def read(kind: type, sent: Mapping[str, Sequence[str]], strictly: bool = True):
    """The question as this type. Raises Invalid(field, reason) for the first part that is not what it may
    be, that is asked twice or, if strictly, that cannot be asked."""
    known = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    found = {}
    for name, values in sent.items():
        if name not in known:
            if strictly:
                raise Invalid(name[:40], "unknown_question")
            continue
        if len(values) > 1:
            raise Invalid(name, "bad_shape")
        found[known[name].name] = _value(name, type_of(known[name]), values[0])
    for name, field in known.items():
        if field.required and field.name not in found:
            raise Invalid(name, REASONS[name])
    return kind(**found)


def type_of(field):
    """What may be asked, without the None that says that nothing was."""
    options = [one for one in get_args(field.type) if one is not NoneType]
    return options[0] if NoneType in get_args(field.type) else field.type


def place(at: datetime, public_id: str) -> str:
    """A place to go on from, in order of time."""
    return f"{(at - EPOCH) // MICROSECOND}-{public_id}"


def from_place(cursor: str) -> tuple[datetime, str]:
    """(start, id) of the last thing before that place."""
    microseconds, public_id = cursor.split("-")
    return EPOCH + int(microseconds) * MICROSECOND, public_id


def _value(name, kind, text):
    try:
        return msgspec.convert(text, kind, strict=False)
    except msgspec.ValidationError:
        raise Invalid(name, REASONS[name], low=1, high=MOST) from None
