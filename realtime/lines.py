"""How a browser comes in: its handshake read at once, and what Engine.IO calls a socket over a wire of ours,
without the three green threads that it keeps for each (decision 0019).

Only what a browser writes is taken here. Anything that is odd in the least goes the way of every page,
through WSGI to the library, and is answered there."""

import base64
import hashlib
import re
import socket
import time
from collections.abc import Callable

from engineio import packet, server
from engineio.exceptions import UnknownPacketError

from groups.concurrency import later
from groups.listening import MAX_SOCKETS
from realtime.wires import Wire

GREETING, VERSION = "GET /socket.io/?", " HTTP/1.1"
ASKED, ALLOWED = {"EIO=4", "transport=websocket"}, {"EIO", "transport", "t"}
KEY = re.compile(r"[A-Za-z0-9+/]{22}==")
NOT_HERE = {"content-length", "transfer-encoding", "sec-websocket-protocol"}
MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455, section 1.3
WELCOME = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {}\r\n\r\n"
FULL = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 3\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class Line(server.socket.Socket):
    """One browser. What is sent is on the wire at once, so there is no queue and nobody who empties it;
    what comes is handled in a green thread that ends with it; the next ping is a timer."""

    def __init__(self, engine, sid: str, sock, first: Callable[["Line", bytes], bool]):
        super().__init__(engine, sid)
        self.queue, self.connected, self.upgraded = None, True, True
        self.wire = Wire(sock, engine.max_http_buffer_size, lambda data: first(self, data), self._hear, self._ended)

    def send(self, pkt) -> None:
        """Have a packet leave at the end of this round, unless the ping before was never answered."""
        if self.check_ping_timeout():
            self.wire.send(pkt.encode())

    def schedule_ping(self) -> None:
        """Once the last one was answered."""
        if self.last_ping:
            self.last_ping = None
            later(self.server.ping_interval, self._ping)

    def close(self, wait=True, abort=False, reason=None) -> None:
        """Tell those above, and end. Never waits."""
        if self.closed or self.closing:
            return
        self.closing = True
        self.server._trigger_event("disconnect", self.sid, reason or self.server.reason.SERVER_DISCONNECT, run_async=False)
        if not abort:
            self.wire.send(packet.Packet(packet.CLOSE).encode())
        self.closed = True
        self.wire.close()

    def _ping(self):
        if not self.closing and not self.closed:
            self.last_ping = time.monotonic()  # see `watchdog.count_pings_steadily`
            self.send(packet.Packet(packet.PING))

    def _hear(self, message):
        try:
            self.receive(packet.Packet(encoded_packet=message))
        except UnknownPacketError:
            pass
        except Exception:  # what is no packet at all; whatever is above tells of its own mistakes
            self.wire.close()

    def _ended(self):
        self.close(wait=False, abort=True, reason=self.server.reason.TRANSPORT_CLOSE)
        self.server.sockets.pop(self.sid, None)


def arrivals(
    engine, origins: tuple[str, ...], readiness, mark: Callable[[dict, object], None], first: Callable[[Line, bytes], bool]
) -> Callable:
    """What `listening.serve` asks about everybody who comes: `takes(sock, head)`, given a socket and what
    was sent on it so far, says whether the socket is a browser's and is looked after from now on."""

    def takes(sock, head: bytes) -> bool:
        found = None if readiness.draining else _greeting(head, origins)
        if found is None:
            return False
        size, key, environ = found
        mark(environ, sock)
        sock.recv(size)
        if len(engine.sockets) >= MAX_SOCKETS:
            sock.send(FULL)
            sock.shutdown(socket.SHUT_RDWR)
            return True
        _welcome(engine, Line(engine, engine.generate_id(), sock, first), key, environ)
        return True

    return takes


def _welcome(engine, line, key, environ):
    engine.sockets[line.sid] = line
    if engine._trigger_event("connect", line.sid, environ, run_async=False) is False:  # before anybody is greeted
        engine.sockets.pop(line.sid, None)
        line.wire.write(FULL)
        line.wire.flush()
        return line.wire.cut()
    proof = base64.b64encode(hashlib.sha1((key + MAGIC).encode(), usedforsecurity=False).digest()).decode()
    line.wire.write(WELCOME.format(proof).encode())
    line.send(packet.Packet(packet.OPEN, {
        "sid": line.sid, "upgrades": [], "pingTimeout": int(engine.ping_timeout * 1000),
        "pingInterval": int(engine.ping_interval * 1000), "maxPayload": engine.max_http_buffer_size,
    }))
    line.schedule_ping()


def _greeting(head, origins):
    """(length of the head, key, what is above told of it) of a handshake as browsers write it; or None."""
    end = head.find(b"\r\n\r\n")
    start, *lines = head[: max(end, 0)].decode("latin-1").split("\r\n")
    if not start.startswith(GREETING) or not start.endswith(VERSION):
        return None
    asked = start[len(GREETING) : -len(VERSION)].split("&")
    if not ASKED.issubset(asked) or {one.partition("=")[0] for one in asked} - ALLOWED or len(asked) > len(ALLOWED):
        return None
    said = {}
    for line in lines:
        name, colon, value = line.partition(":")
        name = name.lower()
        if not colon or name in said or name in NOT_HERE or not name.replace("-", "").isalnum():
            return None
        said[name] = value.strip(" \t")
    key, upgrades = said.get("sec-websocket-key", ""), said.get("connection", "").lower().replace(" ", "").split(",")
    if "upgrade" not in upgrades or said.get("upgrade", "").lower() != "websocket" or said.get("sec-websocket-version") != "13":
        return None
    if not KEY.fullmatch(key) or said.get("origin") not in origins:
        return None
    told = {"HTTP_ORIGIN": "origin", "HTTP_COOKIE": "cookie", "HTTP_X_FORWARDED_FOR": "x-forwarded-for"}
    return end + 4, key, {name: said.get(header, "") for name, header in told.items()}
