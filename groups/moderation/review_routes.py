"""Pages of what is looked at a second time: appeals and incidents."""

from flask import Blueprint, flash, redirect, render_template, url_for

from groups.accounts.forms import say_beside
from groups.errors import Failure
from groups.http import keyring, member_of, viewer_zone
from groups.moderation import appeal_actions, incident_actions, review_views
from groups.moderation.step_forms import DecideForm, ReviewForm
from groups.sentences import moderating as words

bp = Blueprint("reviews", __name__)


@bp.get("/g/<slug>/appeals")
def appeals(slug):
    """What people asked to have looked at again."""
    member = member_of(slug)
    found = review_views.appeals(member, viewer_zone(member.group.zone))
    return render_template("moderation/appeals.html", group=member.group, found=found, words=words)


@bp.route("/g/<slug>/appeals/<appeal>", methods=["GET", "POST"])
def appeal(slug, appeal):
    """One: the step, the words, and the answer."""
    member = member_of(slug)
    page = review_views.appeal_page(member, appeal, viewer_zone(member.group.zone), keyring())
    form, status = DecideForm(page.has_time_left), 200
    if form.is_submitted():
        sent, status = attempt(form, lambda: appeal_actions.decide_appeal(
            member, appeal, form.outcome.data, form.days.data, form.answer.data, keyring()
        ), "answer")
        if sent:
            flash(words.DONE["decided"])
            return redirect(url_for("reviews.appeals", slug=slug), 303)
    return render_template("moderation/appeal.html", group=member.group, page=page, form=form, words=words), status


@bp.get("/g/<slug>/incidents")
def incidents(slug):
    """Emergencies in which steps were skipped."""
    member = member_of(slug)
    found = review_views.incidents(member, viewer_zone(member.group.zone))
    return render_template("moderation/incidents.html", group=member.group, found=found, words=words)


@bp.route("/g/<slug>/incidents/<incident>", methods=["GET", "POST"])
def incident(slug, incident):
    """One: what happened, and what becomes of it."""
    member = member_of(slug)
    page = review_views.incident_page(member, incident, viewer_zone(member.group.zone))
    form, status = ReviewForm(), 200
    if form.is_submitted():
        sent, status = attempt(
            form, lambda: incident_actions.review(member, incident, form.outcome.data, form.days.data), "outcome"
        )
        if sent:
            flash(words.DONE["reviewed"])
            return redirect(url_for("reviews.incidents", slug=slug), 303)
    return render_template("moderation/incident.html", group=member.group, page=page, form=form, words=words), status


def attempt(form, action, otherwise):
    """(whether it was done, the page's status), with the sentences in the form where it was not."""
    if not form.validate():
        return False, 422
    try:
        action()
    except Failure as failure:
        return False, say_beside(form, failure, otherwise)
    return True, 303
