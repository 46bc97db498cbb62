"""What every page shares: who is asking, in which zone they read, and how a failure looks.

`member_of(slug)` is the door of every group page: it starts from what this account has, so a
forgotten check is a 404 and not a leak."""

import hashlib
import io
from datetime import datetime
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from flask import Request, Response, current_app, flash, g, jsonify, redirect, render_template, request, session
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoneFree

from groups import forms_again_http as forms_again
from groups import policy
from groups.db import reading
from groups.errors import Busy, Crowded, Failure, Invalid, NotFound, Overtaken, Refused, TooMany
from groups.forms_http import page_above
from groups.headers import OPEN_DATA
from groups.membership.models import Group, Membership
from groups.off_the_loop import body_limit
from groups.sentences import sentence
from groups.zones import city, zone

ZONE_COOKIE = "tz"
LEAVING_COOKIE = "x"  # 1: a browser that left with no line says so to the next page; more, by /away: Back leads nowhere
LEFT_UNHEARD = "1"
STILL_THERE = ("accounts.away", "static", "crisis.lines", "crisis.out", "crisis.kept")  # for anybody, and nobody's
AWAY = (OperationalError, InterfaceError, NoneFree)  # what the database says, or nothing, when it is not there
STATUS = {NotFound: 404, Refused: 403, Overtaken: 409, Invalid: 422, Crowded: 429, TooMany: 429, Busy: 503}


def status_of(failure: Failure) -> int:
    """The status of a page that says so."""
    return STATUS.get(type(failure), 403)


class BoundedRequest(Request):
    """A request that carries as much as its address may. What is sent stays in memory: no file of
    somebody's is ever put down on a disk on the way."""

    @property
    def max_content_length(self) -> int:
        """Bytes of the whole body."""
        return body_limit(self.path)

    @property
    def max_form_memory_size(self) -> int:
        """Bytes of one field, which may be all there is."""
        return body_limit(self.path)

    def _get_file_stream(self, *_, **__):
        return io.BytesIO()


def settings():
    """The settings this process was started with."""
    return current_app.extensions["settings"]


def ledger():
    """The one writer of live meetings in this process (`meeting/ledger.py`)."""
    return current_app.extensions["ledger"]


def keyring():
    """The keys words are sealed under."""
    return current_app.extensions["keyring"]


def membership_in(account_id: int | None, slug: str) -> Membership | None:
    """This account's current membership in the group of that slug, or None."""
    if account_id is None:
        return None
    with reading() as session:
        return session.scalar(
            select(Membership).join(Group)
            .where(Membership.account_id == account_id, Group.slug == slug, Membership.left_at.is_(None))
        )


def member_of(slug: str) -> Membership:
    """Whoever is asking, as a member of this group. Raises NotFound for everybody else."""
    member = membership_in(account_id(), slug)
    if member is None:
        raise NotFound()
    return member


def account_id() -> int | None:
    """The signed-in account's number, or None. Never leaves the server."""
    return current_user.id if current_user.is_authenticated else None


def viewer_zone(otherwise: str = "UTC") -> ZoneInfo:
    """The zone this person reads times in: their cookie (set by the page or the form), else the
    one given, which is the group's own where there is a group."""
    name = request.cookies.get(ZONE_COOKIE, "")
    try:
        return zone(name)
    except Invalid:
        return zone(otherwise)


def said(failure: Failure) -> str:
    """The sentence for a failure, its moments on the clock of whoever reads."""
    here = viewer_zone()
    moments = {name: fact.astimezone(here) for name, fact in failure.facts.items() if isinstance(fact, datetime)}
    return sentence(failure.reason, **failure.facts | moments)


def refuse_in_place(failure: Failure) -> None:
    """Show a refusal as a notice on the page that comes next; used where a form was sent."""
    flash(said(failure), "care")


class Can:
    """`{% if can.invite(member) %}`: the policy's questions, answered yes or no for templates."""

    def __getattr__(self, verb):
        rule = getattr(policy, f"may_{verb}")

        def ask(*args) -> bool:
            try:
                rule(*args)
            except Failure:
                return False
            return True

        return ask


@cache
def fingerprint(root: str, filename: str) -> str:
    """Eight letters of a static file's hash, so that browsers may keep it for ever."""
    return hashlib.sha256(Path(root, filename).read_bytes()).hexdigest()[:8]


def version_static(endpoint, values):
    """Add the fingerprint to every static URL; in development files change, so ask again each time."""
    if endpoint == "static" and "filename" in values:
        if settings().environment == "development":
            fingerprint.cache_clear()
        try:
            values["v"] = fingerprint(current_app.static_folder, values["filename"])
        except OSError:
            pass


def show_failure(failure: Failure):
    """Any failure no form handled: a calm page with the sentence and the way on, and for programs the
    same as JSON."""
    status = status_of(failure)
    if request.path.startswith(OPEN_DATA):
        return _for_programs("not_listed" if failure.reason == "not_found" else failure.reason, status, **failure.facts)
    back = this_page() if failure.reason == "sign_in_first" else None
    return render_template("failure.html", text=said(failure), back=back), status


def this_page() -> str:
    """The address that leads back here, for `?next=`: of a form, the page it was sent to."""
    return request.full_path.rstrip("?")


def _for_programs(reason, status, **facts):
    said = {"reason": reason, "sentence": sentence(reason, **facts)}
    return jsonify(said | ({"field": facts["field"]} if "field" in facts else {})), status


def _wrong_method(error):
    """A page has nothing for other methods, but that a form has a page it stands on; open data says which there are."""
    if not request.path.startswith(OPEN_DATA):
        return page_above() or show_failure(NotFound())
    return *_for_programs("only_reading", 405), {"Allow": ", ".join(sorted(error.valid_methods or ["GET"]))}


def _broken(error):
    """Something of ours failed, or the database is away. What a form of ours sent comes back with the page."""
    reason, status = ("busy", 503) if isinstance(error.original_exception, AWAY) else ("broken", 500)
    if request.path.startswith(OPEN_DATA):
        return _for_programs(reason, status)
    ours = g.get("csrf_valid") or not current_app.config["WTF_CSRF_ENABLED"]
    token = request.form.get(forms_again.FIELD, "")
    return render_template("broken.html", text=sentence(reason), typed=forms_again.typed() if ours else [], token=token), status


def _called_by_name():
    """Whoever asks for another name than ours was led here by somebody else's (DNS rebinding). What is
    between us and a balancer is asked for by number."""
    if request.blueprint != "health" and _name_of_host() not in settings().hosts:
        return Response(sentence("other_name", place=settings().url), 421, content_type="text/plain; charset=utf-8")


def _name_of_host():
    try:
        return urlsplit("//" + request.headers.get("Host", "")).hostname
    except ValueError:
        return None


def _no_nul():
    """PostgreSQL refuses a NUL character in any text; no page of ours is called by one."""
    if "\x00" in request.path:
        raise NotFound()


def _session_found():
    """Nobody is taken for a stranger because the database did not answer; leaving quickly always works."""
    if session.lost and request.endpoint != "accounts.away":
        raise session.lost


def _finish_leaving():
    """Who left quickly with no line could not tell us. Their browser remembered, and this is the first
    we hear of it: nothing is shown any more to whoever has that browser now."""
    if request.cookies.get(LEAVING_COOKIE) == LEFT_UNHEARD and request.endpoint not in STILL_THERE:
        return redirect("/away")


def init_app(app) -> None:
    """Attach the error pages and what templates may use."""
    app.before_request(_called_by_name)
    app.before_request(_no_nul)
    app.before_request(_finish_leaving)
    app.before_request(_session_found)
    app.register_error_handler(Failure, show_failure)
    app.register_error_handler(404, lambda _: show_failure(NotFound()))
    app.register_error_handler(405, _wrong_method)
    app.register_error_handler(413, lambda _: (show_failure(Refused("too_big"))[0], 413))
    app.register_error_handler(500, _broken)
    app.url_defaults(version_static)
    app.jinja_env.globals.update(can=Can(), city=city, viewer_zone=viewer_zone, sentence=sentence)
