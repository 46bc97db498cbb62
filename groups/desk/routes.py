"""The moderator's desk. With script its list is asked for again every few seconds (`desk/now`), and a
desk on which nothing changed costs a question without a body."""

import hashlib

from flask import Blueprint, Response, render_template, request, session
from flask_login import current_user

from groups.desk.page import desk_page, looks_after_any, most_pressing
from groups.desk.urgency import Line
from groups.http import account_id, ledger, viewer_zone
from groups.sentences.desk import DESK, WORDS

bp = Blueprint("desk", __name__)


@bp.record_once
def offer_to_templates(state):
    """Every page's top line leads moderators to their desk, and the front page says what cannot wait."""
    state.app.jinja_env.globals.update(has_desk=has_desk, pressing=pressing)
    state.app.jinja_env.globals.update(desk_sentence=desk_sentence, DESK_WORDS=WORDS)


@bp.get("/desk")
def desk():
    """What there is to do, over all the groups this account looks after."""
    page = desk_page(ledger(), account_id(), viewer_zone)
    return render_template("moderation/desk.html", page=page, mark=_mark(page))


@bp.get("/desk/now")
def now():
    """The list alone, or nothing where it is as it was."""
    session.asked_only = True
    page = desk_page(ledger(), account_id(), viewer_zone)
    mark = _mark(page)
    if mark in request.if_none_match:
        answer = Response(status=304)
    else:
        answer = Response(render_template("moderation/_list.html", page=page))
    answer.set_etag(mark)
    return answer


def has_desk() -> bool:
    """For templates: whether whoever asks looks after a group."""
    return current_user.is_authenticated and looks_after_any(account_id())


def pressing() -> Line | None:
    """For templates: what cannot wait on this reader's desk, or None."""
    return most_pressing(ledger(), account_id(), viewer_zone) if current_user.is_authenticated else None


def desk_sentence(line: Line) -> str:
    """For templates: the sentence of a line, still to be filled in."""
    return DESK[line.facts["sentence"]]


def _mark(page):
    return hashlib.blake2b(repr(page).encode(), digest_size=12).hexdigest()
