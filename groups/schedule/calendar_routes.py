"""The pages that show hours: the front door, the calendar, the clock to read by; and the lists of next
hours that other pages show. Part of the schedule's blueprint."""

from urllib.parse import urlencode

from flask import redirect, render_template, request
from flask import session as browser

from groups import clock
from groups.accounts.forms import say_beside
from groups.accounts.routes import next_page
from groups.db import reading
from groups.errors import Failure
from groups.http import ZONE_COOKIE, account_id, membership_in, settings, viewer_zone
from groups.membership.models import Group
from groups.schedule import words
from groups.schedule.calendar import Wish, calendar_page
from groups.schedule.filters import NAMES, WORDS_LIMIT, hidden
from groups.schedule.forms import ZoneForm
from groups.schedule.front import front_page, members_page, next_hours
from groups.schedule.listing import groups_and_shut, hours_of, in_room
from groups.schedule.month import weeks
from groups.schedule.places import where
from groups.schedule.reader import Reader
from groups.schedule.seeing import Narrow
from groups.schedule.week import by_day, lines

YEAR = 365 * 24 * 3600
NEXT = 5  # meetings on a group's or a room's page


def attach(bp) -> None:
    """Add the pages to the schedule's blueprint, and what other pages' templates may ask for."""
    bp.add_url_rule("/", view_func=front)
    bp.add_url_rule("/calendar", view_func=calendar)
    bp.add_url_rule("/zone", view_func=choose_zone, methods=["GET", "POST"])
    bp.record_once(_offer_to_templates)


def _offer_to_templates(state):
    state.app.jinja_env.globals.update(
        next_meetings_of=next_meetings_of, next_meetings_in=next_meetings_in, next_open_hours=next_open_hours,
        weeks=weeks, week_lines=lines, week_days=by_day,
    )
    said = (
        words.clock_words, words.dates_words, words.day_words, words.meetings_words, words.minutes_words, words.wait_words,
        words.utc_stamp,
    )
    state.app.jinja_env.filters.update({function.__name__: function for function in said})


def front():
    """Now, tonight, this week; for a member what is next for them."""
    with reading() as session:
        reader = _reader(session)
        page = members_page(session, reader) if reader.groups else front_page(session, reader)
    template = "schedule/front_mine.html" if reader.groups else "schedule/front.html"
    return render_template(template, page=page, reader=reader.zone, now=reader.now, shut=reader.shut)


def calendar():
    """A month, a week or one day. Words somebody looked for come from the form as they were typed, and
    go on in an address where nobody can read them."""
    if "words" in request.args:
        return redirect(_with_hidden_words(), 303)
    wish = Wish(
        *(request.args.get(name) for name in ("view", "month", "week", "day", "page", "paper")),
        chosen={name: request.args.get(name) for name in NAMES.values()},
    )
    with reading() as session:
        reader = _reader(session)
        page = calendar_page(session, reader, wish)
    status = 422 if page.problem else 200
    return render_template("schedule/calendar.html", page=page, reader=reader.zone, today=reader.today), status


def choose_zone():
    """Which clock to read by: kept in this browser, without an account."""
    onward, status = next_page("/"), 200
    form = ZoneForm(zone=str(viewer_zone()))
    try:
        name = form.is_submitted() and str(where(form.zone.data or ""))
    except Failure as failure:
        name, status = None, say_beside(form, failure, "zone")
    if not name:
        return render_template("schedule/zone.html", form=form, onward=onward), status
    response = redirect(onward, 303)
    long = None if browser.shared else YEAR  # where others use the device, as long as the browser is open
    response.set_cookie(ZONE_COOKIE, name, max_age=long, path="/", secure=settings().secure_cookies, samesite="Lax")
    return response


def next_meetings_of(group, limit: int = NEXT) -> list:
    """For templates: the next hours of a group, as far as whoever reads the page may see them."""
    member = membership_in(account_id(), group.slug)
    reader = Reader(viewer_zone(group.zone), clock.now(), (group,) if member else (), account_id())
    with reading() as session:
        return next_hours(session, reader, limit, Narrow((Group.id == group.id,)))


def next_open_hours(limit: int = NEXT) -> list:
    """For templates: the next hours there are for whoever reads the page; an end page, or one where
    there is nothing, leads on with them."""
    with reading() as session:
        return next_hours(session, _reader(session), limit)


def next_meetings_in(room, limit: int = NEXT) -> list:
    """For templates, on pages of the group: the next hours held in a room."""
    reader = Reader(viewer_zone(room.group.zone), clock.now(), (room.group,), account_id())
    with reading() as session:
        return hours_of(session, in_room(session, room.id, reader.now, limit), reader)


def _reader(session) -> Reader:
    """Whoever asks. Without a cookie they read by the clock of the group they joined first."""
    now = clock.now()
    groups, shut = groups_and_shut(session, account_id(), now)
    return Reader(viewer_zone(groups[0].zone if groups else "UTC"), now, groups, account_id(), shut)


def _with_hidden_words():
    typed = " ".join((request.args["words"] or "").split())[:WORDS_LIMIT]
    query = {name: value for name, value in request.args.items() if value and name not in ("words", NAMES["words"])}
    return "/calendar?" + urlencode(query | ({NAMES["words"]: hidden(typed)} if typed else {}))
