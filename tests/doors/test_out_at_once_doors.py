"""Putting somebody out at once by a plain form: each reason is a button of its own, nothing is filled in before, and
what goes along is the agreement that reason is about."""

import re

import pytest

from groups.conduct.models import Sanction
from groups.db import change, reading
from groups.meeting import commands as c
from groups.meeting.snapshots import snapshot
from groups.membership.agreements import FIRST_AGREEMENTS
from groups.membership.models import Agreement, Group
from tests.doors.asking import of
from tests.doors.reading import text_of
from tests.hours import TALK, do, plan


@pytest.fixture
def hour(app, maya, tom):
    """Maya chairs and Tom is inside."""
    meeting, book = plan(begins_in=0), app.extensions["ledger"]
    by, who = maya.membership.handle, tom.membership.handle
    do(book, meeting, c.OpenLobby(
        by=c.ROOM, title="An hour", starts_at=meeting.starts_at, ends_at=meeting.ends_at, capacity=40, agenda=TALK,
    ))
    do(book, meeting, c.Knock(by=by, name="Maya"), c.Knock(by=who, name="Tom"), c.TakeDuty(by=by, duty="chair", entitled=True))
    do(book, meeting, c.AdmitAll(by=by), c.OpenDoor(by=by))
    return meeting


@pytest.fixture
def as_founded(harbour):
    """The group agrees on what every new group does."""
    with change() as (session, _):
        group = session.get(Group, harbour.id)
        for one, text in zip(group.agreements, FIRST_AGREEMENTS, strict=False):
            one.text = text
        group.agreements += [Agreement(number=n, text=text) for n, text in enumerate(FIRST_AGREEMENTS, 1) if n > 3]


def form_of(page):
    """The form that puts somebody out."""
    return re.search(r'<form[^>]*data-verb="remove_now">.*?</form>', page.text, re.S)[0]


def steps():
    with reading() as session:
        return [(one.emergency, one.agreement) for one in session.query(Sanction)]


def out(maya, harbour, hour, tom, **sent):
    return maya.post(of(harbour, f"/m/{hour.public_id}/remove_now"), who=tom.membership.handle, **sent)


def test_nothing_is_filled_in_and_every_reason_is_a_button(maya, harbour, hour):
    form = form_of(maya.get(of(harbour, f"/m/{hour.public_id}/room")))
    assert re.findall(r'<button [^>]*name="why" value="(\w+)"', form) == ["solicitation", "threats", "exposing"]
    assert "selected" not in form and form.count("<select") == 1, "a group with words of its own is asked which agreement"
    assert re.search(r'value="solicitation" formnovalidate', form), "what is about contact details is known"
    assert not re.search(r'value="threats" formnovalidate', form)


def test_a_group_with_the_first_agreements_is_asked_for_none(maya, harbour, as_founded, hour):
    assert "<select" not in form_of(maya.get(of(harbour, f"/m/{hour.public_id}/room")))


@pytest.mark.parametrize(("why", "agreement"), [("solicitation", 3), ("threats", 6), ("exposing", 1)])
def test_the_agreement_that_goes_along_is_the_reasons_own(maya, tom, harbour, as_founded, hour, why, agreement):
    assert out(maya, harbour, hour, tom, why=why).status_code == 303
    assert steps() == [(why, agreement)]


def test_a_solicitation_needs_one_press_whatever_the_group_agreed_on(maya, tom, harbour, hour):
    out(maya, harbour, hour, tom, why="solicitation", agreement="")
    assert steps() == [("solicitation", 3)]


def test_what_was_chosen_for_another_reason_does_not_go_along(maya, tom, harbour, hour):
    out(maya, harbour, hour, tom, why="solicitation", agreement=2)
    assert steps() == [("solicitation", 3)]


def test_where_no_agreement_is_known_to_fit_whoever_acts_says_which(maya, tom, harbour, hour):
    out(maya, harbour, hour, tom, why="threats")
    assert steps() == []
    assert "Say which agreement this is about" in maya.get(of(harbour, f"/m/{hour.public_id}/room")).text
    out(maya, harbour, hour, tom, why="threats", agreement=2)
    assert steps() == [("threats", 2)]


def test_the_room_says_the_same_end_as_the_page_of_steps(app, maya, tom, harbour, hour):
    out(maya, harbour, hour, tom, why="solicitation")
    part = snapshot(app.extensions["ledger"], hour.id, tom.membership.handle)["part"]
    with reading() as session:
        [ban] = session.query(Sanction)
    assert part["out_days"] == 7 == round((ban.until - ban.made_at).total_seconds() / 86_400)
    page = text_of(tom.get(of(harbour, "/steps")))
    assert "A second person looks at it within a day, and may end it sooner." in page and "Until" in page


@pytest.mark.parametrize(("moderates", "days"), [(False, 2), (True, None)])
def test_whoever_serves_and_is_no_moderator_puts_out_for_two_days_or_one(app, maya, tom, nia, harbour, hour, moderates, days):
    book, by = app.extensions["ledger"], nia.membership.handle
    who = maya if moderates else tom
    do(book, hour, c.Knock(by=by, name="Nia"), c.TakeDuty(by=by, duty="second", entitled=True))
    do(book, hour, c.Leave(by=maya.membership.handle))
    nia.post(of(harbour, f"/m/{hour.public_id}/remove_now"), who=who.membership.handle, why="solicitation")
    assert snapshot(book, hour.id, who.membership.handle)["part"].get("out_days") == days
    told = "You are out for 2 days" if days else "You stay out for the day"
    if moderates:  # who is barred reads it on the page of steps
        assert told in text_of(who.get(of(harbour, f"/m/{hour.public_id}/room")))


def test_whoever_acts_reads_how_long_it_lasts(maya, harbour, hour):
    form = form_of(maya.get(of(harbour, f"/m/{hour.public_id}/room")))
    assert "They are out for 7 days; somebody else looks at it within a day and may end it sooner." in " ".join(form.split())


def test_a_form_without_a_reason_puts_nobody_out(maya, tom, harbour, hour):
    out(maya, harbour, hour, tom, agreement=2)
    assert steps() == []
