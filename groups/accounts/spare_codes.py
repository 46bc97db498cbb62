"""Spare codes: eight on a card, each opens the account once. For whoever loses the seven words.

A code is drawn whole (100 bits of the operating system's randomness), so nothing dear is needed to keep
it from being guessed: the table holds a keyed hash, and looking one up costs nothing."""

import re
import secrets

from sqlalchemy import delete, func, select

from groups.accounts.actions import take_over
from groups.accounts.models import Account, SpareCode
from groups.accounts.unlocking import Along
from groups.db import change, fresh, reading
from groups.errors import Invalid, Refused
from groups.sealing import derived, digest_of
from groups.settings import Settings

CODES = 8  # on a card
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O or U
LENGTH, GROUP = 20, 4  # letters; 32^20 is 100 bits
MISREAD = str.maketrans("ILO", "110")
LONGEST_TYPED = 80


def draw() -> tuple[str, ...]:
    """The codes of a new card, as they are written on it."""
    return tuple(_written("".join(secrets.choice(LETTERS) for _ in range(LENGTH))) for _ in range(CODES))


def normalise(typed: str) -> str:
    """A code as it was typed, in any case, with anything between the letters. Raises Invalid("code", …)."""
    if len(typed) > LONGEST_TYPED:
        raise Invalid("code", "too_long", limit=LONGEST_TYPED)
    plain = re.sub("[^0-9A-Z]", "", typed.upper()).translate(MISREAD)
    if len(plain) != LENGTH or set(plain) - set(LETTERS):
        raise Invalid("code", "code_shape", count=len(plain))
    return _written(plain)


def make_card(account: Account, codes: tuple[str, ...], settings: Settings, along: Along | None = None) -> None:
    """These codes open the account from now on, and those of every earlier card do not. Whether the
    person may is asked before. `along`: what else they open from now on (`unlocking.before_card`). Raises
    Refused("keep_first")."""
    with change() as (session, _):
        account = fresh(session, account)
        if not account.is_kept:
            raise Refused("keep_first")
        session.execute(delete(SpareCode).where(SpareCode.account_id == account.id))
        session.add_all(SpareCode(account_id=account.id, key=_key(code, settings)) for code in codes)
        if along:
            along(session)


def come_in_by_code(typed: str, settings: Settings, instead_of: int | None = None) -> Account:
    """The account this code opens; it opens nothing after that. Raises Invalid, Refused("code_unknown")."""
    key = _key(normalise(typed), settings)
    with change() as (session, _):
        account_id = session.scalar(delete(SpareCode).where(SpareCode.key == key).returning(SpareCode.account_id))
        if account_id is None:
            raise Refused("code_unknown")
        account = session.get(Account, account_id)
    if instead_of:
        take_over(instead_of, account)
    return account


def codes_left(account: Account) -> int:
    """How many of the last card's codes are unused."""
    with reading() as session:
        return session.scalar(select(func.count()).where(SpareCode.account_id == account.id))


def _key(code, settings):
    return digest_of(derived(settings.secret, "spare codes"), code)


def _written(plain):
    return "-".join(plain[at : at + GROUP] for at in range(0, LENGTH, GROUP))
