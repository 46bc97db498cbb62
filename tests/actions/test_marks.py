"""What an hour is to whoever reads: said by the concepts that know, and to nobody else."""

from zoneinfo import ZoneInfo

import pytest

from groups.db import change, reading
from groups.rota.actions import serve
from groups.rota.marks import COMES, SERVES, WAITS, offer_to_the_calendar, served
from groups.rota.models import Coming
from groups.schedule import marks
from groups.schedule.front import members_page
from groups.schedule.reader import Reader
from tests.evenings import NOON, every_tuesday, meetings, one, set_to


@pytest.fixture(autouse=True)
def unmarked(noon_among_members, monkeypatch):
    """Nobody marks hours yet."""
    monkeypatch.setattr(marks, "MARKS", [])
    monkeypatch.setattr(marks, "SERVED", [])


def said(person):
    """{title: word} on this person's front page."""
    reader = Reader(ZoneInfo("Europe/London"), NOON, (person.membership.group,), person.account.id)
    with reading() as session:
        page = members_page(session, reader)
    return {hour.title: hour.mark for hour in (*page.now, page.next, *page.later) if hour.mark}


def test_the_first_to_be_offered_is_heard_and_only_about_hours_on_the_page():
    asked = []

    def first(session, account_id, ids):
        asked.append((account_id, sorted(ids)))
        return {1: "you serve"}

    marks.offer(first)
    marks.offer(first)
    marks.offer(lambda session, account_id, ids: {1: "you plan to come", 2: "you plan to come"})
    assert marks.marks_of(None, 7, [2, 1]) == {1: "you serve", 2: "you plan to come"}
    assert asked == [(7, [1, 2])]
    assert marks.marks_of(None, None, [1]) == {} == marks.marks_of(None, 7, []) and len(asked) == 1


def test_hours_of_other_groups_are_never_asked_about(maya, rosa, tom, quay, grove, willow):
    set_to(willow, access="open")
    set_to(grove, door="anyone")
    one(rosa, grove, "Theirs")
    mine = one(maya, quay, "Ours")
    asked = []
    marks.offer(lambda session, account_id, ids: asked.extend(ids) or {})
    said(tom)
    assert asked == [mine.id]


def test_the_rota_says_who_serves_and_who_comes_to_themselves_alone(maya, tom, nia, quay):
    every_tuesday(maya, quay)
    tonight, next_week = meetings(room_id=quay.id)[:2]
    wednesday = one(maya, quay, "Wednesday", hours=30)
    thursday = one(maya, quay, "Thursday", hours=54)
    offer_to_the_calendar()
    serve(tom.membership, tonight, "chair")
    with change() as (session, _):
        for meeting, has_place in ((tonight, True), (wednesday, True), (thursday, False)):
            session.add(Coming(meeting_id=meeting.id, membership_id=tom.membership.id, has_place=has_place))
    assert said(tom) == {"Evening harbour": SERVES, "Wednesday": COMES, "Thursday": WAITS}
    assert said(nia) == {}
    with reading() as session:
        assert session.scalars(served(tom.account.id)).all() == [tonight.id]
        assert session.scalars(served(nia.account.id)).all() == []
