"""Whose form it is. The token in a form's page says, under a key of the house, for which account the page was
drawn. So when a form comes with a token that has run out, or from before another sign-in, what was typed is
shown once more only to the one who typed it: never to another account that came in by the same browser.

Where nobody is signed in any more, the page that keeps what was typed waits for that account. Its token is one of
no page's, so what is sent again by anybody else is stopped here, before the address is looked at: whoever is not
signed in would find nothing there, and the words would be gone.

What was typed while nobody was signed in could be read, and sent, by whoever sat at that browser. So it is shown to
the one who signs in next from there, and to nobody after them; nor where they said that others use the device."""

import hmac
from secrets import token_urlsafe

from flask import Flask, current_app, render_template, request, session
from flask_wtf.csrf import CSRFError, CSRFProtect, generate_csrf
from itsdangerous import BadData, URLSafeTimedSerializer

from groups.sealing import derived, digest_of

FIELD = "csrf_token"
BEFORE = "before"  # in the session: what the forms say that this browser got while nobody was signed in
SHOWN = 24  # letters of the digest
WAYS_IN = ("accounts.sign_in", "codes.sign_in", "passkeys.sign_in")  # for whoever comes, and nobody's before
_SIGNED = "wtf-csrf-token"  # as Flask-WTF signs them
_WAITS = "sent again"


class Protection(CSRFProtect):
    """Forms are of the page one has in this browser; or they waited for the account that is signed in now."""

    def _get_csrf_token(self):
        limit = current_app.config["WTF_CSRF_TIME_LIMIT"]
        waited = "_user_id" in session and _is_of(session["_user_id"], _said(_WAITS, limit))
        return generate_csrf() if waited else super()._get_csrf_token()


def init_app(app: Flask) -> None:
    """Attach the protection, and the page for forms whose token does not do."""
    Protection(app)
    app.register_error_handler(CSRFError, lambda _: _once_more())


def token_of(account: str, secret: str) -> str:
    """What the forms of somebody who signs in are told apart by, put where Flask-WTF would keep one that says
    nothing. account: as the session knows it. Two of one account have nothing in common."""
    drawn = token_urlsafe(24)
    return f"{drawn}.{_mark(drawn, account, secret)}"


def from_before() -> dict[str, str]:
    """For the session of whoever signs in now, by this request: by what a visitor's forms of this browser are known."""
    return {BEFORE: session[FIELD]} if FIELD in session and "_user_id" not in session else {}


def wait_for(reason: str, address: str, name: str) -> str:
    """A page that keeps what was typed until something was done in another tab, at that address, by that name."""
    return _page(reason, generate_csrf(), tab=(address, name))


def _once_more():
    """Nothing was done. What was typed comes back, to be sent again by the person's own hand; but not where somebody
    else is signed in by now."""
    said, account = _said(_SIGNED) or _said(_WAITS), session.get("_user_id")
    if session.lost:  # nobody knows who is signed in; once the database is back, the form will do as it is
        return _page("busy", request.form.get(FIELD)), 503
    if account is None and "." in said and request.endpoint not in WAYS_IN:
        reason = "signed_out_unkept" if typed() else "signed_out_here_unkept"  # nobody knows any more whether it was kept
        return _page(reason, _signer(_WAITS).dumps(said), tab=("/sign-in", "Sign in")), 400
    if account is None or said == session.get(FIELD) or _is_of(account, said):
        return _page("form_too_old", generate_csrf()), 400
    if said == session.get(BEFORE) and not session.shared and request.endpoint not in WAYS_IN:
        return _page("form_before_sign_in", generate_csrf()), 400
    return _page("form_of_nobody" if said and "." not in said else "form_of_another"), 400


def _page(reason, token=None, tab=None):
    """token: what the form is sent again with; without one nothing of it is shown. tab: what is done before, in
    another tab (where, its name)."""
    return render_template("again.html", reason=reason, token=token, typed=typed(), tab=tab)


def typed() -> list[tuple[str, str]]:
    """What the form that was sent has in its fields, but for its token."""
    return [(name, value) for name, value in request.form.items(multi=True) if name != FIELD]


def _said(signed, limit=None):
    """What the form's token says, however long ago where no limit (of seconds) is given; nothing where it is not ours."""
    try:
        return str(_signer(signed).loads(request.form.get(FIELD, ""), max_age=limit))
    except BadData:
        return ""


def _signer(signed):
    return URLSafeTimedSerializer(current_app.secret_key, salt=signed)


def _is_of(account, said):
    """Whether the page of a form whose token says this was drawn for this account."""
    drawn, _, mark = said.rpartition(".")
    expected = _mark(drawn, account, current_app.secret_key)
    return bool(drawn) and hmac.compare_digest(mark.encode(), expected.encode())


def _mark(drawn, account, secret):
    return digest_of(derived(secret, "whose form"), f"{drawn} {account}").hex()[:SHOWN]
