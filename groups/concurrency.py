"""The one module that knows how waiting works here (and `listening.py`, how people come in).

Rule of the house: *the event loop never touches the database, a disk or a slow hash.* It reads
and writes sockets, runs timers and hands out what is already in memory. Pages, queries, flushes
and argon2 run in real threads; threads send results back through one pipe that wakes the loop.

That is why eventlet is told to leave the `thread` module alone (`app.py`): locks and queues stay
the operating system's, so real threads may share them. With LAMPLIGHT_ASYNC=threading every
handler is a thread already, and each function below becomes the obvious direct call."""

import collections
import logging
import socket
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from groups import heaps
from groups.errors import Busy

if "eventlet" in sys.modules:  # patched by the first lines of app.py, or not used at all
    import eventlet
    import eventlet.event
    from eventlet import hubs, patcher

log = logging.getLogger(__name__)
HEARD = 256  # sockets heard in one round; whoever has said something besides is heard in the next, before anybody twice
THREADS = 16  # pages and queries at work at once
WAITING = 512  # calls queued for a thread before we say "busy" instead of growing

_green = False
_pool: ThreadPoolExecutor | None = None
_bell = None
_calls: collections.deque = collections.deque()
_together = threading.local()
_last: list[Callable] | None = None  # what ends the round in which calls are being answered


def start(mode: str) -> None:
    """Choose eventlet or threading for this process. Call once, before anything waits."""
    global _green, _pool, _bell
    _green = mode == "eventlet"
    heaps.share()
    # The loop shares the interpreter with the threads that draw pages; at the usual 5 ms it waits its
    # turn three times as long (worst of a hundred pings: 91 ms, against 41).
    sys.setswitchinterval(0.001)
    _pool = _pool or ThreadPoolExecutor(THREADS, thread_name_prefix="work")
    if _green and _bell is None:
        ring, _bell = patcher.original("socket").socketpair()
        ring.setblocking(False)
        _bell.setblocking(False)
        eventlet.spawn(_answer_bell, ring)
        _hear_in_rounds(hubs.get_hub())


def _hear_in_rounds(hub):
    """However many come or speak in one moment, the next look at the sockets and the clock is a few milliseconds away."""
    if hasattr(getattr(hub, "poll", None), "fileno"):  # Linux's epoll; others cannot be asked for a part
        hub.do_poll = lambda seconds: hub.poll.poll(seconds, HEARD)


def on_loop() -> bool:
    """True in a thread where blocking would hold up everybody: the event loop's own."""
    return _green and threading.current_thread() is threading.main_thread()


def wait(future: Future, timeout: float | None = None):
    """The future's result, letting others run meanwhile. timeout: seconds; then TimeoutError. Raises what the future
    raises."""
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


def in_the_pool(work: Callable) -> None:
    """Have this run in a real thread soon; nobody waits for it."""
    _pool.submit(work)


def call_on_loop(work: Callable, *args) -> None:
    """From any thread: have `work(*args)` run on the loop soon, in the order asked."""
    if not _green:
        return work(*args)
    held = getattr(_together, "calls", None)
    if held is not None:
        return held.append((work, args))
    _calls.append((work, args))
    _ring()


@contextmanager
def one_ring():
    """In a thread: what is asked of the loop inside is handed over at the end, for one wake and one round."""
    _together.calls = held = []
    try:
        yield
    finally:
        _together.calls = None
        if held:
            _calls.extend(held)
            _ring()


def at_the_end(work: Callable) -> None:
    """On the loop: run `work` after the calls that are being answered, or when it comes round next."""
    if _last is not None:
        _last.append(work)
    else:
        hubs.get_hub().schedule_call_global(0, work)


def once_heard(work: Callable) -> None:
    """On the loop: run `work` when what was written has left, and whoever spoke meanwhile was heard."""
    if not _green:
        return work()
    hub = hubs.get_hub()
    at_the_end(lambda: hub.schedule_call_global(0, hub.schedule_call_global, 0, work))


def _ring():
    try:
        _bell.send(b".")
    except BlockingIOError:
        pass  # the pipe is full of rings already; the loop will look


def spawn(work: Callable, *args) -> None:
    """Run beside everything else until it returns; a failure is logged by its kind, and not by what it was about."""
    if _green:
        eventlet.spawn(_do, work, args)
    else:
        threading.Thread(target=_do, args=(work, args), daemon=True).start()


def later(seconds: float, work: Callable) -> None:
    """On the loop: run `work`, which must not wait, in so many seconds. Costs no green thread meanwhile."""
    hubs.get_hub().schedule_call_global(seconds, work)


def around_polls(wrap: Callable) -> None:
    """On the loop: put `wrap(poll)`, which takes seconds and answers what came, in the place of its look at the sockets."""
    hub = hubs.get_hub()
    hub.do_poll = wrap(hub.do_poll)


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
    global _last
    while True:
        hubs.trampoline(ring, read=True)
        try:
            ring.recv(65536)
        except BlockingIOError:
            pass
        _last = []
        while _calls:
            _do(*_calls.popleft())
        ending, _last = _last, None
        for work in ending:
            _do(work, ())


def _do(work, args):
    try:
        work(*args)
    except Exception as failure:
        log.error("what ran beside failed: %s in %s", type(failure).__name__, work.__qualname__)


class Ear:
    """Calls `hear()`, which must not wait, on the loop whenever there is something to read, until `stop()`."""

    def __init__(self, sock, hear: Callable):
        self._listener = hubs.get_hub().add("read", sock.fileno(), lambda _: hear(), *[lambda *_: None] * 2)

    def stop(self) -> None:
        """Once is enough; twice is harmless."""
        listener, self._listener = self._listener, None
        if listener is not None:
            hubs.get_hub().remove(listener)


class Nap:
    """One green thread that rests until it is woken."""

    def __init__(self):
        self.sleeper = None

    def rest(self) -> None:
        """Rest; only one at a time."""
        self.sleeper = eventlet.getcurrent()
        hubs.get_hub().switch()

    def wake(self) -> None:
        """Wake whoever rests, when this round is over."""
        sleeper, self.sleeper = self.sleeper, None
        if sleeper is not None:
            hubs.get_hub().schedule_call_global(0, sleeper.switch)


def until_readable(sock, seconds: float) -> bool:
    """Let others run until there is something to read; False if there was nothing for so many seconds."""
    try:
        return hubs.trampoline(sock, read=True, timeout=seconds, timeout_exc=TimeoutError) or True
    except (TimeoutError, OSError):
        return False


def until_writable(sock, seconds: float) -> bool:
    """Let others run until the socket takes bytes again; False if it did not for so many seconds."""
    try:
        return hubs.trampoline(sock, write=True, timeout=seconds, timeout_exc=TimeoutError) or True
    except (TimeoutError, OSError):
        return False
