"""Whoever asks in the same moment is answered together, and nobody with what was looked up before."""

import pytest

from groups.asking import MOST, Together


def test_one_who_asks_alone_is_answered_at_once():
    asked = []
    together = Together(lambda keys: asked.append(keys) or {key: key * 2 for key in keys})
    assert together.ask(4) == 8 and asked == [[4]]


def test_where_there_is_nothing_the_answer_is_none():
    assert Together(lambda keys: {}).ask("who") is None


def test_what_goes_wrong_is_raised():
    def fail(keys):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Together(fail).ask(1)


class Asker:
    """Somebody who waits; how long they sleep is not what is tested here."""

    found = failure = None
    woken = 0

    def wake(self):
        self.woken += 1


def test_those_who_ask_meanwhile_are_asked_for_in_one_round():
    rounds = []

    def answer(keys):
        rounds.append(keys)
        if len(rounds) == 1:  # somebody else comes while the first is looked up; one of them twice
            waiting.update({key: [Asker(), Asker()] for key in range(MOST + 5)})
            together._asked.update({key: list(askers) for key, askers in waiting.items()})
        return {key: -key for key in keys}

    waiting, first, together = {}, Asker(), Together(answer)
    together._asked[7] = [first]
    together._work()
    assert (first.found, first.woken) == (-7, 1) and [len(keys) for keys in rounds] == [1, MOST, 5]
    assert all((asker.found, asker.woken) == (-key, 1) for key, askers in waiting.items() for asker in askers)
    assert not together._asked
