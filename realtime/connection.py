"""Connections: who is behind a socket, and putting people out.

A socket is known by the cookie it came with. What it may do is asked again at every event and
again inside the writing transaction; what is kept here is only who it was, and may vanish."""

import logging
from collections import Counter
from dataclasses import dataclass, field

from socketio.exceptions import ConnectionRefusedError
from werkzeug.http import parse_cookie

from groups import clock
from groups.accounts.sessions import hashed, signed_in
from groups.asking import Together
from groups.concurrency import sleep, spawn
from groups.errors import Failure
from groups.membership.models import Membership
from realtime import watchdog
from realtime.server import socketio

log = logging.getLogger(__name__)
MOST_STRIKES = 20  # nonsense a socket may send before it is closed
MOST_SOCKETS = 8  # open pages of one sign-in
GOODBYE = 0.5  # seconds for the last word to leave before the line itself is closed


@dataclass
class Seat:
    """A page open on a meeting: which, as whom, what it may hear, and the part of its person that it was told last."""

    meeting_id: int
    member: Membership
    inside: bool = False
    on_duty: bool = False
    told: dict | None = None


@dataclass
class Connection:
    """One socket. `seats` by the meeting's public id."""

    sid: str
    account_id: int
    sign_in_id: int
    token_hash: bytes = b""  # what the table keeps of the cookie it came with
    seats: dict[str, Seat] = field(default_factory=dict)
    strikes: int = 0
    since: object = field(default_factory=clock.now)


connections: dict[str, Connection] = {}
_pages: Counter[int] = Counter()  # open sockets of each sign-in
_sign_ins = Together(signed_in)
_open: dict[int, dict[str, tuple[Connection, Seat]]] = {}  # the pages open on a meeting, by socket


def connect(cookie_name: str, sid: str, *_) -> None:
    """A browser opened a socket. Whoever is not signed in is refused."""
    if sid in connections:  # a client can send an *event* called "connect"; it changes nothing
        return strike(connections[sid])
    cookie = parse_cookie(socketio.server.get_environ(sid).get("HTTP_COOKIE")).get(cookie_name)
    try:
        sign_in = _sign_ins.ask(cookie) if cookie else None
    except Failure as failure:
        raise ConnectionRefusedError(failure.reason) from None
    except Exception as mistake:  # left to itself, the library would never answer
        log.error("a socket could not be looked at: %s", type(mistake).__name__)
        raise ConnectionRefusedError("busy") from None
    if sign_in is None:
        raise ConnectionRefusedError("sign_in_first")
    sign_in_id, account_id = sign_in
    if _pages[sign_in_id] >= MOST_SOCKETS:
        raise ConnectionRefusedError("busy")
    _pages[sign_in_id] += 1
    connections[sid] = Connection(sid, account_id, sign_in_id, hashed(cookie))
    watchdog.begins(socketio.server.manager.eio_sid_from_sid(sid, "/"))


def disconnect(sid: str, *_) -> None:
    """The line is gone. Nothing is announced to anybody: coming and going make no noise."""
    connection = connections.get(sid)
    if connection is None:
        return
    if is_here(sid):  # an event called "disconnect", sent by the client
        return strike(connection)
    _forget(connection)


def sit(connection: Connection, meeting: str, seat: Seat) -> Seat:
    """Keep a page's place at a meeting, by the meeting's public id."""
    seat = connection.seats.setdefault(meeting, seat)
    if connection.sid in connections:
        _open.setdefault(seat.meeting_id, {})[connection.sid] = (connection, seat)
    return seat


def _forget(connection):
    if connections.pop(connection.sid, None) is not None:
        _pages[connection.sign_in_id] -= 1
        if not _pages[connection.sign_in_id]:
            del _pages[connection.sign_in_id]
    for seat in connection.seats.values():
        pages = _open.get(seat.meeting_id, {})
        pages.pop(connection.sid, None)
        if not pages:
            _open.pop(seat.meeting_id, None)
    for listener in on_gone:
        listener(connection)


on_gone: list = []


def forget_ghosts() -> None:
    """A line that closed while its sign-in was being looked up leaves a connection nobody ends."""
    manager = socketio.server.manager
    for connection in list(connections.values()):
        if not watchdog.is_open(manager.eio_sid_from_sid(connection.sid, "/")):
            manager.disconnect(connection.sid, "/")
            _forget(connection)


def strike(connection: Connection) -> None:
    """Count a piece of nonsense; too many and the socket is closed."""
    connection.strikes += 1
    if connection.strikes >= MOST_STRIKES:
        put_out(connection.sid)


def nonsense(sid: str) -> None:
    """Something came by this socket that is not even an event."""
    if sid in connections:
        strike(connections[sid])


def put_out(sid: str) -> None:
    """Close a socket from our side. Never inline: it waits for the peer."""
    spawn(_close, sid)


def _close(sid):
    line = socketio.server.manager.eio_sid_from_sid(sid, "/")
    try:
        socketio.server.disconnect(sid)
    except KeyError:
        pass  # it was gone already
    sleep(GOODBYE)
    watchdog.cut(line)  # the library ends the conversation only; whoever was put out could begin another


def is_here(sid: str) -> bool:
    """Whether a socket is connected to this process, and not on its way out."""
    return socketio.server.manager.is_connected(sid, "/")


def at(meeting_id: int) -> list[tuple[Connection, Seat]]:
    """Every open page on a meeting in this process."""
    return list(_open.get(meeting_id, {}).values())


def put_out_where(found) -> None:
    """Close every socket for which `found(connection)` is true."""
    for connection in list(connections.values()):
        if found(connection):
            put_out(connection.sid)
