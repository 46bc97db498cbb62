"""Nothing holds up the event loop: not pages, not queries, not flushes, not a slow hash."""

import threading
import time

import pytest

from groups.accounts.passphrase import generate
from tests import hours
from tests.hours import TALK
from tests.node_client import Node
from tests.sockets import Line

WINDOWS, LASTS = 3, 1.7  # seconds each
MOST = 250  # milliseconds, on a machine that does other things besides


@pytest.fixture
def server(moved_in, tmp_path):
    """A house whose sign-ins cost what they really cost."""
    with hours.settled(moved_in, tmp_path, LAMPLIGHT_FAST_HASH="0") as server:
        yield server


class Load:
    """Several people at once, each doing one thing over and over until `end()`."""

    def __init__(self):
        self.done, self._ended, self._threads = {}, threading.Event(), []

    def begin(self, what, work):
        """`work(count)` again and again; `done[what]` counts."""
        self.done.setdefault(what, 0)
        self._threads.append(threading.Thread(target=self._keep_doing, args=(what, work)))
        self._threads[-1].start()

    def end(self):
        self._ended.set()
        for thread in self._threads:
            thread.join()

    def rest(self, seconds):
        self._ended.wait(seconds)

    def _keep_doing(self, what, work):
        count = 0
        while not self._ended.is_set():
            work(count)
            count += 1
            self.done[what] += 1


def test_the_longest_the_loop_was_held_up(server, figures):
    with hours.Clerk(server) as clerk:
        meeting = clerk.plan(begins_in=0)
        clerk.open_lobby(meeting, TALK)
        clerk.bring_in(meeting, "Tom", "Nia", chair="Maya")
        clerk.begin(meeting, "Maya")
    room = f"/g/{meeting.group.slug}/m/{meeting.public_id}/room"
    lines = [Line(server.visit(name), meeting.public_id) for name in ("Tom", "Nia", "Maya")]
    for line in lines:
        line.enter()
    readers, strangers = [server.visit(name) for name in ("Maya", "Tom", "Nia")], [server.visit("") for _ in range(3)]
    for stranger in strangers:
        stranger.get("/sign-in")
    load, answers = Load(), []

    def share(line, count):
        began = time.monotonic()
        answer = line.share("w" * 2000, f"by-{line.visit.name}-{count}")
        answers.append((time.monotonic() - began) * 1000)
        assert answer["ok"], answer
        load.rest(0.55)  # as often as a sign-in may

    with Node("probe.mjs", url=server.url, cookie=server.visit("Tom").cookie, meeting=meeting.public_id) as probe:
        assert probe.hear() is True
        for reader, page in zip(readers, (room, "/", "/calendar"), strict=True):
            load.begin("pages", lambda _, reader=reader, page=page: reader.get(page))
        for stranger in strangers:
            load.begin("sign_ins", lambda _, stranger=stranger: stranger.post("/sign-in", words=" ".join(generate())))
        for line in lines:
            load.begin("shares", lambda count, line=line: share(line, count))
        windows = []
        for _ in range(WINDOWS):
            load.rest(LASTS)
            windows.append(probe.ask("window"))
        load.end()
    longest = [window["max"] for window in windows]
    figures(
        **load.done, ack_max_ms=max(answers), loop_p50_ms=windows[0]["p50"], loop_p99_ms=min(window["p99"] for window in windows),
        loop_longest_ms=" ".join(f"{value:.0f}" for value in longest),
    )
    assert load.done["pages"] > 20 and load.done["sign_ins"] > 10 and load.done["shares"] > 15
    assert all(window["pings"] > 20 for window in windows)
    assert min(longest) < MOST, "what holds up the loop does so every time; the noise of a busy machine does not"
