"""The one module that knows how waiting works here.

Rule of the house: *the event loop never touches the database, a disk or a slow hash.* It reads
and writes sockets, runs timers and hands out what is already in memory. Pages, queries, flushes
and argon2 run in real threads; threads send results back through one pipe that wakes the loop.

That is why eventlet is told to leave the `thread` module alone (`app.py`): locks and queues stay
the operating system's, so real threads may share them. With LAMPLIGHT_ASYNC=threading every
handler is a thread already, and each function below becomes the obvious direct call."""

import collections
import io
import logging
import socket
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from groups.errors import Busy
from groups.headers import HEADERS, PAGE_CACHE
from groups.sentences import sentence

if "eventlet" in sys.modules:  # patched by the first lines of app.py, or not used at all
    import eventlet
    import eventlet.event
    import eventlet.wsgi
    from eventlet import hubs, patcher
    from eventlet.websocket import FailedConnectionError, RFC6455WebSocket

log = logging.getLogger(__name__)
THREADS = 16  # pages and queries at work at once
WAITING = 512  # calls queued for a thread before we say "busy" instead of growing
BODY_LIMIT = 128 * 1024  # bytes; no form here is longer, but for
# Answered on the loop itself, from memory: the page of lines and the two for balancers are there also when
# every thread waits for a database that does not answer.
AT_ONCE = ("/lines", "/lines.txt", "/health", "/ready")
LIST_LIMIT = 2 * 1024 * 1024  # bytes of a list of hours from elsewhere
BACKLOG = 4096
MAX_SOCKETS = 20_000  # eventlet's own default stops at 1,024

_green = False
_pool: ThreadPoolExecutor | None = None
_bell = None
_calls: collections.deque = collections.deque()


def start(mode: str) -> None:
    """Choose eventlet or threading for this process. Call once, before anything waits."""
    global _green, _pool, _bell
    _green = mode == "eventlet"
    # The loop shares the interpreter with the threads that draw pages; at the usual 5 ms it waits its
    # turn three times as long (worst of a hundred pings: 91 ms, against 41).
    sys.setswitchinterval(0.001)
    _pool = _pool or ThreadPoolExecutor(THREADS, thread_name_prefix="work")
    if _green and _bell is None:
        ring, _bell = patcher.original("socket").socketpair()
        ring.setblocking(False)
        _bell.setblocking(False)
        eventlet.spawn(_answer_bell, ring)


def on_loop() -> bool:
    """True in a thread where blocking would hold up everybody: the event loop's own."""
    return _green and threading.current_thread() is threading.main_thread()


def wait(future: Future, timeout: float | None = None):
    """The future's result, letting others run meanwhile. Raises what the future raises."""
    if not on_loop() or future.done():
        return future.result(timeout)
    woken = eventlet.event.Event()
    future.add_done_callback(lambda _: call_on_loop(_wake, woken))
    with eventlet.Timeout(timeout, TimeoutError):
        woken.wait()
    return future.result()


def off_loop(work: Callable, *args):
    """Run something slow in the bounded pool and wait for it. Raises Busy when the queue is full."""
    if not on_loop():
        return work(*args)
    if _pool._work_queue.qsize() >= WAITING:
        raise Busy()
    return wait(_pool.submit(work, *args))


def call_on_loop(work: Callable, *args) -> None:
    """From any thread: have `work(*args)` run on the loop soon, in the order asked."""
    if not _green:
        return work(*args)
    _calls.append((work, args))
    try:
        _bell.send(b".")
    except BlockingIOError:
        pass  # the pipe is full of rings already; the loop will look


def spawn(work: Callable, *args) -> None:
    """Run beside everything else until it returns: a green thread, or a daemon thread."""
    if _green:
        eventlet.spawn(work, *args)
    else:
        threading.Thread(target=work, args=args, daemon=True).start()


def sleep(seconds: float) -> None:
    """Pause this green thread or thread only."""
    if on_loop():
        eventlet.sleep(seconds)
    else:
        threading.Event().wait(seconds)


def real_connection(host: str, port: int, timeout: float) -> socket.socket:
    """A line for a thread of one's own, which waits on it as threads do and knows nothing of the loop.
    (A patched one would start a loop in that thread, and bring the process down when it ends.)"""
    plain = patcher.original("socket") if _green else socket
    line = plain.create_connection((host, port), timeout)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return line


def _wake(event):
    if not event.ready():
        event.send()


def _answer_bell(ring):
    while True:
        hubs.trampoline(ring, read=True)
        try:
            ring.recv(65536)
        except BlockingIOError:
            pass
        while _calls:
            work, args = _calls.popleft()
            try:
                work(*args)
            except Exception as failure:
                log.error("a call on the loop failed: %s in %s", type(failure).__name__, work.__qualname__)


def body_limit(path: str) -> int:
    """How many bytes may be sent to this address."""
    return LIST_LIMIT if path.startswith("/g/") and path.endswith("/import") else BODY_LIMIT


class OffLoop:
    """WSGI middleware: the whole page, from its first query to its last byte, in a real thread.

    The body is read before (a worker must not touch the loop's socket) and bounded."""

    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        at_once = environ["PATH_INFO"] in AT_ONCE and environ["REQUEST_METHOD"] in ("GET", "HEAD")
        if at_once or not on_loop():
            return self.app(environ, start_response)
        length = environ.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length) > body_limit(environ.get("PATH_INFO", "")):
            return _plainly(start_response, "413 Content Too Large", "too_big", ("Connection", "close"))
        body = environ["wsgi.input"].read(int(length)) if int(length) else b""
        environ["wsgi.input"] = io.BytesIO(body)
        try:
            status, headers, body = off_loop(self._whole, environ)
        except Busy:
            return _plainly(start_response, "503 Service Unavailable", "busy", ("Retry-After", "3"))
        start_response(status, headers)
        return [body]

    def _whole(self, environ):
        answer = []
        parts = self.app(environ, lambda status, headers, exc_info=None: answer.extend((status, headers)))
        try:
            return *answer[:2], b"".join(parts)
        finally:
            if hasattr(parts, "close"):
                parts.close()


def _plainly(start_response, status, reason, header):
    """An answer without a page: the sentence alone, with every security header."""
    start_response(status, [("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", PAGE_CACHE), header, *HEADERS.items()])
    return [sentence(reason).encode()]


def listen(host: str, port: int) -> socket.socket:
    """Our own listener: deep backlog for the top of the hour, and no delay on small frames.

    Raises OSError when the port is taken: a second copy must fail, not share it silently."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    if _green:
        listener = eventlet.listen((host, port), family=family, backlog=BACKLOG, reuse_port=False)
    else:
        listener = socket.create_server((host, port), family=family, backlog=BACKLOG)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def serve(listener: socket.socket, app) -> None:
    """Serve until the process ends. eventlet's own log holds addresses and full URLs, so it is off."""
    RFC6455WebSocket._apply_mask = staticmethod(_unmask)
    RFC6455WebSocket.Message.push = _push_within_bounds
    pool = eventlet.GreenPool(MAX_SOCKETS)
    eventlet.wsgi.server(
        listener, app, custom_pool=pool, debug=False, log_output=False, socket_timeout=60, keepalive=75, url_length_limit=4096
    )


def _unmask(data, mask, length=None, offset=0):
    """The same as eventlet's, a hundred times faster: its own holds up the loop 1 ms for a long
    share and 9 ms for the largest packet."""
    size = len(data)
    key = (bytes(mask[(offset + i) % 4] for i in range(4)) * (size // 4 + 1))[:size]
    return (int.from_bytes(data, "big") ^ int.from_bytes(key, "big")).to_bytes(size, "big")


def _push_within_bounds(message, data, final=False):
    """eventlet bounds the length of a piece and not the number of pieces that make one message."""
    message.size = getattr(message, "size", 0) + len(data)
    if message.size > BODY_LIMIT:
        raise FailedConnectionError(1009, "too long")
    message.finished = final
    message.data.append(data)
