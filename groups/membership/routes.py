"""Pages of groups: read about one, join, invite, see who belongs, leave, found."""

import math
from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, session, url_for

from groups import clock
from groups.accounts import pocket
from groups.accounts.forms import say_beside
from groups.accounts.routes import signed_in_account, welcome
from groups.errors import Failure, Refused
from groups.http import account_id, member_of, membership_in, refuse_in_place, settings, viewer_zone
from groups.ids import LENGTH, LETTERS
from groups.limiting.http import limit
from groups.membership import actions, finding, roles
from groups.membership.agreements import FIRST_AGREEMENTS
from groups.membership.asking import request_of, requests_by
from groups.membership.forms import FoundForm, InviteForm, JoinForm

bp = Blueprint("membership", __name__)
INVITED_FOR = timedelta(hours=12)  # how long a link that was opened is remembered
LINK_FOR = timedelta(minutes=30)  # how long a link that was made can be shown, once


@bp.record_once
def offer_to_templates(state):
    """The page of one's account lists one's groups without knowing how."""
    state.app.jinja_env.globals.update(
        my_memberships=lambda: finding.memberships_of(account_id()), my_requests=lambda: requests_by(account_id()),
        kept_out_of=lambda: finding.kept_out_of(account_id()),
    )


@bp.get("/g/<slug>")
def group(slug):
    """What the group is, and for members the way on."""
    member = membership_in(account_id(), slug)
    kept_out = finding.is_kept_out(account_id(), slug)
    group = member.group if member else finding.group_for_anybody(slug, invited=kept_out)
    asked = None if member else request_of(account_id(), group)
    offers = roles.asked_of(member) if member else []
    return render_template("membership/group.html", group=group, member=member, asked=asked, offers=offers, kept_out=kept_out)


@bp.route("/g/<slug>/join", methods=["GET", "POST"])
def join(slug):
    """The agreements, one yes, one name; then straight to where somebody wanted to be."""
    meeting = _wanted_meeting()
    if membership_in(account_id(), slug):
        return redirect(_onward(slug, meeting), 303)
    try:
        finding.ask_way_back(account_id(), slug)
    except Failure as failure:  # the page that says why, until when, and whom to ask
        refuse_in_place(failure)
        return redirect(url_for("steps.mine", slug=slug), 303)
    token = _carried(slug)
    try:
        group = finding.group_for_joining(slug, token is not None, account_id())
    except Refused as refusal:
        if refusal.reason == "by_invitation" and finding.asks_first(slug):
            return redirect(url_for("requests.ask", slug=slug), 303)
        raise
    asked = request_of(account_id(), group)
    form, status = JoinForm(name=asked.name if asked else None), 200
    if form.validate_on_submit():
        try:
            _limit_newcomers("join")
            member, is_new = actions.join(signed_in_account(), group, form.name.data or "", token, form.told.data or "")
        except Failure as failure:
            status = form.say(failure, "name")
        else:
            if is_new:
                welcome(member.account, shared=form.shared.data)
            session.pop("invitation", None)
            if meeting:
                session["arriving"] = meeting  # the meeting's page takes them to its door
            return redirect(_onward(slug, meeting), 303)
    return render_template("membership/join.html", group=group, form=form), 422 if form.errors and status == 200 else status


@bp.get("/i/<token>")
def invitation(token):
    """Somebody opened a link: remember it, sealed, and go on without it in the address. Whoever used
    it before is simply taken to their group."""
    limit("invitation")
    if mine := finding.came_by(token, account_id()):
        return redirect(url_for("membership.group", slug=mine.slug), 303)
    slug = finding.invited_to(token).slug
    session["invitation"] = pocket.put(settings().secret, "invitation", slug, token)
    return redirect(url_for("membership.join", slug=slug), 303)


@bp.route("/g/<slug>/invitations", methods=["GET", "POST"])
def invitations(slug):
    """Links that let people in: make one, see them, end them."""
    member = member_of(slug)
    known = finding.invitations(member)
    form, status = InviteForm(), 200
    if form.validate_on_submit():
        try:
            limit("invite")
            _, token = actions.invite(member, form.uses.data, form.days.data)
        except Failure as failure:
            status = say_beside(form, failure, "uses")
        else:
            session["link"] = pocket.put(settings().secret, "link", slug, token)
            return redirect(url_for("membership.invitations", slug=slug), 303)
    status = 422 if form.errors and status == 200 else status
    token = pocket.take(settings().secret, "link", slug, session.pop("link", None), LINK_FOR)
    link = settings().url + url_for("membership.invitation", token=token) if token else None
    listed = [(number, one, _days_left(one)) for number, one in enumerate(known, 1)][::-1]
    return render_template("membership/invitations.html", group=member.group, form=form, link=link, invitations=listed), status


@bp.post("/g/<slug>/invitations/<int:n>/end")
def end_invitation(slug, n):
    """This link lets nobody in any more."""
    actions.withdraw_invitation(member_of(slug), n)
    flash("That link lets nobody in any more.")
    return redirect(url_for("membership.invitations", slug=slug), 303)


@bp.post("/g/<slug>/leave")
def leave(slug):
    """Belong no longer."""
    member = member_of(slug)
    try:
        actions.leave(member)
    except Failure as failure:
        refuse_in_place(failure)
        return redirect(url_for("membership.group", slug=slug), 303)
    flash(f"You have left {member.group.name}.")
    return redirect(url_for("accounts.me"), 303)


@bp.route("/groups/new", methods=["GET", "POST"])
def found():
    """A new group, and its founder looks after it."""
    form, status = FoundForm(zone=viewer_zone("Europe/London").key), 200
    if form.validate_on_submit():
        typed = {name: form[name].data or "" for name in ("name", "purpose", "for_whom", "access", "zone", "my_name", "told")}
        try:
            _limit_newcomers("join")
            member, is_new = actions.found_group(signed_in_account(), **typed)
        except Failure as failure:
            status = form.say(failure, "name")
        else:
            if is_new:
                welcome(member.account)
            flash("Your group is there. Make its first room next.")
            return redirect(url_for("membership.group", slug=member.group.slug), 303)
    status = 422 if form.errors and status == 200 else status
    return render_template("membership/found.html", form=form, agreements=FIRST_AGREEMENTS), status


def _limit_newcomers(action):
    """Trying names is counted, and making an account by the way is, too."""
    limit(action)
    if signed_in_account() is None:
        limit("sign_up")


def _carried(slug):
    return pocket.take(settings().secret, "invitation", slug, session.get("invitation"), INVITED_FOR)


def _wanted_meeting():
    wanted = request.args.get("meeting", "")
    return wanted if len(wanted) == LENGTH and set(wanted) <= set(LETTERS) else None


def _onward(slug, meeting):
    return url_for("meeting.room", slug=slug, meeting=meeting) if meeting else url_for("membership.group", slug=slug)


def _days_left(invitation):
    return math.ceil((invitation.until - clock.now()) / timedelta(days=1))
