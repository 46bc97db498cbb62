"""Pages on which a group asks itself something: votes, and the monthly inventory."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, url_for

from groups import clock
from groups.accounts.forms import say_beside
from groups.conscience import inventory as inventories
from groups.conscience import votes as conscience
from groups.conscience.forms import AnswerForm, InventoryForm, OpenForm
from groups.conscience.knowing import may_answer_yet
from groups.conscience.publishing import QUESTIONS
from groups.errors import Failure
from groups.http import member_of
from groups.sentences import sentence
from groups.zones import zone

bp = Blueprint("conscience", __name__, url_prefix="/g/<slug>")


@bp.record_once
def offer_to_templates(state):
    """The group's page says calmly that there is something to answer, without knowing how."""
    state.app.jinja_env.globals.update(inventory_asks=inventories.is_asked, open_votes=_open_votes, may_answer_yet=may_answer_yet)


@bp.get("/votes")
def votes(slug):
    """What is asked now, and what came of earlier questions."""
    member = member_of(slug)
    asked, over = conscience.votes_in(member)
    return render_template("conscience/votes.html", group=member.group, member=member, asked=asked, over=over, last_day=_last_day)


@bp.route("/votes/new", methods=["GET", "POST"])
def ask(slug):
    """Ask the group something."""
    member, form, status = member_of(slug), OpenForm(), 200
    conscience.may_ask(member)
    if form.is_submitted():
        status = 422
        try:
            if form.validate():
                vote = conscience.open_vote(member, form.question.data or "", form.choices.data or "", form.until.data)
                flash(sentence("vote_opened"))
                return redirect(url_for("conscience.vote", slug=slug, vote=vote.public_id), 303)
        except Failure as failure:
            status = say_beside(form, failure, "question")
    return render_template("conscience/ask.html", group=member.group, form=form), status


@bp.route("/votes/<vote>", methods=["GET", "POST"])
def vote(slug, vote):
    """Answer a question; after its end, what came of it."""
    member = member_of(slug)
    found, answered, result = conscience.vote_for(member, vote)
    form, status = AnswerForm(found), 200
    if form.validate_on_submit():
        try:
            conscience.answer_vote(member, vote, form.choice.data)
            flash(sentence("vote_counted"))
            return redirect(url_for("conscience.vote", slug=slug, vote=vote), 303)
        except Failure as failure:
            status = say_beside(form, failure, "choice")
    is_over = found.until <= clock.now()
    page = render_template(
        "conscience/vote.html", group=member.group, member=member, vote=found, form=form, answered=answered, result=result,
        is_over=is_over, last_day=_last_day, refused=form.choice.errors[0] if form.choice.errors and (answered or is_over) else "",
        may_answer=may_answer_yet(member),
    )
    return page, status


@bp.post("/votes/<vote>/end")
def withdraw(slug, vote):
    """Take a question back."""
    conscience.withdraw_vote(member_of(slug), vote)
    flash(sentence("vote_withdrawn"))
    return redirect(url_for("conscience.votes", slug=slug), 303)


@bp.route("/inventory", methods=["GET", "POST"])
def inventory(slug):
    """Three questions once a month; below them, in words, what earlier months came to."""
    member, form, status = member_of(slug), InventoryForm(), 200
    if form.validate_on_submit():
        try:
            inventories.answer_inventory(member, form.answers)
            flash(sentence("inventory_counted"))
            return redirect(url_for("conscience.inventory", slug=slug), 303)
        except Failure as failure:
            status = say_beside(form, failure, "safe")
    months, is_poor = inventories.months_of(member)
    answered = inventories.has_answered(member)
    page = render_template(
        "conscience/inventory.html", group=member.group, member=member, form=form, months=months, answered=answered,
        is_poor=is_poor, questions=QUESTIONS, month=inventories.month_of(member.group, clock.now()),
        refused=form.safe.errors[0] if form.safe.errors and answered else "",
        may_answer=may_answer_yet(member),
    )
    return page, status


@bp.post("/inventory/reviewed")
def review(slug):
    """Two poor months were talked over."""
    inventories.review_inventory(member_of(slug))
    flash(sentence("inventory_talked_over"))
    return redirect(url_for("conscience.inventory", slug=slug), 303)


def _open_votes(member):
    return conscience.votes_in(member)[0]


def _last_day(vote, group):
    """The day up to and with which a question may be answered, on the group's clock."""
    return (vote.until - timedelta(seconds=1)).astimezone(zone(group.zone)).date()
