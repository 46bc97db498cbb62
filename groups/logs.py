"""What is logged: what happened, where in our code, of which kind. Never an address, never a path
with an id in it, never a value: the message of an exception may quote what somebody wrote."""

import logging
import sys
import threading
import traceback

LOUD = ("alembic", "werkzeug", "engineio", "socketio")  # theirs hold addresses, URLs or packets


class Discreet(logging.Formatter):
    """Shows an exception as its type and its places, without its message."""

    def formatException(self, exc_info):
        lines = []
        failure = exc_info[1]
        while failure is not None:
            places = traceback.format_list(traceback.extract_tb(failure.__traceback__))
            lines.append("".join([*places, f"{type(failure).__module__}.{type(failure).__qualname__}"]))
            failure = failure.__cause__ or (None if failure.__suppress_context__ else failure.__context__)
        return "\nwhile handling this:\n".join(reversed(lines))


def start() -> None:
    """Log to stderr, for this process, in the way described above."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Discreet("%(asctime)s %(levelname)s %(name)s: %(message)s", datefmt="%H:%M:%S"))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.ERROR)
    threading.excepthook = _a_thread_failed


def _a_thread_failed(args):
    if args.exc_type is not SystemExit:
        logging.getLogger("lamplight").error("a thread failed", exc_info=(args.exc_type, args.exc_value, args.exc_traceback))
