"""The moments at which a key that only a person's own words can open is to be had: whoever keeps
something under such a key is told here, and nobody else ever sees the words again.

Words are as `passphrase.normalise` gives them, with one space between; codes as `spare_codes.normalise`
does; the cookie is the one this browser has from now on. Listeners are called in the thread of the
page, after what happened is stored."""

from collections.abc import Callable, Sequence

ON_WORDS: list[Callable[[int, str, str], None]] = []  # (account, words, cookie): at a sign-in by words, at keeping
ON_CHANGED: list[Callable[[int, str, str, str], None]] = []  # (account, old words or "", new words, cookie)
ON_CODES: list[Callable[[int, str, Sequence[str], str], None]] = []  # (account, words, the codes of a new card, cookie)
ON_CODE: list[Callable[[int, str, str], None]] = []  # (account, code, cookie): a sign-in by a code, which is used up


def words_typed(account_id: int, words: str, cookie: str) -> None:
    """Somebody came in by their words, or kept their account."""
    _tell(ON_WORDS, account_id, words, cookie)


def words_changed(account_id: int, old: str, new: str, cookie: str) -> None:
    """Other words open this account from now on; `old` is empty when a code stood in for them."""
    _tell(ON_CHANGED, account_id, old, new, cookie)


def codes_made(account_id: int, words: str, codes: Sequence[str], cookie: str) -> None:
    """There is a new card of codes, and every earlier one opens nothing."""
    _tell(ON_CODES, account_id, words, codes, cookie)


def code_used(account_id: int, code: str, cookie: str) -> None:
    """Somebody came in by a code."""
    _tell(ON_CODE, account_id, code, cookie)


def _tell(listeners, *what):
    for listener in listeners:
        listener(*what)
