"""The moments at which a key that only a person's own words can open is to be had: whoever keeps
something under such a key is told here, and nobody else ever sees the words again.

Words are as `passphrase.normalise` gives them, with one space between; codes as `spare_codes.normalise`
does. A sign-in is told after it is stored, and what listens must not fail it. Other words and a new card are
told before: each listener does what is dear, and may raise a Failure while nothing has happened yet; what it
returns writes its part into the one transaction of the change, so that both are stored or neither is."""

from collections.abc import Callable, Sequence

from sqlalchemy.orm import Session

Along = Callable[[Session], None]

ON_WORDS: list[Callable[[int, str, str], None]] = []  # (account, words, cookie): at a sign-in by words, at keeping
ON_CODE: list[Callable[[int, str, str], None]] = []  # (account, code, cookie): a sign-in by a code, which is used up
BEFORE_CHANGE: list[Callable[[int, str, str, str, str], Along]] = []  # (account, old words or "", new words, cookie, the next)
BEFORE_CARD: list[Callable[[int, str, Sequence[str], str], Along]] = []  # (account, words, the codes of a new card, cookie)
SHUT: list[Callable[[int, str], bool]] = []  # (account, cookie): does this browser lack the key of something?
SHUT_TO_CARD: list[Callable[[int], bool]] = []  # (account): do the codes of the last card lack it?


def words_typed(account_id: int, words: str, cookie: str) -> None:
    """Somebody came in by their words, or kept their account. The cookie is the one from now on."""
    for listener in ON_WORDS:
        listener(account_id, words, cookie)


def code_used(account_id: int, code: str, cookie: str) -> None:
    """Somebody came in by a code. The cookie is the one from now on."""
    for listener in ON_CODE:
        listener(account_id, code, cookie)


def before_change(account_id: int, old: str, new: str, cookie: str, next_cookie: str) -> Along:
    """Other words are about to open this account; `old` is empty when a code stands in for them. This browser
    came with one cookie and leaves with the next. Raises Busy."""
    return _all([listener(account_id, old, new, cookie, next_cookie) for listener in BEFORE_CHANGE])


def before_card(account_id: int, words: str, codes: Sequence[str], cookie: str) -> Along:
    """There is about to be a new card of codes, and every earlier one opens nothing. Raises Busy."""
    return _all([listener(account_id, words, codes, cookie) for listener in BEFORE_CARD])


def stays_shut(account_id: int, cookie: str) -> bool:
    """Whether there is something of theirs that cannot be opened in this browser as it is."""
    return any(listener(account_id, cookie) for listener in SHUT)


def shut_to_card(account_id: int) -> bool:
    """Whether there is something of theirs that the codes of the last card do not open."""
    return any(listener(account_id) for listener in SHUT_TO_CARD)


def _all(parts):
    def along(session):
        for part in parts:
            part(session)

    return along
