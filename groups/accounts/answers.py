"""The page that answers a form waits here for its browser. A browser keeps what a form sent together with
the page that answered it, on its disk as well; what it is redirected to it merely looks at."""

import json
from datetime import datetime, timedelta

from sqlalchemy import delete

from groups import clock
from groups.accounts import pocket
from groups.accounts.models import WaitingAnswer
from groups.accounts.sessions import hashed
from groups.db import change

WAITS = timedelta(minutes=10)  # browsers come at once; on a bad line a little later
WHAT = "the answer to a form"


def mark_of(cookie: str, path: str) -> bytes:
    """What stands for the page that waits for the browser of this cookie, at this address."""
    return hashed(f"{cookie} {path}")


def let_wait(secret: str, cookie: str, path: str, status: int, page: str) -> None:
    """Seal a page for the browser of this cookie, until it comes for it at this address."""
    mark = mark_of(cookie, path)
    sealed = pocket.put(secret + cookie, WHAT, mark.hex(), json.dumps([status, page]))
    with change() as (session, _):
        session.merge(WaitingAnswer(mark=mark, sealed=sealed, since=clock.now()))


def take(secret: str, cookie: str, path: str) -> tuple[int, str] | None:
    """The status and the page that wait there, once; None when there is none, or no longer."""
    mark = mark_of(cookie, path)
    with change() as (session, _):
        one = delete(WaitingAnswer).where(WaitingAnswer.mark == mark).returning(WaitingAnswer.sealed)
        sealed = session.scalar(one)
    opened = pocket.take(secret + cookie, WHAT, mark.hex(), sealed, WAITS)
    return tuple(json.loads(opened)) if opened else None


def forget_answers(now: datetime) -> None:
    """Delete what no browser came for."""
    with change() as (session, _):
        session.execute(delete(WaitingAnswer).where(WaitingAnswer.since < now - WAITS))
