"""Pages that were drawn before, shown to a real browser: a page at any address, its files where they always are. The
browser keeps the files from one page to the next, as at home."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from tests import axe


class Stage:
    """What is shown, and where."""

    def __init__(self, url: str):
        self.url, self.html = url, ""


@contextmanager
def showing(of_the_house: Callable) -> Iterator[Stage]:
    """A server on this machine. of_the_house: gets a path under /static/, returns the house's answer to it."""
    given, one_by_one = {}, threading.Lock()

    class Answers(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            path = self.path
            with one_by_one:
                if path == axe.HERE:
                    self._send(200, "text/javascript", axe.program().encode(), kept=True)
                elif urlsplit(path).path.startswith("/static/"):
                    if path not in given:
                        with of_the_house(path) as answer:
                            given[path] = answer.status_code, answer.content_type, answer.data
                    self._send(*given[path], kept=True)
                else:
                    self._send(200, "text/html; charset=utf-8", stage.html.encode())

        def _send(self, status, kind, body, kept=False):
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "max-age=3600, immutable" if kept else "no-store")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            """Nobody reads it."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        stage = Stage(f"http://localhost:{server.server_port}")
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield stage
        server.shutdown()
