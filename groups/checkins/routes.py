"""Pages of one's private entries: open them, write, read, take one out."""

from itertools import groupby

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for

from groups import clock
from groups.accounts import passphrase
from groups.accounts.forms import ask_again, say_beside
from groups.accounts.routes import whoever_asks
from groups.checkins import actions, opening, rewrapping
from groups.checkins.forms import EntryForm, OpenForm
from groups.checkins.keys import WrongKey
from groups.errors import Failure, Invalid, Refused
from groups.forms_again_http import wait_for
from groups.http import settings, status_of, viewer_zone

bp = Blueprint("checkins", __name__)
SHOWN = 50  # the latest; the rest by a link
NOTED = "noted"  # in the session: which one was written just now. Not in an address, which stays in the history


@bp.route("/me/entries", methods=["GET", "POST"])
def entries():
    """A plain list of days, and a page to write on; or, while they are shut, the way to open them."""
    account, cookie = whoever_asks(), this_cookie()
    key = opening.key_in(account.id, cookie)
    if key is None and request.form.get("words"):
        return wait_for("entries_shut", url_for("checkins.entries"), "Open them"), 403
    if key is None:
        return _shut(account, OpenForm())
    form, status = EntryForm(day=_today()), 200
    if form.validate_on_submit():
        try:
            one = actions.write(account, key, form.day.data, form.kind.data, form.words.data or "", _today())
        except Failure as failure:
            status = say_beside(form, failure, "words")
            if failure.reason == "words_of_account":
                form.words.data = ""  # not on the page either, which waits a moment for the browser to come for it
        else:
            session[NOTED] = one.id
            return redirect(url_for("checkins.entries"), 303)
    if _lapsed(cookie):  # after writing: what somebody wrote slowly is not lost
        return _shut(account, OpenForm(formdata=None))
    status = 422 if form.errors and status == 200 else status
    written = actions.entries_of(account.id, key)
    just_now = session.pop(NOTED, None)
    noted = next((one for one in written if one.id == just_now), None)
    shown = written if request.args.get("all") else written[:SHOWN]
    days = [list(of_day) for _, of_day in groupby(shown, key=lambda one: one.day)]
    facts = {"days": days, "more": len(written) > len(shown), "noted": noted, "kinds": actions.KINDS, "today": _today()}
    return render_template("checkins/entries.html", form=form, **facts), status


@bp.get("/me/entries/still")
def still():
    """Whether they are still open in this browser: 204 or 403, for the page that shows them. To ask is no use of the
    sign-in, which ends as if nobody had; but it is where somebody `typed` on the page since a moment ago."""
    session.asked_only = "typed" not in request.args
    account, cookie = whoever_asks(), this_cookie()
    return "", 403 if opening.key_in(account.id, cookie) is None or _lapsed(cookie) else 204


@bp.post("/me/entries/open")
def open_entries():
    """The seven words open them in this browser, until it is signed out; where they do not, those from before
    may, or they begin anew."""
    account, form = whoever_asks(), OpenForm()
    locked = "earlier" in request.form
    if not form.validate_on_submit():
        return _shut(account, form, locked=locked)
    try:
        _open(account, ask_again(account, form.words.data), form)
    except WrongKey:
        return _shut(account, form, status_of(Refused()), locked=True)
    except Failure as failure:
        return _shut(account, form, say_beside(form, failure, "words"), locked)
    return redirect(url_for("checkins.entries"), 303)


@bp.post("/me/entries/<entry>/out")
def take_out(entry):
    """This one goes."""
    actions.take_out(whoever_asks(), entry)
    return redirect(url_for("checkins.entries"), 303)


def this_cookie() -> str | None:
    """The cookie this browser sent: what its copy of a key is wrapped under."""
    return request.cookies.get(current_app.session_interface.name)


def _lapsed(cookie):
    """Whether they have shut by themselves; if not, and somebody asked who uses the page, they begin their time anew."""
    if not session.shared:
        return False
    if opening.has_lapsed(cookie):
        session.asked_only = True  # a page that nobody touches loads itself anew, and that is no use either
        return True
    if not session.asked_only:
        opening.note_read(cookie)
    return False


def _open(account, words, form):
    """Raises WrongKey where these words open nothing of it and nothing else was wished."""
    how = (account.id, words, this_cookie(), settings())
    try:
        opening.begin(*how)  # what opens is not deleted, whatever was wished
    except WrongKey:
        if form.anew.data:
            opening.begin_anew(*how)
        elif form.earlier.data:
            _open_with_earlier(form.earlier.data, *how)
        else:
            raise


def _open_with_earlier(earlier, account_id, *how):
    try:
        rewrapping.open_with_earlier(account_id, " ".join(passphrase.normalise(earlier)), *how)
    except Invalid as wrong:
        raise Invalid("earlier", wrong.reason, **{name: fact for name, fact in wrong.facts.items() if name != "field"}) from None
    except WrongKey:
        raise Invalid("earlier", "earlier_words_wrong") from None


def _shut(account, form, status=200, locked=False):
    return render_template("checkins/shut.html", form=form, began=opening.has_begun(account.id), locked=locked), status


def _today():
    return clock.now().astimezone(viewer_zone()).date()
