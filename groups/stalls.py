"""How long the event loop was held up, measured by itself: for tests alone, where `LAMPLIGHT_TEST_STALLS` names
a file.

A turn is what the loop does between two looks at its sockets; nobody is heard meanwhile. Two figures are kept,
in seconds, of the longest turn since whoever reads the file last wrote zeros into it: what the loop's own thread
worked (`time.thread_time`), which is ours alone, and how long it took by the clock, which on a busy machine is
also other people's. The file is memory that two processes share: to write it costs nothing, and what it says
outlives a kill."""

import mmap
import struct
import time
from collections.abc import Callable
from pathlib import Path

LONGEST = struct.Struct("dd")  # seconds of work, seconds by the clock


def measure(file: Path, around_polls: Callable) -> None:
    """Keep the longest turn in this file from here on. around_polls: see `concurrency.around_polls`."""
    if not file.exists():  # otherwise a process before this one was killed, and what it left is not read yet
        file.write_bytes(bytes(LONGEST.size))
    with file.open("r+b") as opened:
        kept = mmap.mmap(opened.fileno(), LONGEST.size)

    def measured(poll):
        began = time.thread_time(), time.monotonic()

        def polled(seconds):
            nonlocal began
            worked, took = time.thread_time() - began[0], time.monotonic() - began[1]
            most = LONGEST.unpack_from(kept)
            if worked > most[0] or took > most[1]:
                LONGEST.pack_into(kept, 0, max(worked, most[0]), max(took, most[1]))
            found = poll(seconds)
            began = time.thread_time(), time.monotonic()
            return found

        return polled

    around_polls(measured)
