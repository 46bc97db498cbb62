"""Sockets for tests: `Line`, somebody's open page, by the Python client; `Wire`, a bare WebSocket
that may say anything. `until` waits for something to become true."""

import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import engineio
import pytest
import socketio
import websocket

from groups.accounts.sessions import COOKIE
from tests.server import Server, Visit

HEARD = ("entries", "desk", "part", "head")
PATIENCE = 5.0  # seconds
LOOK = 0.01
_open = []


@pytest.fixture(autouse=True)
def hang_up():
    """Every line a test leaves open is closed at its end."""
    yield
    while _open:
        _open.pop().close()


@pytest.fixture
def figures(request):
    """`figures(p99_ms=12.3, lost=0)` shows what was measured, whatever is done with a test's output."""

    def show(**measured):
        words = ", ".join(f"{name} {value:.1f}" if isinstance(value, float) else f"{name} {value}" for name, value in measured.items())
        with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
            request.config.get_terminal_writer().line(f"\n{request.node.name}: {words}")

    return show


def until(found: Callable, within: float = PATIENCE, what: str = ""):
    """Wait until `found()` gives something true, and return that; fails after so many seconds."""
    end = time.monotonic() + within
    while not (value := found()):
        if time.monotonic() > end:
            pytest.fail(f"waited {within:g} seconds in vain{what and f' for {what}'}")
        time.sleep(LOOK)
    return value


class _InOrder(engineio.Client):
    """The library hands each packet to a thread of its own, in no certain order; a browser does not."""

    def _trigger_event(self, event, *args, run_async=False, **kwargs):
        if not run_async:
            return super()._trigger_event(event, *args, **kwargs)
        self.worker = getattr(self, "worker", None) or ThreadPoolExecutor(1)
        return self.worker.submit(super()._trigger_event, event, *args, **kwargs)


class _Client(socketio.Client):
    def _engineio_client_class(self):
        return _InOrder


class Line:
    """Somebody's socket, which behaves as the page does: it keeps the floor's entries in order in
    `transcript`, drops what it has already and asks for what it missed.

    `heard` is everything that came, as (event, payload); `part`, `view` and `desk` are the last words
    on one's own part, the floor and the desk."""

    def __init__(self, visit: Visit, meeting: str = "", server: Server | None = None):
        self.visit, self.server, self.meeting = visit, server or visit.server, meeting
        self.heard, self.transcript, self.part, self.view, self.desk, self.gaps = [], [], {}, {}, {}, 0
        self._client = _Client(reconnection=False)
        _open.append(self)
        for event in HEARD:
            self._client.on(event, self._hears(event))
        self._client.connect(self.server.url, transports=["websocket"], headers={"Cookie": f"{COOKIE}={visit.cookie}"})

    @property
    def connected(self) -> bool:
        """True while the server lets this socket be."""
        return self._client.connected

    @property
    def sid(self) -> str:
        """What the server calls this socket."""
        return self._client.get_sid()

    @property
    def head(self) -> int:
        """The last floor number in the transcript."""
        return self.transcript[-1]["number"] if self.transcript else 0

    def ask(self, event: str, *sent, within: float = PATIENCE, **fields) -> dict:
        """Send an event and return its answer. What is `sent` goes out as it is; otherwise the
        payload is `fields`, with this page's meeting."""
        payload = sent if sent else ({"meeting": self.meeting, **fields},)
        return self._client.call(event, payload, timeout=within)

    def say(self, event: str, *sent) -> None:
        """Send an event and wait for nothing."""
        self._client.emit(event, sent)

    def enter(self) -> dict:
        """Come in (or in again, from the last number known) and take what the snapshot brings."""
        answer = self.ask("enter", after=self.head)
        assert answer["ok"], answer
        snapshot = answer["snapshot"]
        self.part = snapshot["part"]
        if "floor" in snapshot:
            self.view = snapshot["floor"]["view"]
            self._read(snapshot["floor"]["entries"])
        self.desk = snapshot.get("desk", {}).get("view", {})
        return snapshot

    def share(self, words: str, client_id: str) -> dict:
        """Put words into the room."""
        return self.ask("share", words=words, client_id=client_id)

    def shares(self) -> list[str | None]:
        """The words of the transcript, in order; None where they were removed."""
        removed = {entry["share"] for entry in self.transcript if entry["kind"] == "share_removed"}
        return [None if e["number"] in removed else e["words"] for e in self.transcript if e["kind"] == "shared"]

    def catch_up(self) -> None:
        """Ask for what was missed until nothing is."""
        while (answer := self.ask("catch_up", after=self.head))["entries"]:
            self._read(answer["entries"])
        assert answer["head"] == self.head

    def close(self) -> None:
        """Close the page."""
        wire = getattr(self._client.eio.ws, "sock", None)
        self._client.disconnect()
        self._client.eio.worker.shutdown()
        if wire is not None:
            wire.close()  # the library leaves it open where both ends hang up in one moment

    def _hears(self, event):
        def hear(payload):
            self.heard.append((event, payload))
            self.part = payload.get("part", self.part)
            if event == "desk":
                self.desk = payload["view"]
            if event == "entries":
                self.view = payload.get("view", self.view)
                self._read(payload["entries"])

        return hear

    def _read(self, entries):
        for entry in entries:
            if entry["number"] == self.head + 1:
                self.transcript.append(entry)
            elif entry["number"] > self.head:
                self.gaps += 1
                return


class Wire:
    """A WebSocket of which nothing is expected. `said` keeps what came from the server."""

    def __init__(self, server: Server, cookie: str = "", origin: str | None = "", path: str = "", headers: dict | None = None):
        """`origin` is the server's own unless given; None sends none. Raises WebSocketException
        where the server refuses to speak at all."""
        self.said, self.open = [], True
        address = server.url.replace("http", "ws", 1) + (path or "/socket.io/?EIO=4&transport=websocket")
        how = {"suppress_origin": True} if origin is None else {"origin": origin or server.url}
        self.socket = websocket.create_connection(
            address, timeout=PATIENCE, cookie=cookie and f"{COOKIE}={cookie}", header=headers or {}, **how
        )
        _open.append(self)
        self.said.append(self.socket.recv())

    def connect(self) -> bool:
        """Ask to be connected to the house; whether it says yes."""
        self.send("40")
        return (self.hear() or "").startswith("40")

    def send(self, packet: str | bytes) -> None:
        """Send one packet as it is."""
        self.socket.send(packet, websocket.ABNF.OPCODE_BINARY if isinstance(packet, bytes) else websocket.ABNF.OPCODE_TEXT)

    def event(self, name, *sent, number: int = 0) -> None:
        """Send an event that wants an answer."""
        self.send(f"42{number}{json.dumps([name, *sent])}")

    def answer(self, number: int = 0):
        """Wait for the answer with that number; None when the line was closed instead."""
        while (packet := self.hear()) is not None:
            if packet.startswith(f"43{number}["):
                return json.loads(packet[2 + len(str(number)):])[0]
        return None

    def hear(self, within: float = PATIENCE) -> str | None:
        """The next packet, or None when the server hung up. Pings are answered in passing."""
        self.socket.settimeout(within)
        while True:
            try:
                packet = self.socket.recv()
            except (websocket.WebSocketConnectionClosedException, ConnectionError):
                packet = ""
            if packet == "2":
                self.socket.send("3")
            elif packet == "":
                self.open = False
                return None
            else:
                self.said.append(packet)
                return packet

    def hung_up(self, within: float) -> float:
        """Wait for the server to hang up and return after how many seconds; fails if it does not."""
        began = time.monotonic()
        while self.open:
            try:
                self.hear(max(0.01, began + within - time.monotonic()))
            except websocket.WebSocketTimeoutException:
                pytest.fail(f"the line was still open after {within:g} seconds")
        return time.monotonic() - began

    def close(self) -> None:
        """Hang up without a word."""
        self.socket.shutdown()
