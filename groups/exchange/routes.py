"""What goes out to other programs and comes in from them: open data for anybody, and a group's own."""

import io
from hashlib import sha256

import msgspec
from flask import Blueprint, Response, flash, redirect, render_template, request, send_file, url_for

from groups import clock
from groups.accounts.forms import say_beside
from groups.db import reading
from groups.errors import Invalid, Refused
from groups.exchange import api, asking, bmlt, public
from groups.exchange.copying import export_group, may_copy
from groups.exchange.forms import ImportForm
from groups.exchange.importing import Changed, bring_in, look_at_list, may_bring_in
from groups.exchange.meeting_guide import guide_meetings
from groups.exchange.openapi import document as openapi_document
from groups.exchange.reckoning import CHANGED, NEW, SAME
from groups.exchange.showing import shown
from groups.http import member_of, settings, viewer_zone
from groups.rooms.actions import formats_for, rooms_of
from groups.schedule.words import list_words

bp = Blueprint("exchange", __name__)
COPY = "calendar-export.zip"
TOLD = {NEW: "came in", CHANGED: "changed", SAME: "were here already"}
_encode = msgspec.json.Encoder().encode


@bp.get("/feeds/meetings.json")
def meetings_feed():
    """Weekly hours as a Meeting Guide feed. What is asked besides is not looked at: some programs add a
    number to get past a cache."""
    rows = _weekly()
    return _open_data(guide_meetings(rows, settings().url, settings().name), _changed(rows))


@bp.get(f"{bmlt.ROOT}/client_interface/json/")
def bmlt_feed():
    """Weekly hours, the formats or this server, as a BMLT server tells them."""
    asked = asking.read(asking.BmltAsked, request.args.to_dict(flat=False), strictly=False)
    if asked.switcher == "GetServerInfo":
        return _open_data([bmlt.BmltServer(server_name=settings().name)])
    rows, base = _weekly(), settings().url
    told = bmlt.formats(rows, base) if asked.switcher == "GetFormats" else bmlt.meetings(rows, base)
    if asked.switcher == "GetSearchResults" and asked.get_used_formats == "1":
        told = bmlt.BmltBoth(told, bmlt.formats(rows, base))
    return _open_data(told, _changed(rows))


@bp.get("/api/v1/meetings")
def meetings():
    """Dated hours."""
    return _answer(asking.MeetingsAsked, api.meetings)


@bp.get("/api/v1/series")
def series():
    """Hours that recur."""
    return _answer(asking.SeriesAsked, api.series)


@bp.get("/api/v1/groups")
def groups():
    """Groups anybody may join."""
    return _answer(asking.GroupsAsked, api.groups)


@bp.get("/api/v1/openapi.json")
def document():
    """What can be asked, and what is answered."""
    asking.read(asking.NothingAsked, request.args.to_dict(flat=False))
    return _open_data(openapi_document(settings().url))


@bp.get("/g/<slug>/export")
def export(slug):
    """What a copy of the group holds, and what it does not."""
    member = member_of(slug)
    may_copy(member)
    return render_template("exchange/export.html", group=member.group)


@bp.post("/g/<slug>/export")
def take_copy(slug):
    """The copy itself, under a name that says nothing."""
    whole = io.BytesIO(export_group(member_of(slug), settings().url, settings().name))
    return send_file(whole, "application/zip", as_attachment=True, download_name=COPY, max_age=0)


@bp.route("/g/<slug>/import", methods=["GET", "POST"])
def bring(slug):
    """Look at a list of hours from elsewhere, row by row; then take what can be taken."""
    member = member_of(slug)
    may_bring_in(member)
    rooms = [room for room in rooms_of(member.group) if room.locked_at is None]
    form, done, status = _import_form(member.group, rooms), None, 200
    if form.is_submitted():
        done, status = _try_list(form, member)
        if status == 303:
            flash(_came_in(done))
            return redirect(url_for("membership.group", slug=slug), 303)
    table = done and shown(done, viewer_zone(member.group.zone))
    return render_template("exchange/import.html", form=form, group=member.group, rooms=rooms, shown=table), status


def _import_form(group, rooms):
    first = rooms[0] if rooms else None
    formats = formats_for(group.id, first.format if first else "")
    chosen = {"rooms": [first.slug], "format": first.format} if first else {}
    return ImportForm(rooms, formats, zone=group.zone, language="en", **chosen)


def _try_list(form, member):
    """(reckoning, status): 303 once everything came in. What is not right is said in the form."""
    try:
        if not form.validate():
            return None, 422
        form.read_file()
        text, wish, status = form.the_text(), form.wish(), 200
        if form.save.data:
            try:
                return bring_in(member, text, wish, form.seen.data or ""), 303
            except Changed as failure:
                status = say_beside(form, failure, "text")
        done = look_at_list(member, text, wish)
        form.seen.process(None, done.seen)
        return done, status
    except (Invalid, Refused) as failure:
        return None, say_beside(form, failure, "rooms" if failure.reason == "room_locked" else "text")


def _came_in(done):
    parts = [f"{len(done.of(outcome))} {words}" for outcome, words in TOLD.items() if done.of(outcome)]
    return f"{list_words(parts)}." if parts else "Nothing was new in this."


def _answer(kind, answer):
    asked = asking.read(kind, request.args.to_dict(flat=False))
    with reading() as session:
        told, changed = answer(session, asked, settings().url, clock.now())
    return _open_data(told, changed)


def _weekly():
    with reading() as session:
        return public.weekly_series(session, clock.now())


def _changed(rows):
    return max((row.changed_at for row in rows), default=None)


def _open_data(told, changed=None):
    """The answer as JSON, or 304 for somebody who has it. When something last changed is said and not gone
    by: an hour that is no longer listed leaves no later date behind."""
    body = _encode(told)
    response = Response(body, mimetype="application/json")
    response.set_etag(sha256(body).hexdigest()[:32])
    response.make_conditional(request)
    if changed:
        response.last_modified = changed
    return response
