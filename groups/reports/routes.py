"""Pages of reports: tell of a share or an hour, hear back, read and decide them."""

from flask import Blueprint, flash, redirect, render_template, request, url_for

from groups.accounts.forms import say_beside
from groups.errors import Failure, NotFound
from groups.http import STATUS, account_id, keyring, ledger, member_of, refuse_in_place, viewer_zone
from groups.limiting.http import limit
from groups.meeting.actions import reach
from groups.reports import deciding, looking, reporting
from groups.reports.forms import AnHourReportForm, DecisionForm, ShareReportForm
from groups.sentences import moderating, sentence

bp = Blueprint("reports", __name__, url_prefix="/g/<slug>")


@bp.record_once
def offer_to_templates(state):
    """The group's page says that something was answered, without knowing how."""
    state.app.jinja_env.globals.update(
        answers_for=looking.answers_for, said_reason=moderating.REASONS, said_outcome=moderating.OUTCOMES,
        said_heard=moderating.HEARD_BACK,
    )


@bp.route("/m/<meeting>/report", methods=["GET", "POST"])
def share(slug, meeting):
    """Tell of a share of this meeting. The first page of it is in the room; this one is there without
    script, and for whatever could not be sent."""
    member, found = reach(account_id(), meeting)
    if found.group.slug != slug:
        raise NotFound()
    form, status = ShareReportForm(request.args) if request.method == "GET" else ShareReportForm(), 200
    number = form.number.data
    if form.is_submitted():
        try:
            if form.validate():
                limit("report", meeting=found.public_id)
                reporting.report_share(
                    ledger(), keyring(), member, found, number, form.reason.data, form.words.data or "", form.person.data,
                )
                flash(sentence("thanks_for_telling"))
                return redirect(url_for("meeting.room", slug=slug, meeting=meeting), 303)
            status = 422
        except Failure as failure:
            status = say_beside(form, failure, "words")
    name = _whose(member, found, number) if number is not None else None
    if request.method == "GET" and name is None:
        raise NotFound()
    page = render_template(
        "moderation/report_share.html", form=form, group=found.group, meeting=found, name=name, most_words=reporting.MOST_WORDS
    )
    return page, status


@bp.route("/reports/new", methods=["GET", "POST"])
def hour(slug):
    """Tell of an hour, also long after it is over."""
    member = member_of(slug)
    form, status = AnHourReportForm(), 200
    if form.is_submitted():
        try:
            if form.validate():
                limit("report")
                reporting.report_hour(keyring(), member, form.reason.data, form.words.data or "", form.where.data or "")
                flash(sentence("thanks_for_telling"))
                return redirect(url_for("membership.group", slug=slug), 303)
            status = 422
        except Failure as failure:
            status = say_beside(form, failure, "words")
    return render_template("moderation/report_hour.html", form=form, group=member.group), status


@bp.get("/reports/mine")
def mine(slug):
    """What one told of, and what came of it."""
    member = member_of(slug)
    own = looking.own_reports(member)
    return render_template("moderation/own_reports.html", group=member.group, own=own, zone=viewer_zone(member.group.zone))


@bp.get("/reports")
def every(slug):
    """All there are to read, and those decided lately."""
    member = member_of(slug)
    waiting, decided = looking.reports_of(member)
    return render_template(
        "moderation/reports.html", group=member.group, waiting=waiting, decided=decided, zone=viewer_zone(member.group.zone)
    )


@bp.get("/reports/<report>")
def one(slug, report):
    """One of them, its words folded away."""
    return _show(member_of(slug), report, DecisionForm())


@bp.post("/reports/<report>/decision")
def decide(slug, report):
    """Say what came of it."""
    member, form = member_of(slug), DecisionForm()
    try:
        if not form.validate():
            return _show(member, report, form, 422)
        deciding.decide_report(keyring(), member, report, form.outcome.data)
    except NotFound:
        raise
    except Failure as failure:
        if failure.reason == "choose_one":
            return _show(member, report, form, say_beside(form, failure, "outcome"))
        if failure.reason == "for_moderators":
            raise
        refuse_in_place(failure)
    else:
        flash(sentence("you_hear_back"))
    return redirect(url_for("reports.one", slug=slug, report=report), 303)


def _show(member, report_id, form, status=200):
    opened = looking.open_report(keyring(), member, report_id)
    page = render_template(
        "moderation/report.html", group=member.group, opened=opened, seen=opened.seen, form=form,
        refused=opened.refusal and sentence(opened.refusal), zone=viewer_zone(member.group.zone),
    )
    return page, status


def _whose(member, meeting, number):
    """Whose share it is, for the page's heading; None where it cannot be said (any more)."""
    try:
        return reporting.whose_share(ledger(), member, meeting, number)
    except Failure as failure:
        if request.method == "GET" and STATUS.get(type(failure)) == 403:
            raise
        return None
