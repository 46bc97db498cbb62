"""The key of somebody's private entries follows their account: to other words, and to a new card of codes. Where it
cannot be had any more, what it locks stays locked, and its owner may find the old words or begin anew."""

from collections.abc import Sequence

from sqlalchemy import delete, select

from groups import announcements, clock
from groups.accounts import unlocking
from groups.accounts.actions import SignedOut
from groups.accounts.unlocking import Along
from groups.checkins import keys
from groups.checkins.models import WORDS, EntryKey, EntryOpening
from groups.checkins.opening import forget_openings, key_in, open_with_code, open_with_words
from groups.checkins.wrapping import NOT_YET_STORED, has_entries, key_by_words, under_code, under_cookie, under_words
from groups.db import change, reading
from groups.errors import Busy
from groups.settings import Settings


def before_change(account_id: int, old: str, new: str, cookie: str, next_cookie: str, settings: Settings) -> Along:
    """What wraps the key under the new words; neither the old ones, nor any code, nor another browser opens it
    from then on. It is the one open here, or that of the old words. Where it cannot be had, what is locked
    stays under the words it is locked with; with nothing written, it goes. Raises Busy."""
    key = _to_be_had(account_id, old, cookie, settings)
    row = under_words(account_id, new, key, settings) if key else None

    def along(session):
        gone = EntryKey.account_id == account_id
        if key or has_entries(session, account_id):
            gone &= EntryKey.opener != WORDS
        session.execute(delete(EntryKey).where(gone))
        session.execute(delete(EntryOpening).where(EntryOpening.account_id == account_id))
        if key:
            session.merge(row)
            session.add(under_cookie(session, account_id, key, next_cookie))

    return along


def before_card(account_id: int, words: str, codes: Sequence[str], cookie: str, settings: Settings) -> Along:
    """What lets each code of a new card open the entries once, and those of earlier cards no more. Where nothing
    was written yet the key is made now, so that the card opens what will be. Raises Busy."""
    key, row = _to_be_had(account_id, words, cookie, settings), None
    before = _wrapped(account_id)
    if key is None and not before[1]:
        key = keys.fresh_key()
        row = under_words(account_id, words, key, settings)

    def along(session):
        session.execute(delete(EntryKey).where(EntryKey.account_id == account_id, EntryKey.opener != WORDS))
        if key is None or (row and _wrapped_in(session, account_id) != before):  # another tab began meanwhile
            return
        if row:
            session.merge(row)
            session.execute(delete(EntryOpening).where(EntryOpening.account_id == account_id))
        session.add_all(under_code(account_id, code, key, settings) for code in codes)

    return along


def open_with_earlier(account_id: int, earlier: str, words: str, cookie: str, settings: Settings) -> None:
    """Open what is locked with earlier words, here; from then on the words of today open it. Those were checked
    before. Raises Busy, WrongKey."""
    key = key_by_words(account_id, earlier, settings)
    if key is None:
        raise keys.WrongKey(account_id)
    row = under_words(account_id, words, key, settings)
    with change() as (session, _):
        session.merge(row)
        session.merge(under_cookie(session, account_id, key, cookie))


def stays_shut(account_id: int, cookie: str) -> bool:
    """Whether something is written that does not open in this browser as it is."""
    with reading() as session:
        written = has_entries(session, account_id)
    return written and key_in(account_id, cookie) is None


def shut_to_card(account_id: int) -> bool:
    """Whether something is written that no code opens."""
    by_code = select(EntryKey.account_id).where(EntryKey.account_id == account_id, EntryKey.opener != WORDS).limit(1)
    with reading() as session:
        return has_entries(session, account_id) and session.scalar(by_code) is None


def listen(settings: Settings) -> None:
    """Open together with the account, follow its words and codes, and shut with each sign-in."""

    def typed(account_id, words, cookie):
        _if_it_can(open_with_words, account_id, words, cookie, settings)

    def code_used(account_id, code, cookie):
        _if_it_can(open_with_code, account_id, code, cookie, settings)

    unlocking.ON_WORDS[:] = [typed]
    unlocking.ON_CODE[:] = [code_used]
    unlocking.BEFORE_CHANGE[:] = [lambda account_id, *how: before_change(account_id, *how, settings)]
    unlocking.BEFORE_CARD[:] = [lambda account_id, *how: before_card(account_id, *how, settings)]
    unlocking.SHUT[:] = [stays_shut]
    unlocking.SHUT_TO_CARD[:] = [shut_to_card]
    announcements.on(SignedOut, _signed_out)


def _if_it_can(way, *how):
    """Signing in goes first; where this cannot be done their page asks for the words again."""
    try:
        way(*how)
    except (Busy, keys.WrongKey):
        pass


def _signed_out(_):
    forget_openings(clock.now() + NOT_YET_STORED)


def _to_be_had(account_id, words, cookie, settings):
    """The key from this browser, or by these words; None where neither opens it."""
    key = key_in(account_id, cookie)
    if key or not words:
        return key
    try:
        return key_by_words(account_id, words, settings)
    except keys.WrongKey:
        return None


def _wrapped(account_id):
    with reading() as session:
        return _wrapped_in(session, account_id)


def _wrapped_in(session, account_id):
    """The key as it is stored under words, and whether anything was written with it."""
    row = session.get(EntryKey, (account_id, WORDS))
    return row and row.wrapped, has_entries(session, account_id)
