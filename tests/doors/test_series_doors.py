"""The form of an hour: says back what it understood, stores it, or keeps what was typed."""

import re

import pytest

from groups.schedule.models import Meeting, Series
from tests.doors.asking import guard, of, same_as_nothing, token_in
from tests.doors.reading import reads_by, text_of
from tests.evenings import HOUR, count, every_tuesday

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def evening(maya, quay):
    """Tonight at 19:00 London in the Quay, and every Tuesday."""
    return every_tuesday(maya, quay)


def test_a_moderator_adds_an_hour_and_is_told_what_was_understood(maya, harbour, quay):
    path = of(harbour, f"/rooms/{quay.slug}/series/new")
    assert maya.get(path).status_code == 200
    answer = reads_by(maya, "Europe/Berlin").post(path, save="x", **HOUR)
    assert answer.status_code == 303 and answer.location.startswith(of(harbour, f"/rooms/{quay.slug}#"))
    read = text_of(maya.get(answer.location.split("#")[0]))
    assert "Every second week on Tuesday and Thursday at 19:00 in London, from 24 November." in read
    assert (
        "Day London Berlin Tue 24 Nov 19:00 20:00 Thu 26 Nov 19:00 20:00 Tue 8 Dec 19:00 20:00 Thu 10 Dec 19:00 20:00 Tue 22 Dec 19:00 20:00"
    ) in read
    assert count(Meeting) == 58


def test_the_dates_are_shown_without_storing_anything(maya, harbour, quay):
    answer = maya.post(of(harbour, f"/rooms/{quay.slug}/series/new"), preview="x", **HOUR)
    read = text_of(answer)
    assert answer.status_code == 200 and "This is what we understood" in read and "Nothing is stored yet." in read
    assert "Day London Tue 24 Nov 19:00" in read and "Tue 22 Dec" in read and "Thu 24 Dec" not in read, "five dates, and clocks that agree"
    assert 'value="Evening harbour"' in answer.text
    assert count(Series) == count(Meeting) == 0


def test_an_odd_local_time_is_said_before_it_happens(maya, harbour, quay):
    odd = HOUR | {"wall_time": "02:30", "zone": "Europe/Berlin", "weekdays": ["6"], "every": "1"}
    read = text_of(maya.post(of(harbour, f"/rooms/{quay.slug}/series/new"), preview="x", **odd))
    assert "There is no 02:30 on 28 March in Berlin: clocks jump to 03:00. We took 03:30." in read
    assert "On 31 October 02:30 comes twice in Berlin: clocks go back. We took the first." in read


BAD = [
    ("title", "", "title", "There is nothing written here yet."), ("title", "x" * 61, "title", "longer than fits"),
    ("weekdays", [], "weekdays", "Tick at least one day"), ("weekdays", ["7"], "weekdays", "Tick at least one day"),
    ("weekdays", ["x"], "weekdays", "Tick at least one of these."), ("every", "0", "every", "This can be from 1 to 26."),
    ("every", "x", "every", "This needs a whole number"), ("kind", "karaoke", "kind", "Please choose one of these."),
    ("ends", "never ever", "ends", "Please choose one of these."), ("needs", ["bouncer"], "needs", "Please choose one of these."),
    ("places", "1", "places", "This can be from 2 to 200."), ("places", "many", "places", "This needs a whole number"),
    ("language", "klingon", "language", "Please choose one of these."),
    ("first_day", "", "first_day", "This is not a date we can read."), ("first_day", "24.11.2026", "first_day", "not a date we can read"),
    ("first_day", "2020-01-01", "first_day", "This would begin in the past."),
    ("first_day", "9999-12-31", "first_day", "further ahead than the calendar goes"),
    ("first_day", "0001-01-01", "first_day", "This would begin in the past."),
    ("first_day", "2028-01-04", "first_day", "further ahead than the calendar goes"),
    ("wall_time", "", "wall_time", "This is not a time we can read."), ("wall_time", "25:00", "wall_time", "not a time we can read"),
    ("wall_time", "7pm", "wall_time", "This is not a time we can read."),
    ("zone", "Mars/Olympus", "zone", "We do not know this time zone."), ("zone", "", "zone", "We do not know this time zone."),
    ("zone", "x" * 9000, "zone", "We do not know this time zone."),
    ("minutes", "", "minutes", "This needs a whole number"), ("minutes", "an hour", "minutes", "This needs a whole number"),
    ("minutes", "9" * 60, "minutes", "This can be from 10 to 240."), ("minutes", "-60", "minutes", "This can be from 10 to 240."),
    ("minutes", "12", "minutes", "This format needs at least"), ("format", "karaoke", "format", "Please choose one of these."),
]


@pytest.mark.parametrize("field, value, beside, told", BAD)
def test_what_makes_no_sense_is_said_beside_its_field_and_nothing_typed_is_lost(maya, harbour, quay, field, value, beside, told):
    for button in ("preview", "save"):
        answer = maya.post(of(harbour, f"/rooms/{quay.slug}/series/new"), **HOUR | {field: value, button: "x"})
        assert answer.status_code == 422
        errors = {found[1]: found[2] for found in re.finditer(r'id="(\w+)-error">([^<]+)<', answer.text)}
        assert list(errors) == [beside] and told in errors[beside]
        if field != "title":
            assert 'value="Evening harbour"' in answer.text
        if field not in ("weekdays", "first_day", "kind"):
            assert re.search(r'checked[^>]*name="weekdays"[^>]*value="3"', answer.text)
    assert count(Series) == count(Meeting) == 0


def test_a_room_in_use_is_a_refusal_beside_the_time(maya, harbour, quay, evening):
    answer = maya.post(of(harbour, f"/rooms/{quay.slug}/series/new"), save="x", **HOUR | {"wall_time": "19:30:00"})
    assert answer.status_code == 403
    assert "The room is already taken then, by “Evening harbour”." in re.search(r'id="wall_time-error">([^<]+)<', answer.text)[1]
    assert 'value="19:30:00"' in answer.text and count(Series) == 1


def test_an_empty_form_is_answered_like_any_other(maya, harbour, quay):
    assert maya.post(of(harbour, f"/rooms/{quay.slug}/series/new")).status_code == 422


def test_hours_are_for_moderators_and_outsiders_find_nothing(tom, otto, visitor, rosa, harbour, quay, grove):
    path = f"/rooms/{quay.slug}/series/new"
    for answer in (tom.get(of(harbour, path)), tom.post(of(harbour, path), save="x", **HOUR)):
        assert answer.status_code == 403 and "This is for those who look after the group." in answer.text
    for person in (otto, visitor, rosa):
        assert same_as_nothing(person.get(of(harbour, path)), person, path)
        assert same_as_nothing(person.post(of(harbour, path), save="x", **HOUR), person, path, save="x", **HOUR)
    assert count(Series) == 0


def test_an_hour_needs_the_forms_token(app, maya, harbour, quay):
    guard(app)
    path = of(harbour, f"/rooms/{quay.slug}/series/new")
    assert maya.post(path, save="x", **HOUR).status_code == 400
    assert maya.post(path, save="x", csrf_token=token_in(maya.get(path)), **HOUR).status_code == 303
