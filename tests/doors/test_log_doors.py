"""The pages of the log, of notes and of patterns."""

import csv
import io
import json
import re

import pytest
from flask import render_template_string
from sqlalchemy import update

from groups import clock
from groups.conduct.record import write_signal
from groups.db import change
from groups.logbook.models import LogEntry
from groups.logbook.writing import write_log
from groups.membership.models import Membership
from groups.moderation.log_reading import PAGE
from groups.moderation.notes import notes_about, write_note
from tests.doors.asking import of, same_as_nothing
from tests.doors.reading import text_of
from tests.evenings import set_to
from tests.spoken import Spoken


@pytest.fixture
def warned(maya, tom):
    """Maya warned Tom."""
    with change() as (session, _):
        write_log(
            session, maya.membership.group_id, "step_warn", by=maya.membership.handle, about=tom.membership.handle, agreement=3
        )


def person(harbour, who, more=""):
    return of(harbour, f"/members/{who.membership.handle}{more}")


# --- the log ---------------------------------------------------------------------------------------


def test_a_moderator_reads_the_log(maya, harbour, warned):
    assert of(harbour, "/log") in maya.get(of(harbour)).text
    page = maya.get(of(harbour, "/log"))
    assert page.status_code == 200
    assert "Maya gave Tom a word of warning." in text_of(page) and "Agreement 3." in page.text


CLOCK = re.compile(r"\b\d{1,2}:\d{2}")


def test_the_log_says_the_day_and_never_the_hour(maya, tom, harbour, warned):
    """Two groups' logs side by side must not join whoever left, or gave back what they did, in both at once."""
    with change() as (session, _):
        first = session.query(LogEntry).one()
        write_log(session, maya.membership.group_id, "step_lifted", by=maya.membership.handle, about=tom.membership.handle, undoes_id=first.id)
    page = text_of(maya.get(of(harbour, "/log")))
    assert "Undone by Maya on" in page and not CLOCK.findall(page)
    assert not CLOCK.findall(maya.get(of(harbour, "/log.csv")).text) and not CLOCK.findall(maya.get(of(harbour, "/log.json")).text)
    said = json.loads(maya.get(of(harbour, "/log.json")).text)
    assert said[0]["day"] == said[0]["undone_on"] == f"{clock.now():%Y-%m-%d}"
    lately = text_of(maya.get("/desk")).partition("Lately")[2]
    assert "lifted a step about Tom. Today" in lately and not CLOCK.findall(lately)


def test_an_empty_log_says_so(maya, harbour):
    assert "Nothing was done yet." in maya.get(of(harbour, "/log")).text


def test_only_some_of_it_and_older_ones_by_plain_links(maya, tom, harbour):
    with change() as (session, _):
        for _ in range(PAGE + 2):
            write_log(session, maya.membership.group_id, "step_warn", by=maya.membership.handle, about=tom.membership.handle)
    page = maya.get(of(harbour, f"/log?who={tom.membership.handle}&kind=step_warn"))
    assert page.text.count('id="line-') == PAGE and f"before=3&amp;who={tom.membership.handle}&amp;kind=step_warn" in page.text
    page = maya.get(of(harbour, f"/log?before=3&who={tom.membership.handle}"))
    assert page.text.count('id="line-') == 2 and "Older lines" not in page.text
    assert "No line is like this." in maya.get(of(harbour, "/log?kind=step_ban")).text


@pytest.mark.parametrize("query", ["before=x", "before=-1", "before=²", "before=99999999999", "who=" + "x" * 31, "kind=" + "x" * 31])
def test_an_address_nobody_could_have_followed_is_no_page(maya, harbour, query):
    assert maya.get(of(harbour, f"/log?{query}")).status_code == 404


def test_it_can_be_taken_along_without_a_formula_in_it(maya, tom, harbour, warned):
    with change() as (session, _):
        session.execute(update(Membership).where(Membership.id == tom.membership.id).values(name="=1+1"))
        write_log(session, maya.membership.group_id, "step_warn", by=tom.membership.handle, about=maya.membership.handle)
    answer = maya.get(of(harbour, "/log.csv"))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="log.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["said"] for row in rows] == ["Maya gave =1+1 a word of warning.", "'=1+1 gave Maya a word of warning."]
    said = json.loads(maya.get(of(harbour, "/log.json")).text)
    assert [row["number"] for row in said] == [1, 2] and said[0]["agreement"] == 3


def test_the_log_is_not_for_members_nor_outsiders(tom, otto, rosa, harbour, warned):
    for path in ("/log", "/log.csv", "/log.json"):
        answer = tom.get(of(harbour, path))
        assert answer.status_code == 403 and "This is for those who look after the group." in answer.text
        for outside in (otto, rosa):
            assert same_as_nothing(outside.get(of(harbour, path)), outside, path)


def test_a_moderator_cannot_tell_from_the_log_that_a_report_is_about_them(app, quay, maya, tom, nia, harbour):
    hour = Spoken(app, quay, (maya, tom, nia))
    number = hour.says("Nia", "Find me on the other thing.")
    set_to(nia.membership, role="moderator")
    assert tom.post(f"{hour.path}/report", number=number, reason="other", words="").status_code == 303
    for path in ("/log", "/log.csv", "/log.json", "/log?kind=report_made"):
        assert "Something was reported" not in text_of(nia.get(of(harbour, path))), path
        assert "Something was reported" in text_of(maya.get(of(harbour, path))), path
    assert "Something was reported" not in text_of(nia.get("/desk")) and "Something was reported" in text_of(maya.get("/desk"))


# --- notes -----------------------------------------------------------------------------------------


def test_a_note_is_kept_and_taken_back(app, maya, tom, harbour):
    answer = maya.post(person(harbour, tom, "/notes"), words="Asked twice for a number.")
    assert (answer.status_code, answer.location) == (303, person(harbour, tom))
    _, (note,) = notes_about(app.extensions["keyring"], maya.membership, tom.membership.handle)
    assert note.words == "Asked twice for a number."
    answer = maya.post(person(harbour, tom, f"/notes/{note.public_id}/end"))
    assert (answer.status_code, answer.location) == (303, person(harbour, tom))
    assert notes_about(app.extensions["keyring"], maya.membership, tom.membership.handle)[1] == []
    assert maya.post(person(harbour, tom, f"/notes/{note.public_id}/end")).status_code == 404


@pytest.mark.parametrize("words, says", [("", "There is nothing written here yet."), ("x" * 1001, "longer than fits (1000 characters)")])
def test_a_note_that_cannot_be_kept_comes_back_as_it_was(app, maya, tom, harbour, words, says):
    write_note(app.extensions["keyring"], maya.membership, tom.membership.handle, "An earlier one.")
    answer = maya.post(person(harbour, tom, "/notes"), words=words)
    assert answer.status_code == 422 and says in answer.text and words in answer.text
    assert "An earlier one." in answer.text and "Until" in answer.text


def test_a_note_of_somebody_else_stays(app, maya, tom, nia, harbour):
    note = write_note(app.extensions["keyring"], maya.membership, tom.membership.handle, "A note.")
    with change() as (session, _):
        session.execute(update(Membership).where(Membership.id == nia.membership.id).values(role="moderator"))
    nia.post(person(harbour, tom, f"/notes/{note.public_id}/end"))
    assert len(notes_about(app.extensions["keyring"], maya.membership, tom.membership.handle)[1]) == 1
    assert "Somebody else wrote this note." in nia.get(of(harbour)).text


def test_notes_are_not_for_members_nor_outsiders_nor_about_people_elsewhere(tom, nia, otto, rosa, vera, maya, harbour):
    assert nia.post(person(harbour, tom, "/notes"), words="x").status_code == 403
    assert nia.post(person(harbour, tom, "/notes/nosuchnote/end")).status_code == 403
    for outside in (otto, rosa):
        assert outside.post(person(harbour, tom, "/notes"), words="x").status_code == 404
    for whom in (vera, maya):
        assert maya.post(person(harbour, whom, "/notes"), words="x").status_code == 404


# --- what repeats ----------------------------------------------------------------------------------


@pytest.fixture
def repeated(tom):
    """Three shares of Tom's were held."""
    with change() as (session, _):
        for _ in range(3):
            write_signal(session, tom.membership, "contact_held")


def test_a_moderator_reads_what_repeats_and_says_that_they_looked(maya, tom, harbour, repeated):
    page = maya.get(of(harbour, "/patterns"))
    assert "Several of their shares were held" in page.text and page.text.count("A share was held as a way to be reached") == 3
    answer = maya.post(person(harbour, tom, "/pattern/looks"))
    assert (answer.status_code, answer.location) == (303, of(harbour, "/patterns"))
    page = maya.get(answer.location)
    assert "Noted that you looked." in page.text and "Nothing repeats now" in page.text, "Maya is the only one there is"


def test_both_stand_on_the_page_of_a_person_for_whoever_may_see_them(app, maya, tom, nia, repeated):
    write_note(app.extensions["keyring"], maya.membership, tom.membership.handle, "A note.")

    def page(reader, about):
        whole = '{% include "moderation/_notes.html" %}{% include "moderation/_pattern.html" %}'
        with app.test_request_context():
            return render_template_string(whole, member=reader.membership, target=about.membership)

    shown = page(maya, tom)
    assert "A note." in shown and "Take it back" in shown and "Several of their shares" in shown and "I have looked at this" in shown
    assert "Keep this note" in page(maya, nia) and "What repeats" not in page(maya, nia)
    assert page(maya, maya).strip() == page(nia, tom).strip() == ""


def test_what_repeats_is_not_for_members_nor_outsiders(tom, nia, otto, rosa, harbour, repeated):
    for member in (tom, nia):
        assert member.get(of(harbour, "/patterns")).status_code == 403
        assert member.post(person(harbour, tom, "/pattern/looks")).status_code in (403, 404)
    for outside in (otto, rosa):
        assert same_as_nothing(outside.get(of(harbour, "/patterns")), outside, "/patterns")
        assert outside.post(person(harbour, tom, "/pattern/looks")).status_code == 404


def test_where_nothing_repeats_there_is_nothing_to_look_at(maya, tom, harbour):
    assert "Nothing repeats now" in maya.get(of(harbour, "/patterns")).text
    assert maya.post(person(harbour, tom, "/pattern/looks")).status_code == 404
