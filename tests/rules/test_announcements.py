"""News: told to everyone who listens for its kind, and one listener's trouble is its own."""

import logging

import pytest

from groups import announcements


class Said:
    """News that carries words somebody wrote."""

    def __init__(self, words):
        self.words = words


@pytest.fixture
def listen():
    listening = []

    def listen(listener):
        announcements.on(Said, listener)
        listening.append(listener)

    yield listen
    for listener in listening:
        announcements.forget(Said, listener)


def test_news_reaches_every_listener_of_its_kind_once(listen):
    heard = []
    first, second = (lambda news: heard.append(("first", news.words))), (lambda news: heard.append(("second", news.words)))
    for listener in (first, second, first):
        listen(listener)
    announcements.tell(Said("good evening"))
    announcements.tell("something else entirely")
    assert heard == [("first", "good evening"), ("second", "good evening")]


def test_a_listener_that_fails_keeps_nothing_from_the_next(listen, caplog):
    heard = []

    def broken(news):
        raise ValueError(f"cannot cope with {news.words}")

    listen(broken)
    listen(lambda news: heard.append(news.words))
    with caplog.at_level(logging.ERROR):
        announcements.tell(Said("something very private"))
    assert heard == ["something very private"]
    assert "broken" in caplog.text and "ValueError" in caplog.text
    assert "private" not in caplog.text


def test_who_was_forgotten_hears_no_more(listen):
    heard = []
    listener = heard.append
    listen(listener)
    announcements.forget(Said, listener)
    announcements.tell(Said("good night"))
    assert heard == []
