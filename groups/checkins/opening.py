"""Opening somebody's private entries in one browser, and keeping them open until it is signed out.

Whoever signs in by their seven words, or by a code of their card, finds them open. Whoever signs in
otherwise types the words on their page: nothing else opens them."""

from datetime import datetime

from sqlalchemy import delete, select

from groups.accounts.models import SignIn
from groups.accounts.sessions import hashed
from groups.checkins import keys
from groups.checkins.models import WORDS, EntryKey, EntryOpening, PrivateEntry
from groups.checkins.wrapping import (
    NOT_YET_STORED,
    has_entries,
    key_by_code,
    key_by_cookie,
    key_by_words,
    under_cookie,
    under_words,
)
from groups.db import change, reading
from groups.retention.deletions import remember_deleted
from groups.settings import Settings


def begin(account_id: int, words: str, cookie: str, settings: Settings) -> None:
    """Open this account's entries in this browser by its words, which were checked before; their key is made
    if there is none yet. Raises Busy, and WrongKey where something is locked that these words do not open."""
    try:
        if open_with_words(account_id, words, cookie, settings):
            return
    except keys.WrongKey:
        if has_begun(account_id):
            raise
        begin_anew(account_id, words, cookie, settings)  # nothing is lost by it
        return
    key = keys.fresh_key()
    row = under_words(account_id, words, key, settings)
    with change() as (session, _):
        first = session.get(EntryKey, (account_id, WORDS)) is None
        if first:
            session.add_all([row, under_cookie(session, account_id, key, cookie)])
    if not first:  # another tab was
        open_with_words(account_id, words, cookie, settings)


def begin_anew(account_id: int, words: str, cookie: str, settings: Settings) -> None:
    """Delete what these words do not open, and begin with a new key. Raises Busy."""
    key = keys.fresh_key()
    row = under_words(account_id, words, key, settings)
    with change() as (session, _):
        for entry_id in session.scalars(select(PrivateEntry.id).where(PrivateEntry.account_id == account_id)).all():
            remember_deleted(session, "entry", entry_id)
        for kind in (PrivateEntry, EntryKey, EntryOpening):
            session.execute(delete(kind).where(kind.account_id == account_id))
        session.add_all([row, under_cookie(session, account_id, key, cookie)])


def open_with_words(account_id: int, words: str, cookie: str, settings: Settings) -> bool:
    """Open them in this browser, and say whether there is a key. Raises Busy, WrongKey."""
    key = key_by_words(account_id, words, settings)
    if key is None:
        return False
    with change() as (session, _):
        session.merge(under_cookie(session, account_id, key, cookie))
    return True


def open_with_code(account_id: int, code: str, cookie: str, settings: Settings) -> None:
    """Open them in this browser by a code, which opens nothing after that. Raises WrongKey."""
    with change() as (session, _):
        row = session.get(EntryKey, (account_id, keys.found_by(code, settings.secret)))
        if row is not None:
            session.merge(under_cookie(session, account_id, key_by_code(row, code), cookie))
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
        return key_by_cookie(mine, cookie)
    except keys.WrongKey:
        return None


def has_begun(account_id: int) -> bool:
    """Whether anything is written."""
    with reading() as session:
        return has_entries(session, account_id)


def forget_openings(now: datetime) -> None:
    """Delete the openings of browsers that are signed in no more."""
    signed_in = select(SignIn.token_hash).where(SignIn.account_id.is_not(None))
    with change() as (session, _):
        session.execute(delete(EntryOpening).where(
            EntryOpening.token_hash.not_in(signed_in), EntryOpening.made_at < now - NOT_YET_STORED
        ))
