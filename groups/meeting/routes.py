"""Pages of a live meeting. The same page serves the lobby, the floor, the desk and the end; with
script it is kept up to date by the socket, without it by reloading and plain forms."""

from secrets import token_hex

import msgspec
from flask import Blueprint, Response, abort, flash, redirect, render_template, request, session, url_for

from groups import clock
from groups.conduct.ladder import out_for
from groups.errors import Failure, Invalid, NotFound
from groups.forms_http import stands_on
from groups.http import account_id, ledger, refuse_in_place, said, status_of
from groups.limiting.http import limit
from groups.limiting.table import WISHES
from groups.meeting import keeping
from groups.meeting.actions import agreed_in, is_kept_out, on_the_rota, reach, signed_up, wish
from groups.meeting.clockwork import NOBODY_CAME
from groups.meeting.practice import practice
from groups.meeting.shapes import MOST_WORDS
from groups.meeting.snapshots import missed, snapshot
from groups.meeting.verbs import VERBS, read
from groups.rooms.agreements import fitting
from groups.rota.duties import DUTIES
from groups.schedule.words import list_words
from groups.sentences import sentence
from groups.text import digits

bp = Blueprint("meeting", __name__, url_prefix="/g/<slug>/m/<meeting>")
WITH_TEXT = {"turn", "offered", "queued", "open", "paused"}  # parts with a box to write in: never reloaded under one's hands
BOX = {"words", "client_id", "note", "look"}  # what the box sends along whatever its buttons ask
ARRIVING = "arriving"  # set by joining: whoever just joined for this hour is taken to its door


@bp.get("/room")
def room(slug, meeting):
    """The lobby, the floor, the desk or the end: whatever it is for this person now."""
    member, found = _come(slug, meeting)
    if found.phase == "planned":
        if session.pop(ARRIVING, None) == found.public_id:
            flash(f"Welcome, {member.name}. You can come in when the lobby opens.")
        return redirect(url_for("schedule.meeting", slug=slug, meeting=meeting), 303)
    if session.pop(ARRIVING, None) == found.public_id:
        try:
            _wish(member, found, "knock", {"meeting": meeting})
        except Failure as failure:  # such as every place being kept: they read it at the door
            refuse_in_place(failure)
    return _page(member, found)


@bp.post("/look")
@stands_on("meeting.room")
def look(slug, meeting):
    """The page again with what was typed still in its box: how a draft survives without script."""
    member, found = _come(slug, meeting)
    return _page(member, found, words=request.form.get("words", ""))


@bp.post("/<verb>")
@stands_on("meeting.room")
def ask(slug, meeting, verb):
    """Any wish of `verbs.py`, by a plain form. Words that were refused, or were being written while
    something else was asked, come back in their box."""
    member, found = _come(slug, meeting)
    if verb not in VERBS:
        raise NotFound()
    sent = {name: value for name, value in request.form.items() if name != "csrf_token" and value != ""}
    wanted = VERBS[verb].payload.__struct_fields__
    line = "words" in wanted and verb not in ("share", "rewrite_share")  # a line has a field of its own, apart from the box
    draft = "" if line else sent.get("words", "") if "words" in wanted else sent.pop("words", "")
    sent = ({"words": ""} if "words" in wanted else {}) | {n: v for n, v in sent.items() if n not in BOX or n in wanted}
    try:
        _wish(member, found, verb, sent | {"meeting": meeting})
    except Failure as failure:
        if draft:
            return _page(member, found, words=draft, refusal=failure)
        if line and sent["words"]:
            return _page(member, found, typed=sent | {"verb": verb}, refusal=failure)
        refuse_in_place(failure)
    else:
        if VERBS[verb].said:
            flash(sentence(VERBS[verb].said))
        if draft and verb != "share":
            return _page(member, found, words=draft)
    if verb == "leave":
        return redirect(url_for("schedule.front"), 303)
    return redirect(url_for("meeting.room", slug=slug, meeting=meeting), 303)


@bp.get("/entries")
def entries(slug, meeting):
    """What the socket's `catch_up` answers, as JSON: entries of `stream` above `after`."""
    member, found = _reach(slug, meeting)
    after, stream = digits(request.args.get("after", "0"), 8), request.args.get("stream", "floor")
    if after is None or stream not in ("floor", "desk", "line"):
        raise Invalid("after", "bad_shape")
    return _json(missed(ledger(), found.id, member.handle, stream, after, request.args.get("who")))


@bp.get("/practice")
def together(slug, meeting):
    """The exercise of this part alone, for a page that is open when it begins."""
    member, found = _reach(slug, meeting)
    shown = snapshot(ledger(), found.id, member.handle, after=None)
    together = practice(_view(shown), shown["now"])
    if not together:
        raise NotFound()
    return render_template("meeting/_exercise.html", **together)


@bp.get("/now")
def now(slug, meeting):
    """What the socket's `enter` answers, as JSON."""
    member, found = _reach(slug, meeting)
    return _json(snapshot(ledger(), found.id, member.handle))


def _reach(slug, public_id):
    member, found = reach(account_id(), public_id)
    if found.group.slug != slug:
        raise NotFound()
    return member, found


def _come(slug, public_id):
    """The same for a page. Who was put out meanwhile reads why, until when, and whom to ask."""
    try:
        return _reach(slug, public_id)
    except NotFound:
        if is_kept_out(account_id(), slug, public_id):
            abort(redirect(url_for("steps.mine", slug=slug), 303))
        raise


def _wish(member, found, verb, sent):
    if verb in WISHES:
        limit(WISHES[verb], meeting=found.public_id)
    payload = read(VERBS[verb].payload, sent, loosely=True)
    return wish(ledger(), member, session.row_id, found.id, verb, payload)


def _page(member, found, words="", refusal=None, typed=None):
    keeping.note_seen([(found.id, member.handle)], clock.now()) if found.is_live else None
    shown = snapshot(ledger(), found.id, member.handle, after=None)
    doing = shown["part"]["doing"]
    still = "still" in request.args  # without script: somebody is writing a line, so nothing reloads
    together = practice(_view(shown), shown["now"])
    agreed = agreed_in(ledger(), found)
    rota = on_the_rota(member, found) if found.is_live else {}
    writes = doing in WITH_TEXT or typed or still or (together and together["exercise"].fields)
    page = render_template(
        "meeting/room.html", member=member, meeting=found, shown=shown, words=words, doing=doing,
        refused=refusal and said(refusal),
        agreed=agreed, fits=fitting(agreed, found.group.contact_agreement), out_days=out_for(member.moderates, False).days,
        nudged=bool(refusal) and refusal.reason in ("contact_guard", "contact_guard_plain"),
        may_serve_as=signed_up(member, found) if found.is_live else [],
        promised=list_words([DUTIES[kind].could for kind in rota]), put_down=any(rota.values()),
        typed=typed or {}, note=request.form.get("note", "") if words else "", unused_id=lambda: token_hex(16),
        refresh=found.is_live and not writes, still=still or bool(typed), most_words=MOST_WORDS, together=together,
        nobody_came=NOBODY_CAME,
    )
    return page, status_of(refusal) if refusal else 200


def _view(shown):
    return shown.get("floor", {}).get("view")


def _json(value):
    return Response(msgspec.json.encode(value), mimetype="application/json")
