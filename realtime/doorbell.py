"""The doorbell: "meeting 7 has entry 41", or "look who still belongs", rung in every other process over
Redis. Never the mail: a ring only makes somebody read the database sooner
than their beacon would have (`heartbeat.py`). So whatever happens to Redis costs two seconds of
freshness and nothing more, and whoever could ring it falsely could make us look, and nothing else.
One note is more than that: the hash of a sign-in that was left quickly while the database did not answer, so
that no process goes on taking its cookie. Nobody knows such a hash who has not read the database.

Two real threads of its own, one that rings and one that listens: a Redis that hangs holds up neither
the loop nor a commit."""

import logging
import random
import re
import threading
from collections.abc import Callable

import redis

from groups.redis_lines import lines_to
from groups.sealing import derived
from groups.settings import Settings

log = logging.getLogger(__name__)
PATIENCE = 1.0  # seconds that Redis may take for anything
QUIET = 2.0  # seconds of silence after which the listener asks whether Redis is still there
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 3.0  # seconds between two tries, doubled each time
PEOPLE = "people"
LEFT = re.compile(rb"left ([0-9a-f]{64})")
MEETING = re.compile(rb"([0-9]{1,18}) ([0-9]{1,18})")


class Doorbell:
    """Rings for the other processes of the house, and calls `hear(meeting_id, position)` when one of
    them rings; `hear(None, 0)` for people, and whenever rings may have been missed. `hear` is called in
    the listener's thread, also for our own rings. `hear_left(token_hash)`: somebody left quickly."""

    def __init__(self, settings: Settings, hear: Callable[[int | None, int], None], hear_left: Callable[[bytes], None]):
        # Two houses that share a Redis do not hear each other.
        self.channel = f"lamplight:{derived(settings.secret, 'doorbell')[:8].hex()}"
        self._url, self._hear, self._hear_left = settings.redis_url, hear, hear_left
        self._waiting: dict[int | str, int] = {}
        self._lock, self._rung = threading.Lock(), threading.Event()

    def start(self) -> None:
        """Begin to ring and to listen, until the process ends."""
        for work, name in ((self._ring, "doorbell"), (self._listen, "doorbell-ear")):
            threading.Thread(target=self._again_and_again, args=[work], name=name, daemon=True).start()

    def ring(self, meeting_id: int, position: int) -> None:
        """Have the others read that meeting up to this entry. From any thread; never waits."""
        self._put(meeting_id, position)

    def ring_people(self) -> None:
        """Have the others look whether the people on their sockets still belong. Never waits."""
        self._put(PEOPLE, 0)

    def ring_left(self, token_hash: bytes) -> None:
        """Have the others take this sign-in for ended. Never waits."""
        self._put(f"left {token_hash.hex()}", 0)

    def _put(self, what, position):
        with self._lock:
            self._waiting[what] = max(position, self._waiting.get(what, 0))
        self._rung.set()

    def _take(self):
        self._rung.wait()
        self._rung.clear()
        with self._lock:
            waiting, self._waiting = self._waiting, {}
        return waiting

    def _ring(self, well):
        with self._client() as client:
            while True:
                waiting, pipe = self._take(), client.pipeline(transaction=False)
                for what, position in waiting.items():
                    pipe.publish(self.channel, what if isinstance(what, str) else f"{what} {position}")
                try:
                    pipe.execute()
                except Exception:
                    for what, position in waiting.items():  # one note for each meeting, however long it takes
                        self._put(what, position)
                    raise
                well()

    def _listen(self, well):
        with self._client() as client, client.pubsub() as ear:
            ear.subscribe(self.channel)
            asked = False
            while True:
                said = ear.get_message(timeout=QUIET)
                if said is None and asked:
                    raise redis.TimeoutError
                asked = said is None
                if asked:
                    ear.ping()
                elif said["type"] == "subscribe":
                    well()
                    self._hear(None, 0)  # whatever was rung while nobody listened
                elif said["type"] == "message":
                    self._heard(said["data"])

    def _heard(self, note):
        if found := MEETING.fullmatch(note):
            self._hear(int(found[1]), int(found[2]))
        elif found := LEFT.fullmatch(note):
            self._hear_left(bytes.fromhex(found[1].decode()))
        elif note == PEOPLE.encode():
            self._hear(None, 0)

    def _client(self):
        # The pauses between tries are ours, and so is what is said about them.
        return redis.Redis.from_pool(lines_to(self._url, PATIENCE))

    def _again_and_again(self, work):
        pause = FIRST_PAUSE

        def well():
            nonlocal pause
            if pause > FIRST_PAUSE:
                log.info("Redis is back")
            pause = FIRST_PAUSE

        while True:
            try:
                work(well)
            except (redis.RedisError, OSError) as failure:
                if pause == FIRST_PAUSE:  # once per outage
                    log.warning("Redis does not answer: %s; processes hear of each other by looking", type(failure).__name__)
            except Exception as mistake:  # the thread must outlive whatever a listener meets
                log.error("the doorbell failed: %s", type(mistake).__name__)
            threading.Event().wait(pause * random.uniform(0.5, 1))
            pause = min(2 * pause, LONGEST_PAUSE)
