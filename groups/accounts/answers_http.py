"""A form is never answered by a page, but by the way to it (303), so that no browser keeps what the form
sent; with script and without. Here alone: routes answer with a page and its status as ever, and the browser
gets both a moment later.

Programs that do not ask for a page (`Accept: text/html`, as every browser does for what it opens) are
answered at once."""

from flask import current_app, redirect, request, session
from sqlalchemy.exc import SQLAlchemyError

from groups.accounts import answers
from groups.accounts.sessions import NO_SESSION
from groups.http import settings

WAITING = "waiting"  # in the session: the beginnings of the marks of what waits, so that nobody else is looked up
MOST = 5  # forms sent from several windows within a moment


def init_app(app) -> None:
    """Attach it. Comes before whatever else adds to an answer, so that it is done last."""
    app.before_request(_show_what_waits)
    app.after_request(_let_it_wait)


def _let_it_wait(response):
    if not _is_a_form_of_a_browser() or response.mimetype != "text/html" or 300 <= response.status_code < 400:
        return response
    cookie = session.new_cookie or session.cookie or session.renew()
    try:
        answers.let_wait(settings().secret, cookie, request.path, response.status_code, response.get_data(as_text=True))
    except SQLAlchemyError:  # nowhere to wait: what was typed is shown, whatever the browser keeps
        return response
    session[WAITING] = [*session.get(WAITING, []), _sign(cookie)][-MOST:]
    response.headers.pop("Retry-After", None)
    onward = redirect(request.full_path.rstrip("?"), 303)
    response.status_code, response.location = onward.status_code, onward.location
    response.set_data(onward.get_data())
    return response


def _is_a_form_of_a_browser():
    """Whose browser takes cookies, for without one it could not come back for its page; and at an address
    of ours, for a redirection leads there."""
    kept = not request.path.startswith(NO_SESSION) and not session.ended and not session.lost
    return request.method == "POST" and request.url_rule is not None and _asks_for_a_page() and kept and (
        session.row_id is not None or current_app.session_interface.name in request.cookies
    )


def _show_what_waits():
    if WAITING not in session or request.method != "GET" or not _asks_for_a_page():
        return None
    sign = _sign(session.cookie)
    if sign not in session[WAITING]:
        return None
    session[WAITING] = [one for one in session[WAITING] if one != sign]
    if not session[WAITING]:
        session.pop(WAITING)
    found = answers.take(settings().secret, session.cookie, request.path)
    return found and (found[1], found[0])


def _sign(cookie):
    return answers.mark_of(cookie, request.path).hex()[:8]


def _asks_for_a_page():
    return "text/html" in request.headers.get("Accept", "")
