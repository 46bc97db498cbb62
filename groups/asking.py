"""One question for everybody who asks in the same moment.

At the top of the hour a thousand people are looked up within a second, each by a query that costs a
hundred times what one more row costs. Whoever asks while the database is busy with others is answered
together with the next of them."""

import threading
from collections.abc import Callable, Hashable

from groups.concurrency import Nap, call_on_loop, in_the_pool, on_loop

MOST = 200  # asked at once


class Together:
    """`ask(key)` gives what `answer(keys)` has for that key (a dict; None where it has nothing).

    `answer` runs off the loop, with at most MOST different keys; what it raises, everybody of that round
    is raised. Nobody is given an answer that was looked up before they asked."""

    def __init__(self, answer: Callable[[list], dict]):
        self._answer, self._lock = answer, threading.Lock()
        self._asked: dict[Hashable, list[_Asker]] = {}
        self._under_way = False

    def ask(self, key: Hashable):
        """The answer for one key. Waits."""
        if not on_loop():
            return self._answer([key]).get(key)
        asker = _Asker()
        with self._lock:
            self._asked.setdefault(key, []).append(asker)
            begin, self._under_way = not self._under_way, True
        if begin:
            in_the_pool(self._work)
        asker.rest()
        if asker.failure is not None:
            raise asker.failure
        return asker.found

    def _work(self):
        while True:
            with self._lock:
                keys = list(self._asked)[:MOST]
                asked = {key: self._asked.pop(key) for key in keys}
                if not asked:
                    self._under_way = False
                    return
            try:
                found, failure = self._answer(keys), None
            except Exception as mistake:
                found, failure = {}, mistake
            call_on_loop(_tell, asked, found, failure)


class _Asker(Nap):
    """One green thread that rests until it is told."""

    found = failure = None


def _tell(asked, found, failure):
    for key, askers in asked.items():
        for asker in askers:
            asker.found, asker.failure = found.get(key), failure
            asker.wake()
