"""Pages of asking to belong: for whoever asks, and for those who answer."""

from flask import Blueprint, flash, redirect, render_template, request, url_for

from groups.accounts.routes import signed_in_account, welcome
from groups.errors import Failure, NotFound, Refused
from groups.http import account_id, keyring, member_of, membership_in, refuse_in_place
from groups.limiting.http import limit
from groups.membership import asking, finding
from groups.membership.forms import AskForm
from groups.membership.models import Access

bp = Blueprint("requests", __name__, url_prefix="/g/<slug>")


@bp.record_once
def offer_to_templates(state):
    """The group's page says how many ask, without knowing how."""
    state.app.jinja_env.globals["requests_waiting"] = lambda group: asking.count_waiting(group.id)


@bp.route("/ask", methods=["GET", "POST"])
def ask(slug):
    """The group's questions, a name; then the group's page, which says the same until it lets them in."""
    if membership_in(account_id(), slug):
        return redirect(url_for("membership.group", slug=slug), 303)
    group = _asks(slug)
    if asking.request_of(account_id(), group):
        return redirect(url_for("membership.group", slug=slug), 303)
    form, status = AskForm(asking.questions_of(group)), 200
    if form.validate_on_submit():
        try:
            limit("join" if signed_in_account() else "sign_up")
            whose, told = signed_in_account(), form.told.data or ""
            account, is_new = asking.ask_to_join(whose, group, form.name.data or "", form.answers(), keyring(), told)
        except Failure as failure:
            status = form.say(failure, "name")
        else:
            if is_new:
                welcome(account, shared=form.shared.data)
            return redirect(url_for("membership.group", slug=slug), 303)
    return render_template("membership/ask.html", group=group, form=form), 422 if form.errors and status == 200 else status


@bp.post("/ask/withdraw")
def withdraw(slug):
    """Ask no longer."""
    asking.withdraw_request(account_id(), _asks(slug))
    flash("Taken back. What you wrote is deleted.")
    return redirect(url_for("membership.group", slug=slug), 303)


@bp.get("/requests")
def requests(slug):
    """Who asks to belong, with their answers."""
    member = member_of(slug)
    waiting, answered = asking.requests_for(member, keyring())
    return render_template("membership/requests.html", group=member.group, waiting=waiting, answered=answered)


@bp.post("/requests/<asked>/accept")
def accept(slug, asked):
    """There is a place."""
    return _answer(slug, asked, True, "The group’s page lets {name} come in now.")


@bp.post("/requests/<asked>/decline")
def decline(slug, asked):
    """There is none."""
    return _answer(slug, asked, False, "Noted. {name} is not told, and reads what everybody reads who asked.")


def _answer(slug, asked, accepted, said):
    member, seen = member_of(slug), {"yes": True, "no": False}.get(request.form.get("seen"))
    try:
        flash(said.replace("{name}", asking.answer_request(member, asked, accepted, seen).name))
    except Refused as failure:
        if failure.reason not in ("answered_yes", "answered_no"):
            raise
        refuse_in_place(failure)
    return redirect(url_for("requests.requests", slug=slug), 303)


def _asks(slug):
    group = finding.group_for_anybody(slug)
    if group.access != Access.SCREENED:
        raise NotFound()
    return group
