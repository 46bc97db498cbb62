"""The front door of Lamplight: choose how to wait, read the settings, migrate, serve.

    python app.py            serve; in development with a small demo world
    python app.py migrate    bring the database to its newest shape
    python app.py demo       load the demo world and print its sign-ins, without serving
    python app.py push-keys  make the key that reminders on devices are signed with, once
    python app.py steward    let the account of seven words decide what concerns every group; --end: no longer
    python app.py check      say whether the settings will do

`from app import create` patches nothing: only a process started as the server ever is."""

import gc
import os

if __name__ == "__main__":
    # What is made while starting stays, so nobody looks through it for garbage, again and again while it
    # grows (a quarter of the start); `serving.py` begins to look.
    gc.disable()

if __name__ == "__main__" and (os.environ.get("LAMPLIGHT_ASYNC") or "eventlet") == "eventlet":
    import warnings

    warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
    os.environ.setdefault("EVENTLET_NO_GREENDNS", "yes")  # its own name look-ups ignore the machine's rules
    import eventlet

    # Before any other import. Threads, locks and the database driver stay the operating system's:
    # pages and queries run in real threads that share real locks with the loop, and the loop never
    # touches the database (`groups/concurrency.py`).
    eventlet.monkey_patch(thread=False, psycopg=False)
    # It also puts a slow queue of its own in the place of this one, which real threads need as it was.
    import queue
    from _queue import SimpleQueue

    queue.SimpleQueue = SimpleQueue

import argparse
import getpass
import logging

from flask import Flask, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.middleware.proxy_fix import ProxyFix

import realtime
from groups import clock, concurrency, create_app, logs, private_files, seeds, serving
from groups.access_log import AccessLog
from groups.accounts.actions import make_steward
from groups.database_faults import in_a_sentence, try_to_write
from groups.db import connect
from groups.errors import Failure
from groups.guard import invitations
from groups.house_mark import know_again
from groups.limiting.whence import Whence
from groups.migrating import has_house, upgrade
from groups.off_the_loop import OffLoop
from groups.reminding.keys import make_key
from groups.sealing import of_house
from groups.sentences import sentence
from groups.settings import Settings, from_environment

log = logging.getLogger("lamplight")
SETTLED = 3  # seconds
NO_HOUSE = (
    "There is no house in this database yet. Look at DATABASE_URL and LAMPLIGHT_INSTANCE: the settings are those of `make run`. "
    "A new house is started with it once."
)
COMMANDS = ("serve", "migrate", "demo", "push-keys", "steward", "check")


def create(settings: Settings) -> Flask:
    """The whole house, pages and sockets, over a database that is already migrated. The sockets'
    server is `app.extensions["socketio"]`."""
    app = create_app(settings)
    # Innermost: pages go to real threads, and what Flask-SocketIO wraps around stays on the loop.
    app.wsgi_app = app.extensions["access_log"] = AccessLog(OffLoop(app.wsgi_app, settings.name, settings.away_url))
    app.log_exception = lambda exc_info: log.error("a page failed: %s", request.endpoint, exc_info=exc_info)
    realtime.init_app(app)
    if settings.proxies:
        # One hop, and of that only whether the visitor came by HTTPS.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=0, x_proto=1, x_host=0, x_port=0, x_prefix=0)
    places = app.extensions["counts"].places()
    app.wsgi_app = app.extensions["whence"] = Whence(app.wsgi_app, settings.proxies, settings.secure_cookies, places)
    return app


def prepare(settings: Settings, demo: bool = True) -> None:
    """Folder, tables and, in development, the demo world. Raises SystemExit with a sentence."""
    try:
        know_again(settings)
    except OSError as failure:
        raise SystemExit(f"Cannot write in the folder {settings.instance} ({failure.strerror}). Set LAMPLIGHT_INSTANCE.") from None
    of_house.know(settings.secret)
    engine = connect(settings.database_url)
    try:
        with in_a_sentence(engine):
            try_to_write(engine)
            upgrade(engine)
            if demo and settings.environment == "development":
                seeds.open_house(settings)
    finally:
        engine.dispose()


def serve(settings: Settings) -> None:
    """Everything up to the last answer before the process ends."""
    concurrency.start(settings.concurrency)
    listener, settings = serving.listen(settings)
    concurrency.off_loop(prepare, settings)
    app = create(settings)
    realtime.start_heartbeat(app)
    if settings.environment == "development":
        print(concurrency.off_loop(seeds.welcome, settings, serving.address(settings)))
    concurrency.spawn(make_ready)
    leave, end = (lambda: realtime.leave(app)), (lambda: finish(app))
    serving.serve(listener, app, settings, leave, end, app.extensions.get("arrivals"))


def make_ready() -> None:
    """What is needed soon, and kept nobody waiting: who comes back after a crash is let in first."""
    concurrency.sleep(SETTLED)
    concurrency.off_loop(invitations.patterns)


def finish(app: Flask) -> None:
    """What is left to do when nobody new comes in: write what was asked for, and let another lead."""
    app.extensions["ledger"].stop()
    app.extensions["access_log"].write()
    try:
        app.extensions["leader"].give_up(clock.now())
    except SQLAlchemyError:
        pass  # then it runs out by itself


def appoint(settings: Settings, ends: bool) -> None:
    """Ask for somebody's seven words, which are not shown, and make that account a steward or end it.
    Raises SystemExit with a sentence, also where there is no house yet."""
    with in_a_sentence(connect(settings.database_url)):
        if not has_house(settings.database_url):
            raise SystemExit(NO_HOUSE)
    prepare(settings, demo=False)
    try:
        make_steward(getpass.getpass("Their seven words (not shown while you type): "), settings, ends)
    except Failure as failure:
        raise SystemExit(sentence(failure.reason, **failure.facts)) from None
    except EOFError:
        raise SystemExit("No words were typed, and nothing was changed.") from None
    print("This account is no steward any more." if ends else f"This account is a steward now. Its page: {settings.url}/stewards")


def main() -> None:
    """Run the command named on the command line."""
    parser = argparse.ArgumentParser(prog="python app.py", description="Lamplight, a calm meeting house.")
    parser.add_argument("command", nargs="?", default="serve", choices=COMMANDS)
    parser.add_argument("--end", action="store_true", help="with steward: this account decides no longer")
    asked = parser.parse_args()
    command = asked.command
    if asked.end and command != "steward":
        parser.error("--end goes with steward")
    logs.start()
    private_files.begin()
    settings = from_environment(house="there" if command == "steward" else "any")
    private_files.warn(settings.instance)
    if command == "serve":
        serve(settings)
    elif command == "check":
        print(f"These settings will do: {settings.environment}, at {settings.url}.")
    elif command == "push-keys":
        know_again(settings)
        words = "The key is made." if make_key(settings.push_key) else "There is a key already, and it stays."
        print(f"{words} Reminders can be switched on at {settings.url}/me/reminders.")
    elif command == "steward":
        appoint(settings, asked.end)
    elif command == "demo" and settings.environment != "development":
        raise SystemExit("There is no demo world outside development.")
    else:
        prepare(settings)
        print(seeds.welcome(settings) if command == "demo" else "The database is in its newest shape.")


if __name__ == "__main__":
    main()
