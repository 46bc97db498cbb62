"""Sign-ins that were left quickly and are not deleted yet, because the database did not answer: hashes of
cookies, in the memory of this process. They open nothing here from this moment, and are deleted as soon as
it can be done."""

import threading

MOST = 50_000
_left: dict[bytes, None] = {}
_lock = threading.Lock()


def remember(token_hash: bytes) -> None:
    """This sign-in is over, whatever the table says. Of very many the first is given up."""
    with _lock:
        _left[token_hash] = None
        if len(_left) > MOST:
            del _left[next(iter(_left))]


def is_left(token_hash: bytes) -> bool:
    """Whether it is one of them."""
    return token_hash in _left


def all_left() -> list[bytes]:
    """All of them now."""
    with _lock:
        return list(_left)


def forget(token_hashes: list[bytes]) -> None:
    """These are deleted."""
    with _lock:
        for one in token_hashes:
            _left.pop(one, None)
