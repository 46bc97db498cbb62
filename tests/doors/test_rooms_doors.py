"""The pages of rooms: each works, is closed to outsiders, refuses members kindly, and keeps what was
typed when something in it makes no sense."""

import re

import pytest
from sqlalchemy import func, select

from groups.db import change, reading
from groups.rooms.models import Door, Room
from groups.schedule.models import Meeting, Phase
from tests import hours
from tests.doors.asking import guard, of, same_as_nothing, token_in

LANTERN = {
    "name": "The Lantern", "about": "Bring tea.", "door": "members", "capacity": "12", "format": "check-in-45",
    "retention_minutes": "15", "newcomer_question": "What brings you here?", "hands_seen_by": "everyone",
}


def stored(**where):
    with reading() as session:
        return session.scalar(select(Room).filter_by(**where))


def count():
    with reading() as session:
        return session.scalar(select(func.count()).select_from(Room))


def test_a_moderator_makes_a_room_and_lands_in_it(maya, harbour):
    page = maya.get(of(harbour, "/rooms/new"))
    assert page.status_code == 200 and "A new room" in page.text
    answer = maya.post(of(harbour, "/rooms/new"), **LANTERN)
    room = stored(name="The Lantern")
    assert (answer.status_code, answer.location) == (303, of(harbour, f"/rooms/{room.slug}"))
    page = maya.get(answer.location)
    assert page.status_code == 200
    assert "The Lantern is ready. Add its first hour next." in page.text
    assert of(harbour, f"/rooms/{room.slug}/series/new") in page.text


def test_settings_are_changed_and_shown(maya, harbour, quay):
    page = of(harbour, f"/rooms/{quay.slug}")
    assert 'value="The Quay"' in maya.get(page).text
    answer = maya.post(page, **LANTERN)
    assert (answer.status_code, answer.location) == (303, page)
    shown = maya.get(page).text
    assert "Saved. It counts from the next meeting on." in shown
    assert 'value="The Lantern"' in shown and "Bring tea." in shown
    assert re.search(r'checked[^>]*value="members"', shown) and re.search(r'checked[^>]*value="everyone"', shown)
    assert 'value="What brings you here?"' in shown
    assert re.search(r'selected value="15"', shown) and re.search(r'selected value="check-in-45"', shown)


@pytest.mark.parametrize("where", ["/rooms/new", "/rooms/{quay}"])
def test_members_are_told_this_is_for_moderators(tom, harbour, quay, where):
    page = of(harbour, where.format(quay=quay.slug))
    for answer in (tom.get(page), tom.post(page, **LANTERN)):
        assert answer.status_code == 403
        assert "This is for those who look after the group." in answer.text
    assert stored(name="The Lantern") is None


@pytest.mark.parametrize("where", ["/rooms/new", "/rooms/{quay}"])
def test_outsiders_find_nothing(otto, visitor, vera, harbour, quay, where):
    where = where.format(quay=quay.slug)
    for person in (otto, visitor, vera):
        assert same_as_nothing(person.get(of(harbour, where)), person, where)
        assert same_as_nothing(person.post(of(harbour, where), **LANTERN), person, where, **LANTERN)
    assert stored(name="The Lantern") is None


def test_rooms_are_reached_through_their_own_group_only(maya, rosa, harbour, willow, quay, grove):
    assert maya.get(of(harbour, f"/rooms/{grove.slug}")).status_code == 404
    assert maya.get(of(willow, f"/rooms/{grove.slug}")).status_code == 404
    assert rosa.get(of(willow, f"/rooms/{grove.slug}")).status_code == 200
    for name in ("x", "new2", "%00", "a" * 300, "' OR 1=1"):
        assert maya.get(of(harbour, f"/rooms/{name}")).status_code == 404


BAD = [
    ("name", "", "There is nothing written here yet."), ("name", "x" * 61, "This is longer than fits (60 characters)"),
    ("about", "x" * 601, "This is longer than fits (600 characters)"), ("door", "window", "Please choose one of these."),
    ("capacity", "many", "This needs a whole number, in digits."), ("capacity", "0", "This can be from 2 to 500."),
    ("capacity", "9" * 5000, "This needs a whole number, in digits."), ("capacity", "9" * 50, "This can be from 2 to 500."),
    ("format", "karaoke", "Please choose one of these."), ("retention_minutes", "soon", "Please choose one of these."),
    ("retention_minutes", "61", "Please choose one of these."),
]


@pytest.mark.parametrize("field, value, told", BAD)
def test_what_makes_no_sense_is_said_beside_its_field_and_nothing_typed_is_lost(maya, harbour, quay, field, value, told):
    before = count()
    for where in ("/rooms/new", f"/rooms/{quay.slug}"):
        answer = maya.post(of(harbour, where), **LANTERN | {field: value})
        assert answer.status_code == 422
        errors = {name.group(1): name.group(2) for name in re.finditer(r'id="(\w+)-error">([^<]+)<', answer.text)}
        assert list(errors) == [field] and told in errors[field]
        kept = LANTERN | {field: value}
        for name, text in kept.items():
            if name in ("name", "about") and text:
                assert text in answer.text, f"{name} was lost"
        assert 'value="12"' in answer.text or field == "capacity"
    assert count() == before and stored(id=quay.id).name == "The Quay"


def test_an_empty_form_is_answered_like_any_other(maya, harbour):
    answer = maya.post(of(harbour, "/rooms/new"))
    assert answer.status_code == 422 and "There is nothing written here yet." in answer.text


def test_forms_need_their_token(app, maya, harbour):
    guard(app)
    assert maya.post(of(harbour, "/rooms/new"), **LANTERN).status_code == 400
    form = token_in(maya.get(of(harbour, "/rooms/new")))
    assert maya.post(of(harbour, "/rooms/new"), csrf_token=form, **LANTERN).status_code == 303


def test_nothing_that_names_an_account_is_on_the_page(maya, harbour, quay):
    page = maya.get(of(harbour, f"/rooms/{quay.slug}"))
    assert "account" not in page.text.lower()
    assert "<title>The room</title>" in page.text


SAFE = LANTERN | {"for_whom": "women", "more_agreements": "Cameras off.\nNo names.", "guard": "strict", "door": "known"}


def test_what_keeps_a_room_safe_is_set_and_read_by_those_who_come(maya, tom, harbour, quay):
    meeting = hours.plan(begins_in=60)
    maya.post(of(harbour, f"/rooms/{quay.slug}"), **SAFE, urgent="y")
    shown = maya.get(of(harbour, f"/rooms/{quay.slug}")).text
    assert "Saved. It counts at once." in shown and "Cameras off.\nNo names." in shown
    assert re.search(r'checked[^>]*value="strict"', shown) and re.search(r'checked[^>]*value="known"', shown)
    assert not re.search(r'name="holds_first"[^>]*checked|checked[^>]*name="holds_first"', shown), "a box that is not ticked is a no"
    page = tom.get(of(harbour, f"/m/{meeting.public_id}")).text
    assert "for <bdi>women</bdi>" in page and 'start="4"' in page and "Cameras off." in page and "for a week" in page


def test_who_joins_on_the_way_into_a_room_for_known_members_is_told_so_at_its_door(maya, visitor, harbour, quay):
    meeting = hours.plan(begins_in=1)
    with change() as (session, _):
        session.get(Meeting, meeting.id).phase = Phase.LOBBY
        session.get(Room, quay.id).door = Door.KNOWN
    answer = visitor.post(of(harbour, f"/join?meeting={meeting.public_id}"), agree="y", name="Ann")
    assert "This room is for people who have been in the group for a week." in visitor.get(answer.location).text


def test_a_room_is_locked_with_a_reason_and_unlocked(maya, harbour, quay):
    where = of(harbour, f"/rooms/{quay.slug}")
    empty = maya.post(f"{where}/lock", why=" ", urgent="y")
    assert empty.status_code == 422 and 'id="why-error"' in empty.text and re.search(r'name="urgent" value="y" checked', empty.text)
    long = maya.post(f"{where}/lock", why="y" * 201)
    assert long.status_code == 422 and "y" * 201 in long.text and stored(id=quay.id).locked_at is None
    assert maya.post(f"{where}/lock", why="A pipe burst.").location == where
    page = maya.get(where).text
    assert "<bdi>Maya</bdi> locked this room: “<bdi>A pipe burst.</bdi>”" in page and "locked" in maya.get(of(harbour, "/rooms")).text
    assert maya.post(f"{where}/unlock").location == where and stored(id=quay.id).locked_at is None


def test_a_room_locked_with_the_hour_that_is_on_says_of_neither_that_it_goes_on(maya, harbour, quay):
    where = of(harbour, f"/rooms/{quay.slug}")
    maya.post(f"{where}/lock", why="A pipe burst.", urgent="y")
    page = maya.get(where).text
    assert "Locked, and the hour that is on closes." in page and "goes on with whoever is inside, unless it was closed, too." in page


def test_a_room_is_put_away_and_used_again(maya, visitor, harbour, quay):
    where, meeting = of(harbour, f"/rooms/{quay.slug}"), hours.plan(begins_in=60)
    assert meeting.public_id in visitor.get("/").text
    assert maya.post(f"{where}/archive").location == where
    assert "<bdi>Maya</bdi> put this room away." in maya.get(where).text
    assert meeting.public_id not in visitor.get("/").text and "put away" in maya.get(of(harbour, "/rooms")).text
    maya.post(f"{where}/reopen")
    assert meeting.public_id in visitor.get("/").text


@pytest.mark.parametrize("verb", ["lock", "unlock", "archive", "reopen"])
def test_closing_rooms_is_for_moderators_of_their_group(maya, tom, rosa, otto, visitor, harbour, quay, grove, verb):
    where = of(harbour, f"/rooms/{quay.slug}/{verb}")
    for person, status in ((tom, 403), (rosa, 404), (otto, 404), (visitor, 404)):
        assert person.post(where, why="No.").status_code == status
    for other in (grove.slug, "nosuchroom", "%00"):
        assert maya.post(of(harbour, f"/rooms/{other}/{verb}"), why="No.").status_code == 404
    assert stored(id=quay.id).locked_at is None and stored(id=quay.id).archived_at is None


def test_the_list_of_rooms_is_for_moderators(maya, tom, otto, harbour):
    assert "The Quay" in maya.get(of(harbour, "/rooms")).text
    assert tom.get(of(harbour, "/rooms")).status_code == 403 and otto.get(of(harbour, "/rooms")).status_code == 404
