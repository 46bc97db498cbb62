"""The doors of the desk: whose it is, where its lines lead, and what an unchanged one costs."""


import re
from datetime import timedelta

import pytest

from groups import clock
from groups.accounts.models import Account
from groups.conduct.models import Signal, Step
from groups.conduct.record import write_step
from groups.conscience.votes import open_vote
from groups.db import change
from groups.desk.page import desk_page
from groups.membership.models import Group, JoinRequest, Membership, RoleOffer
from groups.moderation.models import Appeal, StewardMatter
from groups.reports.models import Report
from groups.rota.models import Debrief
from groups.zones import zone
from tests.doors.asking import of
from tests.doors.reading import text_of
from tests.evenings import NOON
from tests.hours import join, plan
from tests.laddered import looks_after, made_steward, removed_at_once

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def vote(maya):
    """A question until Friday."""
    return open_vote(maya.membership, "Shall we begin later?", "Yes\nNo", NOON.date() + timedelta(days=3))


def report(group):
    with change() as (session, _):
        session.add(Report(group_id=group.id, what="hour", reason="other", until=clock.now() + timedelta(days=14)))


# --- the desk ---------------------------------------------------------------------------------------------


def test_the_desk_is_for_moderators_and_for_others_it_is_not_there(maya, tom, otto, visitor, harbour):
    page = maya.get("/desk")
    assert page.status_code == 200 and "<title>Desk</title>" in page.text and "Nothing waits for you." in page.text
    for person in (tom, otto, visitor):
        for path in ("/desk", "/desk/now"):
            answer = person.get(path)
            assert (answer.status_code, answer.text) == (404, person.get("/nowhere").text)
        assert "/desk" not in person.get("/").text
    assert 'href="/desk"' in maya.get("/").text and 'href="/desk"' in maya.get("/calendar").text


def test_a_line_leads_to_where_it_is_dealt_with_and_says_no_number(maya, tom, harbour):
    report(harbour)
    page = maya.get("/desk")
    assert f'href="{of(harbour, "/reports/")}' in page.text and "A report waits, since a moment ago" in text_of(page)
    assert "Harbour" not in text_of(page), "with one group nobody needs to be told which"
    assert maya.membership.handle not in page.text and tom.membership.handle not in page.text


def test_every_line_leads_to_a_page_that_is_there_and_to_the_one_thing_where_there_is_one(app, maya, tom, nia, harbour):
    looks_after(nia)
    (ida,) = join("Ida")
    with change() as (session, _):
        about, helper = session.get(Membership, tom.membership.id), session.get(Membership, nia.membership.id)
        stranger = Account()
        session.add(stranger)
        session.flush()
        ban = write_step(
            session, about, Step.BAN, 1, by=helper, until=clock.now() + timedelta(days=7), asked_until=clock.now() + timedelta(days=30)
        )
        session.add_all([
            Appeal(group_id=harbour.id, sanction_id=ban.id),
            RoleOffer(group_id=harbour.id, membership_id=ida.id, by_id=helper.id, until=clock.now() + timedelta(days=7)),
            JoinRequest(
                group_id=harbour.id, account_id=stranger.id, name="Kim", sealed_answers=b"", until=clock.now() + timedelta(days=9),
            ),
            *(Signal(group_id=harbour.id, membership_id=about.id, kind="contact_held") for _ in range(3)),
        ])
        session.get(Group, harbour.id).closing_asked_at = clock.now()
        session.get(Group, harbour.id).closing_asked_by_id = helper.id
    report(harbour)
    removed_at_once(tom, by=nia)
    served = plan(begins_in=-60 * 17)
    plan(begins_in=60 * 3)
    with change() as (session, _):
        session.add(Debrief(meeting_id=served.id, membership_id=ida.id, how="", wants_talk=True, at=clock.now()))
    lines = desk_page(app.extensions["ledger"], maya.account.id, zone).lines
    assert {one.kind for one in lines} == {"report", "incident", "gap", "step", "request", "offer", "closing", "appeal", "pattern", "talk"}
    for line in lines:
        assert maya.get(line.to).status_code == 200, line
        if line.kind in ("report", "incident", "appeal"):
            assert re.fullmatch(rf"/g/{harbour.slug}/{line.kind}s/\w+", line.to), line
    report(harbour)
    assert f'href="{of(harbour, "/reports")}"' in maya.get("/desk").text


def test_a_steward_without_a_group_finds_their_desk(otto, tom, harbour):
    assert otto.get("/desk").status_code == 404
    made_steward(otto)
    assert "Nothing waits for you." in otto.get("/desk").text and 'href="/desk"' in otto.get("/").text
    with change() as (session, _):
        matter = StewardMatter(group_id=harbour.id, membership_id=tom.membership.id, why="threats")
        session.add(matter)
    page = otto.get("/desk")
    assert f'href="/stewards/{matter.public_id}"' in page.text and "Something waits for a steward" in text_of(page)
    assert "Harbour" not in page.text and otto.get(f"/stewards/{matter.public_id}").status_code == 200


def test_an_unchanged_desk_is_answered_without_a_body(maya, harbour):
    first = maya.get("/desk/now")
    mark = first.headers["ETag"]
    assert first.status_code == 200 and mark.strip('"') in maya.get("/desk").text
    same = maya.get("/desk/now", headers={"If-None-Match": mark})
    assert (same.status_code, same.data, same.headers["ETag"]) == (304, b"", mark)
    report(harbour)
    fresh = maya.get("/desk/now", headers={"If-None-Match": mark})
    assert fresh.status_code == 200 and fresh.headers["ETag"] != mark and "A report waits" in fresh.text
    assert "<html" not in fresh.text and fresh.headers["Cache-Control"] == "no-store"


def test_what_was_done_lately_reads_as_sentences(maya, vote):
    assert "Lately Maya asked the group a question. Today" in text_of(maya.get("/desk"))
