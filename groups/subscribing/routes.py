"""Pages of the links by which somebody's own calendar fetches their hours, and what a calendar is given."""

import contextlib
import json
import secrets
from datetime import timedelta

from flask import Blueprint, Response, flash, redirect, render_template, request, session, url_for
from sqlalchemy.exc import OperationalError

from groups import clock
from groups.accounts import pocket
from groups.accounts.forms import AgainForm, say_beside
from groups.accounts.routes import signed_in_account
from groups.db import reading
from groups.errors import Crowded, Failure, NotFound, TooMany
from groups.formats.choosing import find_format
from groups.http import account_id, membership_in, settings
from groups.limiting.http import limit
from groups.schedule.details import meeting_of
from groups.schedule.listing import groups_of
from groups.schedule.models import Phase
from groups.sealing import derived
from groups.sentences import sentence
from groups.subscribing import actions
from groups.subscribing.actions import end_feed, note_fetched, renew_link, set_up_feed
from groups.subscribing.finding import carried_by, feed_by, feed_of, groups_in, mark_of
from groups.subscribing.forms import FeedForm
from groups.subscribing.ical import CONTENT_TYPE, FILE_NAME, Said, feed_text, own_id, single_text
from groups.subscribing.models import FeedKind
from groups.subscribing.wishes import WORDS
from groups.telling import tells

bp = Blueprint("subscribing", __name__)
TYPED_FOR = timedelta(minutes=10)  # what was chosen in a form that was refused stands there when it is loaded again
LINK_FOR = timedelta(minutes=30)  # how long a link that was made can be shown, once


@bp.record_once
def listen(state):
    """Links end with the words; and the page of one's account says that there are some, without knowing how."""
    actions.listen()
    state.app.jinja_env.globals["my_links"] = lambda: actions.links_of(account_id())


@bp.get("/me/feeds")
def feeds():
    """Which links somebody has, and what they mean."""
    account = signed_in_account()
    if account is None:
        return _sign_in_first()
    with reading() as look:
        found = {kind: feed_of(look, account.id, kind) for kind in FeedKind}
        carried = {kind: groups_in(look, feed) for kind, feed in found.items() if feed}
    return render_template("subscribing/feeds.html", feeds=found, carried=carried, today=clock.now().date())


@bp.route("/me/feeds/<kind>", methods=["GET", "POST"])
def feed(kind):
    """Make one of the two, or change what it carries; a new link is shown once."""
    kind, account = _kind(kind), signed_in_account()
    if account is None:
        return _sign_in_first()
    with reading() as look:
        mine, found = groups_of(look, account.id), feed_of(look, account.id, kind)
        ticked = groups_in(look, found) if found else mine if len(mine) == 1 else []
    if not mine and found is None:
        return redirect(url_for("subscribing.feeds"), 303)
    form, status = FeedForm(kind, mine, found, [group.slug for group in ticked], account.is_kept, _typed(account, kind)), 200
    if form.validate_on_submit():
        try:
            if "words" in form:
                form.confirmed(account)
            token = set_up_feed(account, kind, form.wish, may_make=found is None)
        except Failure as failure:
            status = say_beside(form, failure, "words" if isinstance(failure, TooMany | Crowded) else "groups")
        else:
            session.pop("typed", None)
            return _kept(account, kind, token, form.wish.word)
    status = 422 if form.errors and status == 200 else status
    if request.method == "POST":
        session["typed"] = pocket.put(settings().secret, "typed", f"{account.id} {kind}", json.dumps(form.typed))
    return _page(account, kind, form, found, status=status)


@bp.post("/me/feeds/<kind>/link")
def new_link(kind):
    """Another link for the same feed, after the words; the one before opens nothing any more."""
    kind, account = _kind(kind), signed_in_account()
    if account is None:
        return _sign_in_first()
    again = AgainForm()
    try:
        if account.is_kept:
            again.confirmed(account)
        made = renew_link(account, kind)
    except NotFound:
        raise
    except Failure as failure:
        return _refused(account, kind, again, say_beside(again, failure, "words"))
    _pocket(account, kind, made)
    flash("The old link opens nothing any more.")
    return redirect(url_for("subscribing.feed", kind=kind), 303)


@bp.post("/me/feeds/<kind>/end")
def end(kind):
    """No link of this kind any more."""
    kind, account = _kind(kind), signed_in_account()
    if account is None:
        return _sign_in_first()
    end_feed(account, kind)
    flash("That link opens nothing any more. What was fetched by it stays in your calendar until you remove it there.")
    return redirect(url_for("subscribing.feeds"), 303)


@bp.get("/c/<token>.ics")
def text(token):
    """What a calendar fetches: no sign-in, no cookie, and no work where nothing is new."""
    limit("feed", link=token)
    today = clock.now().date()
    with reading() as look:
        found = feed_by(look, token)
        if found is None:
            raise NotFound()
        groups = groups_in(look, found)
        mark, since = mark_of(look, found, groups, today)
        # Weakly, because a proxy that packs the answer weakens the mark.
        is_known = request.if_none_match.contains_weak(mark)
        body = b"" if is_known else feed_text(found, carried_by(look, found, groups, today), today, settings().url)
    response = _calendar(body, 304 if is_known else 200)
    response.set_etag(mark)
    response.last_modified = since
    response.call_on_close(lambda: _note(found, today))
    return response


@bp.get("/g/<slug>/m/<meeting>/calendar.ics")
def one_date(slug, meeting):
    """One date, for a calendar that is to know of this one only: in the member's word, or by its name."""
    member = membership_in(account_id(), slug)
    with reading() as look:
        found = meeting_of(look, member, slug, meeting)
        said = _said(look, found, by_name=request.args.get("full") == "1")
    # Stable for a member, who may fetch it again after a change; nobody else's is the same.
    key = derived(settings().secret, "single dates") if member else secrets.token_bytes(32)
    uid = own_id(key, member.handle if member else "", found.public_id)
    is_cancelled = found.phase == Phase.CANCELLED
    return _calendar(single_text(said, uid, found.starts_at, found.ends_at, clock.now(), is_cancelled))


def _kind(word):
    try:
        return FeedKind(word)
    except ValueError:
        raise NotFound() from None


def _sign_in_first():
    return redirect(url_for("accounts.sign_in", next=url_for("subscribing.feeds")), 303)


def _page(account, kind, form, found, again=None, status=200):
    scheme, link = settings().url.split("://")[0], _link_once(account, kind)
    again = again or AgainForm(formdata=None)
    return render_template("subscribing/feed.html", form=form, again=again, kind=kind, feed=found, link=link, scheme=scheme), status


def _refused(account, kind, again, status):
    """The page of a feed that is there, as it was, with what was typed to have another link."""
    with reading() as look:
        mine, found = groups_of(look, account.id), feed_of(look, account.id, kind)
        if found is None:
            raise NotFound()
        form = FeedForm(kind, mine, found, [group.slug for group in groups_in(look, found)], account.is_kept, formdata=None)
    return _page(account, kind, form, found, again, status)


def _kept(account, kind, token, word):
    if token:
        _pocket(account, kind, token)
    else:
        flash("Kept. Your calendar shows it when it next fetches.")
    if kind == FeedKind.DISCREET and tells(word):
        flash(sentence("telling_word", word=word), "care")
    return redirect(url_for("subscribing.feed", kind=kind), 303)


def _pocket(account, kind, token):
    session["feed"] = pocket.put(settings().secret, "feed", f"{account.id} {kind}", token)


def _link_once(account, kind):
    """The link that was made a moment ago, without its scheme; None ever after."""
    token = pocket.take(settings().secret, "feed", f"{account.id} {kind}", session.pop("feed", None), LINK_FOR)
    return token and (settings().url + url_for("subscribing.text", token=token)).split("://", 1)[1]


def _typed(account, kind):
    """What a browser was told once, beside the reason, and would have lost by loading the page again."""
    kept = pocket.take(settings().secret, "typed", f"{account.id} {kind}", session.get("typed"), TYPED_FOR)
    return kept and json.loads(kept)


def _said(look, meeting, by_name):
    if by_name:
        kind = find_format(look, meeting.group.id, meeting.format).kind
        page = settings().url + url_for("schedule.meeting", slug=meeting.group.slug, meeting=meeting.public_id)
        return Said.by_name(meeting.title, meeting.group.name, kind, page)
    own = feed_of(look, account_id(), FeedKind.DISCREET) if account_id() else None
    return Said(own.word if own else WORDS[0])


def _calendar(body, status=200):
    named = {"Content-Disposition": f'inline; filename="{FILE_NAME}"'}
    return Response(body, status, named, content_type=CONTENT_TYPE)


def _note(found, today):
    with contextlib.suppress(OperationalError):  # whoever fetched has their answer; tomorrow there is another day
        note_fetched(found, today)
