"""Pages about what is held about oneself: take a copy, or erase all of it."""

from flask import Blueprint, Response, redirect, render_template, session

from groups.accounts.forms import WordsForm, ask_again, say_beside
from groups.accounts.routes import whoever_asks, without_a_trace
from groups.checkins.opening import has_begun, key_in
from groups.checkins.routes import this_cookie
from groups.erasure.erasing import erase, left_alone
from groups.erasure.exporting import export_mine
from groups.erasure.forms import EraseForm
from groups.errors import Failure
from groups.http import keyring, ledger

bp = Blueprint("erasure", __name__)
COPY = "my-copy.json"  # neutral, whoever looks into the folder


@bp.route("/me/copy", methods=["GET", "POST"])
def copy():
    """Everything held about this account, in one file."""
    account = whoever_asks()
    form, status = WordsForm(), 200
    key = key_in(account.id, this_cookie())
    if form.validate_on_submit():
        try:
            _words_again(account, form)
            return Response(export_mine(account, key, keyring()), mimetype="application/json", headers={
                "Content-Disposition": f"attachment; filename={COPY}",
            })
        except Failure as failure:
            status = say_beside(form, failure, "words")
    return render_template("erasure/copy.html", form=form, shut=key is None and has_begun(account.id)), status


@bp.route("/me/erase", methods=["GET", "POST"])
def erase_me():
    """What goes and what stays; then it goes, at once."""
    account = whoever_asks()
    form, status = EraseForm(), 200
    if form.validate_on_submit():
        try:
            _words_again(account, form)
            erase(account, form.agrees.data, ledger())
        except Failure as failure:
            status = say_beside(form, failure, "agrees" if failure.reason == "group_left_alone" else "words")
        else:
            session.end()
            return without_a_trace(redirect("/erased", 303))
    return render_template("erasure/erase.html", form=form, alone=left_alone(account.id)), status


@bp.get("/erased")
def erased():
    """It is done; this page knows nobody."""
    return render_template("erasure/erased.html")


def _words_again(account, form):
    """Somebody else may sit at this device. An account without words has nothing to ask for."""
    if account.is_kept:
        ask_again(account, form.words.data)
