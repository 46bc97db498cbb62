"""A WebSocket that never makes anybody wait: one listener on the loop instead of a green thread that
wakes for every few bytes, and writes that leave in one piece when the round is over.

It stands in for eventlet's own between the handshake and the end (decision 0019); Engine.IO sees what it
knows: `wait()`, `send()`, `close()`. A reader who does not read is bounded by bytes and by time."""

import socket
import struct
from collections import deque
from collections.abc import Callable

from groups.concurrency import Ear, Nap, at_the_end, spawn, unmasked, until_writable

READ = 64 * 1024  # bytes taken from a socket at once
MOST_UNSENT = 1024 * 1024  # bytes a reader may leave standing
MOST_STUCK = 20  # seconds without taking a single one of them
MOST_UNREAD = 64  # messages waiting to be answered; until then no more are read
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
NORMAL, PROTOCOL, NOT_TEXT, TOO_LONG = 1000, 1002, 1007, 1009

_unsent: list["Wire"] = []


def frame(data: bytes, kind: int = TEXT) -> bytes:
    """One frame from a server: unmasked, so the same bytes do for everybody (RFC 6455, section 5)."""
    size = len(data)
    if size < 126:
        return bytes((0x80 | kind, size)) + data
    if size < 65536:
        return struct.pack("!BBH", 0x80 | kind, 126, size) + data
    return struct.pack("!BBQ", 0x80 | kind, 127, size) + data


class Wire:
    """One WebSocket. `first(data)` is offered every text message as soon as it came, if no other of this
    client waits to be answered, and says whether it has dealt with it; `busy` counts those it has not
    answered yet. The rest goes to whoever calls `wait()`."""

    def __init__(self, sock, most: int, first: Callable[[bytes], bool]):
        self._socket, self._most, self._first = sock, most, first
        self._out, self._over = [], None
        self._buffer, self._parts = b"", None
        self._inbox, self._nap, self._ear = deque(), Nap(), None
        self.busy, self.gone = 0, False
        self._listen()

    # --- out ------------------------------------------------------------------------------------

    def write(self, data: bytes) -> None:
        """Have a frame leave at the end of this round, with whatever else is for this reader. Never waits."""
        if not self._out:
            if not _unsent:
                at_the_end(_send_all)
            _unsent.append(self)
        self._out.append(data)

    def send(self, message: str | bytes) -> None:
        """Engine.IO's way of writing."""
        self.write(frame(message.encode() if isinstance(message, str) else message))

    def flush(self) -> None:
        """Send what was written, as far as the reader takes it; the rest waits in order."""
        data, self._out = self._out[0] if len(self._out) == 1 else b"".join(self._out), []
        if self.gone:
            return
        if self._over is not None:
            self._over += data
            if len(self._over) > MOST_UNSENT:
                self.cut()
            return
        try:
            taken = self._socket.send(data)
        except BlockingIOError:
            taken = 0
        except OSError:
            return self.cut()
        if taken < len(data):
            self._over = bytearray(data[taken:])
            spawn(self._send_rest)

    def _send_rest(self):
        while self._over and not self.gone:
            if not until_writable(self._socket, MOST_STUCK):
                return self.cut()
            if self.gone:
                return
            try:
                del self._over[: self._socket.send(self._over)]
            except BlockingIOError:
                continue
            except OSError:
                return self.cut()
        self._over = None

    # --- in -------------------------------------------------------------------------------------

    def wait(self) -> str | None:
        """The next message that was not dealt with at once; None when the line is gone. For one green thread."""
        while True:
            if self._inbox and not self.busy:
                message = self._inbox.popleft()
                if self._ear is None and not self.gone and len(self._inbox) < MOST_UNREAD // 2:
                    self._listen()
                return message.decode()
            if self.gone:
                return None
            self._nap.rest()

    def answered(self) -> None:
        """One of those dealt with at once has its answer."""
        self.busy -= 1
        if not self.busy and self._inbox:
            self._nap.wake()

    def _listen(self):
        self._ear = Ear(self._socket, self._hear)

    def _deafen(self):
        ear, self._ear = self._ear, None
        if ear is not None:
            ear.stop()

    def _hear(self):
        try:
            data = self._socket.recv(READ)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            return self._end()
        self._buffer = self._buffer + data if self._buffer else data
        try:
            while not self.gone and (found := self._next_frame()) is not None:
                self._frame(*found)
        except _Broken as broken:
            self.close(broken.code)

    def _next_frame(self):
        """(first byte, data) of the next whole frame, or None until more has come."""
        data = self._buffer
        if len(data) < 2:
            return None
        size, head = data[1] & 127, 6
        if not data[1] & 128 or data[0] & 0x70:
            raise _Broken(PROTOCOL)
        if size == 126:
            if len(data) < 4:
                return None
            size, head = data[2] << 8 | data[3], 8
        elif size == 127:
            if len(data) < 10:
                return None
            size, head = int.from_bytes(data[2:10], "big"), 14
        if size > self._most:
            raise _Broken(TOO_LONG)
        if len(data) < head + size:
            return None
        self._buffer = data[head + size :]
        return data[0], unmasked(data[head : head + size], data[head - 4 : head])

    def _frame(self, first, data):
        kind, whole = first & 15, first & 128
        if kind >= CLOSE:
            self._control(kind, whole, data)
        elif kind == TEXT and self._parts is None and whole:
            self._message(data)
        elif kind in (0, TEXT, 2) and (kind == 0) == (self._parts is not None):
            self._parts = data if self._parts is None else self._parts + data
            if len(self._parts) > self._most:
                raise _Broken(TOO_LONG)
            if whole:
                data, self._parts = self._parts, None
                self._message(data)
        else:
            raise _Broken(PROTOCOL)

    def _control(self, kind, whole, data):
        if not whole or len(data) > 125 or kind not in (CLOSE, PING, PONG):
            raise _Broken(PROTOCOL)
        if kind == CLOSE:
            self.close()
        elif kind == PING:
            self.write(frame(data, PONG))

    def _message(self, data):
        try:
            data.decode()
        except UnicodeDecodeError:
            raise _Broken(NOT_TEXT) from None
        if not self._inbox and self._nap.sleeper is not None and self._first(data):
            return
        self._inbox.append(data)
        if len(self._inbox) >= MOST_UNREAD:
            self._deafen()
        if not self.busy:
            self._nap.wake()

    # --- the end --------------------------------------------------------------------------------

    def close(self, code: int = NORMAL) -> None:
        """Say that this is the end, and end."""
        if not self.gone:
            self._out.append(frame(struct.pack("!H", code), CLOSE))
            self.flush()
        self._end()

    def cut(self) -> None:
        """End without a word: this reader reads no more."""
        self._over = None
        self._end()
        try:
            self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # it was gone already

    def _end(self):
        self.gone = True
        self._deafen()
        self._nap.wake()


class _Broken(Exception):
    def __init__(self, code):
        self.code = code


def _send_all():
    global _unsent
    wires, _unsent = _unsent, []
    for wire in wires:
        if wire._out:
            wire.flush()
