"""Who belongs to a group, and who looks after it: the members' page, and every button about roles."""

from flask import Blueprint, flash, redirect, render_template, request, url_for

from groups import clock
from groups.errors import Failure
from groups.forms_http import stands_on
from groups.http import member_of, refuse_in_place
from groups.membership import finding, roles
from groups.membership.tenure import band

bp = Blueprint("roles", __name__, url_prefix="/g/<slug>")


@bp.get("/members")
def members(slug):
    """Names, how long they have been here, roughly, and what is asked about roles."""
    member = member_of(slug)
    people = [(one, band(one.joined_at, clock.now())) for one in finding.members(member)]
    offers = roles.open_offers(member) if member.group.closed_at is None else []
    kept_out = finding.kept_out(member)
    return render_template(
        "membership/members.html", group=member.group, member=member, people=people, offers=offers, kept_out=kept_out
    )


@bp.post("/roles/offer")
@stands_on("roles.members")
def offer(slug):
    """Ask somebody to help look after the group, or to take over."""
    member, to, hands_over = member_of(slug), request.form.get("handle", ""), "hands_over" in request.form
    return _done(slug, lambda: roles.offer_role(member, to, hands_over), "Asked. It stands for seven days.")


@bp.post("/roles/ask-back")
def ask_back(slug):
    """Ask a moderator to give the role back, and the others to agree."""
    member = member_of(slug)
    return _done(slug, lambda: roles.ask_role_back(member, request.form.get("handle", "")), "Asked. It stands for seven days.")


@bp.post("/roles/<offer>/agree")
def agree(slug, offer):
    """Be the second person."""
    member = member_of(slug)
    return _done(slug, lambda: roles.agree_about_role(member, offer), "You agreed.")


@bp.post("/roles/<offer>/withdraw")
@stands_on("roles.members")
def withdraw(slug, offer):
    """Take back what was asked."""
    member = member_of(slug)
    return _done(slug, lambda: roles.withdraw_offer(member, offer), "Taken back.")


@bp.post("/roles/<offer>/yes")
def yes(slug, offer):
    """Say yes to what one is asked."""
    member = member_of(slug)
    return _done(slug, lambda: roles.answer_offer(member, offer, True), "Thank you.", "membership.group")


@bp.post("/roles/<offer>/no")
def no(slug, offer):
    """Rather not."""
    member = member_of(slug)
    return _done(slug, lambda: roles.answer_offer(member, offer, False), "That is fine. Thank you.", "membership.group")


@bp.post("/roles/step-back")
def step_back(slug):
    """Look after the group no longer."""
    member = member_of(slug)
    return _done(slug, lambda: roles.step_back(member), "You are a member like the others now. Thank you.", "membership.group")


def _done(slug, action, said, onward="roles.members"):
    """Do it and say so; or say, on the page that comes next, why not."""
    try:
        action()
        flash(said)
    except Failure as failure:
        if failure.reason in ("not_found", "for_moderators"):
            raise
        refuse_in_place(failure)
    return redirect(url_for(onward, slug=slug), 303)
