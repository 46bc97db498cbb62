"""The seven words once more: before something that cannot be undone, or that hands out what is private."""

import hmac

from groups.accounts import passphrase
from groups.accounts.models import Account
from groups.errors import Invalid
from groups.settings import Settings


def check_words(account: Account, typed: str, settings: Settings) -> tuple[str, ...]:
    """The words, if they are this account's. Raises Invalid("words", …), Busy."""
    words = passphrase.normalise(typed)
    key = passphrase.key_of(words, settings.secret, settings.fast_hash)
    if account.key is None or not hmac.compare_digest(key, account.key):
        raise Invalid("words", "words_not_these")
    return words
