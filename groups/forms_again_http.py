"""Whose form it is. The token in a form's page says, under a key of the house, for which account the page was
drawn. So when a form comes with a token that has run out, or from before another sign-in, what was typed is
shown once more only to the one who typed it: never to another account that came in by the same browser."""

import hmac
from secrets import token_urlsafe

from flask import Flask, current_app, render_template, request, session
from flask_wtf.csrf import CSRFError
from itsdangerous import BadData, URLSafeTimedSerializer

from groups.sealing import derived, digest_of
from groups.sentences import sentence

FIELD = "csrf_token"
SHOWN = 24  # letters of the digest
_SIGNED = "wtf-csrf-token"  # as Flask-WTF signs them


def init_app(app: Flask) -> None:
    """Attach the page for forms whose token does not do."""
    app.register_error_handler(CSRFError, lambda _: _once_more())


def token_of(account: str, secret: str) -> str:
    """What the forms of somebody who signs in are told apart by, put where Flask-WTF would keep one that says
    nothing. account: as the session knows it. Two of one account have nothing in common."""
    drawn = token_urlsafe(24)
    return f"{drawn}.{_mark(drawn, account, secret)}"


def _once_more():
    """Nothing was done. What was typed comes back with a fresh token, to be sent again by the person's own hand;
    but not where somebody else is signed in by now."""
    if session.get("_user_id") and not _drawn_for(session["_user_id"]):
        return render_template("again.html", text=sentence("form_of_another"), typed=[]), 400
    typed = [(name, value) for name, value in request.form.items(multi=True) if name != FIELD]
    return render_template("again.html", text=sentence("form_too_old"), typed=typed), 400


def _drawn_for(account):
    """Whether the form's page was drawn for this account, however long ago."""
    try:
        said = URLSafeTimedSerializer(current_app.secret_key, salt=_SIGNED).loads(request.form.get(FIELD, ""))
    except BadData:
        return False
    drawn, _, mark = str(said).rpartition(".")
    expected = _mark(drawn, account, current_app.secret_key)
    return said == session.get(FIELD) or bool(drawn) and hmac.compare_digest(mark.encode(), expected.encode())


def _mark(drawn, account, secret):
    return digest_of(derived(secret, "whose form"), f"{drawn} {account}").hex()[:SHOWN]
