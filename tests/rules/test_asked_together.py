"""Whoever asks in the same moment is answered together, and nobody with what was looked up before."""

from concurrent.futures import Future

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


def test_those_who_ask_meanwhile_are_asked_for_in_one_round():
    rounds = []

    def answer(keys):
        rounds.append(keys)
        if len(rounds) == 1:  # somebody else comes while the first is looked up; one of them twice
            waiting.update({key: [Future(), Future()] for key in range(MOST + 5)})
            together._asked.update({key: list(futures) for key, futures in waiting.items()})
        return {key: -key for key in keys}

    waiting, first, together = {}, Future(), Together(answer)
    together._asked[7] = [first]
    together._work()
    assert first.result() == -7 and [len(keys) for keys in rounds] == [1, MOST, 5]
    assert all(future.result() == -key for key, futures in waiting.items() for future in futures)
    assert not together._asked
