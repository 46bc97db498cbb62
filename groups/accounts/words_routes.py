"""Other words: the new ones are shown, and typed back beside the old."""

from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask_login import current_user

from groups.accounts import passphrase, unlocking
from groups.accounts.changing import change_words
from groups.accounts.forms import ChangeForm, say_beside
from groups.accounts.routes import fresh_words, sign_in_first, signed_in_account, soon, words_shown
from groups.accounts.words_again import code_stands_in
from groups.errors import Failure, Invalid
from groups.http import settings
from groups.ids import token

bp = Blueprint("words", __name__)


@bp.route("/me/words", methods=["GET", "POST"])
def other_words():
    """New words for this account. Whoever came in by a spare code a moment ago need not know the old."""
    if not current_user.is_authenticated:
        return sign_in_first()
    if not current_user.is_kept:
        return redirect(url_for("accounts.keep"), 303)
    form, status, words = ChangeForm(), 200, words_shown("changing")
    by_code = code_stands_in(session.row_id)
    if by_code:
        del form.old
    try:
        if form.validate_on_submit():
            _change(form, words, by_code)
            flash("From now on the new words open this account, and nothing else does. The old card can go.")
            return redirect(url_for("accounts.me"), 303)
    except Failure as failure:
        status = say_beside(form, failure, "words")
        words = None if failure.reason == "words_renewed" else words
    shut = by_code and unlocking.stays_shut(current_user.id, session.cookie)
    page = render_template("accounts/change.html", form=form, words=words or fresh_words("changing"), by_code=by_code, shut=shut)
    return soon(page, status)


def _change(form, words, by_code):
    if words is None:
        raise Invalid("words", "words_renewed")
    passphrase.compare(words, form.words.data or "")
    old = "" if by_code else form.confirmed(signed_in_account())
    cookie = token()  # this browser's from then on, and only if the change is made
    along = unlocking.before_change(current_user.id, old, " ".join(words), session.cookie, cookie)
    change_words(signed_in_account(), words, settings(), session.row_id, along)
    session.pop("changing")
    session.renew(cookie=cookie)
