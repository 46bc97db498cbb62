"""Where I am signed in: signing out there, having this browser forget us, and what its open pages ask meanwhile."""

from flask import Blueprint, flash, make_response, redirect, render_template, request, session, url_for
from flask_login import current_user

from groups import clock
from groups.accounts import actions, browsers
from groups.accounts.routes import signed_in_account, without_a_trace
from groups.errors import NotFound

bp = Blueprint("browsers", __name__)


@bp.before_request
def signed_in_only():
    """Everything here is somebody's own, but for forgetting, which has nothing to show, and what a page asks."""
    if request.endpoint not in ("browsers.forget", "browsers.still") and not current_user.is_authenticated:
        return redirect(url_for("accounts.sign_in", next=url_for("accounts.me")), 303)


@bp.post("/me/browsers/<browser>/end")
def end(browser):
    """Sign out there."""
    try:
        browsers.end_one(signed_in_account(), browser)
    except NotFound:
        flash("That browser was signed out already.")
        return _back()
    if browser == session.public_id:
        session.end()
        return redirect(url_for("accounts.sign_in"), 303)
    flash(
        "Signed out there. A meeting and private entries that are open there close within seconds, any other page within "
        "half a minute of being in view. Words that were not sent stay in their box."
    )
    return _back()


@bp.post("/me/browsers/end")
def end_all():
    """Sign out everywhere else, or (`here`) everywhere."""
    if request.form.get("here"):
        browsers.end_everywhere(signed_in_account())
        session.end()
        return redirect(url_for("accounts.sign_in"), 303)
    browsers.end_everywhere(signed_in_account(), but=session.row_id)
    flash("You are signed in here and nowhere else.")
    return _back()


@bp.post("/forget")
def forget():
    """Sign out, and have the browser throw away whatever it keeps of us: what is said of that on the
    page is all that can be done from here."""
    actions.end(session.row_id)
    session.end()
    return without_a_trace(make_response(render_template("accounts/forgotten.html")))


@bp.get("/me/still")
def still():
    """Whether the sign-in a page was drawn in (`of`) is there still: 204 or 403. To ask is no use of it; but it is
    where somebody `typed` on the page since a moment ago. One query and nothing written: 1 to 2 ms of CPU, a tenth of
    a page (measured); every page in view asks twice a minute."""
    session.asked_only = "typed" not in request.args
    return "", 204 if session.get("_user_id") and session.public_id == request.args.get("of") else 403


@bp.app_template_global("my_browsers")
def my_browsers():
    """(browser, what to read of it, whether it is this one), this one first."""
    found = sorted(browsers.browsers_of(signed_in_account()), key=lambda one: one.id != session.row_id)
    return [(one, browsers.about(one, clock.now()), one.id == session.row_id) for one in found]


def _back():
    return redirect(f"{url_for('accounts.me')}#browsers", 303)
