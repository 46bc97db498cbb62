"""Spare codes: a card of them to print, and coming in by one."""

import json

import segno
from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask_login import current_user

from groups.accounts import spare_codes, unlocking
from groups.accounts.forms import AgainForm, CodeForm, say_beside
from groups.accounts.routes import carried, carry, next_page, sign_in_first, signed_in_account, signed_in_row, soon, welcome
from groups.errors import Failure
from groups.http import settings
from groups.limiting.http import limit

bp = Blueprint("codes", __name__)


@bp.route("/sign-in/code", methods=["GET", "POST"])
def sign_in():
    """One code in one field; it is used up by that."""
    form, status = CodeForm(), 200
    if form.validate_on_submit():
        try:
            limit("sign_in")
            account = spare_codes.come_in_by_code(form.code.data or "", settings(), instead_of=signed_in_row())
        except Failure as failure:
            status = say_beside(form, failure, "code")
        else:
            cookie = welcome(account, "code", form.shared.data)
            unlocking.code_used(account.id, spare_codes.normalise(form.code.data), cookie)
            flash("That code is used up. If your words are lost, choose new ones within half an hour.")
            return redirect(next_page(url_for("words.other_words")), 303)
    return render_template("accounts/sign_in_code.html", form=form), status


@bp.route("/me/codes", methods=["GET", "POST"])
def card():
    """How many are left; a new card, once the words were typed; and that card, for half an hour."""
    if not current_user.is_authenticated:
        return sign_in_first()
    if not current_user.is_kept:
        return redirect(url_for("accounts.keep"), 303)
    form, status = AgainForm(), 200
    if form.validate_on_submit():
        try:
            _make_card(form.confirmed(signed_in_account()))
        except Failure as failure:
            status = say_beside(form, failure, "words")
        else:
            return redirect(url_for("codes.card"), 303)
    codes = _shown()
    pattern = _pattern(codes[0]) if codes and request.args.get("pattern") else None
    facts = {"left": spare_codes.codes_left(signed_in_account()), "opens_less": unlocking.shut_to_card(current_user.id)}
    page = render_template("accounts/codes.html", form=form, codes=codes, pattern=pattern, **facts)
    return soon(page, status)


@bp.post("/me/codes/put-away")
def put_away():
    """The card is printed or copied: it is not shown again."""
    session.pop("card", None)
    return redirect(url_for("accounts.me"), 303)


def _make_card(words):
    codes = spare_codes.draw()
    along = unlocking.before_card(current_user.id, words, codes, session.cookie)
    spare_codes.make_card(signed_in_account(), codes, settings(), along)
    carry("card", json.dumps(codes))


def _shown():
    kept = carried("card")
    return json.loads(kept) if kept else None


def _pattern(code):
    """Opens the page for codes with this one filled in. What comes after # never reaches a server, and
    stays in a history: as a code that is used up, or one that opens, so the pages say to use it at once."""
    pattern = segno.make(f"{settings().url}{url_for('codes.sign_in')}#{code}", error="m", micro=False)
    return pattern.svg_inline(scale=5, border=4, dark="#000", light="#fff", omitsize=True)
