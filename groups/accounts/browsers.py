"""Where an account is signed in, and ending it there. A browser has no name, no kind and no place:
what tells one from another is when it was last used and how somebody came in."""

import json
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from groups import clock
from groups.accounts.actions import SignedOut
from groups.accounts.endings import Ending, let_go_of
from groups.accounts.models import CAME_IN_STEP, SHORT_IDLE, Account, SignIn, over_at
from groups.db import change, reading
from groups.errors import NotFound
from groups.sql import among

NOTED_LATE = timedelta(minutes=1)  # after a step is over, until it is noted that somebody still sits there
BY = {"words": "by your seven words", "code": "by a spare code", "passkey": "with a passkey", "": "by a name alone"}


def browsers_of(account: Account) -> list[SignIn]:
    """The browsers this account is signed in at, the one used last first."""
    mine = select(SignIn).where(SignIn.account_id == account.id, ~over_at(clock.now()))
    with reading() as session:
        return list(session.scalars(mine.order_by(SignIn.used_at.desc(), SignIn.id)))


def end_one(account: Account, browser: str) -> None:
    """Sign that browser of theirs out. Raises NotFound when there is none of that name, or no longer."""
    with change() as (session, announce):
        if not _end(session, announce, SignIn.account_id == account.id, SignIn.public_id == browser):
            raise NotFound()


def end_everywhere(account: Account, but: int | None = None) -> int:
    """Sign this account out in all its browsers, except for the sign-in `but`. Returns in how many."""
    with change() as (session, announce):
        return end_others(session, announce, account.id, but)


def end_others(session, announce: Callable, account_id: int, but: int | None) -> int:
    """The same as a part of a larger change."""
    let_go_of(session, Ending.OTHERS, account_id)
    return _end(session, announce, SignIn.account_id == account_id, SignIn.id != (but or 0))


def note_used(sign_ins: Iterable[int], now: datetime) -> None:
    """Whoever sits in a meeting uses their browser, also without asking for a page. For the heartbeat;
    writes only where the last note is old."""
    stale = select(SignIn.id).where(among(SignIn.id, set(sign_ins)), SignIn.used_at < now - CAME_IN_STEP)
    with reading() as session:
        found = session.scalars(stale).all()
    if found:
        with change() as (session, _):
            session.execute(update(SignIn).where(SignIn.id.in_(found)).values(used_at=now))


def is_used_elsewhere(account_id: int, sign_in_id: int, now: datetime) -> bool:
    """Whether somebody may sit before another browser of this account: it was used within the step in which
    that is noted."""
    others = select(SignIn.id).where(
        SignIn.account_id == account_id, SignIn.id != sign_in_id, SignIn.used_at > now - CAME_IN_STEP - NOTED_LATE
    )
    with reading() as session:
        return session.scalar(others.limit(1)) is not None


def _end(session, announce, *which):
    ended = session.execute(delete(SignIn).where(*which).returning(SignIn.id, SignIn.account_id, SignIn.notes)).all()
    for sign_in_id, account_id, notes in ended:
        let_go_of(session, Ending.BROWSER, account_id, json.loads(notes))
        announce(SignedOut(sign_in_id, account_id))
    return len(ended)


def about(browser: SignIn, now: datetime) -> str:
    """What its own account reads of a browser: 'used in the last few minutes; you came in by your words
    2 days ago'. As near as anybody needs to tell one from another, and no nearer."""
    used, came = now - browser.used_at, now - browser.came_in_at
    hours = round(used / timedelta(hours=1))
    last = "in the last few minutes" if used < SHORT_IDLE else "about an hour ago" if hours < 2 else f"about {hours} hours ago"
    days = {0: "less than a day ago", 1: "a day ago"}.get(came.days, f"{came.days} days ago")
    return f"used {last}; you came in {BY.get(browser.came_by, BY[''])} {days}"
