"""Notes about somebody: added and taken back here, read on the page of that person."""

from flask import Blueprint, flash, redirect, render_template

from groups.accounts.forms import say_beside
from groups.errors import Failure, Invalid
from groups.http import keyring, member_of, refuse_in_place
from groups.moderation import notes
from groups.moderation.note_forms import NoteForm
from groups.sentences import sentence

bp = Blueprint("notes", __name__, url_prefix="/g/<slug>/members/<handle>/notes")


@bp.record_once
def offer_to_templates(state):
    """The page of a person includes `moderation/_notes.html`, which asks these."""
    state.app.jinja_env.globals.update(notes_on=notes_on, note_form=NoteForm)


def notes_on(member, about_handle):
    """The notes about somebody, for this moderator to read; None for whoever may not, such as the person
    themselves."""
    try:
        return notes.notes_about(keyring(), member, about_handle)[1]
    except Failure:
        return None


@bp.post("")
def write(slug, handle):
    """Add a note. One that cannot be kept comes back as it was typed, on a page of its own."""
    member, form = member_of(slug), NoteForm()
    try:
        notes.write_note(keyring(), member, handle, form.words.data or "")
    except Invalid as failure:
        status = say_beside(form, failure, "words")
        about, kept = notes.notes_about(keyring(), member, handle)
        page = render_template("moderation/note.html", form=form, group=member.group, member=member, target=about, kept=kept)
        return page, status
    flash(sentence("note_kept"))
    return _back(slug, handle)


@bp.post("/<note>/end")
def remove(slug, handle, note):
    """Take one's own back."""
    member = member_of(slug)
    try:
        notes.remove_note(member, handle, note)
    except Failure as failure:
        if failure.reason != "not_your_note":
            raise
        refuse_in_place(failure)
    else:
        flash(sentence("note_gone"))
    return _back(slug, handle)


def _back(slug, handle):
    return redirect(f"/g/{slug}/members/{handle}", 303)
