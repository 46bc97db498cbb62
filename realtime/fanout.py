"""The fast way from a share to every screen (decision 0020). `LAMPLIGHT_FANOUT=plain` leaves all of it to
python-socketio, with the same order and the same answers; the tests run over both.

An event for many is encoded once, framed once, and the same bytes are written to every wire. A share is
recognised as soon as it came, goes to the ledger without a green thread, together with whatever else came
in this round of the loop, and its answer leaves with the entries. Whatever is not exactly that (another
event, a wrong shape, a first visit, somebody too fast) is left to the dispatcher, so that there is one place
that refuses and strikes."""

from collections import deque
from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import Literal

import msgspec
from engineio.packet import MESSAGE, Packet
from flask_socketio import SocketIO
from socketio import Manager

from groups.concurrency import at_the_end, call_on_loop
from groups.errors import Busy, Failure
from groups.limiting.counting import Counts
from groups.limiting.table import WISHES
from groups.meeting.actions import ALONG, PATIENCE, wanted
from groups.meeting.commands import Share
from groups.meeting.jobs import Job, Outcome
from groups.meeting.ledger import Ledger
from groups.meeting.shapes import Sharing
from realtime.connection import connections
from realtime.handling import PACE, accepted, refusal
from realtime.lines import Line
from realtime.wires import frame

EVENT, ANSWER, SHARE = b"42", b"43", b'["share",'
_share = msgspec.json.Decoder(tuple[Literal["share"], Sharing])
_waiting: deque["Asked"] = deque()
_came: list[tuple["Asked", Job]] = []  # in this round of the loop


class Everybody(Manager):
    """Socket.IO's rooms, with one frame for all who are in one."""

    def emit(self, event, data, namespace, room=None, skip_sid=None, callback=None, to=None, **how):
        """The same as the library's; anything but an event for a room of ours is left to it."""
        room = to or room
        if callback or skip_sid or not isinstance(room, str) or namespace != "/":
            return super().emit(event, data, namespace, room=room, skip_sid=skip_sid, callback=callback, **how)
        members = self.rooms.get(namespace, {}).get(room)
        if members:
            _write_to_all(self.server.eio, list(members.values()), EVENT + msgspec.json.encode([event, data]))


def _write_to_all(engine, names, text):
    whole, sockets = frame(text), engine.sockets
    for name in names:
        line = sockets.get(name)
        if line is None or line.closed:
            continue
        wire = getattr(line, "wire", None)
        if wire is None:  # somebody who came the library's way
            line.send(Packet(MESSAGE, text[1:].decode()))
        else:
            wire.write(whole)


class Asked:
    """A share on its way, and where its answer belongs. The ledger's thread tells it what came of it."""

    __slots__ = ("wire", "number", "since", "done")

    def __init__(self, wire, number):
        self.wire, self.number, self.since, self.done = wire, number, monotonic(), False

    def answer(self, told: dict) -> None:
        """Once; whatever comes later is not said any more."""
        if not self.done:
            self.done = True
            self.wire.write(frame(ANSWER + self.number + msgspec.json.encode([told])))
            self.wire.answered()

    def set_result(self, outcome: Outcome) -> None:
        """It is kept, or held: say so, on the loop."""
        call_on_loop(_settled, self, accepted, outcome)

    def set_exception(self, failure: Exception) -> None:
        """It is not: say why, on the loop."""
        call_on_loop(_settled, self, refusal, failure if isinstance(failure, Failure) else Busy())


def install(socketio: SocketIO, ledger: Ledger, counts: Counts) -> Callable[[Line, bytes], bool]:
    """Write to wires from now on. Returns what every line asks first about a message: whether it was dealt
    with at once."""
    engine = socketio.server.eio
    engine.send_packet = partial(_send_packet, engine, engine.send_packet)
    return partial(_took, ledger, counts, socketio.server.manager)


def look() -> None:
    """Once a second: whoever has waited too long for the flush is told so."""
    while _waiting and (_waiting[0].done or monotonic() - _waiting[0].since > PATIENCE):
        _waiting.popleft().answer(refusal(Busy()))


def _send_packet(engine, otherwise, name, packet):
    if packet.packet_type != MESSAGE or packet.binary:
        return otherwise(name, packet)
    _write_to_all(engine, [name], packet.encode().encode())


def _took(ledger, counts, manager, line, data):
    """Whether this was a share, and is on its way."""
    start = data.find(b"[", 2, 24)
    if not data.startswith(EVENT) or not data.startswith(SHARE, start) or not data[2:start].isdigit():
        return False
    try:
        payload = _share.decode(data[start:])[1]
    except (msgspec.MsgspecError, RecursionError):
        return False
    connection = connections.get(manager.sid_from_eio_sid(line.sid, "/"))
    seat = connection and connection.seats.get(payload.meeting)
    if not seat or not payload.words.strip() or Share in ALONG or not PACE.allows(connection.sign_in_id):
        return False
    asked = Asked(line.wire, data[2:start])
    line.wire.busy += 1
    _waiting.append(asked)
    try:
        counts.ask_account(WISHES["share"], connection.account_id, payload.meeting)
        job = wanted(seat.member, connection.sign_in_id, seat.meeting_id, "share", payload)
    except Failure as failure:
        asked.answer(refusal(failure))
        return True
    if not _came:
        at_the_end(partial(_hand_over, ledger))
    _came.append((asked, job))
    return True


def _hand_over(ledger):
    """All that came in a round at once: one by one they would make batches of one or two, each with a flush
    of its own and a write to everybody."""
    together, _came[:] = _came[:], []
    for asked, job in together:
        ledger.submit(job, asked)


def _settled(asked, told, outcome):
    asked.answer(told(outcome))
    while _waiting and _waiting[0].done:
        _waiting.popleft()
