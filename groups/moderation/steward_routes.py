"""Pages of stewards, which nobody else finds: what concerns more than one group, and what nobody in a
group can decide."""

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for

from groups import clock
from groups.accounts.routes import signed_in_account
from groups.conduct.models import Incident
from groups.errors import Failure
from groups.http import keyring, refuse_in_place, viewer_zone
from groups.moderation import appeal_actions, incident_actions, review_views, steward_actions
from groups.moderation.models import Appeal
from groups.moderation.review_routes import attempt
from groups.moderation.step_forms import BarForm, DecideForm, ReviewForm
from groups.moderation.step_views import moment_words
from groups.retention.tidying import look as how_it_goes
from groups.sentences import moderating as words
from groups.sentences import retention

bp = Blueprint("stewards", __name__)


@bp.get("/stewards")
def stewards():
    """Everything that waits."""
    matters, others = review_views.for_stewards(signed_in_account(), viewer_zone())
    look = how_it_goes([step.name for step in current_app.extensions["tidying"]], clock.now())
    return render_template(
        "moderation/stewards.html", matters=matters, others=others, words=words, look=look, steps=retention.STEPS,
        moment=moment_words,
    )


@bp.route("/stewards/<matter>", methods=["GET", "POST"])
def matter(matter):
    """Keep one person out of every group: the first steward proposes, another agrees."""
    account = signed_in_account()
    page = review_views.matter_page(account, matter, viewer_zone())
    form, status = BarForm(), 200
    if form.is_submitted():
        sent, status = attempt(form, lambda: steward_actions.propose_bar(account, matter, form.days.data), "days")
        if sent:
            flash(words.DONE["put_forward"])
            return redirect(url_for("stewards.stewards"), 303)
    return render_template("moderation/matter.html", page=page, form=form, words=words), status


@bp.post("/stewards/<matter>/answer")
def answer(matter):
    """Agree, or leave it as it is: as the second steward, or as the first."""
    account, agrees = signed_in_account(), request.form.get("agrees") == "yes"
    page = review_views.matter_page(account, matter, viewer_zone())
    try:
        if page.proposed or agrees:
            steward_actions.answer_bar(account, matter, agrees)
        else:
            steward_actions.leave_matter(account, matter)
    except Failure as failure:
        refuse_in_place(failure)
        return redirect(url_for("stewards.matter", matter=matter), 303)
    flash(words.DONE["barred"].format(until=page.proposed) if agrees else words.DONE["left"])
    return redirect(url_for("stewards.stewards"), 303)


@bp.route("/stewards/appeals/<appeal>", methods=["GET", "POST"])
def appeal(appeal):
    """An appeal nobody in its group can read."""
    account, status = signed_in_account(), 200
    page = review_views.for_steward(account, Appeal, appeal, viewer_zone(), keyring())
    form = DecideForm(page.has_time_left)
    if form.is_submitted():
        sent, status = attempt(form, lambda: appeal_actions.decide_appeal_as_steward(
            account, appeal, form.outcome.data, form.days.data, form.answer.data, keyring()
        ), "answer")
        if sent:
            flash(words.DONE["decided"])
            return redirect(url_for("stewards.stewards"), 303)
    return render_template("moderation/appeal.html", group=None, page=page, form=form, words=words), status


@bp.route("/stewards/incidents/<incident>", methods=["GET", "POST"])
def incident(incident):
    """An emergency nobody else in its group can look at."""
    account, form, status = signed_in_account(), ReviewForm(), 200
    page = review_views.for_steward(account, Incident, incident, viewer_zone(), keyring())
    if form.is_submitted():
        sent, status = attempt(
            form, lambda: incident_actions.review_as_steward(account, incident, form.outcome.data, form.days.data), "outcome"
        )
        if sent:
            flash(words.DONE["reviewed"])
            return redirect(url_for("stewards.stewards"), 303)
    return render_template("moderation/incident.html", group=None, page=page, form=form, words=words), status
