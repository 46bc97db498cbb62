"""Pages of formats and readings: every line of an hour for whoever may chair one, and for moderators
the group's own. Everything works without script: a part is moved by sending the form."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from groups.accounts.forms import say_beside
from groups.errors import Failure, Overtaken, Refused
from groups.formats import actions, editing, library
from groups.formats.checking import Unfit
from groups.formats.forms import ClockForm, FormatForm, ReadingForm, as_typed
from groups.formats.parts import modes_with
from groups.formats.preview import EXERCISES, LEADS, MODES, ORDERS, on_the_clock, totals
from groups.http import STATUS, member_of
from groups.sentences import sentence

bp = Blueprint("formats", __name__)


@bp.get("/g/<slug>/formats")
def formats(slug):
    """Every format this group can have."""
    member = member_of(slug)
    own, put_away, ready = actions.formats_of(member)
    return render_template("formats/formats.html", group=member.group, member=member, own=own, put_away=put_away, ready=ready)


@bp.get("/g/<slug>/formats/<key>")
def format(slug, key):
    """One format, every line of it, with its clock."""
    member = member_of(slug)
    looked = actions.look_at_format(member, key)
    clock = ClockForm(request.args if "at" in request.args else None)
    status = 200 if clock.validate() else 422
    lines, end = on_the_clock(looked.form.segments, looked.hour, clock.at.data)
    return render_template(
        "formats/format.html", group=member.group, member=member, looked=looked, clock=clock, lines=lines, end=end,
        modes=MODES, exercises=EXERCISES, leads=LEADS, orders=ORDERS,
    ), status


@bp.post("/g/<slug>/formats/<key>/copy")
def copy(slug, key):
    """Begin a format of the group's own."""
    row = actions.copy_format(member_of(slug), key)
    flash("This is your own copy now. Change what you like; nothing else changes with it.")
    return redirect(url_for("formats.edit", slug=slug, key=row.key), 303)


@bp.route("/g/<slug>/formats/<key>/edit", methods=["GET", "POST"])
def edit(slug, key):
    """Change a format of the group's own. Adding, removing and moving parts stores nothing yet."""
    member = member_of(slug)
    row, readings = actions.look_after_format(member, key)
    opened, status = None, 200
    if request.method == "GET":
        form = FormatForm(data=as_typed(row.draft, row.edition))
    else:
        sent, opened = editing.done(editing.typed(request.form.items(multi=True)), request.form.get("do", ""))
        form = FormatForm(formdata=MultiDict(sent.pairs()))
        if request.form.get("do", "save") == "save":
            status = _stored(member, row, form)
            if status == 303:
                flash("Saved. Hours that have begun keep what they began with.")
                return redirect(url_for("formats.format", slug=slug, key=key), 303)
    form.offer(readings)
    draft = form.draft()
    lines, end = on_the_clock(draft.segments, draft.hour, form.at.data)
    return render_template(
        "formats/edit.html", group=member.group, form=form, row=row, lines=lines, end=end, opened=opened,
        totals=totals(draft.segments), modes=MODES, modes_with=modes_with,
    ), status


@bp.post("/g/<slug>/formats/<key>/archive")
def archive(slug, key):
    """Put a format of the group's own away."""
    row = actions.put_format_away(member_of(slug), key)
    flash(f"{row.title} is put away. Rooms and hours that use it go on using it until you change them.")
    return redirect(url_for("formats.formats", slug=slug), 303)


@bp.get("/g/<slug>/readings")
def readings(slug):
    """The texts this group can read together."""
    member = member_of(slug)
    own, ready = library.library_of(member)
    return render_template("formats/readings.html", group=member.group, own=own, ready=ready)


@bp.route("/g/<slug>/readings/new", methods=["GET", "POST"])
def new_reading(slug):
    """Add a text."""
    member = member_of(slug)
    form, said = ReadingForm(obj=library.plan_reading(member)), "“{}” is in your library. A reading part can name it now."
    return _reading(slug, member, form, said, lambda: library.add_reading(member, form.reading()))


@bp.route("/g/<slug>/readings/<reading>/edit", methods=["GET", "POST"])
def edit_reading(slug, reading):
    """Change a text of the group's own."""
    member = member_of(slug)
    text = library.look_after_reading(member, reading)
    form, said = _as_it_is(text), "Saved. An hour whose lobby has opened keeps the words it took over."
    return _reading(slug, member, form, said, lambda: library.change_reading(member, reading, form.reading(), form.seen.data), text)


@bp.post("/g/<slug>/readings/<reading>/archive")
def archive_reading(slug, reading):
    """Put a text of the group's own away."""
    library.put_reading_away(member_of(slug), reading)
    flash("The reading is put away. Formats that name it keep it until you change them.")
    return redirect(url_for("formats.readings", slug=slug), 303)


def _as_it_is(text, **kwargs):
    return ReadingForm(obj=text, seen=library.state_of(text), **kwargs)


def _reading(slug, member, form, said, action, text=None):
    status = 200
    if form.is_submitted():
        try:
            if form.validate():
                flash(said.format(action().title))
                return redirect(url_for("formats.readings", slug=slug), 303)
            status = 422
        except Overtaken as failure:
            status = form.say_what_stands(failure, _as_it_is(library.look_after_reading(member, text.key), formdata=None))
        except Failure as failure:
            status = say_beside(form, failure, "title")
    return render_template("formats/reading.html", group=member.group, form=form, text=text), status


def _stored(member, row, form):
    """303 when it is stored; otherwise the page's status, with every sentence in the form."""
    if not form.validate():
        return 422
    try:
        actions.change_format(member, row.key, form.draft(), form.begun_from())
    except Unfit as unfit:
        form.say(unfit)
        return 422
    except Refused as refusal:
        form.form_errors = [*form.form_errors, sentence(refusal.reason, **refusal.facts)]
        form.edition.data = str(row.edition)  # whoever saves again has read the sentence
        return STATUS[Refused]
    return 303
