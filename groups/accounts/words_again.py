"""The seven words asked for once more, before what a stranger at an open page must not be able to do: open
what somebody wrote for themselves, take everything along, or erase it."""

import hmac

from groups.accounts import passphrase
from groups.accounts.models import Account
from groups.errors import Refused
from groups.settings import Settings


def confirm(account: Account, typed: str, settings: Settings) -> str:
    """The words that were typed, with one space between, if they open this account.

    Raises Invalid when they cannot be seven of ours, Refused("words_not_yours" or, where there are no
    words yet, "keep_first"), Busy."""
    if not account.is_kept:
        raise Refused("keep_first")
    words = passphrase.normalise(typed)
    if not hmac.compare_digest(passphrase.key_of(words, settings.secret, settings.fast_hash), account.key):
        raise Refused("words_not_yours")
    return " ".join(words)
