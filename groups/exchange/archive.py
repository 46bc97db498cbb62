"""The shape of a group's own copy, "lamplight-export/1": written by `copying.py` and read back by the
import, both through these types. A member is a name and a role here, and nobody's account, coming or
going, and nothing anybody said, has a place in it. Pure."""

from datetime import date, datetime, time
from typing import Literal

import msgspec

from groups.formats.shape import Segment

VERSION = "lamplight-export/1"


class GroupKept(msgspec.Struct):
    """What the group says of itself."""

    name: str
    purpose: str
    for_whom: str
    access: str
    zone: str
    agreements: list[str]
    questions: str = ""
    contact_agreement: int | None = None


class MemberKept(msgspec.Struct):
    """Somebody who belongs to it now."""

    name: str
    role: str


class InvitationKept(msgspec.Struct):
    """A link that lets people in, without what would open the door."""

    uses_left: int
    made_on: date
    until: date
    is_withdrawn: bool


class DayKept(msgspec.Struct):
    """A day on which a room is not as usual (`schedule.models.RoomDay`)."""

    day: date
    yearly: bool
    closed: bool
    longer: int
    note: str


class DecisionKept(msgspec.Struct, omit_defaults=True):
    """What was decided about one date (`schedule.models.DateChange`), without who decided."""

    on_day: date
    cancelled: bool = False
    held: bool = False
    why: str = ""
    to_day: date | None = None
    to_time: time | None = None
    title: str | None = None
    minutes: int | None = None
    format: str | None = None
    needs: str | None = None


class SeriesKept(msgspec.Struct, kw_only=True):
    """An hour that recurs, or happens once (`schedule.models.Series`). follows: the series it goes on from."""

    id: str
    title: str
    first_day: date
    wall_time: time
    zone: str
    rule: str
    minutes: int
    format: str
    last_day: date | None = None
    pauses: str = ""
    language: str = "en"
    needs: str = "chair,door,second"
    places: int | None = None
    own_clock_first: bool = False
    is_listed: bool = True
    confirmed_on: date | None = None
    source: str | None = None
    source_id: str | None = None
    follows: str | None = None
    decisions: list[DecisionKept] = []


class RoomKept(msgspec.Struct, kw_only=True):
    """A room, its days and its hours."""

    id: str
    name: str
    about: str = ""
    door: str = "anyone"
    capacity: int = 40
    format: str = "sharing-60"
    retention_minutes: int = 60
    newcomer_question: str = ""
    hands_seen_by: str = "duty"
    for_whom: str = ""
    more_agreements: str = ""
    guard: str = "usual"
    holds_first: bool = True
    is_locked: bool = False
    is_archived: bool = False
    days: list[DayKept] = []
    series: list[SeriesKept] = []


class FormatKept(msgspec.Struct, kw_only=True):
    """A format the group wrote. key: what rooms, series and decisions here call it by."""

    key: str
    title: str
    kind: str
    note: str
    hour: int
    capacity: int | None
    door_shuts: int | None
    segments: tuple[Segment, ...]
    is_put_away: bool


class ReadingKept(msgspec.Struct, kw_only=True):
    """A text the group reads, with its source and the right to read it."""

    key: str
    title: str
    text: str
    source: str
    licence: str
    licence_words: str
    is_put_away: bool


class Archive(msgspec.Struct, kw_only=True):
    """The whole copy."""

    version: Literal["lamplight-export/1"] = VERSION
    made_at: datetime
    group: GroupKept
    members: list[MemberKept]
    invitations: list[InvitationKept]
    rooms: list[RoomKept]
    formats: list[FormatKept]
    readings: list[ReadingKept]


def take_over(kind: type[msgspec.Struct], row, **other) -> msgspec.Struct:
    """A row as this shape: what both call by the same name, and the rest as given."""
    shared = {name: getattr(row, name) for name in kind.__struct_fields__ if name not in other and hasattr(row, name)}
    return kind(**shared | other)
