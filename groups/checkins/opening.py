"""Opening somebody's private entries in one browser, and keeping them open until it is signed out.

Whoever signs in by their seven words, or by a code of their card, finds them open. Whoever signs in
otherwise types the words on their page: nothing else opens them."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from groups import clock
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

# Where others use the device, too. A browser that opens its pages again at the next start brings its cookie along.
SHARED_FOR = timedelta(minutes=10)
STEP = timedelta(minutes=1)  # `made_at` moves in steps there: it is no record of clicks, and a page asks often


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


def has_lapsed(cookie: str) -> bool:
    """Whether nobody read or wrote in the browser of this cookie for so long that, where others use the device, the
    words are asked for again before anything is shown. Until the sign-in ends the key can still lock what was
    written slowly, and follow the account to other words."""
    with reading() as session:
        mine = session.get(EntryOpening, hashed(cookie))
    return mine is None or clock.now() > mine.made_at + SHARED_FOR


def note_read(cookie: str) -> None:
    """Somebody reads or writes in the browser of this cookie."""
    now = clock.now()
    mine = update(EntryOpening).where(EntryOpening.token_hash == hashed(cookie), EntryOpening.made_at < now - STEP)
    with change() as (session, _):
        session.execute(mine.values(made_at=now))


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
