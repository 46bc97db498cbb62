"""The page on which moderators change what their group says of itself."""

from flask import Blueprint, flash, redirect, render_template, url_for

from groups.accounts.forms import say_beside
from groups.errors import Failure, Overtaken
from groups.http import member_of
from groups.membership.describing import change_group, look_after_group
from groups.membership.forms import GroupForm

bp = Blueprint("group_settings", __name__, url_prefix="/g/<slug>")


@bp.route("/settings", methods=["GET", "POST"])
def settings(slug):
    """Name, purpose, who may come, questions, agreements."""
    member = member_of(slug)
    group = look_after_group(member)
    form, status = GroupForm(group), 200
    if form.validate_on_submit():
        try:
            change_group(member, form.wish())
        except Overtaken as failure:
            status = form.say_what_stands(failure, GroupForm(look_after_group(member_of(slug)), formdata=None))
        except Failure as failure:
            status = say_beside(form, failure, "name")
        else:
            flash("Saved.")
            return redirect(url_for("group_settings.settings", slug=slug), 303)
    status = 422 if form.errors and status == 200 else status
    return render_template("membership/settings.html", group=group, form=form), status
