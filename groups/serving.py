"""Taking a port, serving on it, and stopping in good order: what was begun is finished, then the
process ends with 0."""

import errno
import gc
import os
import signal
import socket
from collections.abc import Callable
from dataclasses import replace

from werkzeug.serving import WSGIRequestHandler, make_server

from groups import concurrency, listening, stalls
from groups.settings import Settings

ANSWERS_LEAVE = 0.3  # seconds for answers that are already decided to leave the house
SWEEPS = (20_000, 20, 50)  # new objects, then rounds, before younger and older ones are looked through
LOOK = 0.1  # seconds between two looks at whether to stop


def listen(settings: Settings) -> tuple[socket.socket, Settings]:
    """Take the port. Returns the listener, and the settings with the port that PORT=0 found.
    Raises SystemExit with a sentence when the address cannot be had."""
    try:
        listener = listening.listen(settings.host, settings.port)
    except OSError as failure:
        if failure.errno == errno.EADDRINUSE:
            raise SystemExit(f"Port {settings.port} is already taken. Choose another: PORT={settings.port + 1} make run") from None
        raise SystemExit(f"Cannot listen at {settings.host}, port {settings.port} ({failure}). Set HOST and PORT.") from None
    port = listener.getsockname()[1]
    url = f"{settings.url.removesuffix(':0')}:{port}" if settings.url.endswith(":0") else settings.url
    return listener, replace(settings, port=port, url=url)


def serve(
    listener: socket.socket, app: Callable, settings: Settings, leave: Callable, finish: Callable, takes: Callable | None
) -> None:
    """Serve until SIGTERM or SIGINT, then accept nobody new, call `finish()` and return. Behind a proxy
    SIGTERM means that others stay: `leave()` is called before. A second signal ends the process at once.
    takes: see `listening.serve`."""
    stopping = _signals()
    _sweep_less()
    concurrency.spawn(_accept, listener, app, settings, takes, stopping)
    if settings.stalls and concurrency.on_loop():
        stalls.measure(settings.stalls, concurrency.around_polls)
    print(f"ready {address(settings)} pid={os.getpid()}", flush=True)
    while not stopping:  # a signal does not wake eventlet's loop by itself, so we look
        concurrency.sleep(LOOK)
    if settings.proxies and stopping[0] == signal.SIGTERM:
        leave()
    listener.shutdown(socket.SHUT_RDWR)
    concurrency.off_loop(finish)
    concurrency.sleep(ANSWERS_LEAVE)


def address(settings: Settings) -> str:
    """Where this process listens, as one would open it on this machine."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)
    return f"http://[{host}]:{settings.port}" if ":" in host else f"http://{host}:{settings.port}"


def _sweep_less():
    """Python looks for garbage in rings every 700 new objects, and now and then through all there are,
    which holds up everybody. What was made at the start stays, so it is never looked through; the rest is
    looked at when there is enough of it to be worth it."""
    gc.freeze()
    gc.set_threshold(*SWEEPS)
    gc.enable()


def _signals():
    stopping = []

    def stop(number, _):
        stopping.append(number)
        signal.signal(number, signal.SIG_DFL)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    return stopping


def _accept(listener, app, settings, takes, stopping):
    try:
        if settings.concurrency == "eventlet":
            listening.serve(listener, app, takes)
        else:
            how = {"threaded": True, "fd": listener.fileno(), "request_handler": _Discreet}
            make_server(settings.host, settings.port, app, **how).serve_forever()
    except OSError:
        if not stopping:  # otherwise it is our own shutting of the door
            raise


class _Discreet(WSGIRequestHandler):
    """Werkzeug's own handler logs addresses and URLs, and tells every visitor its version."""

    def log(self, *_):
        pass

    def version_string(self):
        return "web"  # no name of a program, and none of the house
