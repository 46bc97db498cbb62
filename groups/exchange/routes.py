"""What goes out to other programs and comes in from them: open data for anybody, and a group's own."""

import io
from hashlib import sha256

import msgspec
from flask import Blueprint, Response, render_template, request, send_file

from groups import clock
from groups.db import reading
from groups.exchange import api, asking, bmlt, public
from groups.exchange.copying import export_group, may_copy
from groups.exchange.meeting_guide import guide_meetings
from groups.exchange.openapi import document as openapi_document
from groups.http import member_of, settings

bp = Blueprint("exchange", __name__)
COPY = "calendar-export.zip"
_encode = msgspec.json.Encoder().encode


@bp.get("/feeds/meetings.json")
def meetings_feed():
    """Weekly hours as a Meeting Guide feed. What is asked besides is not looked at: some programs add a
    number to get past a cache."""
    rows = _weekly()
    return _open_data(guide_meetings(rows, settings().url), _changed(rows))


@bp.get(f"{bmlt.ROOT}/client_interface/json/")
def bmlt_feed():
    """Weekly hours, the formats or this server, as a BMLT server tells them."""
    asked = asking.read(asking.BmltAsked, request.args.to_dict(flat=False), strictly=False)
    if asked.switcher == "GetServerInfo":
        return _open_data([bmlt.BmltServer()])
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
    whole = io.BytesIO(export_group(member_of(slug), settings().url))
    return send_file(whole, "application/zip", as_attachment=True, download_name=COPY, max_age=0)


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
