"""Pages with which moderators change what is planned."""

from flask import Blueprint, flash, redirect, render_template, request, url_for

from groups.accounts.forms import say_beside
from groups.db import reading
from groups.errors import Invalid, Overtaken, Refused
from groups.http import member_of, refuse_in_place, status_of
from groups.rooms.actions import formats_for, look_after_room
from groups.schedule.changing import cancel_date, change_date, decision_about, hold_date, look_after_date, restore_date, state_of
from groups.schedule.details import meeting_of
from groups.schedule.edit_forms import DateForm, RoomDayForm
from groups.schedule.room_days import add_room_day, remove_room_day, room_days
from groups.schedule.routes import show_meeting

bp = Blueprint("editing", __name__)


@bp.record_once
def offer_to_templates(state):
    """An hour's page and a room's page say what is not as usual."""
    state.app.jinja_env.globals.update(decision_about=decision_about, date_as_it_is=state_of, room_days=room_days)


@bp.route("/g/<slug>/m/<meeting>/change", methods=["GET", "POST"])
def date(slug, meeting):
    """Move one date, or give it another length, name, format or other duties."""
    member, found = _reached(slug, meeting)
    look_after_date(member, found)
    form, status = _drawn(found), 200
    if form.is_submitted() and not form.validate():
        status = 422
    elif form.is_submitted():
        try:
            change_date(member, found, form.wish(), form.seen.data)
            return _to(slug, meeting, "This date is changed.")
        except Overtaken as failure:
            _, found = _reached(slug, meeting)
            status = form.say_what_stands(failure, _drawn(found, formdata=None))
        except (Invalid, Refused) as failure:
            status = say_beside(form, failure, "wall_time")
    return render_template("schedule/date.html", form=form, meeting=found, group=member.group), status


@bp.post("/g/<slug>/m/<meeting>/cancellation")
def cancel(slug, meeting):
    """This date does not take place."""
    why = request.form.get("why", "")
    return _about_date(slug, meeting, lambda by, found, seen: cancel_date(by, found, why, seen), "It is cancelled.")


@bp.post("/g/<slug>/m/<meeting>/cancellation/end")
def hold(slug, meeting):
    """It takes place after all."""
    return _about_date(slug, meeting, hold_date, "It takes place after all.")


@bp.post("/g/<slug>/m/<meeting>/decision/end")
def restore(slug, meeting):
    """It is as the series says."""
    return _about_date(slug, meeting, restore_date, "It is as usual again.")


@bp.route("/g/<slug>/rooms/<room>/days", methods=["GET", "POST"])
def days(slug, room):
    """The days on which a room is not as usual."""
    member = member_of(slug)
    room = look_after_room(member, room)
    form, status = RoomDayForm(), 200
    if form.is_submitted() and not form.validate():
        status = 422
    elif form.is_submitted():
        try:
            add_room_day(
                member, room, form.day.data, yearly=form.yearly.data, longer=form.longer.data, note=form.note.data
            )
            flash("Noted. It counts for every hour in this room.")
            return redirect(url_for("editing.days", slug=slug, room=room.slug), 303)
        except (Invalid, Refused) as failure:
            status = say_beside(form, failure, "day")
    return render_template("schedule/days.html", form=form, room=room, group=member.group), status


@bp.post("/g/<slug>/rooms/<room>/days/<int:day>/end")
def end_day(slug, room, day):
    """A day is as usual again."""
    member = member_of(slug)
    found = look_after_room(member, room)
    try:
        remove_room_day(member, found, day)
        flash("That day is as usual again.")
    except Refused as failure:
        refuse_in_place(failure)
    return redirect(url_for("editing.days", slug=slug, room=room), 303)


def _drawn(meeting, **kwargs):
    return DateForm.of(meeting, formats_for(meeting.room.group_id, meeting.format), **kwargs)


def _reached(slug, meeting):
    member = member_of(slug)
    with reading() as session:
        return member, meeting_of(session, member, slug, meeting)


def _about_date(slug, meeting, action, done):
    member, found = _reached(slug, meeting)
    try:
        action(member, found, request.form.get("seen", ""))
    except Overtaken as failure:
        refuse_in_place(failure)
        return show_meeting(slug, meeting, member), status_of(failure)
    except (Invalid, Refused) as failure:
        refuse_in_place(failure)
        return redirect(url_for("schedule.meeting", slug=slug, meeting=meeting), 303)
    return _to(slug, meeting, done)


def _to(slug, meeting, done):
    flash(done)
    return redirect(url_for("schedule.meeting", slug=slug, meeting=meeting), 303)
