"""Private entries: write one, read them, take one out. A plain list of days; nothing counts them, and
nothing begins anew because of one."""

import json
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, func, select

from groups import clock, policy
from groups.accounts import passphrase
from groups.accounts.models import Account
from groups.checkins import keys
from groups.checkins.models import PrivateEntry
from groups.db import change, fresh, reading
from groups.errors import Invalid, NotFound, Refused
from groups.ids import public_id
from groups.retention.deletions import remember_deleted
from groups.schedule.words import dated_words
from groups.text import one_of, written

KINDS = {"note": "A note", "good": "Something that helped", "hard": "Something hard", "lapse": "A lapse"}
MOST_WORDS = 4000  # characters
MOST = 2000  # entries of one account; some years of days
EARLIEST = date(1990, 1, 1)


@dataclass(frozen=True)
class Opened:
    """An entry, opened. words: None for one that does not open in its row."""

    id: str
    day: date | None
    kind: str
    words: str | None

    def day_words(self, today: date) -> str:
        """How its day is said."""
        return dated_words(self.day, today, weekday=True) if self.day else "A day that is not known"


def write(account: Account, key: bytes, day: date | None, kind: str | None, words: str, today: date) -> Opened:
    """Add an entry for a day, which is not ahead of the writer's today. Raises Invalid, Refused
    (keep_first, enough_entries)."""
    kind, words = one_of("kind", kind, KINDS), written("words", words, MOST_WORDS)
    if passphrase.opens_an_account(words):
        raise Invalid("words", "words_of_account")
    if day is None or not EARLIEST <= day <= today:
        raise Invalid("day", "entry_ahead" if day and day > today else "bad_date")
    with change() as (session, _):
        account = fresh(session, account)
        policy.may_keep_entries(account)
        if session.scalar(select(func.count()).where(PrivateEntry.account_id == account.id)) >= MOST:
            raise Refused("enough_entries", most=MOST)
        entry_id = public_id()
        plain = keys.filled(json.dumps([day.isoformat(), kind, words, clock.now().isoformat()], ensure_ascii=False).encode())
        session.add(PrivateEntry(id=entry_id, account_id=account.id, sealed=keys.seal(key, plain, _place(account.id, entry_id))))
    return Opened(entry_id, day, kind, words)


def entries_of(account_id: int, key: bytes) -> list[Opened]:
    """All of one's entries, the latest day first, and of one day the latest written. When something was
    written stands under the seal as well, and is shown nowhere."""
    with reading() as session:
        rows = session.scalars(select(PrivateEntry).where(PrivateEntry.account_id == account_id)).all()
    opened = [_opened(row, key) for row in rows]
    return [one for one, _ in sorted(opened, key=lambda pair: (pair[0].day or EARLIEST, pair[1]), reverse=True)]


def take_out(account: Account, entry_id: str) -> None:
    """Delete one of one's own. Raises NotFound."""
    with change() as (session, _):
        mine = delete(PrivateEntry).where(PrivateEntry.id == entry_id, PrivateEntry.account_id == account.id)
        if not session.execute(mine).rowcount:
            raise NotFound()
        remember_deleted(session, "entry", entry_id)


def _opened(row, key):
    try:
        day, kind, words, at = json.loads(keys.unseal(key, row.sealed, _place(row.account_id, row.id)))
    except keys.WrongKey:
        return Opened(row.id, None, "note", None), ""
    return Opened(row.id, date.fromisoformat(day), kind, words), at


def _place(account_id, entry_id):
    return f"{account_id}/{entry_id}"
