"""Pages of rooms: for those who look after the group."""

from flask import Blueprint, flash, redirect, render_template, request, url_for

from groups.accounts.forms import say_beside
from groups.errors import Failure, Overtaken
from groups.http import member_of
from groups.rooms import closing
from groups.rooms.actions import all_rooms, change_room, formats_for, look_after_room, make_room, plan_room, rooms_of
from groups.rooms.agreements import agreements_of
from groups.rooms.forms import RoomForm

bp = Blueprint("rooms", __name__)


@bp.record_once
def offer_to_templates(state):
    """The group's page lists its rooms without knowing how."""
    state.app.jinja_env.globals.update(rooms_of=rooms_of, agreements_of=agreements_of)


@bp.get("/g/<slug>/rooms")
def rooms(slug):
    """The group's rooms, those that were put away, too."""
    member = member_of(slug)
    return render_template("rooms/rooms.html", group=member.group, rooms=all_rooms(member))


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
    form = RoomForm.of(room, formats_for(room.group_id, room.format))
    status = 200
    if form.is_submitted():
        changed, status = _try(
            form, lambda: change_room(member, room, form.settings(), form.urgent.data, form.seen.data),
            lambda: _as_it_is(look_after_room(member, room.slug)),
        )
        if changed:
            flash("Saved. It counts at once." if form.urgent.data else "Saved. It counts from the next meeting on.")
            return redirect(url_for("rooms.room", slug=slug, room=room.slug), 303)
    return render_template("rooms/room.html", form=form, room=room, group=member.group, who=closing.who_closed(room)), status


@bp.post("/g/<slug>/rooms/<room>/lock")
def lock(slug, room):
    """Close its door until it is unlocked."""
    member = member_of(slug)
    room, why, urgent = look_after_room(member, room), request.form.get("why", ""), "urgent" in request.form
    try:
        closing.lock_room(member, room, why, urgent)
    except Failure as failure:
        if getattr(failure, "field", None) != "why":
            raise
        form = _as_it_is(room)
        said = {"why": why, "failure": failure, "urgent": urgent}
        return render_template("rooms/room.html", form=form, room=room, group=member.group, who=None, locking=said), 422
    flash("Locked, and the hour that is on closes." if urgent else "Locked. Nobody comes in until you unlock it.")
    return redirect(url_for("rooms.room", slug=slug, room=room.slug), 303)


@bp.post("/g/<slug>/rooms/<room>/unlock")
def unlock(slug, room):
    """Let people come to its door again."""
    return _closed(slug, room, closing.unlock_room, "Unlocked. Its lobbies open again.")


@bp.post("/g/<slug>/rooms/<room>/archive")
def archive(slug, room):
    """Put it away."""
    return _closed(slug, room, closing.archive_room, "Put away. Its hours are off the calendar.")


@bp.post("/g/<slug>/rooms/<room>/reopen")
def reopen(slug, room):
    """Use it again."""
    return _closed(slug, room, closing.reopen_room, "In use again, with the hours it had.")


def _closed(slug, room, action, said):
    member = member_of(slug)
    room = action(member, look_after_room(member, room))
    flash(said)
    return redirect(url_for("rooms.room", slug=slug, room=room.slug), 303)


def _as_it_is(room):
    return RoomForm.of(room, formats_for(room.group_id, room.format), formdata=None)


def _try(form, action, as_it_is=None):
    """The action's answer and 303; or None, with the sentences in the form, and the page's status. as_it_is: draws
    the form of what stands there now, where somebody else may have changed it."""
    if not form.validate():
        return None, 422
    try:
        return action(), 303
    except Overtaken as failure:
        return None, form.say_what_stands(failure, as_it_is())
    except Failure as failure:
        return None, say_beside(form, failure, "name")
