"""Sessions on the server: what one slow request must not undo."""

from flask import Response
from sqlalchemy import select

from groups.accounts.models import SignIn
from groups.accounts.sessions import ServerSession, ServerSessions, hashed
from groups.db import change, reading

COOKIE = "the-cookie-of-a-browser"


def begun(app):
    """A row for the cookie, and the sessions that work on it."""
    with change() as (session, _):
        session.add(SignIn(token_hash=hashed(COOKIE), notes='{"csrf_token":"t"}'))
    return ServerSessions(secure=False)


def rows():
    with reading() as session:
        return session.scalars(select(SignIn)).all()


def test_a_slow_request_does_not_take_back_a_sign_in_that_happened_meanwhile(app, tom):
    sessions = begun(app)
    with app.test_request_context("/calendar", headers={"Cookie": f"s={COOKIE}"}) as slow:
        old = sessions.open_session(app, slow.request)
        with app.test_request_context("/sign-in", headers={"Cookie": f"s={COOKIE}"}) as quick:
            new = sessions.open_session(app, quick.request)
            new["_user_id"] = str(tom.account.id)
            new.renew()
            signed_in = Response()
            sessions.save_session(app, new, signed_in)
        old["zone"] = "Europe/Berlin"
        late = Response()
        sessions.save_session(app, old, late)
    assert [row.account_id for row in rows()] == [tom.account.id]
    assert "Set-Cookie" in signed_in.headers and "Set-Cookie" not in late.headers


def test_a_slow_request_does_not_bring_a_session_back_to_life(app):
    sessions = begun(app)
    with app.test_request_context("/calendar", headers={"Cookie": f"s={COOKIE}"}) as slow:
        old = sessions.open_session(app, slow.request)
        with app.test_request_context("/sign-out", headers={"Cookie": f"s={COOKIE}"}) as quick:
            ending = sessions.open_session(app, quick.request)
            ending.end()
            sessions.save_session(app, ending, Response())
        old["zone"] = "Europe/Berlin"
        sessions.save_session(app, old, Response())
    assert rows() == []


def test_nor_does_one_that_asks_for_a_new_cookie(app, tom):
    """Keeping an account changes the cookie. If it was signed out there meanwhile, it stays signed out."""
    sessions = begun(app)
    with app.test_request_context("/keep", headers={"Cookie": f"s={COOKIE}"}) as slow:
        old = sessions.open_session(app, slow.request)
        with change() as (session, _):
            session.delete(session.get(SignIn, old.row_id))
        old["_user_id"] = str(tom.account.id)
        old.renew()
        late = Response()
        sessions.save_session(app, old, late)
    assert rows() == [] and "Set-Cookie" not in late.headers


def test_a_cookie_lives_as_long_as_it_is_used(app, freeze):
    sessions = begun(app)
    freeze.forward(hours=11)
    with app.test_request_context("/", headers={"Cookie": f"s={COOKIE}"}) as used:
        answer = Response()
        sessions.save_session(app, sessions.open_session(app, used.request), answer)
    assert f"s={COOKIE}" in answer.headers["Set-Cookie"] and "Max-Age=43200" in answer.headers["Set-Cookie"]


def test_a_line_added_to_those_that_wait_to_be_shown_is_stored():
    session = ServerSession(SignIn(notes='{"_flashes": [["message", "One."]]}'))
    assert not session.modified
    session["_flashes"].append(["message", "Two."])
    assert session.modified
