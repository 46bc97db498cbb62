"""Opening somebody's private entries in one browser, and keeping them open until it is signed out.

Whoever signs in by their seven words, or by a code of their card, finds them open. Whoever signs in
otherwise types the words on their page: nothing else opens them."""

import os
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from groups import announcements, clock
from groups.accounts import unlocking
from groups.accounts.actions import SignedOut
from groups.accounts.models import SignIn
from groups.accounts.sessions import hashed
from groups.checkins import keys
from groups.checkins.models import WORDS, EntryKey, EntryOpening
from groups.db import change, reading
from groups.errors import Busy
from groups.settings import Settings

NOT_YET_STORED = timedelta(minutes=2)  # a sign-in is stored at the end of its request, its opening a moment before


def begin(account_id: int, words: str, cookie: str, settings: Settings) -> None:
    """Open this account's entries in this browser by its words, which were checked before; their key is made
    if there is none yet. Raises Busy."""
    if open_with_words(account_id, words, cookie, settings):
        return
    key = keys.fresh_key()
    row = _under(account_id, WORDS, lambda salt: keys.key_of_words(words, salt, settings.secret, settings.fast_hash), key)
    with change() as (session, _):
        first = session.get(EntryKey, (account_id, WORDS)) is None
        if first:
            session.add_all([row, _opening(account_id, key, cookie)])
    if not first:  # another tab was
        open_with_words(account_id, words, cookie, settings)


def open_with_words(account_id: int, words: str, cookie: str, settings: Settings) -> bool:
    """Open them in this browser, and say whether there are any. Raises Busy, WrongKey."""
    key = _key_by_words(account_id, words, settings)
    if key is None:
        return False
    with change() as (session, _):
        session.merge(_opening(account_id, key, cookie))
    return True


def change_words(account_id: int, old: str, new: str, cookie: str, settings: Settings) -> None:
    """Wrap the key under the new words; the old ones open nothing from then on, nor do other browsers.
    old: empty where a code stood in for them, and the key is the one open here. Where it is open
    nowhere, nothing can open these entries any more, and they stay shut. Raises Busy, WrongKey."""
    key = _key_by_words(account_id, old, settings) if old else key_in(account_id, cookie)
    if key is None:
        return
    row = _under(account_id, WORDS, lambda salt: keys.key_of_words(new, salt, settings.secret, settings.fast_hash), key)
    with change() as (session, _):
        session.merge(row)
        session.execute(delete(EntryOpening).where(EntryOpening.account_id == account_id))
        session.add(_opening(account_id, key, cookie))


def wrap_for_codes(account_id: int, words: str, codes: Sequence[str], cookie: str, settings: Settings) -> None:
    """Each code of a new card opens the entries once; those of earlier cards no more. Raises Busy, WrongKey."""
    key = key_in(account_id, cookie) or (_key_by_words(account_id, words, settings) if words else None)
    with change() as (session, _):
        session.execute(delete(EntryKey).where(EntryKey.account_id == account_id, EntryKey.opener != WORDS))
        if key is not None:
            session.add_all(
                _under(account_id, keys.found_by(code, settings.secret), lambda salt, code=code: keys.key_of_code(code, salt), key)
                for code in codes
            )


def open_with_code(account_id: int, code: str, cookie: str, settings: Settings) -> None:
    """Open them in this browser by a code, which opens nothing after that. Raises WrongKey."""
    with change() as (session, _):
        row = session.get(EntryKey, (account_id, keys.found_by(code, settings.secret)))
        if row is not None:
            key = keys.unseal(keys.key_of_code(code, row.salt), row.wrapped, _place(account_id, row.opener))
            session.merge(_opening(account_id, key, cookie))
            session.delete(row)


def key_in(account_id: int, cookie: str | None) -> bytes | None:
    """The key, where they are open in the browser of this cookie; else None."""
    if not cookie:
        return None
    with reading() as session:
        mine = session.get(EntryOpening, hashed(cookie))
    if mine is None or mine.account_id != account_id:
        return None
    try:
        return keys.unseal(keys.key_of_cookie(cookie), mine.wrapped, _place(account_id, mine.token_hash))
    except keys.WrongKey:
        return None


def has_key(account_id: int) -> bool:
    """Whether this account ever began."""
    with reading() as session:
        return session.get(EntryKey, (account_id, WORDS)) is not None


def forget_openings(now: datetime) -> None:
    """Delete the openings of browsers that are signed in no more."""
    signed_in = select(SignIn.token_hash).where(SignIn.account_id.is_not(None))
    with change() as (session, _):
        session.execute(delete(EntryOpening).where(
            EntryOpening.token_hash.not_in(signed_in), EntryOpening.made_at < now - NOT_YET_STORED
        ))


def listen(settings: Settings) -> None:
    """Open together with the account, and shut with each sign-in."""

    def typed(account_id, words, cookie):
        _if_it_can(open_with_words, account_id, words, cookie, settings)

    def code_used(account_id, code, cookie):
        _if_it_can(open_with_code, account_id, code, cookie, settings)

    unlocking.ON_WORDS[:] = [typed]
    unlocking.ON_CODE[:] = [code_used]
    unlocking.ON_CHANGED[:] = [lambda account_id, *how: change_words(account_id, *how, settings)]
    unlocking.ON_CODES[:] = [lambda account_id, *how: wrap_for_codes(account_id, *how, settings)]
    announcements.on(SignedOut, _signed_out)


def _if_it_can(way, *how):
    """Signing in goes first; where this cannot be done their page asks for the words again."""
    try:
        way(*how)
    except (Busy, keys.WrongKey):
        pass


def _signed_out(_):
    forget_openings(clock.now() + NOT_YET_STORED)


def _key_by_words(account_id, words, settings):
    with reading() as session:
        stored = session.get(EntryKey, (account_id, WORDS))
    if stored is None:
        return None
    wrap = keys.key_of_words(words, stored.salt, settings.secret, settings.fast_hash)
    return keys.unseal(wrap, stored.wrapped, _place(account_id, WORDS))


def _under(account_id, opener, wrap, key):
    salt = os.urandom(keys.SALT)
    return EntryKey(account_id=account_id, opener=opener, salt=salt, wrapped=keys.seal(wrap(salt), key, _place(account_id, opener)))


def _opening(account_id, key, cookie):
    digest = hashed(cookie)
    wrapped = keys.seal(keys.key_of_cookie(cookie), key, _place(account_id, digest))
    return EntryOpening(token_hash=digest, account_id=account_id, wrapped=wrapped, made_at=clock.now())


def _place(account_id, opener):
    return f"{account_id}/{opener.hex()}"
