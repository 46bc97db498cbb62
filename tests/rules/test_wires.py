"""Frames as the standard has them (RFC 6455, section 5): what we write, and what we read of a client."""

import gc
import socket
import weakref

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups.listening import unmasked
from realtime.wires import CLOSE, NOT_TEXT, PROTOCOL, TEXT, TOO_LONG, Wire, _Broken, frame

MOST = 32 * 1024


class Line(Wire):
    """A wire without a socket: it is fed bytes, and keeps what came of them."""

    def __init__(self):
        self._most, self._buffer, self._parts = MOST, b"", None
        self.gone, self.came, self.written = False, [], []

    def _message(self, data):
        self.came.append(data)

    def write(self, data):
        self.written.append(data)

    def close(self, code=1000):
        self.gone = True

    def feed(self, data):
        self._buffer += data
        while (found := self._next_frame()) is not None:
            self._frame(*found)


def from_client(data, first=0x80 | TEXT, mask=b"\x01\x02\x03\x04"):
    head = frame(data)[: len(frame(data)) - len(data)]
    return bytes((first, head[1] | 0x80)) + head[2:] + mask + unmasked(data, mask)


@given(st.lists(st.binary(max_size=300), max_size=6), st.integers(1, 50), st.binary(min_size=4, max_size=4))
def test_messages_come_whole_however_they_are_cut(messages, piece, mask):
    sent, line = b"".join(from_client(data, mask=mask) for data in messages), Line()
    for start in range(0, len(sent), piece):
        line.feed(sent[start : start + piece])
    assert line.came == messages


@pytest.mark.parametrize("size", [0, 125, 126, 65535, 65536])
def test_a_frame_says_its_length(size):
    data = b"x" * size
    whole = frame(data)
    assert whole.endswith(data) and whole[0] == 0x81
    assert len(whole) - size == (2 if size < 126 else 4 if size < 65536 else 10)


def test_a_message_in_parts_is_one_message():
    line = Line()
    line.feed(from_client(b"One ", TEXT) + from_client(b"at a ", 0) + from_client(b"ping", 0x89) + from_client(b"time.", 0x80))
    assert line.came == [b"One at a time."] and line.written == [frame(b"ping", 10)]


@pytest.mark.parametrize(("sent", "code"), [
    (b"\x81\x02hi", PROTOCOL),  # without a mask
    (from_client(b"x", 0xC1), PROTOCOL),  # a bit nobody agreed on
    (from_client(b"x", 0x80), PROTOCOL),  # the end of something that never began
    (from_client(b"x", TEXT) + from_client(b"x", 0x81), PROTOCOL),  # a beginning inside another
    (from_client(b"x", 0x80 | 3), PROTOCOL),
    (from_client(b"x" * 126, 0x80 | CLOSE), PROTOCOL),
    (from_client(b"x" * (MOST + 1)), TOO_LONG),
    (from_client(b"x" * MOST, TEXT) + from_client(b"x", 0), TOO_LONG),
])
def test_what_no_browser_sends_ends_the_line(sent, code):
    with pytest.raises(_Broken) as broken:
        Line().feed(sent)
    assert broken.value.code == code != NOT_TEXT


class Above:
    """What a wire tells of what comes; it holds the wire."""

    def __init__(self, wire):
        self.wire = wire
        wire._first = wire._hears = wire._ended = self.hear

    def hear(self, *_):
        pass


def test_a_line_that_ended_is_gone_at_once_and_not_at_the_next_sweep():
    near, far = socket.socketpair()
    wire = Line()
    wire._socket, wire.gone, wire._sending, wire._working = near, True, False, False
    above = weakref.ref(Above(wire))
    gc.disable()
    try:
        wire._let_go()
        del wire
        assert above() is None
    finally:
        gc.enable()
        far.close()
