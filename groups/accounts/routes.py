"""Pages of accounts: in, out, away, and keeping."""

from datetime import timedelta

from flask import Blueprint, Response, current_app, redirect, render_template, request, session, url_for
from flask_login import current_user, login_user

from groups import clock
from groups import forms_again_http as forms_again
from groups.accounts import actions, passphrase, pocket, unlocking
from groups.accounts.forms import ComeInForm, WordsForm, say_beside
from groups.accounts.models import Account
from groups.accounts.sessions import LONGEST as LONGEST_COOKIE
from groups.accounts.sessions import CameIn, hashed
from groups.errors import Failure, Invalid, Refused
from groups.http import LEAVING_COOKIE, LEFT_UNHEARD, ZONE_COOKIE, settings, this_page
from groups.limiting.http import limit

bp = Blueprint("accounts", __name__)
SHOWN_FOR = timedelta(minutes=30)  # how long the same words are shown before they are kept
TRACES = '"cache", "cookies", "storage"'
NO_WAY_BACK = 3600  # seconds in which Back does not lead here after leaving quickly


@bp.route("/sign-in", methods=["GET", "POST"])
def sign_in():
    """The seven words in one field."""
    form, status = ComeInForm(), 200
    if form.validate_on_submit():
        try:
            limit("sign_in")
            account = actions.come_in(form.words.data or "", settings(), instead_of=signed_in_row())
        except Failure as failure:
            status = say_beside(form, failure, "words")
        else:
            cookie = welcome(account, "words", form.shared.data)
            unlocking.words_typed(account.id, " ".join(passphrase.normalise(form.words.data)), cookie)
            return redirect(next_page("/"), 303)  # the front door: what is on now, and theirs first
    return soon(render_template("accounts/sign_in.html", form=form), status)


@bp.post("/sign-out")
def sign_out():
    """Leave this browser; the account stays. What this browser could still show (`/me/reminders`)
    goes too: one signs out because others use it."""
    actions.end(session.row_id)
    session.end()
    response = redirect("/", 303)
    response.headers["Clear-Site-Data"] = '"storage"'
    return response


@bp.get("/away")
def away():
    """Quick exit: the session dies here, whatever the database does, the cookie changes, and we land somewhere harmless. A
    page kept by the browser is not shown again once the cookie has changed, and for an hour Back leads to the harmless
    place again (`static/js/not-back.js`). Reminders go, here and on every other device of theirs."""
    cookie = request.cookies.get(current_app.session_interface.name)
    if cookie and len(cookie) <= LONGEST_COOKIE:
        actions.leave_quickly(hashed(cookie))
    session.end()
    response = without_a_trace(redirect(settings().away_url, 302))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'  # not all cookies: it would take this one along
    # Another number each time: what was opened since an earlier leaving is left behind by this one, too.
    left = int(LEFT_UNHEARD) + 1 + int(clock.now().timestamp()) % NO_WAY_BACK
    response.set_cookie(LEAVING_COOKIE, str(left), max_age=NO_WAY_BACK, secure=settings().secure_cookies, samesite="Lax")
    return response


@bp.route("/keep", methods=["GET", "POST"])
def keep():
    """Show the seven words until they were typed back once; then never again."""
    if not current_user.is_authenticated:
        return sign_in_first()
    if current_user.is_kept:
        session.pop("keeping", None)
        return render_template("accounts/kept.html", onward=next_page(url_for("accounts.me")))
    form, status, words = WordsForm(), 200, words_shown("keeping")
    try:
        if form.validate_on_submit():
            if words is None:
                raise Invalid("words", "words_renewed")
            passphrase.compare(words, form.words.data or "")
            actions.keep_account(signed_in_account(), words, settings())
            session.pop("keeping")
            unlocking.words_typed(current_user.id, " ".join(words), session.renew())
            return redirect(url_for("accounts.keep", next=next_page(None)), 303)
    except Failure as failure:
        status = say_beside(form, failure, "words")
        words = None if failure.reason == "words_renewed" else words
    words = words or fresh_words("keeping")
    return soon(render_template("accounts/keep.html", form=form, words=words, onward=next_page(url_for("accounts.me"))), status)


@bp.get("/me")
def me():
    """My groups and my name in each, keeping, signing out."""
    if not current_user.is_authenticated:
        return sign_in_first()
    return render_template("accounts/me.html")


def welcome(account: Account, by: str = "", shared: bool = False) -> str:
    """Sign this browser in: a new cookie, and nothing carried over from whoever was here before, but how a
    visitor's forms are told, and the link a visitor came by. `by` is words, code, passkey, or nothing for a name alone.
    Returns the cookie from now on."""
    along = forms_again.from_before()
    if "invitation" in session and "_user_id" not in session:  # the page of joining says: sign in first
        along["invitation"] = session["invitation"]
    session.clear()
    session.update(along)
    login_user(account)
    session.pop("_id")  # made for a hash of the visitor's address, which we do not want to know
    session[forms_again.FIELD] = forms_again.token_of(session["_user_id"], settings().secret)
    return session.renew(CameIn(by, shared))


def signed_in_account() -> Account | None:
    """Whoever is asking, or None for a visitor."""
    return current_user._get_current_object() if current_user.is_authenticated else None


def next_page(otherwise: str | None) -> str | None:
    """Where to go on: `?next=`, if it is a page of ours."""
    path = request.args.get("next", "")
    return path if _is_ours(path) else otherwise


@bp.app_template_global("sign_in_from_here")
def sign_in_from_here() -> str:
    """The door, and from there back to the page that is shown, where it is one to come back to."""
    here = this_page()
    if request.endpoint in forms_again.WAYS_IN:
        here = next_page(None)
    elif here == "/" or not _is_ours(here) or "GET" not in request.url_rule.methods:
        here = None  # from the front door one comes there anyway
    return url_for("accounts.sign_in", next=here)


def _is_ours(path):
    return path.startswith("/") and not path.startswith("//") and path.isprintable() and "\\" not in path and len(path) <= 300


def sign_in_first():
    """To the door, and back to this page from there."""
    return redirect(url_for("accounts.sign_in", next=this_page()), 303)


def signed_in_row() -> int | None:
    """The sign-in of an account that this browser is in already."""
    return session.row_id if current_user.is_authenticated else None


def whoever_asks() -> Account:
    """Whoever is asking. Raises Refused("sign_in_first") for a visitor."""
    account = signed_in_account()
    if account is None:
        raise Refused("sign_in_first")
    return account


def without_a_trace(response: Response) -> Response:
    """The answer, with which the browser throws away whatever it keeps of us."""
    response.headers["Clear-Site-Data"] = TRACES
    response.delete_cookie(ZONE_COOKIE)
    return response


def carry(what: str, text: str) -> None:
    """Keep something in this browser's session for as long as it is shown, sealed under its cookie too."""
    session[what] = pocket.put(settings().secret + session.cookie, what, current_user.get_id(), text)


def carried(what: str) -> str | None:
    """What is carried under that name; None when there is nothing, or no longer."""
    return pocket.take(settings().secret + session.cookie, what, current_user.get_id(), session.get(what), SHOWN_FOR)


def words_shown(what: str) -> tuple[str, ...] | None:
    """The seven words that were shown and not typed back yet, if they still stand."""
    kept = carried(what)
    return tuple(kept.split()) if kept else None


def fresh_words(what: str) -> tuple[str, ...]:
    """Seven words to show, which wait to be typed back."""
    words = passphrase.generate()
    carry(what, " ".join(words))
    return words


def soon(page: str, status: int):
    """A page that may say that the door is crowded also says when to try again (seconds)."""
    return page, status, {"Retry-After": "3"} if status == 429 else {}
