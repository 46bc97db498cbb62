"""Floods: of shares from every browser of one account, of lines that never say whose they are, of odd
packets, of a message that unpacks to two hundred megabytes. What others notice of it is measured."""

import socket
import threading
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import websocket

from realtime.watchdog import MOST_HALVES
from tests import hours
from tests.doors.test_socket_door import MOST_STRIKES, ODD
from tests.doors.test_socket_watch import MB, memory, open_files
from tests.server import Server, running
from tests.sockets import Line, Wire, until
from tests.timing import calmest

WAVES = 4
LASTS, SOCKETS, MOST_STORED = 10, 5, 40  # seconds; sockets of one account; two full windows of "share"


class Waits:
    """How long somebody waited for each of their own answers, while something else went on."""

    def __init__(self, ask):
        self._ask, self.ms, self._going = ask, [], True
        self._thread = threading.Thread(target=self._keep_asking)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._going = False
        self._thread.join()
        self.calmest = calmest(self.ms)
        self.ms.sort()

    @property
    def p99(self) -> float:
        """Milliseconds."""
        return self.ms[int(len(self.ms) * 0.99)]

    def _keep_asking(self):
        while self._going:
            began = time.monotonic()
            self._ask()
            self.ms.append((time.monotonic() - began) * 1000)
            time.sleep(0.55)


def test_a_thousand_shares_a_second_from_every_browser_of_one_account(house, talk, figures):
    """Five sign-ins, and the plain form besides: one count."""
    nia, tom = Line(house.visit("Nia"), talk.public_id), [house.visit("Tom") for _ in range(SOCKETS)]
    nia.enter()
    wires = [Wire(house, visit.cookie) for visit in tom]
    assert all(wire.connect() for wire in wires)
    before, refused, end = hours.position(talk), [], time.monotonic() + LASTS

    def flood(which):
        number = 0
        with suppress(OSError):
            while time.monotonic() < end:
                wires[which].event("share", {"meeting": talk.public_id, "client_id": f"flood-{which}-{number:06}", "words": "again"})
                number += 1
                time.sleep(1 / 200)
        return number

    def send_forms():
        while time.monotonic() < end:
            answer = tom[0].post(f"/g/{talk.group.slug}/m/{talk.public_id}/share", words="again", client_id=f"form-{time.monotonic_ns()}")
            refused.append(answer.status_code == 429)

    with Waits(lambda: nia.ask("hear", within=20)) as waits, ThreadPoolExecutor(SOCKETS + 1) as many:
        sent = [many.submit(flood, which) for which in range(SOCKETS)]
        many.submit(send_forms)
    stored = hours.position(talk) - before
    figures(sent=sum(one.result() for one in sent), forms=len(refused), stored=stored, others_p99_ms=waits.p99, others_max_ms=waits.ms[-1])
    assert stored <= MOST_STORED and sum(refused) > 0
    assert waits.calmest < 250
    assert "Traceback" not in house.log


def half_open(house, many, headers=""):
    """So many lines opened as fast as they are answered, which then say nothing; those that were taken."""
    asked = (
        f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:{house.port}\r\nOrigin: {house.url}\r\nUpgrade: websocket\r\n"
        f"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{headers}\r\n"
    )
    lines = []
    for _ in range(many):
        line = socket.create_connection(("127.0.0.1", house.port), timeout=10)
        line.sendall(asked.encode())
        lines.append(line)
    taken = [line for line in lines if b" 101 " in line.recv(200)]
    for line in lines:
        if line not in taken:
            line.close()
    return taken


def one_more(house):
    """Whether that place may open one more line."""
    taken = half_open(house, 1, "X-Forwarded-For: 203.0.113.9\r\n")
    gone(taken)
    return bool(taken)


def gone(lines):
    """Wait for the house to hang up on all of them."""
    for line in lines:
        with suppress(OSError):
            while line.recv(4096):
                pass
        line.close()


def test_a_thousand_half_open_lines_twice_are_gone_in_ten_seconds_and_cost_nothing(house, figures):
    gone(half_open(house, 1_000))  # what a house keeps ready for a crowd, it has from here on
    until(lambda: open_files(house) < 200, within=20)
    files, grown = open_files(house), []
    while not grown or (grown[-1] >= 5 * MB and len(grown) < WAVES):
        before, began = memory(house), time.monotonic()
        lines = half_open(house, 1_000)
        opened = time.monotonic()
        assert len(lines) == 1_000
        gone(lines)
        until(lambda: open_files(house) <= files + 3, within=20, what="the files to be given back")
        gone_s = time.monotonic() - opened
        grown.append(memory(house) - before)
        figures(opened_s=opened - began, gone_s=gone_s, growth_kB=grown[-1])
        assert gone_s < 10
    assert min(grown) < 5 * MB, "what a wave leaves behind, each leaves; what a process keeps ready moves by twenty"


def test_one_place_holds_no_more_than_forty_half_open_lines_and_nobody_else_waits(house, moved_in):
    """As a proxy tells it. A hospital full of people is not meant: whoever has said whose they are counts no more."""
    with running(Server(house.folder, forked=True, LAMPLIGHT_PROXIES="1")) as behind:
        here = "X-Forwarded-For: 198.51.100.7, 203.0.113.9\r\n"
        taken = half_open(behind, MOST_HALVES + 20, here)
        assert len(taken) == MOST_HALVES, "and what a visitor claims besides changes nothing"
        elsewhere = half_open(behind, 3, "X-Forwarded-For: 203.0.113.10\r\n")
        assert len(elsewhere) == 3
        gone(taken + elsewhere)
        until(lambda: one_more(behind), what="the places to be free again")
        for number in range(MOST_HALVES // 8 + 1):
            tom = behind.visit("Tom")
            for _ in range(8):
                assert Wire(behind, tom.cookie, headers={"X-Forwarded-For": "203.0.113.9"}).connect(), number
        assert one_more(behind)


def test_ten_thousand_odd_packets(house, talk, figures):
    nia, kinds = house.visit("Nia"), list(ODD.values())
    before, log, sent = hours.position(talk), len(house.log), 0
    with Waits(lambda: nia.get("/sign-in")) as waits:
        while sent < 10_000:
            wire = Wire(house, house.visit("Tom").cookie)
            wire.connect()
            with suppress(OSError, websocket.WebSocketException):
                for _ in range(MOST_STRIKES * 5):
                    wire.send(kinds[sent % len(kinds)])
                    sent += 1
            wire.socket.shutdown()
    figures(sent=sent, log_bytes=len(house.log) - log, page_p99_ms=waits.p99)
    assert hours.position(talk) == before and len(house.log) - log <= 200 * 1024
    assert house.process.poll() is None and "Traceback" not in house.log
    assert nia.get("/sign-in").status_code == 200


def test_nothing_is_unpacked(house, figures):
    """Two hundred megabytes of nothing, packed into 194 kilobytes: compression is offered, and not agreed on."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    bomb = packer.compress(b"4" + bytes(200_000_000)) + packer.flush(zlib.Z_SYNC_FLUSH)
    before = memory(house)
    wire = Wire(house, house.visit("Tom").cookie, headers={"Sec-WebSocket-Extensions": "permessage-deflate"})
    assert "sec-websocket-extensions" not in wire.socket.headers
    assert wire.connect()
    frame = websocket.ABNF(1, 1, 0, 0, websocket.ABNF.OPCODE_TEXT, 1, bomb)  # the bit that says "packed"
    with suppress(OSError):
        wire.socket.sock.sendall(frame.format())
    wire.hung_up(within=10)
    figures(sent_kB=len(bomb) / 1024, growth_kB=memory(house) - before)
    assert memory(house) - before < 10 * MB
    assert house.visit("Nia").get("/sign-in").status_code == 200
