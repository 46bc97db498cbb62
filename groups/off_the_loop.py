"""Whole pages in real threads: what lies between the server and Flask, so that the event loop touches
no database for a page. Bodies are bounded.

Forms that hash seven words have threads and a short queue of their own: however many people come in at
once, or pretend to, every other page is drawn as usual."""

import io
from concurrent.futures import ThreadPoolExecutor
from html import escape

from groups.concurrency import off_loop, on_loop, wait
from groups.errors import Busy, Crowded
from groups.headers import OUTWARD, without_a_page
from groups.limiting.table import HASHING, WAITING
from groups.sentences import sentence
from groups.text import digits

BODY_LIMIT = 128 * 1024  # bytes; no form here is longer, but for
# Answered on the loop itself, from memory: the page of lines is there also when every thread waits for
# a database that does not answer.
AT_ONCE = ("/lines", "/lines.txt", "/health", "/ready")
DEAR = (  # forms with seven words in them
    "/sign-in", "/keep", "/me/words", "/me/codes", "/me/passkeys", "/me/passkeys/begin",
    "/me/copy", "/me/erase", "/me/entries/open",
    "/me/feeds/discreet", "/me/feeds/discreet/link", "/me/feeds/full", "/me/feeds/full/link", "/me/reminders/devices",
)
AWAY = "/away"  # leaving quickly waits for nobody: it has threads of its own
LEAVING = 4  # at once, each for a second at most
PLAIN = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{name}</title>
<link rel="icon" type="image/svg+xml" href="/static/favicon.svg">
<script type="module" src="/static/js/away.js"></script>
<p><a class="exit" href="/away" data-else="{elsewhere}" rel="noreferrer">Leave quickly</a></p>
<p>{words}</p>
"""
LIST_LIMIT = 2 * 1024 * 1024  # bytes of a list of hours from elsewhere


def body_limit(path: str) -> int:
    """How many bytes may be sent to this address."""
    return LIST_LIMIT if path.startswith("/g/") and path.endswith("/import") else BODY_LIMIT


class OffLoop:
    """WSGI middleware: the whole page, from its first query to its last byte, in a real thread.

    The body is read before (a worker must not touch the loop's socket) and bounded. name: of the house, and
    elsewhere: where leaving leads when nobody answers, for the page that is drawn when no page can be."""

    def __init__(self, app, name: str, elsewhere: str):
        self.app, self._said = app, {"name": escape(name), "elsewhere": escape(elsewhere)}
        self._away = ThreadPoolExecutor(LEAVING, thread_name_prefix="away")
        self._door = ThreadPoolExecutor(HASHING, thread_name_prefix="door")
        self._at_the_door = 0

    def __call__(self, environ, start_response):
        here = environ["PATH_INFO"]
        at_once = (here in AT_ONCE or here.startswith(OUTWARD)) and environ["REQUEST_METHOD"] in ("GET", "HEAD")
        if at_once or not on_loop():
            return self.app(environ, start_response)
        length = digits(environ.get("CONTENT_LENGTH") or "0", 12)
        if length is None or length > body_limit(environ.get("PATH_INFO", "")):
            return self.plainly(environ, start_response, "413 Content Too Large", "too_big", ("Connection", "close"))
        body = environ["wsgi.input"].read(length) if length else b""
        environ["wsgi.input"] = io.BytesIO(body)
        try:
            if environ["REQUEST_METHOD"] == "POST" and environ["PATH_INFO"] in DEAR:
                status, headers, body = self._in_turn(environ)
            elif environ["PATH_INFO"] == AWAY:
                status, headers, body = wait(self._away.submit(self._whole, environ))
            else:
                status, headers, body = off_loop(self._whole, environ)
        except Crowded:
            return self.plainly(environ, start_response, "429 Too Many Requests", "crowded", ("Retry-After", "3"))
        except Busy:
            return self.plainly(environ, start_response, "503 Service Unavailable", "busy", ("Retry-After", "3"))
        start_response(status, headers)
        return [body]

    def plainly(self, environ, start_response, status: str, reason: str, header: tuple[str, str]) -> list[bytes]:
        """An answer when nothing can be drawn: the sentence, and the way out of here, with every security header."""
        https = environ.get("wsgi.url_scheme") == "https"
        start_response(status, [("Content-Type", "text/html; charset=utf-8"), header, *without_a_page(https)])
        return [PLAIN.format(words=sentence(reason), **self._said).encode()]

    def _in_turn(self, environ):
        if self._at_the_door >= HASHING + WAITING:
            raise Crowded()
        self._at_the_door += 1  # on the loop alone, so nobody else counts meanwhile
        try:
            return wait(self._door.submit(self._whole, environ))
        finally:
            self._at_the_door -= 1

    def _whole(self, environ):
        answer = []
        parts = self.app(environ, lambda status, headers, exc_info=None: answer.extend((status, headers)))
        try:
            return *answer[:2], b"".join(parts)
        finally:
            if hasattr(parts, "close"):
                parts.close()
