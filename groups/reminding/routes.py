"""The page of reminders. Which of somebody's devices is this one is known by what the browser said
since the sign-in; nothing is kept in the browser for it."""

from datetime import datetime, timedelta

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from flask_login import current_user

from groups import clock
from groups.accounts.forms import say_beside
from groups.accounts.routes import signed_in_account
from groups.accounts.words_again import just_typed
from groups.errors import Busy, Failure, Invalid, NotFound, Refused
from groups.http import refuse_in_place, settings, status_of, viewer_zone
from groups.membership.finding import memberships_of
from groups.reminding import actions
from groups.reminding.actions import THIS
from groups.reminding.forms import RemindersForm
from groups.reminding.sending import GONE, Sender, wake_of
from groups.reminding.subscriptions import subscription
from groups.sentences import sentence

bp = Blueprint("reminding", __name__, url_prefix="/me/reminders")
SHOWN = "shown"  # in the session: when this browser was last shown a sentence on request
BETWEEN = timedelta(seconds=10)  # from one of those to the next


@bp.record_once
def listen(state):
    """Reminders end with other things; and the page of one's account says that there are some, without knowing how."""
    actions.listen()
    state.app.jinja_env.globals["my_devices"] = lambda: len(actions.devices_of(signed_in_account()))


@bp.before_request
def signed_in_only():
    """Everything here is somebody's own."""
    if not current_user.is_authenticated:
        return redirect(url_for("accounts.sign_in", next=url_for("reminding.reminders")), 303)


@bp.get("")
def reminders():
    """What reminders are and what others can see of them; switching them on, choosing, the devices."""
    this = _this_device()
    return _page(_form(this, asks=this is None and _asks_words()))


@bp.post("/devices")
def switch_on():
    """This browser said how it is reached. Whose it is says the one who knows the words: it goes on being woken, long
    after this page is closed."""
    form = _form(asks=_asks_words())
    if not form.validate():
        return _page(form, 422)
    try:
        if sender().key is None:
            raise Refused("push_not_set_up")
        found = subscription(form.endpoint.data or "", form.point.data or "", form.auth.data or "")
        if "words" in form and not _is_on(found):
            form.confirmed(signed_in_account())
        device = actions.switch_on(signed_in_account(), found, form.chosen(str(viewer_zone())), settings(), session.shared)
    except Failure as failure:
        return _page(form, _say(form, failure))
    session[THIS] = device.name
    return _done("Reminders are on for this device.")


@bp.post("/this")
def recognise():
    """Which of my devices is this? The page asks when its browser takes reminders already."""
    session[THIS] = actions.known_as(signed_in_account(), request.form.get("endpoint", ""), settings()).name
    return "", 204


@bp.post("/devices/<device>")
def choose(device):
    """Other choices for a device."""
    form = _form()
    if not form.validate():
        return _page(form, 422)
    try:
        actions.choose(signed_in_account(), device, form.chosen(str(viewer_zone())))
    except (Invalid, Refused) as failure:
        return _page(form, _say(form, failure))
    return _done("Saved.")


@bp.post("/devices/<device>/end")
def remove(device):
    """This device is woken no more."""
    actions.remove_device(signed_in_account(), device)
    if session.get(THIS) == device:
        session.pop(THIS)
    return _done("Removed. Nothing is shown there any more.")


@bp.post("/devices/<device>/now")
def show_now(device):
    """Show one now, quiet hours or not: somebody asked for it."""
    found = actions.device_of(signed_in_account(), device)
    try:
        _not_too_often()
        status = sender().ask(wake_of(found))
        if status in GONE:
            raise Refused("device_gone")
        if status is None or not 200 <= status < 300:
            raise Refused("reminder_not_taken")
    except (Refused, Busy) as failure:
        refuse_in_place(failure)
        return redirect(url_for("reminding.reminders"), 303)
    return _done("It is on its way. It makes no sound.")


def sender() -> Sender:
    """What sends for this process."""
    return current_app.extensions["sender"]


def _page(form, status=200):
    account, this = signed_in_account(), _this_device()
    if "words" in form:
        form.words.data = ""  # never shown again, right or wrong
    others = [device for device in actions.devices_of(account) if this is None or device.id != this.id]
    return render_template(
        "reminding/reminders.html", form=form, key=sender().key, this=this, others=others, reader=viewer_zone(),
        address=settings().url.split("://")[1],
    ), status


def _form(device=None, asks=False):
    groups = {member.group.slug: member.group.name for member in memberships_of(signed_in_account().id)}
    if device is None:
        return RemindersForm(groups, asks, data={"groups": list(groups) if len(groups) == 1 else []})
    data = {name: getattr(device, name) for name in ("minutes", "sentence", "quiet_from", "quiet_to")}
    return RemindersForm(groups, asks, data=data | {"groups": actions.groups_reminded(device)})


def _asks_words():
    return signed_in_account().is_kept and not just_typed(session.row_id)


def _is_on(found):
    """Whether this browser is one of theirs already: then only what was chosen changes."""
    try:
        return bool(actions.known_as(signed_in_account(), found.endpoint, settings()))
    except NotFound:
        return False


def _this_device():
    mine = actions.devices_of(signed_in_account())
    return next((device for device in mine if device.name == session.get(THIS)), None)


def _say(form, failure: Failure):
    if getattr(failure, "field", None) in form:
        return say_beside(form, failure, "groups")
    form.form_errors.append(sentence(failure.reason, **failure.facts))
    return status_of(failure)


def _not_too_often():
    now, last = clock.now(), session.get(SHOWN)
    wait = datetime.fromisoformat(last) + BETWEEN - now if last else timedelta()
    if wait > timedelta():
        raise Refused("just_shown", seconds=int(wait.total_seconds()) + 1)
    session[SHOWN] = now.isoformat()


def _done(words):
    flash(words)
    return redirect(url_for("reminding.reminders"), 303)
