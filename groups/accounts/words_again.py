"""The seven words asked for once more, before what a stranger at an open page must not be able to do:
other words, a new card of codes, a passkey; and, elsewhere, taking everything along or deleting it, and a
link that goes on telling a calendar."""

import hmac
from datetime import timedelta

from groups import clock
from groups.accounts import passphrase
from groups.accounts.models import Account, SignIn
from groups.db import reading
from groups.errors import Refused
from groups.settings import Settings

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


def code_stands_in(sign_in_id: int | None) -> bool:
    """Whether this sign-in is by a spare code, and fresh enough to choose new words without the old."""
    with reading() as session:
        row = session.get(SignIn, sign_in_id or 0)
    return row is not None and row.came_by == "code" and clock.now() - row.came_in_at < CODE_STANDS_IN
