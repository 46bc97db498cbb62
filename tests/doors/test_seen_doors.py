"""The page that says who can see what: for anybody, without an account, a script or a database."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from groups import db
from groups.meeting import following, keeping
from groups.meeting.apart import APART
from groups.membership.held_names import HELD_FOR
from groups.reports.reporting import KEPT
from groups.rooms.models import Room
from groups.settings import ROOT

NAMED = ("people", "house", "keepers", "host", "net", "device", "calendar", "push", "partly", "you")
FOOT = 'href="/seen"'


def test_it_names_everybody_who_could_look_and_what_is_only_partly_so(visitor):
    page = visitor.get("/seen")
    assert page.status_code == 200 and "Set-Cookie" not in page.headers
    for part in NAMED:
        assert f'aria-labelledby="{part}"' in page.text, part
    assert "no-store" in page.headers["Cache-Control"]


def test_it_says_who_reads_along_where_spelling_is_checked(visitor):
    assert "A spell check that asks its maker reads along with what you type" in visitor.get("/seen").text


@pytest.mark.parametrize("page", ["/", "/sign-in", "/calendar", "/lines", "/nowhere", "/seen"])
def test_the_foot_of_pages_leads_there(visitor, page):
    assert FOOT in visitor.get(page).text.split("<footer")[1]


def test_it_is_there_without_a_database(app, nia):
    nia.sign_in()
    with db.change() as (session, _):
        for table in ("sign_ins", "memberships", "accounts"):
            session.execute(text(f"ALTER TABLE {table} RENAME TO gone_{table}"))
    assert nia.get("/seen").status_code == 200
    nia.client.application.config["PROPAGATE_EXCEPTIONS"] = False
    assert nia.get("/me").status_code == 503, "nothing else is"


def test_it_says_the_figures_the_code_has(visitor):
    """A figure that changes in the code changes on the page, or this fails."""
    assert Room.__table__.c.retention_minutes.default.arg == 60 and "one hour after the end" in visitor.get("/seen").text
    erase = (ROOT / "templates" / "erasure" / "_stays.html").read_text()
    assert HELD_FOR.days == 30 and "thirty days" in erase
    assert KEPT.days == 14 and "two weeks" in erase


def test_it_says_how_long_a_room_keeps_the_place_of_whoever_only_closed_the_page(visitor):
    page = visitor.get("/seen").text
    assert timedelta(minutes=5) == keeping.INSIDE_SEEN and "for five minutes, or" in page
    assert timedelta(seconds=60) < keeping.WAITING_SEEN < timedelta(seconds=90) and "a little over one while you wait at the door" in page
    assert timedelta(minutes=1) == APART and "up to a minute more" in page
    assert timedelta(seconds=20) < following.LOOKED < timedelta(seconds=35) and "half a minute later" in page
