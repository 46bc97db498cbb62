"""The page on which a group is closed."""

from flask import Blueprint, flash, redirect, render_template, url_for

from groups import clock
from groups.errors import Failure
from groups.http import member_of, refuse_in_place
from groups.moderation import closing as actions

bp = Blueprint("closing", __name__, url_prefix="/g/<slug>/closing")


@bp.get("")
def closing(slug):
    """What closing means, and where it stands."""
    member = member_of(slug)
    about = actions.about_closing(member)
    return render_template("membership/closing.html", group=member.group, member=member, about=about, now=clock.now())


@bp.post("/ask")
def ask(slug):
    """Ask for it."""
    return _done(slug, actions.ask_to_close, "Asked. Nothing is closed yet.")


@bp.post("/take-back")
def take_back(slug):
    """Go on after all."""
    return _done(slug, actions.take_back_closing, "Taken back. The group goes on.")


@bp.post("/close")
def close(slug):
    """Be the second person, or the one who waited."""
    return _done(slug, actions.close_group, "The group is closed.", "membership.group")


def _done(slug, action, said, onward="closing.closing"):
    try:
        action(member_of(slug))
        flash(said)
    except Failure as failure:
        if failure.reason in ("not_found", "for_moderators", "group_closed"):
            raise
        refuse_in_place(failure)
        onward = "closing.closing"
    return redirect(url_for(onward, slug=slug), 303)
