"""The editor of a format: parts are moved without storing anything, what cannot be lived is said beside
it, and nothing typed is ever lost."""

import html
import re

import pytest

from groups.db import reading
from groups.formats.actions import copy_format
from groups.formats.models import OwnFormat
from groups.formats.shipped import FORMATS
from groups.sentences import sentence
from tests.doors.asking import of
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


def parts(answer):
    """The summaries of the parts, in order."""
    return [" ".join(re.sub(r"<[^>]+>", " ", found).split()) for found in re.findall(r"<summary>\s*<span>(.*?)</summary>", answer.text, re.S)]


def errors(answer):
    """{field: sentence} of what is said beside the fields."""
    found = re.findall(r'id="([\w-]+)-error">([^<]+)<', answer.text)
    return {name: html.unescape(said) for name, said in found}


@pytest.mark.parametrize("key", FORMATS)
def test_saving_a_copy_untouched_changes_nothing(maya, harbour, key):
    row = copy_format(maya.membership, key)
    page = of(harbour, f"/formats/{row.key}/edit")
    answer = maya.post(page, **form_on(maya.get(page)) | {"do": "save"})
    assert (answer.status_code, answer.location) == (303, of(harbour, f"/formats/{row.key}"))
    assert stored(row).draft == row.draft and stored(row).edition == 2


def test_what_was_typed_is_stored_and_shown(maya, harbour, ours, page):
    typed = form_on(maya.get(page)) | {
        "title": "Our evening", "kind": "our own", "note": "For us.", "parts-1-title": "Hello", "parts-1-script": "One.\r\nTwo.",
        "parts-3-mode": "open_talk", "parts-3-turn": "45", "do": "save",
    }
    assert maya.post(page, **typed).status_code == 303
    shown = text_of(maya.get(of(harbour, f"/formats/{ours.key}")))
    for words in ("Saved. Hours that have begun keep what they began with.", "Our evening", "For us.", "Hello", "One. Two.", "Open talk"):
        assert words in shown
    assert (stored(ours).segments[3].mode, stored(ours).segments[3].turn) == ("open_talk", 45)


@pytest.mark.parametrize("wish, told, first_words", [
    ("up-1", 0, "19:00 Welcome Notice, 3 min"), ("down-0", 1, "19:00 Welcome Notice, 3 min"), ("remove-0", 0, "19:00 Welcome Notice, 3 min"),
    ("add-0", 1, "19:00 A quiet minute Silence, 1 min"),
])
def test_a_part_is_moved_without_storing_anything(maya, ours, page, wish, told, first_words):
    typed = form_on(maya.get(page)) | {"title": "Not yet", "parts-4-minutes": "9", "do": wish}
    answer = maya.post(page, **typed)
    assert answer.status_code == 200 and "Not saved yet." in answer.text
    assert parts(answer)[0] == first_words
    assert re.search(rf'id="part-{told}" open', answer.text)
    form = form_on(answer)
    assert form["title"] == "Not yet" and "9" in (form["parts-3-minutes"], form["parts-4-minutes"], form["parts-5-minutes"])
    assert stored(ours).draft == ours.draft and stored(ours).edition == 1


def test_moved_and_saved_it_is_as_it_was_seen(maya, ours, page):
    answer = maya.post(page, **form_on(maya.get(page)) | {"do": "up-4"})
    assert maya.post(page, **form_on(answer) | {"do": "save"}).status_code == 303
    assert stored(ours).format.steps[3:5] == ("For those not yet heard", "Shares")


def test_sense_or_nonsense_what_was_typed_is_kept_while_moving(maya, page):
    typed = form_on(maya.get(page)) | {"parts-2-minutes": "a few", "parts-2-turn": "long", "hour": "an hour", "at": "late", "do": "up-2"}
    answer = maya.post(page, **typed)
    assert answer.status_code == 200
    form = form_on(answer)
    assert (form["parts-1-minutes"], form["parts-1-turn"], form["hour"], form["at"]) == ("a few", "long", "an hour", "late")


@pytest.mark.parametrize("typed, field, told", [
    ({"parts-2-turn": ""}, "parts-2-turn", "Without it nobody could take turns"),
    ({"parts-2-turn": "0"}, "parts-2-turn", "Without it nobody could take turns"),
    ({"parts-2-turn": "soon"}, "parts-2-turn", sentence("bad_number")),
    ({"parts-2-turn": "9000"}, "parts-2-turn", sentence("out_of_range", low=20, high=360)),
    ({"parts-3-least": "40"}, "parts-3-least", "The least is 40 minutes, which is more than the 32"),
    ({"parts-6-mode": "notice"}, "parts-6-mode", "The last part has to be the closing"),
    ({"parts-1-mode": "closing"}, "parts-1-mode", "The closing ends the hour"),
    ({"parts-1-mode": "karaoke"}, "parts-1-mode", sentence("choose_one")),
    ({"parts-5-minutes": "7"}, "parts-6-minutes", "the parts make 61 minutes so far, and it has 60"),
    ({"hour": "45"}, "parts-4-minutes", "the parts make 52 minutes so far, and it has 45"),
    ({"hour": "1441"}, "hour", sentence("out_of_range", low=10, high=240)), ({"hour": ""}, "hour", sentence("bad_number")),
    ({"hour": "90", "parts-3-grows": None}, "hour", "Let a part take the rest"),
    ({"parts-1-mode": "reading", "parts-1-script": ""}, "parts-1-reading", "Choose a reading, or write the words here."),
    ({"parts-1-mode": "reading", "parts-1-reading": "gone"}, "parts-1-reading", sentence("choose_one")),
    ({"parts-1-mode": "exercise"}, "parts-1-exercise", sentence("choose_one")),
    ({"parts-3-overflow": "borrow"}, "parts-3-borrow_from", "Choose a later part that has minutes to lend"),
    ({"parts-0-title": ""}, "parts-0-title", sentence("empty")), ({"title": ""}, "title", sentence("empty")),
    ({"kind": "x" * 21}, "kind", sentence("too_long", limit=20)), ({"capacity": "1"}, "capacity", sentence("out_of_range", low=2, high=500)),
    ({"door_shuts": "never"}, "door_shuts", sentence("bad_number")), ({"parts-0-script": "x" * 1501}, "parts-0-script", sentence("too_long", limit=1500)),
])
def test_what_cannot_be_lived_is_said_beside_it_and_everything_typed_is_kept(maya, ours, page, typed, field, told):
    form = {name: value for name, value in (form_on(maya.get(page)) | typed).items() if value is not None}
    answer = maya.post(page, **form | {"do": "save"})
    assert answer.status_code == 422 and "Everything you wrote is still here." in answer.text
    assert list(errors(answer)) == [field] and told in errors(answer)[field]
    assert f'href="#{field}"' in answer.text
    kept = form_on(answer)
    assert all(kept[name] == value for name, value in typed.items() if value not in (None, "gone", "karaoke"))
    assert not field.startswith("parts-") or f'id="part-{field.split("-")[1]}" open' in answer.text
    assert stored(ours).draft == ours.draft


def test_what_means_nothing_in_the_mode_is_not_complained_about(maya, ours, page):
    typed = form_on(maya.get(page)) | {"parts-1-turn": "nonsense", "parts-1-warn": "", "parts-1-borrow_from": "99", "do": "save"}
    assert maya.post(page, **typed).status_code == 303
    assert stored(ours).segments == ours.segments


def test_nothing_is_offered_that_means_nothing_in_a_mode(maya, page):
    shown = maya.get(page).text
    assert re.search(r'data-modes="round one_voice open_talk">\s*<div class="field">\s*<label for="parts-0-turn"', shown)
    assert re.search(r'data-modes="reading">\s*<div class="field">\s*<label for="parts-0-reading"', shown)
    assert re.search(r'data-modes="exercise">\s*<div class="field">\s*<label for="parts-0-exercise"', shown)


def test_all_parts_gone_and_a_form_without_any_are_answered_kindly(maya, ours, page):
    form = {name: value for name, value in form_on(maya.get(page)).items() if not name.startswith("parts-")}
    answer = maya.post(page, **form | {"do": "save"})
    assert answer.status_code == 422 and "An hour needs at least two parts" in answer.text and "There are no parts any more." in answer.text
    assert form_on(maya.post(page, **form | {"do": "add-0"}))["parts-0-mode"] == "notice"
    assert maya.post(page).status_code == 422 and maya.post(page, do="clock").status_code == 200
    assert stored(ours).draft == ours.draft


def test_a_form_that_is_somebodys_joke_is_refused(maya, ours, page):
    form = {f"parts-{n}-title": "x" for n in range(900)} | {"parts-99999999999-title": "x", "parts-0-mode": "\x00", "edition": "9" * 99}
    answer = maya.post(page, **form | {"do": "save", "title": "T", "kind": "k", "hour": "60"})
    assert answer.status_code == 422 and "a format has at most 40" in answer.text
    assert stored(ours).draft == ours.draft


def test_who_is_overtaken_is_told_and_may_go_on(maya, ours, page):
    form = form_on(maya.get(page))
    assert maya.post(page, **form | {"title": "Hers", "do": "save"}).status_code == 303
    answer = maya.post(page, **form | {"title": "Mine", "do": "save"})
    assert answer.status_code == 403 and "Somebody else changed this while you were writing." in answer.text
    assert stored(ours).title == "Hers" and form_on(answer)["title"] == "Mine"
    assert maya.post(page, **form_on(answer) | {"do": "save"}).status_code == 303
    assert stored(ours).title == "Mine"


@pytest.mark.parametrize("number", ["²", "9" * 5000, "-1", "1" + "0" * 40])
def test_a_part_with_a_number_that_is_none_is_not_read(maya, page, ours, number):
    typed = form_on(maya.get(page)) | {f"parts-{number}-title": "Nowhere", "do": "save"}
    assert maya.post(page, **typed).status_code == 303
    assert stored(ours).draft == ours.draft
