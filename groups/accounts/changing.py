"""Other words for the same account. Whoever changes them fears that somebody has seen the old ones: so
everything else that opens the account ends with them."""

from collections.abc import Sequence

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from groups.accounts import passphrase
from groups.accounts.browsers import end_others
from groups.accounts.endings import Ending, let_go_of
from groups.accounts.models import Account, Passkey, SpareCode
from groups.accounts.unlocking import Along
from groups.db import change, fresh
from groups.errors import Refused
from groups.retention.deletions import remember_changed
from groups.settings import Settings


def change_words(
    account: Account, words: Sequence[str], settings: Settings, but: int | None, along: Along | None = None
) -> Account:
    """From now on these words open this account: not the old ones, no spare code, no passkey, and no
    browser but the one of sign-in `but`. Whether the person may is asked before (`words_again`). `along`: what
    is locked with the words, and changes with them or not at all (`unlocking.before_change`).

    Raises Refused("keep_first"), Refused("words_renewed") when these words cannot be had, Crowded."""
    key = passphrase.key_of(words, settings.secret, settings.fast_hash)
    with change() as (session, announce):
        account = fresh(session, account)
        if not account.is_kept:
            raise Refused("keep_first")
        remember_changed(session, "words", account.key.hex(), key)  # no backup brings the old ones back
        account.key = key
        try:
            session.flush()
        except IntegrityError:
            raise Refused("words_renewed") from None
        for way in (SpareCode, Passkey):
            session.execute(delete(way).where(way.account_id == account.id))
        end_others(session, announce, account.id, but)
        if along:
            along(session)
        let_go_of(session, Ending.WORDS, account.id)
        return account
