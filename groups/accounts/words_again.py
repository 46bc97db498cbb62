"""The seven words asked for once more, before what a stranger at an open page must not be able to do:
other words, a new card of codes, a passkey; and, elsewhere, taking everything along or deleting it, and what
goes on telling a calendar or a device."""

import hmac
from datetime import timedelta

from groups import clock
from groups.accounts import passphrase
from groups.accounts.models import Account, SignIn
from groups.db import reading
from groups.errors import Refused
from groups.settings import Settings

JUST_TYPED = timedelta(minutes=30)  # whoever came in by the words this lately, or is this new, need not type them for a device
CODE_STANDS_IN = timedelta(minutes=30)  # whoever came in by a spare code has lost the words, and may choose new ones


def confirm(account: Account, typed: str, settings: Settings) -> str:
    """The words that were typed, with one space between, if they open this account.

    Raises Invalid when they cannot be seven of ours, Refused("words_not_yours" or, where there are no
    words yet, "keep_first"), Crowded."""
    if not account.is_kept:
        raise Refused("keep_first")
    words = passphrase.normalise(typed)
    if not hmac.compare_digest(passphrase.key_of(words, settings.secret, settings.fast_hash), account.key):
        raise Refused("words_not_yours")
    return " ".join(words)


def just_typed(sign_in_id: int | None) -> bool:
    """Whether this sign-in is by the words, or made its account, and fresh enough not to ask for them once more."""
    return _came_by(sign_in_id, ("words", ""), JUST_TYPED)


def code_stands_in(sign_in_id: int | None) -> bool:
    """Whether this sign-in is by a spare code, and fresh enough to choose new words without the old."""
    return _came_by(sign_in_id, ("code",), CODE_STANDS_IN)


def _came_by(sign_in_id, ways, within):
    with reading() as session:
        row = session.get(SignIn, sign_in_id or 0)
    return row is not None and row.came_by in ways and clock.now() - row.came_in_at < within
