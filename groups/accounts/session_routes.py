"""Where I am signed in: signing out there, and having this browser forget us."""

from flask import Blueprint, flash, make_response, redirect, render_template, request, session, url_for
from flask_login import current_user

from groups import clock
from groups.accounts import actions, browsers
from groups.accounts.routes import signed_in_account, without_a_trace
from groups.errors import NotFound

bp = Blueprint("browsers", __name__)


@bp.before_request
def signed_in_only():
    """Everything here is somebody's own, but for forgetting, which has nothing to show."""
    if not current_user.is_authenticated and request.endpoint != "browsers.forget":
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
    flash("Signed out there. Whatever was open in it is closed.")
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


@bp.app_template_global("my_browsers")
def my_browsers():
    """(browser, what to read of it, whether it is this one), this one first."""
    found = sorted(browsers.browsers_of(signed_in_account()), key=lambda one: one.id != session.row_id)
    return [(one, browsers.about(one, clock.now()), one.id == session.row_id) for one in found]


def _back():
    return redirect(f"{url_for('accounts.me')}#browsers", 303)
