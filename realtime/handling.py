"""One dispatcher owns every socket event: shape → sign-in → membership → rate → action.

A handler is registered with the shape of its payload and gets what it needs as arguments; it
cannot forget a check, because it makes none. Whatever is refused becomes the ack, with the same
sentence a page would show: `{"ok": false, "reason": …, "text": …}`."""

import logging
from collections.abc import Callable
from functools import partial

import msgspec
from socketio import Namespace

from groups.asking import Together
from groups.errors import Failure, NotFound, Refused
from groups.limiting.counting import Counts
from groups.limiting.table import WISHES
from groups.meeting.actions import reached
from groups.meeting.jobs import Outcome
from groups.meeting.ledger import Ledger
from groups.meeting.shapes import Payload
from groups.meeting.verbs import read
from groups.sealing import Keyring
from groups.sentences import sentence
from realtime.connection import Connection, Seat, connections, sit, strike
from realtime.pace import Pace
from realtime.server import socketio

log = logging.getLogger(__name__)
PACE = Pace(20, seconds=10)  # wishes of one sign-in: a busy chair, not a flood
LOOKING = Pace(60, seconds=10)  # for hours, by one sign-in: a page looks once for its own, and each is a question to the database

_reached = Together(reached)


class Handler(msgspec.Struct, frozen=True):
    """An event name's payload shape and what answers it."""

    shape: type[Payload]
    answer: Callable


HANDLERS: dict[str, Handler] = {}
house: dict = {}  # "ledger", "keyring" and "counts": what there is one of in a process


def handles(name: str, shape: type[Payload]):
    """Register `answer(connection, seat, payload)` for an event; what it returns goes into the ack."""

    def register(answer):
        HANDLERS[name] = Handler(shape, answer)
        return answer

    return register


def init_app(ledger: Ledger, keyring: Keyring, counts: Counts) -> None:
    """Hand every registered event to Socket.IO, through the dispatcher and in no other way."""
    house.update(ledger=ledger, keyring=keyring, counts=counts)
    for name in HANDLERS:
        socketio.server.on(name, partial(dispatch, name))
    socketio.server.register_namespace(_Unknown("/"))


def dispatch(name: str, sid: str, *sent) -> dict:
    """Answer one event of one socket. Never raises: every failure is an ack."""
    connection = connections.get(sid)
    try:
        if connection is None:
            raise Refused("sign_in_first")
        handler = HANDLERS[name]
        payload = _shape(connection, handler, sent)
        seat = seat_of(connection, payload.meeting)
        if not PACE.allows(connection.sign_in_id):
            raise Refused("too_fast", seconds=3)
        if name in WISHES:
            house["counts"].ask_account(WISHES[name], connection.account_id, payload.meeting)
        return {"ok": True} | (handler.answer(connection, seat, payload) or {})
    except Failure as failure:
        return refusal(failure)
    except Exception as mistake:
        log.error("%s failed: %s", name, type(mistake).__name__)
        return refusal(Refused("refused"))


def seat_of(connection: Connection, meeting: str) -> Seat:
    """This socket's place at a meeting: kept from last time, or reached through the membership."""
    seat = connection.seats.get(meeting)
    if seat is None:
        if not LOOKING.allows(connection.sign_in_id):
            raise Refused("too_fast", seconds=3)
        found = _reached.ask((connection.account_id, meeting))
        if found is None:
            raise NotFound()
        member, found = found
        seat = sit(connection, meeting, Seat(found.id, member))
    return seat


def ledger():
    """The one writer of this process."""
    return house["ledger"]


def accepted(outcome: Outcome, said: str = "") -> dict:
    """What became of a wish, as an ack: with the number of what was said, or that it waits. said: the
    sentence whoever asked reads."""
    if outcome.held:
        return {"ok": True, "held": True}
    told = {"text": sentence(said)} if said else {}
    return {"ok": True} | told | ({} if outcome.number is None else {"number": outcome.number})


def refusal(failure: Failure) -> dict:
    """A failure as an ack. Facts that are numbers or moments go along, for the page to use."""
    facts = {name: value for name, value in failure.facts.items() if name in ("seconds", "until", "limit", "field", "minutes")}
    return {"ok": False, "reason": failure.reason, "text": sentence(failure.reason, **failure.facts), **facts}


def _shape(connection, handler, sent):
    try:
        if len(sent) != 1:
            raise NotFound("bad_shape", field="payload")
        return read(handler.shape, sent[0])
    except Failure:
        strike(connection)
        raise


class _Unknown(Namespace):
    """Gets every event nobody registered, whatever it calls itself. (A handler for "*" would take
    the first argument of an event that is called "*" for its sender.)"""

    def trigger_event(self, event, sid, *_):
        if sid in connections:
            strike(connections[sid])
        return refusal(Refused("no_such_request"))
