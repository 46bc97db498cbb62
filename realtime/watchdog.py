"""What the libraries leave open below the level of events: a line that never says what it wants, a
reader who never reads, packets that are none, and a line that goes on after its conversation was
closed. Engine.IO calls such a line a socket; it carries at most one connection of `connection.py`.

It runs on the loop, once a second and at each packet, and waits for nothing; but after each line it ends, others
are heard before the next."""

import socket
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from engineio import base_socket
from engineio import socket as engine_socket

from groups.concurrency import sleep
from groups.limiting.whence import WHENCE
from realtime.server import socketio

SILENT = 5  # looks (seconds) a line may stay without a connection
MOST_HALVES = 40  # lines from one place that have not said yet whose they are; more and they are refused
CROWDED = 256  # packets waiting for a reader
CROWDED_BYTES = 1024 * 1024
CROWDED_LOOKS = 3  # once may be a burst; three times in a row is a reader who does not read
STUCK_LOOKS = 20  # the same packet waits first for so long: longer than any ping is waited for


@dataclass
class Line:
    """One WebSocket, and for how many looks in a row it was silent, crowded or stuck."""

    environ: dict
    silent: int = 0
    crowded: int = 0
    stuck: int = 0
    first: object = None
    begun: bool = False

    @property
    def whence(self) -> bytes | None:
        """Today's hash of where it comes from (`groups/limiting/whence.py`), if that is known."""
        return self.environ.get(WHENCE)


lines: dict[str, Line] = {}
_halves: Counter = Counter()  # by where they come from, of the lines that have not begun


def init_app(nonsense: Callable[[str], None]) -> None:
    """Stand between Engine.IO and Socket.IO. `nonsense(sid)` is told of a packet that is none, with
    the connection it came by."""
    count_pings_steadily()
    engine = socketio.server.eio
    opened, said = engine.handlers["connect"], engine.handlers["message"]
    engine.on("connect", lambda line, environ: _opens(opened, line, environ))
    engine.on("message", lambda line, packet: _says(said, nonsense, line, packet))


def count_pings_steadily() -> None:
    """Engine.IO asks the clock on the wall how long a ping was not answered. Set ahead, that clock would end the
    line of everybody who was pinged that very moment; set back, it would keep the dead for as long."""
    base_socket.time = engine_socket.time = _Steady


class _Steady:
    time = staticmethod(time.monotonic)


def look() -> None:
    """Once a second: end the lines whose pings are not answered, and cut those that only cost."""
    engine = socketio.server.eio
    for name in [name for name in lines if name not in engine.sockets]:
        lines.pop(name, None)
    _halves.clear()
    _halves.update(line.whence for line in lines.values() if not line.begun)
    for name, line in list(lines.items()):
        wire = engine.sockets.get(name)
        if wire is None or wire.closed:
            engine.sockets.pop(name, None)
        elif not wire.closing and not wire.check_ping_timeout():
            sleep(0)
        elif _only_costs(name, line, wire.queue.queue if wire.queue else ()):  # a wire of ours has none
            cut(name)
            sleep(0)


def begins(name: str | None) -> None:
    """Whoever is behind this line is known now."""
    line = lines.get(name)
    if line is not None and not line.begun:
        line.begun = True
        _halves[line.whence] -= 1


def is_open(name: str | None) -> bool:
    """True while that line carries anything."""
    wire = socketio.server.eio.sockets.get(name)
    return wire is not None and not wire.closed


def cut(name: str | None) -> None:
    """Close the WebSocket itself. Reader and writer wake up and clear away what belonged to it."""
    line, ours = lines.get(name), getattr(socketio.server.eio.sockets.get(name), "wire", None)
    if line is None or ours is not None:
        return ours and ours.cut()
    under = line.environ.get("eventlet.input")
    wire = under.get_socket() if under is not None else line.environ.get("werkzeug.socket")
    try:
        wire.shutdown(socket.SHUT_RDWR)
    except (OSError, AttributeError):
        pass  # it is gone already
    if name in socketio.server.eio.sockets:
        socketio.server.eio.sockets[name].queue.queue.clear()  # the library holds on to the last socket it looked at


def _opens(go_on, name, environ):
    if not environ.get("HTTP_ORIGIN"):
        return False  # every browser says where a socket comes from; a list of origins means nothing without
    whence = environ.get(WHENCE)
    if whence is not None and _halves[whence] >= MOST_HALVES:
        return False  # open, where nobody's address is known: each of them is cut after some seconds all the same
    # eventlet would agree to compress: a third of a megabyte per socket, and bombs to defuse.
    environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
    lines[name] = Line(environ)
    _halves[whence] += 1
    return go_on(name, environ)


def _says(go_on, nonsense, name, packet):
    try:
        # 5 and 6 announce binary attachments. Nothing here is binary, so nothing is ever kept for them.
        if not isinstance(packet, str) or packet[:1] in ("5", "6"):
            raise ValueError("not a packet of ours")
        go_on(name, packet)
    except Exception:
        sid = socketio.server.manager.sid_from_eio_sid(name, "/")
        nonsense(sid) if sid else cut(name)


def _only_costs(name, line, waiting):
    line.silent = line.silent + 1 if socketio.server.manager.sid_from_eio_sid(name, "/") is None else 0
    packets = list(waiting)
    crowded = len(packets) > CROWDED or sum(len(p.data or "") for p in packets if p is not None) > CROWDED_BYTES
    line.crowded = line.crowded + 1 if crowded else 0
    first = packets[0] if packets else None
    line.stuck = line.stuck + 1 if first is not None and first is line.first else 0
    line.first = first
    return line.silent >= SILENT or line.crowded >= CROWDED_LOOKS or line.stuck >= STUCK_LOOKS
