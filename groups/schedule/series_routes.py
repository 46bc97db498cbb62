"""Pages with which moderators change a whole series: from a day on, end it, let it go on, confirm it."""

from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for

from groups import clock
from groups.db import reading
from groups.errors import Failure, Invalid, Overtaken, Refused
from groups.http import member_of, refuse_in_place, viewer_zone
from groups.membership.models import Group, Membership
from groups.rooms.actions import formats_for, look_after_room
from groups.schedule.details import said_back
from groups.schedule.forms import SeriesForm
from groups.schedule.freshness import to_confirm
from groups.schedule.models import Meeting, Series
from groups.schedule.revising import (
    change_series,
    confirm_series,
    end_series,
    first_ahead,
    goes_on,
    preview_change,
    resume_series,
    series_of_room,
    state_of,
)
from groups.schedule.words import day_words

bp = Blueprint("series", __name__)


@bp.record_once
def offer_to_templates(state):
    """A room's page leads here with the next date; a group's page asks whether a series still meets."""
    state.app.jinja_env.globals.update(
        first_ahead=first_ahead, goes_on=goes_on, series_to_confirm=series_to_confirm, series_at=series_at
    )


@bp.route("/g/<slug>/rooms/<room>/series/<series>", methods=["GET", "POST"])
def change(slug, room, series):
    """Change it from one of its days on; or only show what would become of it."""
    member, room, found = _reached(slug, room, series)
    since, after = _since(found), goes_on(found)
    if request.method == "GET" and after and found.last_day and since > found.last_day:
        where = {"slug": slug, "room": room.slug, "series": after.public_id, "since": max(since, after.first_day)}
        return redirect(url_for("series.change", **where), 303)
    form, plan, would, status = _drawn(found, since), None, None, 200
    if form.is_submitted() and not form.validate():
        status = 422
    elif form.is_submitted():
        try:
            wanted = form.plan(clock.now())
            if not form.preview.data:
                return _changed(slug, room, since, change_series(member, found, since, wanted, form.seen.data))
            would, plan = preview_change(member, found, since, wanted, form.seen.data), wanted
        except Overtaken as failure:
            status = form.say_what_stands(failure, _drawn(series_of_room(room, series), since, formdata=None))
        except Failure as failure:
            status = form.say(failure)
    said = plan and said_back(plan, viewer_zone(room.group.zone), clock.now())
    shown = {"room": room, "group": member.group, "series": found, "since": since, "said": said, "would": would, "after": after}
    return render_template("schedule/series.html", form=form, **shown), status


@bp.post("/g/<slug>/rooms/<room>/series/<series>/end")
def end(slug, room, series):
    """From a day on it does not meet any more."""
    done = "It ends there. You can let it go on again."
    return _about(slug, room, series, lambda by, found: end_series(by, found, _since(found)), done)


@bp.post("/g/<slug>/rooms/<room>/series/<series>/end/end")
def resume(slug, room, series):
    """It goes on after all."""
    return _about(slug, room, series, resume_series, "It goes on.")


@bp.post("/g/<slug>/rooms/<room>/series/<series>/confirmation")
def confirm(slug, room, series):
    """It still meets."""
    return _about(slug, room, series, confirm_series, "Thank you. Everybody can find it.")


def series_to_confirm(group: Group) -> list[Series]:
    """For templates: the group's series whose moderators are asked whether they still meet."""
    with reading() as session:
        return to_confirm(session, group.id, clock.now())


def series_at(meeting: Meeting) -> Series | None:
    """For templates: the series a dated hour belongs to."""
    with reading() as session:
        return session.get(Series, meeting.series_id) if meeting.series_id else None


def _drawn(series, since, **kwargs):
    return SeriesForm.of(series, formats_for(series.room.group_id, series.format), since, seen=state_of(series), **kwargs)


def _reached(slug, room, series) -> tuple[Membership, object, Series]:
    member = member_of(slug)
    room = look_after_room(member, room)
    return member, room, series_of_room(room, series)


def _since(series):
    """The day the address or the form names, one of the series' own; else its next one."""
    try:
        return date.fromisoformat(request.values.get("since", ""))
    except ValueError:
        return first_ahead(series)


def _about(slug, room, series, action, done):
    member, room, found = _reached(slug, room, series)
    try:
        action(member, found)
        flash(done)
    except (Invalid, Refused) as failure:
        refuse_in_place(failure)
    return redirect(url_for("rooms.room", slug=slug, room=room.slug, _anchor=series), 303)


def _changed(slug, room, since, series):
    said = said_back(series, viewer_zone(series.zone), clock.now())
    flash(f"From {day_words(since, weekday=False)} on: {said.words}.")
    return redirect(url_for("rooms.room", slug=slug, room=room.slug, _anchor=series.public_id), 303)
