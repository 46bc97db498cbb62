"""What can be done with an account: open one, keep it, come back to it, end a sign-in."""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from groups import clock
from groups.accounts import left, passphrase
from groups.accounts.endings import Ending, let_go_of
from groups.accounts.models import Account, SignIn
from groups.announcements import tell
from groups.db import change, fresh, reading
from groups.errors import Refused
from groups.settings import Settings

AT_MOST = 1.0  # seconds that leaving quickly waits to be written down
_writer = ThreadPoolExecutor(1, thread_name_prefix="leaving")


@dataclass(frozen=True)
class SignedOut:
    """This browser's sign-in has ended: whatever is still connected under it must go. account_id: whose it was,
    where they ended it and may sit in a meeting still."""

    sign_in_id: int
    account_id: int | None = field(default=None, compare=False)


@dataclass(frozen=True)
class LeftQuickly:
    """Somebody left in a hurry, and is to be gone from every room."""

    account_id: int


@dataclass(frozen=True)
class LeftUnwritten:
    """Somebody left in a hurry, and the table does not know yet: the sign-in of this hash opens nothing
    any more, here and wherever this is heard."""

    token_hash: bytes


def open_account() -> Account:
    """An account of nobody, not kept yet: it lives as long as its browser remembers it."""
    with change() as (session, _):
        account = Account()
        session.add(account)
        return account


def come_in(typed: str, settings: Settings, instead_of: int | None = None) -> Account:
    """The account these seven words open. `instead_of` is the sign-in of another account that this
    browser was in until now.

    The same work is done whether or not there is such an account. Raises Invalid when this cannot
    be seven of our words, Refused("words_unknown"), Crowded."""
    key = passphrase.key_of(passphrase.normalise(typed), settings.secret, settings.fast_hash)
    with reading() as session:
        account = session.scalar(select(Account).where(Account.key == key))
    if account is None:
        raise Refused("words_unknown")
    if instead_of:
        take_over(instead_of, account)
    return account


def take_over(sign_in_id: int, account: Account) -> None:
    """This account comes in at a browser that is signed in already: whatever was open there must go."""
    with change() as (session, announce):
        row = session.get(SignIn, sign_in_id)
        before = row.account_id if row and row.account_id != account.id else None
        if before is not None:
            let_go_of(session, Ending.BROWSER, before, json.loads(row.notes))
        announce(SignedOut(sign_in_id, before))


def keep_account(account: Account, words: Sequence[str], settings: Settings) -> Account:
    """From now on these seven words open this account. Raises Refused("already_kept"), Crowded."""
    key = passphrase.key_of(words, settings.secret, settings.fast_hash)
    with change() as (session, _):
        account = fresh(session, account)
        if account.is_kept:
            raise Refused("already_kept")
        account.key = key
        try:
            session.flush()
        except IntegrityError:  # 90 bits met by chance, or words that were kept before: both need new ones
            raise Refused("words_renewed") from None
        return account


def make_steward(typed: str, settings: Settings, ends: bool = False) -> Account:
    """The account these seven words open decides from now on what concerns more than one group; or no
    longer. For whoever runs the server. Raises as come_in, Refused("no_steward")."""
    account = come_in(typed, settings)
    with change() as (session, _):
        account = fresh(session, account)
        if ends and account.steward_since is None:
            raise Refused("no_steward")
        account.steward_since = None if ends else account.steward_since or clock.now()
        return account


def end(sign_in_id: int | None) -> None:
    """Sign this browser out. Doing it twice, or with nobody signed in, is harmless."""
    if sign_in_id is None:
        return
    with change() as (session, announce):
        ended = session.execute(delete(SignIn).where(SignIn.id == sign_in_id).returning(SignIn.account_id, SignIn.notes)).first()
        whose, notes = ended or (None, "")
        if whose is not None:
            let_go_of(session, Ending.BROWSER, whose, json.loads(notes))
        announce(SignedOut(sign_in_id, whose))


def leave_quickly(token_hash: bytes) -> None:
    """Sign the browser of this cookie out, and let go of whatever could betray its account elsewhere. Takes
    a second at most: what cannot be written down by then is done later, and counts from now on."""
    left.remember(token_hash)
    try:
        written = _writer.submit(finish_leaving).result(AT_MOST)
    except TimeoutError:
        written = False
    if not written:
        tell(LeftUnwritten(token_hash))


def finish_leaving() -> bool:
    """Delete the sign-ins that were left quickly; for whoever leaves, and for the heartbeat. False while
    the database does not answer."""
    hashes = left.all_left()
    if not hashes:
        return True
    try:
        with change() as (session, announce):
            mine = delete(SignIn).where(SignIn.token_hash.in_(hashes)).returning(SignIn.id, SignIn.account_id)
            for sign_in_id, account_id in session.execute(mine).all():
                announce(SignedOut(sign_in_id))
                if account_id is not None:
                    let_go_of(session, Ending.LEAVING, account_id)
                    announce(LeftQuickly(account_id))
    except SQLAlchemyError:
        return False
    left.forget(hashes)
    return True
