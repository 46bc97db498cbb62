"""What was announced while something was done, in order."""

from contextlib import contextmanager

from groups import announcements


@contextmanager
def heard(*kinds: type):
    """A list that news of these kinds are added to as they are told."""
    news = []
    for kind in kinds:
        announcements.on(kind, news.append)
    yield news
    for kind in kinds:
        announcements.forget(kind, news.append)
