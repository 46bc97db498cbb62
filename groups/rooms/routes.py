"""Pages of rooms: for those who look after the group."""

from flask import Blueprint, flash, redirect, render_template, url_for

from groups.accounts.forms import say_beside
from groups.errors import Failure
from groups.http import member_of
from groups.rooms.actions import change_room, formats_for, look_after_room, make_room, plan_room, rooms_of
from groups.rooms.forms import RoomForm

bp = Blueprint("rooms", __name__)


@bp.record_once
def offer_to_templates(state):
    """The group's page lists its rooms without knowing how."""
    state.app.jinja_env.globals["rooms_of"] = rooms_of


@bp.route("/g/<slug>/rooms/new", methods=["GET", "POST"])
def new(slug):
    """Make a room."""
    member = member_of(slug)
    form = RoomForm(formats_for(member.group_id), obj=plan_room(member))
    status = 200
    if form.is_submitted():
        room, status = _try(form, lambda: make_room(member, form.settings()))
        if room:
            flash(f"{room.name} is ready. Add its first hour next.")
            return redirect(url_for("rooms.room", slug=slug, room=room.slug), 303)
    return render_template("rooms/new.html", form=form, group=member.group), status


@bp.route("/g/<slug>/rooms/<room>", methods=["GET", "POST"])
def room(slug, room):
    """A room's settings, and what is held there."""
    member = member_of(slug)
    room = look_after_room(member, room)
    form = RoomForm(formats_for(member.group_id, room.format), obj=room)
    status = 200
    if form.is_submitted():
        changed, status = _try(form, lambda: change_room(member, room, form.settings()))
        if changed:
            flash("Saved. It counts from the next meeting on.")
            return redirect(url_for("rooms.room", slug=slug, room=room.slug), 303)
    return render_template("rooms/room.html", form=form, room=room, group=member.group), status


def _try(form, action):
    """The action's answer and 303; or None, with the sentences in the form, and the page's status."""
    if not form.validate():
        return None, 422
    try:
        return action(), 303
    except Failure as failure:
        return None, say_beside(form, failure, "name")
