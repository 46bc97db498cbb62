"""The doors of what is looked at a second time, by the group and by stewards."""

import pytest

from groups.accounts.models import Account
from groups.db import change
from groups.membership.models import Membership
from groups.moderation.appeal_actions import appeal
from groups.moderation.step_actions import ban
from groups.moderation.steward_actions import refer
from groups.reports.models import Report
from tests.doors.asking import of, same_as_nothing
from tests.hours import plan
from tests.laddered import belongs, looks_after, made_steward, removed_at_once, reports, sent_out, stored

NOTHING = "bcdfghjkmn"


@pytest.fixture
def asked(app, maya, tom):
    """Tom is banned by Maya and asks again."""
    sent_out(tom)
    given = ban(maya.membership, tom.membership, 3, 6)
    return appeal(tom.membership, given.public_id, "It was not me.", app.extensions["keyring"])


def refused_everywhere(path, harbour, *strangers):
    for person in strangers:
        assert same_as_nothing(person.get(of(harbour, path)), person, path)


# --- appeals ------------------------------------------------------------------------------------------


def test_the_list_of_appeals(asked, maya, nia, tom, otto, rosa, visitor, harbour):
    refused_everywhere("/appeals", harbour, otto, rosa, visitor, tom)
    assert nia.get(of(harbour, "/appeals")).status_code == 403
    assert "so a steward reads it" in maya.get(of(harbour, "/appeals")).text
    looks_after(nia)
    assert "you had a part in this" in maya.get(of(harbour, "/appeals")).text
    assert f"/appeals/{asked.public_id}" not in maya.get(of(harbour, "/appeals")).text
    assert f"/appeals/{asked.public_id}" in nia.get(of(harbour, "/appeals")).text


def test_what_is_over_is_not_offered_to_be_made_shorter(asked, nia, harbour, freeze):
    path = of(harbour, f"/appeals/{asked.public_id}")
    looks_after(nia)
    assert "Make it shorter" in nia.get(path).text and "how many days from now" in nia.get(path).text
    freeze.forward(days=7)
    nia.sign_in()
    page = nia.get(path).text
    assert "It stands" in page and "Make it shorter" not in page and "how many days from now" not in page


def test_an_appeal_is_read_and_answered(asked, maya, nia, tom, otto, harbour):
    path = f"/appeals/{asked.public_id}"
    looks_after(nia)
    refused_everywhere(path, harbour, otto, tom)
    for answer in (maya.get(of(harbour, path)), maya.post(of(harbour, path), outcome="lifted", answer="Sorry.")):
        assert answer.status_code == 403 and "It was not me" not in answer.text
    assert "It was not me." in nia.get(of(harbour, path)).text
    for form, told in (
        ({}, "Please choose one of these."), ({"outcome": "stands"}, "nothing written here yet"),
        ({"outcome": "shortened", "answer": "Kept words.", "days": "x"}, "Kept words."), ({"outcome": "shortened", "answer": "Less.", "days": "9"}, "not shorter"),
    ):
        answer = nia.post(of(harbour, path), **form)
        assert answer.status_code == 422 and told in answer.text, form
    answer = nia.post(of(harbour, path), outcome="shortened", days="1", answer="One day is enough.")
    assert (answer.status_code, answer.location) == (303, of(harbour, "/appeals"))
    assert "One day is enough." in nia.get(of(harbour, path)).text
    mine = tom.get(of(harbour, "/steps")).text
    assert "The step was made shorter." in mine and "One day is enough." in mine and "Nia" not in mine
    assert nia.get(of(harbour, f"/appeals/{NOTHING}")).status_code == 404


# --- emergencies ------------------------------------------------------------------------------------------


def test_an_emergency_is_looked_at_a_second_time(maya, nia, tom, otto, harbour, freeze):
    hour = plan(begins_in=0)
    incident = removed_at_once(tom, maya, "solicitation", meeting=hour)
    with change() as (session, _):
        report = Report(
            group_id=harbour.id, meeting_id=hour.id, about_id=tom.membership.id, by_id=nia.membership.id, what="person",
            reason="contact", until=incident.due_at,
        )
        session.add(report)
    path = f"/incidents/{incident.public_id}"
    refused_everywhere("/incidents", harbour, otto, tom)
    refused_everywhere(path, harbour, otto, tom)
    assert nia.get(of(harbour, "/incidents")).status_code == nia.get(of(harbour, path)).status_code == 403
    assert "so a steward looks at it" in maya.get(of(harbour, path)).text
    looks_after(nia)
    assert "somebody else who looks after the group looks at it" in maya.get(of(harbour, path)).text
    assert maya.post(of(harbour, path), outcome="kept").status_code == 403
    page = nia.get(of(harbour, path)).text
    assert f"/reports/{report.public_id}" in page and "Somebody was asked for contact" in page
    assert nia.post(of(harbour, path)).status_code == 422
    assert nia.post(of(harbour, path), outcome="lengthened", days="soon").status_code == 422
    freeze.forward(hours=25)
    nia.signed_in = maya.signed_in = tom.signed_in = False
    assert "This is late" in nia.get(of(harbour, path)).text and "late" in nia.get(of(harbour, "/incidents")).text
    assert nia.post(of(harbour, path), outcome="lengthened", days="90").status_code == 303
    assert "It was made longer" in nia.get(of(harbour, path)).text
    mine = tom.get(of(harbour, "/steps")).text
    assert "It looked as if somebody was being asked for contact" in mine and "A second person has looked at it." in mine


# --- stewards ---------------------------------------------------------------------------------------------


def test_the_stewards_pages_are_there_for_nobody_else(asked, maya, tom, visitor, otto):
    matter, incident = refer(maya.membership, tom.membership, "threats"), removed_at_once(tom, maya)
    paths = ("/stewards", f"/stewards/{matter.public_id}", f"/stewards/appeals/{asked.public_id}", f"/stewards/incidents/{incident.public_id}")
    for person in (visitor, otto, tom, maya):
        for path in paths:
            for answer in (person.get(path), person.post(path, days="9", outcome="lifted", answer="Yes.")):
                assert (answer.status_code, answer.text) == (404, person.get("/nowhere").text), path
        assert person.post(f"/stewards/{matter.public_id}/answer", agrees="yes").status_code == 404
        assert "/stewards" not in person.get("/me").text
    assert stored(Account, tom.account).barred_until is None


def test_a_steward_reads_no_name_and_no_group(asked, maya, tom, otto, nia, vera, willow):
    made_steward(otto)
    matter, incident = refer(maya.membership, tom.membership, "threats"), removed_at_once(tom, maya)
    twice = belongs(tom, willow, "Timo")
    reports(tom.membership, nia.membership)
    reports(twice, vera.membership)
    for path in ("/stewards", f"/stewards/{matter.public_id}", f"/stewards/appeals/{asked.public_id}", f"/stewards/incidents/{incident.public_id}"):
        page = otto.get(path)
        assert page.status_code == 200
        for name in ("Tom", "Timo", "Maya", "Nia", "Vera", "Harbour", "Willow", tom.membership.handle, twice.handle):
            assert name not in page.text.split("<main")[1], (path, name)
    assert "Also reported by 2 people in 2 groups." in otto.get("/stewards").text


def test_two_stewards_keep_somebody_out_of_every_group(maya, tom, otto, vera, harbour):
    for person in (otto, vera):
        made_steward(person)
    matter = refer(maya.membership, tom.membership, "threats")
    path = f"/stewards/{matter.public_id}"
    assert "/stewards" in otto.get("/me").text
    for days in ("", "x", "0", "900"):
        assert otto.post(path, days=days).status_code == 422
    assert otto.post(path, days="30").status_code == 303
    assert "another steward has to agree" in otto.get(path).text
    otto.post(f"{path}/answer", agrees="yes")
    assert "another steward has to agree" in otto.get(path).text and stored(Membership, tom.membership).is_current
    assert "Agree: out until then" in vera.get(path).text
    assert vera.post(f"{path}/answer", agrees="yes").status_code == 303
    assert not stored(Membership, tom.membership).is_current
    assert "Two stewards agreed" in vera.get(path).text
    assert "No group here takes you in before" in tom.get("/me").text
    assert tom.post(of(harbour, "/join"), agree="y", name="Tom").status_code == 403
    assert tom.post("/groups/new", name="Heron", purpose="An hour.", for_whom="anybody", access="open", zone="UTC", my_name="Timo").status_code == 403
    assert otto.get(f"/stewards/{NOTHING}").status_code == 404


def test_a_matter_is_left_as_it_is(maya, tom, otto):
    made_steward(otto)
    matter = refer(maya.membership, tom.membership, "threats")
    assert otto.post(f"/stewards/{matter.public_id}/answer", agrees="no").status_code == 303
    assert "Nothing waits." in otto.get("/stewards").text


def test_a_steward_answers_in_a_groups_place(asked, maya, tom, otto, harbour):
    made_steward(otto)
    incident = removed_at_once(tom, maya)
    assert otto.post(f"/stewards/appeals/{asked.public_id}", outcome="stands").status_code == 422
    assert otto.post(f"/stewards/appeals/{asked.public_id}", outcome="lifted", answer="It was a mistake.").status_code == 303
    assert otto.post(f"/stewards/incidents/{incident.public_id}", outcome="no").status_code == 422
    assert otto.post(f"/stewards/incidents/{incident.public_id}", outcome="lifted").status_code == 303
    assert stored(Membership, tom.membership).is_current
    assert "It was a mistake." in tom.get(of(harbour, "/steps")).text
    assert otto.get(f"/stewards/appeals/{NOTHING}").status_code == otto.get(f"/stewards/incidents/{NOTHING}").status_code == 404
