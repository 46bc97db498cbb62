"""The shapes of what comes in with a wish. They are closed: unknown fields, wrong types and over-long
text are refused before anything else is looked at. Nobody can say who they are; the actor comes from
the sign-in."""

from typing import Annotated

import msgspec

from groups.conduct.ladder import EMERGENCIES
from groups.meeting.events import DECLINES, NOTES

MOST_WORDS = 4000  # characters in one share: some three minutes of reading
MOST_IN_A_LINE = 600  # in a private line, or among those on duty
Handle = Annotated[str, msgspec.Meta(min_length=1, max_length=20, pattern="^[0-9a-z]+$")]
ClientId = Annotated[str, msgspec.Meta(min_length=8, max_length=40, pattern="^[0-9A-Za-z-]+$")]
Words = Annotated[str, msgspec.Meta(min_length=1, max_length=MOST_WORDS)]
Line = Annotated[str, msgspec.Meta(min_length=1, max_length=MOST_IN_A_LINE)]
DutyName = Annotated[str, msgspec.Meta(pattern="^(chair|door|second|reader|timekeeper)$")]
Number = Annotated[int, msgspec.Meta(ge=1, le=10_000_000)]
NoteName = Annotated[str, msgspec.Meta(pattern=f"^({'|'.join(NOTES)})$")]
AgreementNumber = Annotated[int, msgspec.Meta(ge=1, le=99)]


class Payload(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of what comes in with every wish: the meeting's public id."""

    meeting: Handle


class Person(Payload, frozen=True, kw_only=True):
    who: Handle


class MaybePerson(Payload, frozen=True, kw_only=True):
    who: Handle | None = None


class Duty(Payload, frozen=True, kw_only=True):
    duty: DutyName


class DutyFor(Payload, frozen=True, kw_only=True):
    who: Handle
    duty: DutyName


class Need(Payload, frozen=True, kw_only=True):
    need: Annotated[str, msgspec.Meta(pattern="^(speak|listen|settle)$")]


class Declining(Payload, frozen=True, kw_only=True):
    who: Handle
    why: Annotated[str, msgspec.Meta(pattern=f"^({'|'.join(DECLINES)})$")] = DECLINES[0]


class Place(Payload, frozen=True, kw_only=True):
    who: Handle
    place: Annotated[int, msgspec.Meta(ge=0, le=1000)]


class Note(Payload, frozen=True, kw_only=True):
    client_id: ClientId
    words: Line


class LineNote(Payload, frozen=True, kw_only=True):
    client_id: ClientId
    words: Line
    who: Handle | None = None


class FromPart(Payload, frozen=True, kw_only=True):
    index: Annotated[int, msgspec.Meta(ge=0, le=1000)] | None = None


class Sharing(Payload, frozen=True, kw_only=True):
    client_id: ClientId
    words: Words
    note: NoteName | None = None
    look: bool = False


class ShareNumber(Payload, frozen=True, kw_only=True):
    number: Number
    agreement: AgreementNumber | None = None


class Somebody(Payload, frozen=True, kw_only=True):
    """Somebody by handle, as the desk knows them, or by the number of a share of theirs."""

    who: Handle | None = None
    number: Number | None = None


class StepFor(Somebody, frozen=True, kw_only=True):
    step: Annotated[str, msgspec.Meta(pattern="^(warn|listen|leave)$")]
    agreement: AgreementNumber


class Emergency(Somebody, frozen=True, kw_only=True):
    why: Annotated[str, msgspec.Meta(pattern=f"^({'|'.join(EMERGENCIES)})$")]
    agreement: AgreementNumber | None = None  # said where none is known to fit the reason


class Lately(Somebody, frozen=True, kw_only=True):
    minutes: Annotated[int, msgspec.Meta(ge=1, le=240)]
    agreement: AgreementNumber | None = None


class HeldNumber(Payload, frozen=True, kw_only=True):
    number: Number


class HeldAndReason(Payload, frozen=True, kw_only=True):
    number: Number
    agreement: AgreementNumber


class Rewriting(Payload, frozen=True, kw_only=True):
    number: Number
    client_id: ClientId
    words: Words
    note: NoteName | None = None
