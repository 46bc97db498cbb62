"""What a person can ask of a live meeting, by name: the payload it comes with and the command it
becomes. Forms and socket events share this table, so they cannot drift apart.

Payloads are closed: unknown fields, wrong types and over-long text are refused before anything
else is looked at. Nobody can say who they are; the actor comes from the sign-in."""

from collections.abc import Callable
from typing import Annotated

import msgspec

from groups.errors import Invalid
from groups.meeting import commands as c
from groups.meeting.events import DECLINES, NOTES

MOST_WORDS = 4000  # characters in one share: some three minutes of reading
MOST_IN_A_LINE = 600  # in a private line, or among those on duty
Handle = Annotated[str, msgspec.Meta(min_length=1, max_length=20, pattern="^[0-9a-z]+$")]
ClientId = Annotated[str, msgspec.Meta(min_length=8, max_length=40, pattern="^[0-9A-Za-z-]+$")]
Words = Annotated[str, msgspec.Meta(min_length=1, max_length=MOST_WORDS)]
Line = Annotated[str, msgspec.Meta(min_length=1, max_length=MOST_IN_A_LINE)]
DutyName = Annotated[str, msgspec.Meta(pattern="^(chair|door|second|reader|timekeeper)$")]
Number = Annotated[int, msgspec.Meta(ge=1, le=10_000_000)]
AgreementNumber = Annotated[int, msgspec.Meta(ge=1, le=99)]


class Payload(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of what comes in with every wish: the meeting's public id."""

    meeting: Handle


class Person(Payload, frozen=True, kw_only=True):
    who: Handle


class MaybePerson(Payload, frozen=True, kw_only=True):
    who: Handle | None = None


class PersonAndReason(Payload, frozen=True, kw_only=True):
    who: Handle
    agreement: AgreementNumber | None = None


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
    note: Annotated[str, msgspec.Meta(pattern=f"^({'|'.join(NOTES)})$")] | None = None


class ShareNumber(Payload, frozen=True, kw_only=True):
    number: Number
    agreement: AgreementNumber | None = None


class Verb(msgspec.Struct, frozen=True):
    """One wish: the shape of its payload, and the command it becomes for the acting membership.

    asks: answering it needs the group or the rota, so it is handled off the event loop."""

    payload: type[Payload]
    command: Callable
    asks: bool = False


VERBS: dict[str, Verb] = {
    "knock": Verb(Payload, lambda me, _: c.Knock(by=me.handle, name=me.name, newcomer=me.is_new), asks=True),
    "leave": Verb(Payload, lambda me, _: c.Leave(by=me.handle)),
    "say_need": Verb(Need, lambda me, p: c.SayNeed(by=me.handle, need=p.need)),
    "offer_duty": Verb(DutyFor, lambda me, p: c.OfferDuty(by=me.handle, who=p.who, duty=p.duty)),
    "take_duty": Verb(Duty, lambda me, p: c.TakeDuty(by=me.handle, duty=p.duty), asks=True),
    "open_door": Verb(Payload, lambda me, _: c.OpenDoor(by=me.handle)),
    "admit": Verb(Person, lambda me, p: c.Admit(by=me.handle, who=p.who)),
    "admit_all": Verb(Payload, lambda me, _: c.AdmitAll(by=me.handle)),
    "admit_known": Verb(Payload, lambda me, _: c.AdmitKnown(by=me.handle)),
    "decline": Verb(Declining, lambda me, p: c.Decline(by=me.handle, who=p.who, why=p.why)),
    "put_out": Verb(PersonAndReason, lambda me, p: c.PutSomebodyOut(by=me.handle, who=p.who, agreement=p.agreement)),
    "raise_hand": Verb(Payload, lambda me, _: c.RaiseHand(by=me.handle)),
    "lower_hand": Verb(Payload, lambda me, _: c.LowerHand(by=me.handle)),
    "move_hand": Verb(Place, lambda me, p: c.MoveHand(by=me.handle, who=p.who, place=p.place)),
    "give_floor": Verb(MaybePerson, lambda me, p: c.GiveFloor(by=me.handle, who=p.who)),
    "share": Verb(Sharing, lambda me, p: c.Share(by=me.handle, client_id=p.client_id, words=p.words, note=p.note)),
    "hear": Verb(Payload, lambda me, _: c.Hear(by=me.handle)),
    "extend": Verb(Payload, lambda me, _: c.Extend(by=me.handle)),
    "pass_turn": Verb(Payload, lambda me, _: c.PassTurn(by=me.handle)),
    "end_turn": Verb(MaybePerson, lambda me, p: c.EndTurn(by=me.handle, who=p.who)),
    "add_minute": Verb(Payload, lambda me, _: c.AddMinute(by=me.handle)),
    "next_segment": Verb(FromPart, lambda me, p: c.NextSegment(by=me.handle, index=p.index)),
    "remove_share": Verb(ShareNumber, lambda me, p: c.RemoveShare(by=me.handle, number=p.number, agreement=p.agreement)),
    "hush": Verb(Payload, lambda me, _: c.Hush(by=me.handle)),
    "go_on": Verb(Payload, lambda me, _: c.GoOn(by=me.handle)),
    "write_desk": Verb(Note, lambda me, p: c.WriteDesk(by=me.handle, client_id=p.client_id, words=p.words)),
    "write_line": Verb(LineNote, lambda me, p: c.WriteLine(by=me.handle, client_id=p.client_id, words=p.words, who=p.who)),
    "close": Verb(Payload, lambda me, _: c.Close(by=me.handle)),
}


def read(shape: type[msgspec.Struct], sent, loosely: bool = False):
    """What was sent, as that shape. `loosely` lets form fields be numbers. Raises Invalid with the
    field's name; over-long and empty text have sentences of their own."""
    try:
        payload = msgspec.convert(sent, shape, strict=not loosely)
    except (msgspec.ValidationError, RecursionError) as mistake:
        raise _invalid(shape, sent, str(mistake)) from None
    words = getattr(payload, "words", None)
    if words is not None and not words.strip():
        raise Invalid("words", "empty")
    return payload


def _invalid(shape, sent, message):
    field = message.rsplit("$.", 1)[1].rstrip("`") if "$." in message else ""
    field = field if field.isidentifier() else "payload"
    words = sent.get("words") if isinstance(sent, dict) else None
    if field == "words" and isinstance(words, str):
        limit = MOST_WORDS if shape is Sharing else MOST_IN_A_LINE
        return Invalid("words", "too_long" if words else "empty", limit=limit)
    return Invalid(field, "bad_shape")
