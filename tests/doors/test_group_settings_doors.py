"""The page of a group's settings: works, keeps what was typed, and is closed to everybody else."""

import re

import pytest

from groups.db import change, reading
from groups.membership.models import Group, Membership, Role
from tests.doors.asking import guard, of, same_as_nothing
from tests.doors.filling import form_on


def stored(group):
    with reading() as session:
        return session.get(Group, group.id)


def page(person, group):
    return form_on(person.get(of(group, "/settings")))


def test_the_page_holds_what_is_and_sending_it_as_it_is_changes_nothing(maya, harbour):
    form = page(maya, harbour)
    assert (form["name"], form["access"], form["zone"], form["contact_agreement"]) == ("Harbour", "open", "Europe/London", "3")
    assert [form[f"agreement_{n}"] for n in (1, 2, 3, 4)] == [one.text for one in harbour.agreements] + [""] and "agreement_5" not in form
    assert maya.post(of(harbour, "/settings"), **form).location == of(harbour, "/settings")
    assert page(maya, harbour) == form and len(form["seen"]) == 16


def test_a_group_becomes_screened_with_its_questions_and_one_agreement_more(maya, otto, harbour):
    form = page(maya, harbour) | {"access": "screened", "question_1": "What brings you?", "agreement_4": "We pass when we like."}
    assert maya.post(of(harbour, "/settings"), **form).status_code == 303
    assert stored(harbour).agreements[3].text == "We pass when we like." and "agreement_5" in page(maya, harbour)
    assert "What brings you?" in otto.get(of(harbour, "/ask")).text
    assert "We pass when we like." in otto.get(of(harbour)).text


@pytest.mark.parametrize("field, value, told", [
    ("agreement_2", "", "keep their numbers"), ("agreement_4", "x" * 301, "longer than fits (300 characters)"),
    ("question_2", "x" * 161, "longer than fits (160 characters)"), ("name", "", "nothing written here"), ("access", "secret", "choose one"),
    ("contact_agreement", "9", "choose one"), ("contact_agreement", "x", "choose one"), ("zone", "Europe/Atlantis", "do not know this time zone"),
])
def test_what_makes_no_sense_is_said_beside_its_field_and_nothing_typed_is_lost(maya, harbour, field, value, told):
    typed = page(maya, harbour) | {"purpose": "Another purpose, typed with care.", "question_1": "A new question?"} | {field: value}
    answer = maya.post(of(harbour, "/settings"), **typed)
    errors = dict(re.findall(r'id="(\w+)-error">([^<]+)<', answer.text))
    assert answer.status_code == 422 and list(errors) == [field] and told in errors[field]
    assert "Another purpose, typed with care." in answer.text and "A new question?" in answer.text
    assert stored(harbour).purpose == harbour.purpose and stored(harbour).questions == ""


def test_what_somebody_else_changed_meanwhile_is_not_written_over_unseen(maya, nia, harbour):
    with change() as (session, _):
        session.get(Membership, nia.membership.id).role = Role.MODERATOR
    mine, theirs = page(maya, harbour), page(nia, harbour)
    nia.post(of(harbour, "/settings"), **theirs | {"agreement_4": "Nia wrote this."})
    answer = maya.post(of(harbour, "/settings"), **mine | {"agreement_4": "Maya wrote that."})
    assert answer.status_code == 409 and "Somebody else changed this while you were writing." in answer.text and "Maya wrote that." in answer.text
    assert stored(harbour).agreements[3].text == "Nia wrote this."
    again = form_on(answer) | {"agreement_4": "Nia wrote this.", "agreement_5": "Maya wrote that."}
    assert maya.post(of(harbour, "/settings"), **again).status_code == 303
    assert [one.text for one in stored(harbour).agreements[3:]] == ["Nia wrote this.", "Maya wrote that."]


def test_an_empty_form_changes_nothing(maya, harbour):
    assert maya.post(of(harbour, "/settings")).status_code == 422
    assert stored(harbour).name == "Harbour" and len(stored(harbour).agreements) == 3


def test_it_is_for_moderators_of_this_group(app, maya, tom, rosa, otto, visitor, harbour):
    form = page(maya, harbour) | {"name": "Changed"}
    for answer in (tom.get(of(harbour, "/settings")), tom.post(of(harbour, "/settings"), **form)):
        assert answer.status_code == 403 and "This is for those who look after the group." in answer.text
    for person in (rosa, otto, visitor):
        assert same_as_nothing(person.get(of(harbour, "/settings")), person, "/settings")
        assert same_as_nothing(person.post(of(harbour, "/settings"), **form), person, "/settings", **form)
    guard(app)
    assert maya.post(of(harbour, "/settings"), **form).status_code == 400
    assert stored(harbour).name == "Harbour"
