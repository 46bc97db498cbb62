"""What a person can ask of a live meeting, by name: the payload it comes with (`shapes.py`) and the
command it becomes. Forms and socket events share this table, so they cannot drift apart."""

from collections.abc import Callable

import msgspec

from groups.accounts import passphrase
from groups.errors import Invalid
from groups.meeting import commands as c
from groups.meeting import commands_safety as cs
from groups.meeting.shapes import (
    MOST_IN_A_LINE,
    MOST_WORDS,
    Declining,
    Duty,
    DutyFor,
    Emergency,
    FromPart,
    HeldAndReason,
    HeldNumber,
    Lately,
    LineNote,
    MaybePerson,
    Need,
    Note,
    Payload,
    Person,
    Place,
    Rewriting,
    ShareNumber,
    Sharing,
    Somebody,
    StepFor,
)
from groups.text import says_something, unturned


class Verb(msgspec.Struct, frozen=True):
    """One wish: the shape of its payload, and the command it becomes for the acting membership.

    asks: answering it needs the group or the rota, so it is handled off the event loop. said: what whoever
    asked reads when it is done, by its sentence."""

    payload: type[Payload]
    command: Callable
    asks: bool = False
    said: str = ""


def _knock(me):
    return c.Knock(by=me.handle, name=me.name, newcomer=me.is_new, unheard=me.is_unheard, fresh=me.is_fresh)


VERBS: dict[str, Verb] = {
    "knock": Verb(Payload, lambda me, _: _knock(me), asks=True),
    "leave": Verb(Payload, lambda me, _: c.Leave(by=me.handle)),
    "say_need": Verb(Need, lambda me, p: c.SayNeed(by=me.handle, need=p.need)),
    "offer_duty": Verb(DutyFor, lambda me, p: c.OfferDuty(by=me.handle, who=p.who, duty=p.duty), asks=True),
    "decline_duty": Verb(Payload, lambda me, _: c.DeclineDuty(by=me.handle)),
    "take_duty": Verb(Duty, lambda me, p: c.TakeDuty(by=me.handle, duty=p.duty), asks=True),
    "take_duty_back": Verb(Person, lambda me, p: c.TakeDutyBack(by=me.handle, who=p.who), asks=True),
    "open_door": Verb(Payload, lambda me, _: c.OpenDoor(by=me.handle)),
    "admit": Verb(Person, lambda me, p: c.Admit(by=me.handle, who=p.who)),
    "admit_all": Verb(Payload, lambda me, _: c.AdmitAll(by=me.handle)),
    "admit_known": Verb(Payload, lambda me, _: c.AdmitKnown(by=me.handle)),
    "decline": Verb(Declining, lambda me, p: c.Decline(by=me.handle, who=p.who, why=p.why)),
    "raise_hand": Verb(Payload, lambda me, _: c.RaiseHand(by=me.handle)),
    "lower_hand": Verb(Payload, lambda me, _: c.LowerHand(by=me.handle)),
    "move_hand": Verb(Place, lambda me, p: c.MoveHand(by=me.handle, who=p.who, place=p.place)),
    "give_floor": Verb(MaybePerson, lambda me, p: c.GiveFloor(by=me.handle, who=p.who)),
    "share": Verb(
        Sharing, lambda me, p: c.Share(by=me.handle, client_id=p.client_id, words=p.words, note=p.note, look=p.look)
    ),
    "hear": Verb(Payload, lambda me, _: c.Hear(by=me.handle)),
    "extend": Verb(Payload, lambda me, _: c.Extend(by=me.handle)),
    "pass_turn": Verb(Payload, lambda me, _: c.PassTurn(by=me.handle)),
    "end_turn": Verb(MaybePerson, lambda me, p: c.EndTurn(by=me.handle, who=p.who)),
    "add_minute": Verb(Payload, lambda me, _: c.AddMinute(by=me.handle)),
    "next_segment": Verb(FromPart, lambda me, p: c.NextSegment(by=me.handle, index=p.index)),
    "remove_share": Verb(
        ShareNumber, lambda me, p: c.RemoveShare(by=me.handle, number=p.number, agreement=p.agreement), said="share_taken_out"
    ),
    "hush": Verb(Payload, lambda me, _: c.Hush(by=me.handle)),
    "go_on": Verb(Payload, lambda me, _: c.GoOn(by=me.handle)),
    "write_desk": Verb(Note, lambda me, p: c.WriteDesk(by=me.handle, client_id=p.client_id, words=p.words)),
    "write_line": Verb(LineNote, lambda me, p: c.WriteLine(by=me.handle, client_id=p.client_id, words=p.words, who=p.who)),
    "take_step": Verb(
        StepFor, lambda me, p: cs.TakeStep(by=me.handle, who=p.who, number=p.number, step=p.step, agreement=p.agreement), asks=True
    ),
    "end_listening": Verb(Person, lambda me, p: cs.EndListening(by=me.handle, who=p.who)),
    "remove_now": Verb(
        Emergency, lambda me, p: cs.RemoveNow(by=me.handle, who=p.who, number=p.number, why=p.why, agreement=p.agreement), asks=True
    ),
    "remove_lately": Verb(
        Lately, lambda me, p: cs.RemoveLately(
            by=me.handle, who=p.who, number=p.number, minutes=p.minutes, agreement=p.agreement
        ), said="share_taken_out",
    ),
    "release_share": Verb(HeldNumber, lambda me, p: cs.Release(by=me.handle, number=p.number)),
    "ask_edit": Verb(HeldAndReason, lambda me, p: cs.AskEdit(by=me.handle, number=p.number, agreement=p.agreement)),
    "drop_share": Verb(HeldAndReason, lambda me, p: cs.DropHeld(by=me.handle, number=p.number, agreement=p.agreement)),
    "rewrite_share": Verb(
        Rewriting, lambda me, p: cs.Rewrite(by=me.handle, number=p.number, client_id=p.client_id, words=p.words, note=p.note)
    ),
    "raise_concern": Verb(Somebody, lambda me, p: cs.RaiseConcern(by=me.handle, number=p.number, who=p.who), said="concern_passed"),
    "begin_raid": Verb(Payload, lambda me, _: cs.BeginRaid(by=me.handle)),
    "end_raid": Verb(Payload, lambda me, _: cs.EndRaid(by=me.handle)),
    "turn_back": Verb(Payload, lambda me, _: cs.TurnBack(by=me.handle)),
    "close": Verb(Payload, lambda me, _: c.Close(by=me.handle)),
}


def read(shape: type[msgspec.Struct], sent, loosely: bool = False):
    """What was sent, as that shape, with its words tidied (`text.unturned`). `loosely` lets form fields be numbers.
    Raises Invalid with the field's name; over-long and empty text, and the words of an account, have sentences of
    their own."""
    try:
        payload = msgspec.convert(sent, shape, strict=not loosely)
    except (msgspec.ValidationError, RecursionError) as mistake:
        raise _invalid(shape, sent, str(mistake)) from None
    if getattr(payload, "words", None) is None:
        return payload
    words = unturned(payload.words)
    if not says_something(words):
        raise Invalid("words", "empty")
    if passphrase.opens_an_account(words):
        raise Invalid("words", "words_in_a_room")
    return payload if words == payload.words else msgspec.structs.replace(payload, words=words)


def _invalid(shape, sent, message):
    field = message.rsplit("$.", 1)[1].rstrip("`") if "$." in message else ""
    field = field if field.isidentifier() else "payload"
    words = sent.get("words") if isinstance(sent, dict) else None
    if field == "words" and isinstance(words, str):
        limit = MOST_WORDS if shape in (Sharing, Rewriting) else MOST_IN_A_LINE
        return Invalid("words", "too_long" if words else "empty", limit=limit)
    return Invalid(field, "choose_agreement" if field == "agreement" else "bad_shape")
