"""A cable between two programs that can be frozen, cut, slowed, or made to swallow what goes along it: a
small TCP relay, two threads for each line. `up` is towards whoever was called, `down` is back."""

import socket
import struct
import threading
import time
from contextlib import contextmanager

RESET = struct.pack("ii", 1, 0)  # closing sends a reset, and not a goodbye
LOST = b""
UP, DOWN = "up", "down"


class Line:
    """One connection through the cable."""

    def __init__(self, near: socket.socket, far: socket.socket):
        self.near, self.far = near, far

    def cut(self, reset: bool = False) -> None:
        """End it, in good order for a network or with a reset."""
        for side in (self.near, self.far):
            try:
                if reset:
                    side.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                side.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # it was gone already


class Cable:
    """`with Cable(("127.0.0.1", 8000)) as cable:` whoever calls `cable.port` is put through. The target may
    be the path of a Unix socket."""

    def __init__(self, target: tuple[str, int] | str):
        self.target, self.lines, self.slow = target, [], 0
        self._open, self._deaf, self._tear = threading.Event(), set(), None
        self._open.set()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=2048)
        self.port = self._listener.getsockname()[1]

    def __enter__(self):
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._listener.close()
        self._open.set()
        self.cut()

    @contextmanager
    def frozen(self):
        """Nothing moves, and nothing is lost: it arrives afterwards."""
        self._open.clear()
        try:
            yield
        finally:
            self._open.set()

    @contextmanager
    def deaf(self, way: str):
        """Whatever goes that way vanishes. A stream with a hole in it cannot be mended, so each line that
        was open ends afterwards."""
        self._deaf.add(way)
        try:
            yield
        finally:
            self._deaf.discard(way)
            self.cut()

    @contextmanager
    def trickling(self):
        """One byte a second, either way."""
        self.slow = 1
        try:
            yield
        finally:
            self.slow = 0

    def tear(self, way: str) -> None:
        """The next piece that goes that way on each line is handed on by half, and then the line ends."""
        self._tear = way, set(self.lines)

    def cut(self, reset: bool = False) -> None:
        """End every line there is just now."""
        for line in list(self.lines):
            line.cut(reset)

    def passes(self, line: Line, way: str, data: bytes) -> bytes:
        """What is handed on of a piece that came; for a cable that knows what it carries."""
        return LOST if way in self._deaf else data

    def _accept(self):
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return  # the cable is put away
            far = self._call()
            if far is None:
                near.close()
                continue
            line = Line(near, far)
            self.lines.append(line)
            for way, source, sink in ((UP, near, far), (DOWN, far, near)):
                threading.Thread(target=self._carry, args=(line, way, source, sink), daemon=True).start()

    def _call(self):
        try:
            if isinstance(self.target, tuple):
                far = socket.create_connection(self.target)
                far.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            else:
                far = socket.socket(socket.AF_UNIX)
                far.connect(self.target)
        except OSError:
            return None  # nobody is there, and whoever called is told by a line that ends
        return far

    def _carry(self, line, way, source, sink):
        try:
            while data := source.recv(65536):
                self._open.wait()
                self._hand_on(line, way, sink, self.passes(line, way, data))
        except OSError:
            pass
        line.cut()
        if way == UP:
            self.lines.remove(line)

    def _hand_on(self, line, way, sink, data):
        while self.slow and data:
            sink.sendall(data[: self.slow])
            data = data[self.slow :]
            time.sleep(1)
        tear = self._tear
        if data and tear and way == tear[0] and line in tear[1]:
            sink.sendall(data[: len(data) // 2])
            raise ConnectionAbortedError
        sink.sendall(data)
