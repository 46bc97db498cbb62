"""A WebSocket that never makes anybody wait: one listener on the loop instead of a green thread that
wakes for every few bytes, and writes that leave in one piece when the round is over.

It stands in for eventlet's own after the handshake (decision 0019). A reader who does not read is bounded by bytes and by time."""

import socket
import struct
from collections import deque
from collections.abc import Callable

from groups.concurrency import Ear, at_the_end, spawn, until_writable
from groups.listening import unmasked

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
    answered yet. The rest goes to `hear(text)`, one after the other, in a green thread that ends when
    there is no more; so does `ended()`, when the line is gone. (An idle line has no green thread.)"""

    def __init__(self, sock, most: int, first: Callable[[bytes], bool], hear: Callable[[str], None], ended: Callable[[], None]):
        self._socket, self._most, self._first, self._hears, self._ended = sock, most, first, hear, ended
        self._out, self._over = [], None
        self._buffer, self._parts = b"", None
        self._inbox, self._ear, self._working, self._sending = None, None, False, False
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

    def send(self, message: str) -> None:
        """Have a text leave."""
        self.write(frame(message.encode()))

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
            self._over, self._sending = bytearray(data[taken:]), True
            spawn(self._send_rest)

    def _send_rest(self):
        while self._over and not self.gone:
            try:
                if not until_writable(self._socket, MOST_STUCK):
                    self.cut()
                elif not self.gone:
                    del self._over[: self._socket.send(self._over)]
            except BlockingIOError:
                continue
            except OSError:
                self.cut()
        self._over, self._sending = None, False
        self._let_go()

    # --- in -------------------------------------------------------------------------------------

    def answered(self) -> None:
        """One of those dealt with at once has its answer."""
        self.busy -= 1
        if not self.busy and self._inbox:
            self._work_on()

    def _work_on(self):
        if not self._working:
            self._working = True
            spawn(self._work)

    def _work(self):
        while self._inbox and not self.busy:
            message = self._inbox.popleft()
            if self._ear is None and not self.gone and len(self._inbox) < MOST_UNREAD // 2:
                self._listen()
            self._hears(message.decode())
        self._working = False
        if self.gone:
            self._inbox = None
            self._ended()
            self._let_go()
        elif not self._inbox:
            self._inbox = None

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
        if not self._inbox and not self._working and self._first(data):
            return
        if self._inbox is None:
            self._inbox = deque()
        self._inbox.append(data)
        if len(self._inbox) >= MOST_UNREAD:
            self._deafen()
        if not self.busy:
            self._work_on()

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

    def _end(self):
        if self.gone:
            return
        self.gone = True
        self._deafen()
        try:
            self._socket.shutdown(socket.SHUT_RDWR)  # whoever waits to write to it wakes up
        except OSError:
            pass  # it was gone already
        self._work_on()

    def _let_go(self):
        if self.gone and not self._sending and not self._working:  # somebody who still listens must not find another's socket
            self._socket.close()
            self._first = self._hears = self._ended = None  # they hold us, too; or it would all stay until a sweep


class _Broken(Exception):
    def __init__(self, code):
        self.code = code


def _send_all():
    global _unsent
    wires, _unsent = _unsent, []
    for wire in wires:
        if wire._out:
            wire.flush()
