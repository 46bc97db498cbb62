"""The rows that hold the key of somebody's entries: wrapped under words, under a code, or under a cookie."""

import os
from datetime import timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from groups import clock
from groups.accounts.models import SignIn
from groups.accounts.sessions import hashed
from groups.checkins import keys
from groups.checkins.models import WORDS, EntryKey, EntryOpening, PrivateEntry
from groups.db import reading
from groups.settings import Settings

NOT_YET_STORED = timedelta(minutes=2)  # a sign-in is stored at the end of its request, its opening a moment before


def key_by_words(account_id: int, words: str, settings: Settings) -> bytes | None:
    """The key, opened by these words; None where there is none yet. Raises Busy, WrongKey."""
    with reading() as session:
        stored = session.get(EntryKey, (account_id, WORDS))
    if stored is None:
        return None
    wrap = keys.key_of_words(words, stored.salt, settings.secret, settings.fast_hash)
    return keys.unseal(wrap, stored.wrapped, _place(account_id, WORDS))


def key_by_cookie(row: EntryOpening, cookie: str) -> bytes:
    """The key in the row of this browser. Raises WrongKey."""
    return keys.unseal(keys.key_of_cookie(cookie), row.wrapped, _place(row.account_id, row.token_hash))


def has_entries(session: Session, account_id: int) -> bool:
    """Whether this account wrote any."""
    return session.scalar(select(exists().where(PrivateEntry.account_id == account_id)))


def under_words(account_id: int, words: str, key: bytes, settings: Settings) -> EntryKey:
    """The row that these words open. Raises Busy. Dear: before a change, not inside."""
    return _under(account_id, WORDS, lambda salt: keys.key_of_words(words, salt, settings.secret, settings.fast_hash), key)


def under_code(account_id: int, code: str, key: bytes, settings: Settings) -> EntryKey:
    """The row that this code opens."""
    return _under(account_id, keys.found_by(code, settings.secret), lambda salt: keys.key_of_code(code, salt), key)


def key_by_code(row: EntryKey, code: str) -> bytes:
    """The key in the row of this code. Raises WrongKey."""
    return keys.unseal(keys.key_of_code(code, row.salt), row.wrapped, _place(row.account_id, row.opener))


def under_cookie(session: Session, account_id: int, key: bytes, cookie: str) -> EntryOpening:
    """The row that this browser opens. One whose cookie is stored only at the end of this request counts from
    later on, so that nobody who signs out meanwhile takes it along."""
    digest = hashed(cookie)
    stored = session.scalar(select(exists().where(SignIn.token_hash == digest)))
    wrapped = keys.seal(keys.key_of_cookie(cookie), key, _place(account_id, digest))
    made_at = clock.now() if stored else clock.now() + NOT_YET_STORED
    return EntryOpening(token_hash=digest, account_id=account_id, wrapped=wrapped, made_at=made_at)


def _under(account_id, opener, wrap, key):
    salt = os.urandom(keys.SALT)
    return EntryKey(account_id=account_id, opener=opener, salt=salt, wrapped=keys.seal(wrap(salt), key, _place(account_id, opener)))


def _place(account_id, opener):
    return f"{account_id}/{opener.hex()}"
