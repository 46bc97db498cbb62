"""Connections, audiences, delivery: whatever may vanish at any moment."""

import logging
from functools import partial

from flask import Flask
from flask_socketio import SocketIO

from realtime import broadcasts, connection, fanout, handling, heartbeat, lines, meeting, reporting, watchdog  # noqa: F401  (two register events)
from realtime.leaving import Doorway, leave  # noqa: F401  (for app.py)
from realtime.server import socketio
from realtime.wirejson import Plain, WireJson

MOST_BYTES = 32 * 1024  # one packet; 4,000 characters of any script fit


def init_app(app: Flask) -> SocketIO:
    """Attach the sockets: WebSocket only, one origin, one client's events in the order sent."""
    settings = app.extensions["settings"]
    fast = settings.fanout == "fast" and settings.concurrency == "eventlet"
    socketio.init_app(
        app,
        async_mode=settings.concurrency,
        transports=["websocket"],
        cors_allowed_origins=list(settings.origins),
        async_handlers=False,
        manage_session=False,
        **({"client_manager": fanout.Everybody()} if fast else {}),
        json=WireJson,
        serializer=Plain,
        max_http_buffer_size=MOST_BYTES,
        http_compression=False,
        websocket_compression=False,
        ping_interval=10,
        ping_timeout=6,
        monitor_clients=False,  # a hundred looks a second at one line each, with six hundred of them; `watchdog.look` does it
        logger=_silent("socketio"),
        engineio_logger=_silent("engineio"),
    )
    # Without Flask-SocketIO's wrapping: nothing that happens on a socket needs a request of Flask's.
    socketio.server.on("connect", partial(connection.connect, app.session_interface.name))
    socketio.server.on("disconnect", connection.disconnect)
    handling.init_app(*(app.extensions[name] for name in ("ledger", "keyring", "counts")))
    watchdog.init_app(connection.nonsense)
    broadcasts.init_app(app.extensions["ledger"])
    app.wsgi_app = Doorway(app.wsgi_app, app.extensions["readiness"])
    if fast:
        first = fanout.install(socketio, app.extensions["ledger"], app.extensions["counts"])
        app.extensions["arrivals"] = lines.arrivals(
            socketio.server.eio, settings.origins, app.extensions["readiness"],
            lambda said, sock: app.extensions["whence"].mark_line(said, sock), first,
        )
    return socketio


def start_heartbeat(app: Flask) -> None:
    """Begin what happens by itself in this process."""
    heartbeat.start(app)


def _silent(name):
    """The libraries' own logs print what people wrote; nothing below an error leaves here."""
    logger = logging.getLogger(f"lamplight.{name}")
    logger.addHandler(logging.NullHandler())
    logger.propagate = False
    logger.setLevel(logging.CRITICAL)
    return logger
