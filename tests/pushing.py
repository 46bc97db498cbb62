"""A push service and browsers for tests: a real HTTP server on this machine that keeps what it is
sent, and the keys of a browser that can open it. What is opened here is opened by code of the test's
own, after the standards (RFC 8188, RFC 8291)."""

import os
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from groups import clock
from groups.reminding import actions
from groups.reminding.actions import Choices
from groups.reminding.due import send_due
from groups.reminding.keys import base64url, make_key
from groups.reminding.sending import Sender
from groups.reminding.subscriptions import Subscription


@dataclass
class Browser:
    """What a browser keeps of its subscription."""

    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def point(self) -> bytes:
        return _raw(self.private.public_key())

    def at(self, endpoint: str) -> Subscription:
        """Reached there."""
        return Subscription(endpoint, self.point, self.auth)

    def told(self, endpoint: str) -> dict[str, str]:
        """The fields of the page's form, as a script fills them in."""
        return {"endpoint": endpoint, "point": base64url(self.point), "auth": base64url(self.auth)}

    def open(self, body: bytes) -> str:
        """The sentence in a message, without its padding."""
        salt, size, length = body[:16], int.from_bytes(body[16:20]), body[20]
        theirs, sealed = body[21 : 21 + length], body[21 + length :]
        assert len(sealed) <= size, "more than one record"
        shared = self.private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs))
        secret = _hkdf(shared, self.auth, b"WebPush: info\0" + self.point + theirs, 32)
        key, nonce = _hkdf(secret, salt, b"Content-Encoding: aes128gcm\0", 16), _hkdf(secret, salt, b"Content-Encoding: nonce\0", 12)
        words = AESGCM(key).decrypt(nonce, sealed, None).rstrip(b"\0")
        assert words[-1:] == b"\x02", "the last record ends so"
        return words[:-1].decode()


@dataclass
class Got:
    """A request as it arrived."""

    path: str
    headers: dict[str, str]
    body: bytes


class Sink:
    """`url` is where it listens; `got` what arrived so far; `status` what it says to it, with a way on."""

    def __init__(self, port: int):
        self.url, self.got, self.status = f"http://127.0.0.1:{port}", [], 201

    def at(self, name: str) -> str:
        """An endpoint here."""
        return f"{self.url}/push/{name}"


@contextmanager
def listening():
    """A push service for the time of a test."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            sink.got.append(Got(self.path, {name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(sink.status)
            self.send_header("Location", sink.at("elsewhere"))
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_POST

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    sink = Sink(server.server_port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield sink
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def sink():
    """A push service."""
    with listening() as sink:
        yield sink


@pytest.fixture
def sender(app, sink):
    """What sends for the app under test, with a key, and to that service too."""
    settings = replace(app.extensions["settings"], push_hosts=(sink.url,))
    make_key(settings.push_key)
    app.extensions.update(settings=settings, sender=Sender(settings))
    yield app.extensions["sender"]
    app.extensions["sender"].rest()


@pytest.fixture
def reminded(app, sender, sink, harbour):
    """`reminded(tom, minutes=60)`: reminders are on in a browser of Tom's, for Harbour."""

    def switch_on(person, name="1", **other):
        browser = Browser()
        chosen = Choices(**{"groups": (harbour.slug,), "minutes": 15, "sentence": 0, "zone": "Europe/London"} | other)
        actions.switch_on(person.account, browser.at(sink.at(f"{person.name}-{name}")), chosen, app.extensions["settings"])
        return browser

    return switch_on


@pytest.fixture
def beat(sender, sink):
    """One look at who is due, until everything that was woken has arrived."""

    def beat(**later):
        before = len(sink.got)
        woken = send_due(sender, clock.now() + timedelta(**later))
        sender.rest()
        assert len(sink.got) == before + woken
        return woken

    return beat


def _raw(public):
    return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _hkdf(secret, salt, info, length):
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(secret)
