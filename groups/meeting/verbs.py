"""What a person can ask of a live meeting, by name: the payload it comes with and the command it
becomes. Forms and socket events share this table, so they cannot drift apart.

Payloads are closed: unknown fields, wrong types and over-long text are refused before anything
else is looked at. Nobody can say who they are; the actor comes from the sign-in."""

from collections.abc import Callable
from typing import Annotated

import msgspec

from groups.errors import Invalid
from groups.meeting import commands as c

MOST_WORDS = 4000  # characters in one share: some three minutes of reading
Handle = Annotated[str, msgspec.Meta(min_length=1, max_length=20, pattern="^[0-9a-z]+$")]
ClientId = Annotated[str, msgspec.Meta(min_length=8, max_length=40, pattern="^[0-9A-Za-z-]+$")]
Words = Annotated[str, msgspec.Meta(min_length=1, max_length=MOST_WORDS)]
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
    duty: Annotated[str, msgspec.Meta(pattern="^(chair|door|second)$")]


class FromPart(Payload, frozen=True, kw_only=True):
    index: Annotated[int, msgspec.Meta(ge=0, le=1000)] | None = None


class Sharing(Payload, frozen=True, kw_only=True):
    client_id: ClientId
    words: Words


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
    "knock": Verb(Payload, lambda me, _: c.Knock(by=me.handle, name=me.name), asks=True),
    "leave": Verb(Payload, lambda me, _: c.Leave(by=me.handle)),
    "take_duty": Verb(Duty, lambda me, p: c.TakeDuty(by=me.handle, duty=p.duty), asks=True),
    "open_door": Verb(Payload, lambda me, _: c.OpenDoor(by=me.handle)),
    "admit": Verb(Person, lambda me, p: c.Admit(by=me.handle, who=p.who)),
    "admit_all": Verb(Payload, lambda me, _: c.AdmitAll(by=me.handle)),
    "decline": Verb(Person, lambda me, p: c.Decline(by=me.handle, who=p.who)),
    "put_out": Verb(PersonAndReason, lambda me, p: c.PutSomebodyOut(by=me.handle, who=p.who, agreement=p.agreement)),
    "raise_hand": Verb(Payload, lambda me, _: c.RaiseHand(by=me.handle)),
    "lower_hand": Verb(Payload, lambda me, _: c.LowerHand(by=me.handle)),
    "give_floor": Verb(MaybePerson, lambda me, p: c.GiveFloor(by=me.handle, who=p.who)),
    "share": Verb(Sharing, lambda me, p: c.Share(by=me.handle, client_id=p.client_id, words=p.words)),
    "pass_turn": Verb(Payload, lambda me, _: c.PassTurn(by=me.handle)),
    "end_turn": Verb(MaybePerson, lambda me, p: c.EndTurn(by=me.handle, who=p.who)),
    "add_minute": Verb(Payload, lambda me, _: c.AddMinute(by=me.handle)),
    "next_segment": Verb(FromPart, lambda me, p: c.NextSegment(by=me.handle, index=p.index)),
    "remove_share": Verb(ShareNumber, lambda me, p: c.RemoveShare(by=me.handle, number=p.number, agreement=p.agreement)),
    "close": Verb(Payload, lambda me, _: c.Close(by=me.handle)),
}


def read(shape: type[msgspec.Struct], sent, loosely: bool = False):
    """What was sent, as that shape. `loosely` lets form fields be numbers. Raises Invalid with the
    field's name; over-long and empty text have sentences of their own."""
    try:
        payload = msgspec.convert(sent, shape, strict=not loosely)
    except (msgspec.ValidationError, RecursionError) as mistake:
        raise _invalid(sent, str(mistake)) from None
    words = getattr(payload, "words", None)
    if words is not None and not words.strip():
        raise Invalid("words", "empty")
    return payload


def _invalid(sent, message):
    field = message.rsplit("$.", 1)[1].rstrip("`") if "$." in message else ""
    field = field if field.isidentifier() else "payload"
    words = sent.get("words") if isinstance(sent, dict) else None
    if field == "words" and isinstance(words, str):
        return Invalid("words", "too_long" if words else "empty", limit=MOST_WORDS)
    return Invalid(field, "bad_shape")
