"""The pages of readings: each says whose words they are, and only moderators look after them."""

import re

import pytest
from sqlalchemy import func, select

from groups.db import reading
from groups.formats.library import add_reading
from groups.formats.models import OwnReading
from groups.formats.readings import Reading
from groups.formats.shipped import READINGS
from groups.sentences import sentence
from tests.doors.asking import guard, of, same_as_nothing, token_in
from tests.doors.filling import form_on
from tests.doors.reading import text_of

POEM = {"title": "A <b>poem</b>", "text": "Two lines.\r\n\r\nOr three.", "source": "Ann B.", "licence": "permission", "licence_words": "Ann B."}


@pytest.fixture
def poem(maya):
    """A text of Harbour's."""
    return add_reading(maya.membership, Reading("A poem", "Two lines.", "Our group"))


def stored(row):
    with reading() as session:
        return session.get(OwnReading, row.id)


def count():
    with reading() as session:
        return session.scalar(select(func.count()).select_from(OwnReading))


def test_the_library_shows_what_is_there_and_whose_it_is(maya, harbour, poem):
    shown = maya.get(of(harbour, "/readings"))
    assert shown.status_code == 200 and "<title>Readings</title>" in shown.text
    words = text_of(shown)
    assert "Our group · Written by our group" in words and words.count("Written for Lamplight") >= len(READINGS)
    assert all(text.title in words for text in READINGS.values())


def test_a_text_is_added_and_can_be_named_by_a_part(maya, harbour):
    page = of(harbour, "/readings/new")
    assert maya.get(page).status_code == 200
    answer = maya.post(page, **POEM)
    assert (answer.status_code, answer.location) == (303, of(harbour, "/readings"))
    shown = maya.get(answer.location).text
    assert "A &lt;b&gt;poem&lt;/b&gt;" in shown and "<b>poem" not in shown
    assert "Ann B. · Used with permission from Ann B." in shown and "<p>Or three.</p>" in shown
    editor = maya.post(of(harbour, "/formats/sharing-60/copy")).location
    assert re.search(r'label="Your own"><option value="\w+">A &lt;b&gt;poem', maya.get(editor).text)


def test_a_text_is_changed_with_everything_it_had_on_the_page(maya, harbour, poem):
    page = of(harbour, f"/readings/{poem.key}/edit")
    form = form_on(maya.get(page))
    assert (form["title"], form["text"], form["source"], form["licence"]) == ("A poem", "Two lines.", "Our group", "own")
    answer = maya.post(page, **form | {"licence": "licence", "licence_words": "CC BY 4.0"})
    assert answer.status_code == 303 and stored(poem).reading.right == "Licence: CC BY 4.0"
    assert "Saved." in maya.get(answer.location).text


@pytest.mark.parametrize("field, value, told", [
    ("title", "", sentence("empty")), ("text", " ", sentence("empty")),
    ("text", "x" * 3001, sentence("too_long", limit=3000)), ("source", "", sentence("empty")),
    ("licence", "mine", sentence("choose_one")), ("licence_words", "", sentence("empty")),
])
def test_what_is_missing_is_said_beside_it_and_the_words_are_kept(maya, harbour, poem, field, value, told):
    for page in (of(harbour, "/readings/new"), of(harbour, f"/readings/{poem.key}/edit")):
        answer = maya.post(page, **POEM | {field: value})
        assert answer.status_code == 422 and "Everything you wrote is still here." in answer.text
        said = dict(re.findall(r'id="(\w+)-error">([^<]+)<', answer.text))
        assert list(said) == [field] and told in said[field]
        kept = form_on(answer)
        assert all(kept[name].replace("\r", "") == text.replace("\r", "") for name, text in POEM.items() if name not in (field, "licence"))
    assert count() == 1 and stored(poem).title == "A poem"


def test_an_empty_form_is_answered_kindly(maya, harbour):
    assert maya.post(of(harbour, "/readings/new")).status_code == 422
    assert count() == 0


def test_a_text_is_put_away(maya, harbour, poem):
    answer = maya.post(of(harbour, f"/readings/{poem.key}/archive"))
    assert (answer.status_code, answer.location) == (303, of(harbour, "/readings"))
    shown = maya.get(answer.location).text
    assert "Formats that name it keep it until you change them." in shown and "A poem" not in shown
    assert maya.get(of(harbour, f"/readings/{poem.key}/edit")).status_code == 404


def test_members_are_told_this_is_for_moderators(tom, harbour, poem):
    for answer in (
        tom.get(of(harbour, "/readings")), tom.get(of(harbour, "/readings/new")), tom.post(of(harbour, "/readings/new"), **POEM),
        tom.get(of(harbour, f"/readings/{poem.key}/edit")), tom.post(of(harbour, f"/readings/{poem.key}/edit"), **POEM),
        tom.post(of(harbour, f"/readings/{poem.key}/archive")),
    ):
        assert answer.status_code == 403 and sentence("for_moderators") in answer.text
    assert count() == 1 and stored(poem).title == "A poem"


@pytest.mark.parametrize("where", ["/readings", "/readings/new", "/readings/{key}/edit"])
def test_outsiders_find_nothing(otto, visitor, vera, harbour, poem, where):
    where = where.format(key=poem.key)
    for person in (otto, visitor, vera):
        assert same_as_nothing(person.get(of(harbour, where)), person, where)
        for verb in ("/readings/new", f"/readings/{poem.key}/edit", f"/readings/{poem.key}/archive"):
            assert same_as_nothing(person.post(of(harbour, verb), **POEM), person, verb, **POEM)
    assert count() == 1


def test_a_text_is_reached_through_its_own_group_only(rosa, willow, poem):
    for key in (poem.key, "arriving", "%00", "gone"):
        assert rosa.get(of(willow, f"/readings/{key}/edit")).status_code == 404
        assert rosa.post(of(willow, f"/readings/{key}/archive")).status_code == 404
    assert stored(poem).archived_at is None


def test_forms_need_their_token(app, maya, harbour, poem):
    guard(app)
    assert maya.post(of(harbour, "/readings/new"), **POEM).status_code == 400
    assert maya.post(of(harbour, f"/readings/{poem.key}/archive")).status_code == 400
    token = token_in(maya.get(of(harbour, "/readings/new")))
    assert maya.post(of(harbour, "/readings/new"), csrf_token=token, **POEM).status_code == 303


def test_nothing_that_names_who_added_it_is_on_the_page(maya, harbour, poem):
    shown = maya.get(of(harbour, "/readings")).text
    assert maya.membership.handle not in shown and "Maya" not in shown
