"""Pages of one hour and of a room's series. The calendar's own pages are in `calendar_routes.py`."""

from datetime import time

from flask import Blueprint, flash, redirect, render_template, url_for

from groups import clock
from groups.db import reading
from groups.errors import Failure
from groups.http import account_id, member_of, membership_in, viewer_zone
from groups.membership.finding import is_kept_out
from groups.rooms.actions import formats_for, look_after_room
from groups.schedule import calendar_routes, details
from groups.schedule.actions import SERIES, preview_series, schedule_series
from groups.schedule.details import meeting_of, meeting_page, said_back, series_in
from groups.schedule.forms import SeriesForm
from groups.schedule.places import where

bp = Blueprint("schedule", __name__)
calendar_routes.attach(bp)


@bp.record_once
def offer_to_templates(state):
    """Other pages show what is held in a room without knowing how it is found."""
    state.app.jinja_env.globals.update(series_of=series_of, hours_with=hours_with)


@bp.get("/g/<slug>/m/<meeting>")
def meeting(slug, meeting):
    """What one hour is, when, and the way in."""
    return show_meeting(slug, meeting, membership_in(account_id(), slug))


@bp.route("/g/<slug>/rooms/<room>/series/new", methods=["GET", "POST"])
def new_series(slug, room):
    """Add an hour to a room, once or again and again; or only show its dates."""
    member = member_of(slug)
    room = look_after_room(member, room)
    form, plan, status = _series_form(room), None, 200
    if form.is_submitted() and not form.validate():
        status = 422
    elif form.is_submitted():
        try:
            wanted = form.plan(clock.now())
            if not form.preview.data:
                return _scheduled(slug, schedule_series(member, room, wanted))
            plan = preview_series(member, room, wanted)
        except Failure as failure:
            status = form.say(failure)
    said = plan and said_back(plan, viewer_zone(room.group.zone), clock.now())
    return render_template("schedule/new_series.html", form=form, room=room, group=member.group, said=said), status


def series_of(room) -> list:
    """For templates: (series, what we understood) for each of a room's."""
    reader, now = viewer_zone(room.group.zone), clock.now()
    with reading() as session:
        return [(series, said_back(series, reader, now)) for series in series_in(session, room.id, SERIES)]


def hours_with(group, key: str) -> list:
    """For templates: (title, minutes) of the group's weekly hours that go by that format."""
    with reading() as session:
        return details.hours_with(session, group.id, key)


def show_meeting(slug, meeting, member) -> str:
    """The page of one hour, also for other concepts whose forms stand on it."""
    kept_out = member is None and is_kept_out(account_id(), slug)
    with reading() as session:
        found = meeting_of(session, member, slug, meeting)
        reader = viewer_zone(found.group.zone)
        page = meeting_page(session, member, found, reader, clock.now(), kept_out)
    return render_template("schedule/meeting.html", page=page, reader=reader, now=clock.now())


def _series_form(room):
    today = clock.now().astimezone(where(room.group.zone)).date()
    formats = formats_for(room.group_id, room.format)
    return SeriesForm(formats, zone=room.group.zone, format=room.format, first_day=today, wall_time=time(19))


def _scheduled(slug, series):
    said = said_back(series, viewer_zone(series.zone), clock.now())
    flash(f"{series.title}: {said.words}.")
    return redirect(url_for("rooms.room", slug=slug, room=series.room.slug, _anchor=series.public_id), 303)
