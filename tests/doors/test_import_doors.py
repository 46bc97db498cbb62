"""Bringing hours in: every row is shown with what becomes of it, then all that can come comes, once."""

import io
import json
import re

import pytest

from groups import clock
from groups.off_the_loop import LIST_LIMIT
from groups.rooms.actions import RoomSettings, make_room
from groups.schedule.models import Meeting, Series
from tests.doors.asking import guard, of, same_as_nothing, token_in
from tests.doors.filling import form_on
from tests.doors.reading import text_of
from tests.evenings import count, every_tuesday, set_to
from tests.exchanged import TABLE, bmlt_list, guide_list

pytestmark = pytest.mark.usefixtures("noon")


def sent(room, text, **other):
    """The form, filled in."""
    return {
        "text": text, "rooms": [room.slug], "zone": "Europe/London", "language": "en", "format": "sharing-60", "preview": "x",
    } | other


def posted(person, path, form):
    """The form as a browser sends it with files, put together here: the test client would use the disk."""
    parts = [(name, value) for name, values in form.items() for value in (values if isinstance(values, list) else [values])]
    named = [(f'{name}"; filename="list.json' if name == "file" else name, value) for name, value in parts]
    body = "".join(f'--edge\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in named)
    return person.client.post(path, data=f"{body}--edge--\r\n".encode(), content_type="multipart/form-data; boundary=edge")


def bring(person, page, group):
    """Press "Bring them in" on the page of a look."""
    return person.post(of(group, "/import"), **form_on(page) | {"save": "x"})


def test_a_list_is_looked_at_and_then_comes_in_once(maya, harbour, quay):
    page = maya.post(of(harbour, "/import"), **sent(quay, guide_list()))
    read = text_of(page)
    assert page.status_code == 200 and count(Series) == 0, "nothing is stored by looking"
    assert "This is a Meeting Guide list with 3 rows. 2 can come in. Nothing is stored yet." in read
    assert re.search(r"Every Tuesday at 20:00 in London, from 24 November[ \d]*, one hour\. Next: Tuesday 24 November, 20:00\.", read)
    assert "It says no time zone; the clock of London is taken." in read
    assert "It says no day or no time, and an hour here has both. (1)" in read and "Row 3, “By appointment”" in read
    assert 'value="Bring in the 2 hours"' in page.text
    answer = bring(maya, page, harbour)
    assert (answer.status_code, answer.location) == (303, of(harbour))
    assert "2 came in." in maya.get(of(harbour)).text
    assert count(Series) == 2 and count(Meeting) > 100
    again = maya.post(of(harbour, "/import"), **sent(quay, guide_list()))
    assert "None of them can come in, 2 are here already." in text_of(again) and 'name="save"' not in again.text
    assert count(Series) == 2


def test_a_changed_row_changes_what_is_here_and_says_what_it_was(maya, harbour, quay):
    bring(maya, maya.post(of(harbour, "/import"), **sent(quay, guide_list())), harbour)
    page = maya.post(of(harbour, "/import"), **sent(quay, guide_list(time="20:30", end_time="21:30")))
    read = text_of(page)
    assert "Here already, and changed: 1" in read and "Every Tuesday at 20:30 in London" in read
    assert "Until now: Evening circle: every Tuesday at 20:00 in London, from 24 November" in read
    assert 'value="Bring in the hour"' in page.text
    bring(maya, page, harbour)
    assert "1 changed and 1 were here already." in maya.get(of(harbour)).text and count(Series) == 2


@pytest.mark.parametrize("name, content, kind", [
    ("list.json", guide_list().encode(), "a Meeting Guide list with 3 rows"),
    ("list.csv", TABLE.encode("utf-8-sig"), "a table of meetings with 3 rows"),
    ("list.csv", TABLE.encode("utf-16"), "a table of meetings with 3 rows"),
    ("list.json", bmlt_list().encode(), "a BMLT list with 2 rows"),
])
def test_a_file_does_as_well_and_appears_in_the_field(maya, harbour, quay, name, content, kind):
    form = sent(quay, "what was here before")
    maya.get(of(harbour, "/import"))
    page = maya.client.post(of(harbour, "/import"), data=form | {"file": (io.BytesIO(content), name)})
    assert page.status_code == 200 and kind in text_of(page)
    assert form_on(page)["text"] and "what was here before" not in page.text


def test_a_copy_made_here_comes_back_with_its_hours_and_without_its_names(maya, tom, harbour, rosa, willow, grove, quay):
    every_tuesday(maya, quay)
    whole = maya.post(of(harbour, "/export")).data
    rosa.get(of(willow, "/import"))
    page = rosa.client.post(of(willow, "/import"), data=sent(grove, "") | {"file": (io.BytesIO(whole), "calendar-export.zip")})
    assert "This is a copy made here with 1 row. 1 can come in." in text_of(page)
    assert "Evening harbour" in form_on(page)["text"]
    assert not [word for word in ("Tom", "Maya", '"agreements"', "moderator") if word in form_on(page)["text"]]
    bring(rosa, page, willow)
    assert count(Series) == 2
    own = maya.client.post(of(harbour, "/import"), data=sent(quay, "") | {"file": (io.BytesIO(whole), "calendar-export.zip")})
    assert "1 is here already" in text_of(own), "a group's own copy makes no double of what it was made of"


@pytest.mark.parametrize("text, told", [
    ("", "There is nothing to read yet."), ("   ", "There is nothing to read yet."), ("Dear all,", "We cannot read this."),
    ("[]", "There is no hour in this."), ('[{"name": "A"', "does not hold together"), ("{}", "We cannot read this."),
    ("[" * 100_000, "does not hold together"), ("BEGIN:VCALENDAR\nBEGIN:VEVENT", "does not hold together"),
    ("BEGIN:VCALENDAR\nEND:VCALENDAR", "There is no hour in this."),
    ('{"version": "lamplight-export/1"}', "does not hold together"), (json.dumps([{}] * 5001), "This has 5001 rows, and 5000 can be"),
    ('{"version": "lamplight-export/2", "rooms": []}', "We cannot read this."),
])
def test_what_is_no_list_is_refused_beside_the_field_and_kept(maya, harbour, quay, text, told):
    page = maya.post(of(harbour, "/import"), **sent(quay, text))
    assert page.status_code == 422 and told in re.search(r'id="text-error">([^<]+)<', page.text)[1]
    assert form_on(page)["text"] == text


@pytest.mark.parametrize("field, value, told", [
    ("rooms", [], "Choose at least one room"), ("zone", "Mars/Olympus", "We do not know this time zone."),
    ("format", "karaoke", "Please choose one of these."), ("language", "xx", "Please choose one of these."),
])
def test_a_choice_that_makes_no_sense_is_said_beside_it(maya, harbour, quay, field, value, told):
    page = maya.post(of(harbour, "/import"), **sent(quay, guide_list(), **{field: value}))
    assert page.status_code == 422 and told in re.search(rf'id="{field}-error">([^<]+)<', page.text)[1]
    assert "Evening circle" in form_on(page)["text"]


def test_what_is_different_from_what_was_seen_is_shown_once_more_and_nothing_comes(maya, harbour, quay):
    page = maya.post(of(harbour, "/import"), **sent(quay, guide_list()))
    every_tuesday(maya, quay)
    form = form_on(page) | {"save": "x", "text": guide_list(time="19:30", end_time="20:30")}
    answer = maya.post(of(harbour, "/import"), **form)
    assert answer.status_code == 403 and "Please look once more." in answer.text
    assert "The room is already taken then, by “Evening harbour”." in answer.text and count(Series) == 1
    assert maya.post(of(harbour, "/import"), **form | {"seen": ""}).status_code == 403 and count(Series) == 1


def test_a_closed_room_is_not_offered_and_another_groups_is_not_there(maya, harbour, quay, grove):
    assert maya.post(of(harbour, "/import"), **sent(grove, guide_list())).status_code == 404
    set_to(quay, locked_at=clock.now())
    assert "Make a room first" in maya.get(of(harbour, "/import")).text
    assert maya.post(of(harbour, "/import"), **sent(quay, guide_list(), save="x")).status_code == 403
    make_room(maya.membership, RoomSettings(name="The Attic"))
    assert "The Attic" in maya.get(of(harbour, "/import")).text and count(Series) == 0


def test_members_are_told_it_is_for_moderators_and_others_find_nothing(tom, otto, visitor, vera, harbour, quay):
    for answer in (tom.get(of(harbour, "/import")), tom.post(of(harbour, "/import"), **sent(quay, guide_list(), save="x"))):
        assert answer.status_code == 403 and "This is for those who look after the group." in answer.text
    for person in (otto, visitor, vera):
        assert same_as_nothing(person.get(of(harbour, "/import")), person, "/import")
        assert same_as_nothing(person.post(of(harbour, "/import"), text="x"), person, "/import", text="x")
    assert count(Series) == 0


def test_this_form_carries_more_than_others_and_still_has_an_end(app, maya, harbour, quay):
    guard(app)
    token = token_in(maya.get(of(harbour, "/import")))
    rows = json.loads(guide_list())
    rows[0]["notes"] = "x" * (LIST_LIMIT - 20_000)
    for how in ("text", "file"):
        page = posted(maya, of(harbour, "/import"), sent(quay, "", csrf_token=token) | {how: json.dumps(rows)})
        assert page.status_code == 200 and "2 can come in" in page.text
    rows[0]["notes"] = "x" * LIST_LIMIT
    for path, form in ((of(harbour, "/import"), sent(quay, json.dumps(rows))), (of(harbour, "/rooms/new"), {"about": "x" * 200_000})):
        answer = posted(maya, path, form | {"csrf_token": token})
        assert answer.status_code == 413 and "more than one form can carry" in answer.text
