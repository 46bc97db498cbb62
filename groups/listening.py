"""Listening at a port, and serving whoever comes, under eventlet: the server's bounds, and what is mended
of it. Beside `concurrency.py` the only module that knows it."""

import socket
import sys
from collections.abc import Callable

from groups.concurrency import on_loop, until_readable

if "eventlet" in sys.modules:  # see concurrency.py
    import eventlet
    import eventlet.wsgi
    from eventlet.websocket import FailedConnectionError, RFC6455WebSocket

MOST_MESSAGE = 128 * 1024  # bytes of one message in pieces
BACKLOG = 4096
FIRST_WORD = 75  # seconds until somebody who came has to say what they want, and between two requests
MOST_HEAD = 8192  # bytes of a handshake
AT_ONCE = 32  # who came are let in before those are heard; at the top of the hour a thousand stand at the door
MAX_SOCKETS = 20_000  # eventlet's own default stops at 1,024


def listen(host: str, port: int) -> socket.socket:
    """Our own listener: deep backlog for the top of the hour, and no delay on small frames.

    Raises OSError when the port is taken: a second copy must fail, not share it silently."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    if on_loop():
        listener = eventlet.listen((host, port), family=family, backlog=BACKLOG, reuse_port=False)
    else:
        listener = socket.create_server((host, port), family=family, backlog=BACKLOG)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def serve(listener: socket.socket, app, takes: Callable[[socket.socket, bytes], bool] | None = None) -> None:
    """Serve until the process ends. eventlet's own log holds addresses and full URLs, so it is off.

    takes: is asked first about everybody who comes, with their socket and what they have sent so far, which
    is not taken out of the socket; where it says yes, the socket is its own."""

    class Protocol(eventlet.wsgi.HttpProtocol):
        def __init__(self, state, server):
            if takes is None or not _is_taken(state, takes):
                super().__init__(state, server)

    RFC6455WebSocket._apply_mask = staticmethod(unmasked)
    RFC6455WebSocket.Message.push = _push_within_bounds
    pool = eventlet.GreenPool(MAX_SOCKETS)
    eventlet.wsgi.server(
        _AFewAtOnce(listener), app, custom_pool=pool, protocol=Protocol, debug=False, log_output=False, socket_timeout=60,
        keepalive=FIRST_WORD, url_length_limit=4096,
    )


class _AFewAtOnce:
    """The listener; eventlet would let in everybody who stands at the door before it looks at anybody else."""

    def __init__(self, listener):
        self._listener, self._taken = listener, 0

    def __getattr__(self, name):
        return getattr(self._listener, name)

    def accept(self):
        """The next one who came."""
        self._taken += 1
        if self._taken % AT_ONCE == 0:
            eventlet.sleep(0)
        return self._listener.accept()


def _is_taken(state, takes):
    green, sock = state[1], state[1].fd
    if not until_readable(sock, FIRST_WORD):
        return True  # the server closes it
    try:
        taken = takes(sock, sock.recv(MOST_HEAD, socket.MSG_PEEK))
    except OSError:
        return True
    if taken:  # the server would end what it gave away, and so would this wrapper when nobody holds it any more
        green.shutdown = green.close = lambda *_: None
    return taken


def unmasked(data: bytes, mask: bytes, length: int | None = None, offset: int = 0) -> bytes:
    """What a client sent, without its mask. The same as eventlet's, a hundred times faster: its own
    holds up the loop 1 ms for a long share and 9 ms for the largest packet."""
    size = len(data)
    key = (bytes(mask[(offset + i) % 4] for i in range(4)) * (size // 4 + 1))[:size]
    return (int.from_bytes(data, "big") ^ int.from_bytes(key, "big")).to_bytes(size, "big")


def _push_within_bounds(message, data, final=False):
    """eventlet bounds the length of a piece and not the number of pieces that make one message."""
    message.size = getattr(message, "size", 0) + len(data)
    if message.size > MOST_MESSAGE:
        raise FailedConnectionError(1009, "too long")
    message.finished = final
    message.data.append(data)
