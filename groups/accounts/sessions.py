"""Flask's session, kept on the server: the cookie is one random value, the table holds its hash.

Saving may only *update* a row that still exists: a slow request that finishes after the sign-out
cannot bring the session back to life (SecureDrop's rule). Every sign-in gets a new cookie."""

import hashlib
import json
from copy import deepcopy
from dataclasses import dataclass

from flask import request
from flask.sessions import SessionInterface, SessionMixin
from sqlalchemy import delete, select, update
from sqlalchemy.exc import SQLAlchemyError

from groups import clock
from groups.accounts import left
from groups.accounts.models import CAME_IN_STEP, IDLE, SHORT_STEP, Account, SignIn, ends_at
from groups.db import change, reading
from groups.headers import OPEN_DATA
from groups.ids import public_id, token
from groups.off_the_loop import AWAY

_LOOKED_AT = (SignIn.id, SignIn.account_id, SignIn.token_hash, SignIn.used_at, SignIn.came_in_at, SignIn.shared)
COOKIE = "s"  # neutral: a cookie list says nothing
LONGEST = 100  # characters of a cookie
# /c/: what calendars fetch, signed out. /lines, /seen: must be there without a database.
NO_SESSION = ("/static/", "/socket.io/", "/health", "/ready", "/c/", "/lines", "/seen", *OPEN_DATA)


def hashed(cookie: str) -> bytes:
    """What the table keeps of a cookie: a plain hash is enough for 256 random bits."""
    return hashlib.sha256(cookie.encode()).digest()


def find_sign_in(cookie: str | None) -> SignIn | None:
    """The living sign-in behind a cookie, or None. One query; run it off the loop."""
    if not cookie or len(cookie) > LONGEST or left.is_left(digest := hashed(cookie)):
        return None
    with reading() as session:
        found = session.scalar(select(SignIn).where(SignIn.token_hash == digest))
    return None if found is None or found.is_over else found


def signed_in(cookies: list[str]) -> dict[str, tuple[int, int]]:
    """Of these cookies, the living sign-ins: (sign-in, account), by one query for all of them. Off the loop."""
    by_hash = {hashed(cookie): cookie for cookie in cookies if len(cookie) <= LONGEST}
    by_hash = {digest: cookie for digest, cookie in by_hash.items() if not left.is_left(digest)}
    with reading() as session:
        rows = session.execute(select(*_LOOKED_AT).where(SignIn.token_hash.in_(by_hash), SignIn.account_id.is_not(None))).all()
    living = (row for row in rows if clock.now() <= ends_at(row.used_at, row.came_in_at, row.shared))
    return {by_hash[row.token_hash]: (row.id, row.account_id) for row in living}


@dataclass(frozen=True)
class CameIn:
    """Somebody signs in by this request: by words, code, passkey or a name alone (""). `shared`: others
    use the device, too."""

    by: str
    shared: bool

    @property
    def values(self) -> dict:
        """What the row says of it from now on. Its name in the list changes with whom it belongs to."""
        return {"came_by": self.by, "shared": self.shared, "came_in_at": clock.now(), "public_id": public_id()}


class ServerSession(dict, SessionMixin):
    """Flask's session dictionary, with the row it came from."""

    def __init__(self, row: SignIn | None = None, cookie: str = ""):
        super().__init__(json.loads(row.notes) if row else {})
        self.row_id = row.id if row else None
        self.public_id = row.public_id if row else None
        self.token_hash = row.token_hash if row else None
        self.used_at = row.used_at if row else None
        self.shared = bool(row and row.shared)
        self.cookie = cookie if row else ""  # what it came with; stored nowhere
        self.before = deepcopy(dict(self))  # lines that wait to be shown are a list inside, and grow
        self.new_cookie: str | None = None
        self.came_in: CameIn | None = None
        self.ended = False
        self.asked_only = False  # by a page itself, and not by somebody who uses it
        self.lost: SQLAlchemyError | None = None  # why the row could not be looked for

    @property
    def modified(self) -> bool:
        """True when there is something to store."""
        return dict(self) != self.before

    def renew(self, came_in: CameIn | None = None, cookie: str = "") -> str:
        """Give this browser a new cookie at the end of the request; the old one opens nothing. Returns it.
        `came_in` says how somebody signs in by this request; `cookie` is one that was drawn for it before."""
        self.new_cookie = cookie or self.new_cookie or token()
        if came_in:
            self.came_in, self.shared = came_in, came_in.shared
        return self.new_cookie

    def end(self) -> None:
        """Delete the session on the server and forget the cookie."""
        self.clear()
        self.ended = True


class ServerSessions(SessionInterface):
    """Plugged into Flask as `app.session_interface`."""

    def __init__(self, secure: bool):
        self.name = f"__Host-{COOKIE}" if secure else COOKIE
        self.secure = secure

    def open_session(self, app, request):
        """Find the row of the cookie; static files and sockets look nothing up. When the database does
        not answer, the session is empty and says why (`http.py` draws the page that follows from it)."""
        if request.path.startswith(NO_SESSION):
            return ServerSession()
        if request.path == AWAY:  # looks nothing up either: it works whatever the database does
            return ServerSession()
        try:
            cookie = request.cookies.get(self.name)
            return ServerSession(find_sign_in(cookie), cookie)
        except SQLAlchemyError as failure:
            session = ServerSession()
            session.lost = failure
            return session

    def save_session(self, app, session, response):
        """Store what changed, and set or drop the cookie. Where no session is, no answer depends on one."""
        if request.path.startswith(NO_SESSION) or (session.lost and not session.ended):
            return  # whoever was signed in still is, once the database is back
        response.vary.add("Cookie")
        if session.ended:
            self._delete(session)
            self._set_cookie(response, "", 0)
        elif session.row_id is None:
            if session:
                self._set_cookie(response, self._insert(session), _lives(session))
        elif session.modified or session.new_cookie or (self._has_moved(session) and not session.asked_only):
            self._update(session, request.cookies.get(self.name), response)

    @staticmethod
    def _has_moved(session):
        return clock.now() - session.used_at > (SHORT_STEP if session.shared else CAME_IN_STEP)

    def _insert(self, session):
        cookie = session.new_cookie or token()
        values = session.came_in.values if session.came_in else {}
        with change() as (db, _):
            db.add(SignIn(token_hash=hashed(cookie), account_id=_account(session), notes=_notes(session), **values))
            _note_came_in(db, session)
        return cookie

    def _update(self, session, cookie, response):
        """Only the row this request began with, under the cookie it came with: a slow request must
        not write its old notes over a session that was renewed meanwhile by a sign-in elsewhere. Nor over
        what another window noted, where it has nothing to note itself."""
        values = {"used_at": clock.now()}
        if session.modified:
            values |= {"notes": _notes(session), "account_id": _account(session)}
        if session.came_in:
            values |= session.came_in.values
        if session.new_cookie:
            cookie = session.new_cookie
            values["token_hash"] = hashed(cookie)
        with change() as (db, _):
            mine = update(SignIn).where(SignIn.id == session.row_id, SignIn.token_hash == session.token_hash)
            kept = db.execute(mine.values(values)).rowcount
            if kept:
                _note_came_in(db, session)
        if kept:
            self._set_cookie(response, cookie, _lives(session))  # sent again, so that it lives as long as it is used
        elif session.came_in:  # a sign-in begins anew; a cookie that was only to change belonged to one that has ended
            self._set_cookie(response, self._insert(session), _lives(session))

    def _delete(self, session):
        """Under its cookie, too: where it has gone already, somebody else may have its number by now."""
        if session.row_id is None:
            return
        with change() as (db, _):
            db.execute(delete(SignIn).where(SignIn.id == session.row_id, SignIn.token_hash == session.token_hash))

    def _set_cookie(self, response, value, max_age):
        response.set_cookie(self.name, value, max_age=max_age, path="/", httponly=True, secure=self.secure, samesite="Lax")


def _lives(session):
    """Seconds a browser keeps the cookie; where others use it too, until it is closed."""
    return None if session.shared else int(IDLE.total_seconds())


def _note_came_in(db, session):
    """With the sign-in itself, so that no account is ever taken for one whose browsers are gone before it had one."""
    if session.came_in and not session.came_in.by:
        db.execute(update(Account).where(Account.id == _account(session)).values(came_in=True))


def _account(session):
    return int(session["_user_id"]) if session.get("_user_id") else None


def _notes(session):
    return json.dumps(dict(session), separators=(",", ":"))
