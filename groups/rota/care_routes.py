"""Pages on which those who serve are looked after."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user

from groups import clock
from groups.db import reading
from groups.errors import Failure
from groups.http import account_id, member_of, refuse_in_place, viewer_zone
from groups.membership.finding import memberships_of
from groups.rota import care
from groups.schedule.details import meeting_of
from groups.schedule.words import day_words
from groups.sentences import sentence

bp = Blueprint("care", __name__, url_prefix="/g/<slug>")
FRONT = "schedule.front"


@bp.record_once
def offer_to_templates(state):
    """The end of an hour, the front page and the rota ask without knowing how."""
    state.app.jinja_env.globals.update(
        debrief_after=care.asked_after, debrief_now=debrief_now, month_off=care.month_off, HOW=care.HOW,
    )


@bp.post("/m/<meeting>/debrief")
def debrief(slug, meeting):
    """How it was to serve."""
    member, hour = _reach(slug, meeting)
    try:
        kept = care.say_how_it_was(member, hour, request.form.get("how", ""), request.form.get("wants_talk") == "yes")
    except Failure as failure:
        refuse_in_place(failure)
    else:
        flash(sentence("debrief_talk" if kept.wants_talk else "debrief_kept"))
    return redirect(_onward(slug, meeting), 303)


@bp.post("/m/<meeting>/debrief/end")
def leave_it(slug, meeting):
    """Rather not say."""
    member, hour = _reach(slug, meeting)
    care.leave_unsaid(member, hour)
    flash(sentence("debrief_left"))
    return redirect(_onward(slug, meeting), 303)


@bp.get("/talks")
def talks(slug):
    """Who would like to talk an hour over; for those who look after the group."""
    member = member_of(slug)
    reader, now = viewer_zone(member.group.zone), clock.now()
    found = [(one, served_words(one.at, now, reader)) for one in care.wishes_in(member)]
    return render_template("rota/talks.html", group=member.group, wishes=found)


@bp.post("/m/<meeting>/talk")
def talk(slug, meeting):
    """I will talk with them."""
    member, hour = _reach(slug, meeting)
    try:
        care.talk_with(member, hour, request.form.get("name", ""))
    except Failure as failure:
        if failure.reason != "talk_gone":
            raise
        refuse_in_place(failure)
    else:
        flash(sentence("talk_taken"))
    return redirect(url_for("care.talks", slug=slug), 303)


def debrief_now():
    """For templates: (debrief, hour, name of who will talk, when) the reader is asked about on the day
    after, or None."""
    members = memberships_of(account_id()) if current_user.is_authenticated else []
    if not members:
        return None
    reader, now = viewer_zone(members[0].group.zone), clock.now()
    today = now.astimezone(reader).replace(hour=0, minute=0, second=0, microsecond=0)
    with reading() as session:
        found = care.one_debrief(session, members, today)
    return found and (*found, served_words(found[0].at, now, reader))


def served_words(at, now, reader):
    """When somebody served: 'today', 'yesterday', or 'on Thursday 3 December'."""
    here, today = at.astimezone(reader), now.astimezone(reader).date()
    days = (today - here.date()).days
    return {0: "today", 1: "yesterday"}.get(days) or f"on {day_words(here.date())}"


def _reach(slug, meeting):
    member = member_of(slug)
    with reading() as session:
        return member, meeting_of(session, member, slug, meeting)


def _onward(slug, meeting):
    if request.form.get("on") == FRONT:
        return url_for(FRONT)
    return url_for("meeting.room", slug=slug, meeting=meeting)
