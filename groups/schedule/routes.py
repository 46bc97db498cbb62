"""Pages of the calendar, and the lists other pages show of it."""

from datetime import time
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, request, url_for

from groups import clock
from groups.accounts.forms import say_beside
from groups.accounts.routes import next_page
from groups.db import reading
from groups.errors import Failure
from groups.http import ZONE_COOKIE, account_id, member_of, membership_in, settings, viewer_zone
from groups.rooms.actions import formats_for, look_after_room
from groups.schedule import details, words
from groups.schedule.actions import SERIES, preview_series, schedule_series
from groups.schedule.calendar import Wish, calendar_page
from groups.schedule.details import meeting_of, meeting_page, said_back, series_in
from groups.schedule.forms import SeriesForm, ZoneForm
from groups.schedule.front import front_page, next_hours
from groups.schedule.hours import hour_of
from groups.schedule.listing import groups_of, in_room
from groups.schedule.month import weeks
from groups.schedule.places import where

bp = Blueprint("schedule", __name__)
YEAR = 365 * 24 * 3600
NEXT = 5  # meetings on a group's or a room's page


@bp.record_once
def offer_to_templates(state):
    """Other pages show a group's next hours without knowing how they are found."""
    state.app.jinja_env.globals.update(
        next_meetings_of=next_meetings_of, next_meetings_in=next_meetings_in, next_open_hours=next_open_hours,
        series_of=series_of, hours_with=hours_with, weeks=weeks,
    )
    said = (words.clock_words, words.day_words, words.minutes_words, words.wait_words, words.utc_stamp)
    state.app.jinja_env.filters.update({function.__name__: function for function in said})


@bp.get("/")
def front():
    """Now, tonight, this week."""
    with reading() as session:
        groups = groups_of(session, account_id())
        reader = _reader(groups)
        page = front_page(session, frozenset(group.id for group in groups), reader, clock.now())
    return render_template("schedule/front.html", page=page, reader=reader, now=clock.now())


@bp.get("/calendar")
def calendar():
    """A month, or one day."""
    wish = Wish(*(request.args.get(name) for name in ("view", "month", "day", "group", "page")))
    with reading() as session:
        groups = groups_of(session, account_id())
        reader = _reader(groups)
        page = calendar_page(session, groups, wish, reader, clock.now())
    return render_template("schedule/calendar.html", page=page, groups=groups, reader=reader), 422 if page.problem else 200


@bp.get("/g/<slug>/m/<meeting>")
def meeting(slug, meeting):
    """What one hour is, when, and the way in."""
    return show_meeting(slug, meeting, membership_in(account_id(), slug))


@bp.route("/g/<slug>/rooms/<room>/series/new", methods=["GET", "POST"])
def new_series(slug, room):
    """Add a weekly hour to a room; or only show its dates."""
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
            status = say_beside(form, failure, "weekdays" if getattr(failure, "field", "") == "rule" else "wall_time")
    said = plan and said_back(plan, viewer_zone(room.group.zone), clock.now())
    return render_template("schedule/new_series.html", form=form, room=room, group=member.group, said=said), status


@bp.route("/zone", methods=["GET", "POST"])
def choose_zone():
    """Which clock to read by: kept in this browser, without an account."""
    onward, status = next_page("/"), 200
    form = ZoneForm(zone=str(viewer_zone()))
    try:
        name = form.is_submitted() and str(where(form.zone.data or ""))
    except Failure as failure:
        name, status = None, say_beside(form, failure, "zone")
    if not name:
        return render_template("schedule/zone.html", form=form, onward=onward), status
    response = redirect(onward, 303)
    response.set_cookie(ZONE_COOKIE, name, max_age=YEAR, path="/", secure=settings().secure_cookies, samesite="Lax")
    return response


def next_meetings_of(group, limit: int = NEXT) -> list:
    """For templates: the next hours of a group, as far as whoever reads the page may see them."""
    mine = frozenset([group.id] if membership_in(account_id(), group.slug) else [])
    with reading() as session:
        return next_hours(session, mine, viewer_zone(group.zone), clock.now(), limit, only=frozenset([group.id]))


def next_open_hours(limit: int = NEXT) -> list:
    """For templates: the next hours there are for whoever reads the page; an end page, or one where
    there is nothing, leads on with them."""
    with reading() as session:
        groups = groups_of(session, account_id())
        return next_hours(session, frozenset(group.id for group in groups), _reader(groups), clock.now(), limit)


def next_meetings_in(room, limit: int = NEXT) -> list:
    """For templates: the next hours held in a room."""
    reader, now = viewer_zone(room.group.zone), clock.now()
    with reading() as session:
        return [hour_of(row, reader, now, frozenset([room.group_id])) for row in in_room(session, room.id, now, limit)]


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
    with reading() as session:
        found = meeting_of(session, member, slug, meeting)
        reader = viewer_zone(found.group.zone)
        page = meeting_page(session, member, found, reader, clock.now())
    return render_template("schedule/meeting.html", page=page, reader=reader, now=clock.now())


def _series_form(room):
    today = clock.now().astimezone(where(room.group.zone)).date()
    formats = formats_for(room.group_id, room.format)
    return SeriesForm(formats, zone=room.group.zone, format=room.format, first_day=today, wall_time=time(19))


def _scheduled(slug, series):
    said = said_back(series, viewer_zone(series.zone), clock.now())
    flash(f"{series.title}: {said.words}.")
    return redirect(url_for("rooms.room", slug=slug, room=series.room.slug, _anchor=series.public_id), 303)


def _reader(groups) -> ZoneInfo:
    """The reader's zone; without a cookie that of the group they joined first."""
    return viewer_zone(groups[0].zone if groups else "UTC")
