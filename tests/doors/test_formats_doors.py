"""The pages of formats: read by members, written by moderators, and closed to everybody else."""

import html
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from groups import clock
from groups.db import reading
from groups.formats.actions import copy_format, put_format_away
from groups.formats.models import OwnFormat
from groups.formats.shipped import FORMATS
from groups.schedule.actions import add_one_meeting
from groups.sentences import sentence
from tests.doors.asking import guard, of, same_as_nothing, token_in
from tests.doors.filling import form_on
from tests.doors.reading import text_of


@pytest.fixture
def ours(maya):
    """Harbour's own copy of the plain hour: quiet, welcome, names, shares, unheard, step, closing."""
    return copy_format(maya.membership, "sharing-60")


@pytest.fixture
def page(harbour, ours):
    """The address of its editor."""
    return of(harbour, f"/formats/{ours.key}/edit")


def stored(row):
    with reading() as session:
        return session.get(OwnFormat, row.id)


def count():
    with reading() as session:
        return session.scalar(select(func.count()).select_from(OwnFormat))


def test_a_moderator_finds_the_formats_from_the_groups_page(maya, tom, harbour, ours):
    assert of(harbour, "/formats") in maya.get(of(harbour)).text
    assert of(harbour, "/formats") not in tom.get(of(harbour)).text
    listed = maya.get(of(harbour, "/formats"))
    assert listed.status_code == 200 and "<title>Formats</title>" in listed.text
    for key in (*FORMATS, ours.key):
        assert of(harbour, f"/formats/{key}") in listed.text
    assert of(harbour, "/readings") in listed.text


@pytest.mark.parametrize("key", FORMATS)
def test_every_line_of_every_shipped_format_can_be_read_beforehand(tom, harbour, key):
    shown = html.unescape(tom.get(of(harbour, f"/formats/{key}")).text)
    assert "<title>Format</title>" in shown
    for segment in FORMATS[key].segments:
        assert segment.title in shown and all(line in shown for line in segment.script.splitlines())
    assert "Copy it" not in shown and of(harbour, "/readings") not in shown


def test_the_clock_is_shown_for_any_start(maya, harbour):
    shown = text_of(maya.get(of(harbour, "/formats/sharing-60")))
    assert "19:00 A quiet minute one minute 19:01 Welcome 3 minutes 19:04 Names" in shown and "20:00 The room shuts by itself" in shown
    assert "23:31 Welcome" in text_of(maya.get(of(harbour, "/formats/sharing-60?at=23:30")))
    odd = maya.get(of(harbour, "/formats/sharing-60?at=teatime"))
    assert odd.status_code == 422 and sentence("bad_time") in odd.text and "19:00" in odd.text


def test_a_copy_is_made_and_opened_for_writing(maya, harbour):
    answer = maya.post(of(harbour, "/formats/circle-90/copy"))
    assert answer.status_code == 303
    shown = maya.get(answer.location)
    assert shown.status_code == 200 and "This is your own copy now." in shown.text
    form = form_on(shown)
    assert (form["title"], form["capacity"], form["door_shuts"], form["hour"]) == ("Small circle (our own)", "5", "5", "90")
    assert form["parts-3-order"] == "random" and "parts-0-order" in form


def test_put_away_it_leaves_the_list_and_can_be_copied_again(maya, harbour, ours, page):
    answer = maya.post(of(harbour, f"/formats/{ours.key}/archive"))
    assert (answer.status_code, answer.location) == (303, of(harbour, "/formats"))
    listed = maya.get(of(harbour, "/formats"))
    assert "go on using it until you change them" in listed.text and "Put away" in listed.text
    shown = maya.get(of(harbour, f"/formats/{ours.key}"))
    assert "Put away" in shown.text and "Copy it and make it yours" in shown.text and "Change it" not in shown.text
    for answer in (maya.get(page), maya.post(page, do="save")):
        assert answer.status_code == 403 and "Copy it, and go on with the copy." in answer.text


def test_members_may_read_and_nothing_else(tom, harbour, ours, page):
    assert tom.get(of(harbour, "/formats")).status_code == tom.get(of(harbour, f"/formats/{ours.key}")).status_code == 200
    for answer in (
        tom.get(page), tom.post(page, do="save"), tom.post(of(harbour, f"/formats/{ours.key}/archive")),
        tom.post(of(harbour, "/formats/sharing-60/copy")),
    ):
        assert answer.status_code == 403 and sentence("for_moderators") in answer.text
    assert count() == 1 and stored(ours).archived_at is None


@pytest.mark.parametrize("where", ["/formats", "/formats/sharing-60", "/formats/{key}", "/formats/{key}/edit"])
def test_outsiders_find_nothing(otto, visitor, vera, harbour, ours, where):
    where = where.format(key=ours.key)
    for person in (otto, visitor, vera):
        assert same_as_nothing(person.get(of(harbour, where)), person, where)
        for verb in ("/formats/sharing-60/copy", f"/formats/{ours.key}/archive", f"/formats/{ours.key}/edit"):
            assert same_as_nothing(person.post(of(harbour, verb), do="save"), person, verb, do="save")
    assert count() == 1


def test_a_format_is_reached_through_its_own_group_only(rosa, willow, ours):
    for where in (f"/formats/{ours.key}", f"/formats/{ours.key}/edit", "/formats/gone", "/formats/sharing-60/edit", "/formats/%00"):
        assert rosa.get(of(willow, where)).status_code == 404
    for where in (f"/formats/{ours.key}/copy", f"/formats/{ours.key}/archive", "/formats/sharing-60/archive", "/formats/gone/copy"):
        assert rosa.post(of(willow, where)).status_code == 404


def test_forms_need_their_token(app, maya, harbour, ours, page):
    guard(app)
    form = form_on(maya.get(page))
    assert maya.post(page, **form | {"do": "save", "csrf_token": ""}).status_code == 400
    assert maya.post(of(harbour, "/formats/sharing-60/copy")).status_code == 400
    assert maya.post(of(harbour, f"/formats/{ours.key}/archive")).status_code == 400
    assert maya.post(page, **form | {"do": "save"}).status_code == 303
    token = token_in(maya.get(of(harbour, "/formats/sharing-60")))
    assert maya.post(of(harbour, "/formats/sharing-60/copy"), csrf_token=token).status_code == 303


def test_an_hours_page_leads_members_to_every_line_of_it(maya, otto, harbour, quay, ours):
    starts = clock.now() + timedelta(days=1)
    hour = add_one_meeting(
        maya.membership, quay, title="Tomorrow", starts_at=starts, zone="Europe/London", minutes=60, format=ours.key
    )
    where = of(harbour, f"/m/{hour.public_id}")
    assert of(harbour, f"/formats/{ours.key}") in maya.get(where).text
    assert of(harbour, "/formats") not in otto.get(where).text


def test_the_groups_own_can_be_chosen_for_rooms_and_hours(maya, harbour, quay, ours):
    for where in ("/rooms/new", f"/rooms/{quay.slug}", f"/rooms/{quay.slug}/series/new"):
        shown = maya.get(of(harbour, where)).text
        assert f'value="{ours.key}"' in shown and 'label="Your own"' in shown
    put_format_away(maya.membership, ours.key)
    assert f'value="{ours.key}"' not in maya.get(of(harbour, "/rooms/new")).text
