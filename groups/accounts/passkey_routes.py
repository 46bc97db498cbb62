"""Passkeys: coming in by one, and looking after one's own. The device is asked by a script
(`static/js/passkeys.js`); what it answers comes back as a form."""

from datetime import timedelta

from flask import Blueprint, flash, jsonify, redirect, render_template, request, session, url_for
from flask_login import current_user

from groups.accounts import passkeys, pocket
from groups.accounts.forms import AgainForm, ComeInForm
from groups.accounts.passkeys import Asked
from groups.accounts.routes import next_page, sign_in_first, signed_in_account, signed_in_row, welcome
from groups.errors import Failure, NotFound
from groups.http import settings, status_of
from groups.limiting.http import limit
from groups.sentences import sentence

bp = Blueprint("passkeys", __name__)
ANSWERED_WITHIN = timedelta(minutes=5)
CAME_WITH = "passkey"  # in the session: the passkey this sign-in is by


@bp.before_request
def signed_in_only():
    """One's own passkeys are somebody's own; the door is for everybody."""
    if request.path.startswith("/me/"):
        if not current_user.is_authenticated:
            return sign_in_first()
        if not current_user.is_kept:
            return redirect(url_for("accounts.keep"), 303)


@bp.post("/sign-in/passkey/begin")
def begin():
    """What the script asks the device."""
    asked, options = passkeys.ask_to_come_in(settings())
    _put_away("coming", asked)
    return jsonify(options)


@bp.post("/sign-in/passkey")
def sign_in():
    """What the device answered."""
    try:
        limit("sign_in")
        said = request.form.get("credential", "")
        account, passkey = passkeys.come_in_by_passkey(_asked("coming"), said, settings(), signed_in_row())
    except Failure as failure:
        return render_template("accounts/sign_in.html", form=ComeInForm(formdata=None), told=_said(failure)), status_of(failure)
    welcome(account, "passkey", shared=bool(request.form.get("shared")))
    session[CAME_WITH] = passkey
    return redirect(next_page("/"), 303)


@bp.get("/me/passkeys")
def mine():
    """Those there are, and adding one."""
    return _page()


@bp.post("/me/passkeys/begin")
def begin_adding():
    """The words are typed; then the script asks the device."""
    form = AgainForm()
    try:
        form.confirmed(signed_in_account())
        asked, options = passkeys.ask_for_new(signed_in_account(), settings())
    except Failure as failure:
        return jsonify(said=_said(failure)), status_of(failure)
    _put_away("adding", asked)
    return jsonify(options)


@bp.post("/me/passkeys")
def add():
    """What the device made. That the words were typed is known by what was put away then."""
    try:
        passkeys.add(signed_in_account(), _asked("adding"), request.form.get("credential", ""), settings())
    except Failure as failure:
        return _page(_said(failure)), status_of(failure)
    flash("This device opens your page from now on.")
    return redirect(url_for("passkeys.mine"), 303)


@bp.post("/me/passkeys/<passkey>/end")
def remove(passkey):
    """It opens nothing any more. No words are asked for: taking a way in away harms nobody who has them."""
    try:
        passkeys.remove(signed_in_account(), passkey)
    except NotFound:
        flash("It was removed already.")
    else:
        flash("Removed. It opens nothing any more; delete it on the device as well. Browsers that came in by it stay signed in.")
    return redirect(url_for("passkeys.mine"), 303)


def _page(told=None):
    held = passkeys.passkeys_of(signed_in_account())
    facts = {"held": held, "came_with": session.get(CAME_WITH), "told": told}
    return render_template("accounts/passkeys.html", form=AgainForm(formdata=None), **facts)


def _put_away(what, asked):
    session[what] = pocket.put(settings().secret, f"passkey: {what}", current_user.get_id() or "", str(asked))


def _asked(what):
    """Once only: the same answer cannot be given twice."""
    whose, sealed = current_user.get_id() or "", session.pop(what, None)
    return Asked.read(pocket.take(settings().secret, f"passkey: {what}", whose, sealed, ANSWERED_WITHIN))


def _said(failure):
    return sentence(failure.reason, **failure.facts)
