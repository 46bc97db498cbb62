"""The pages of reports: each works, is closed to outsiders, refuses members kindly, and keeps what was typed."""

import re

import pytest
from sqlalchemy import func, select

from groups.db import reading
from groups.reports.deciding import decide_report
from groups.reports.models import Report
from groups.reports.reporting import report_hour, report_share
from tests.doors.asking import guard, of, same_as_nothing, token_in
from tests.doors.reading import text_of
from tests.spoken import Spoken

TOLD = {"reason": "contact", "words": "Please look at this."}


@pytest.fixture
def hour(app, quay, maya, tom, nia):
    """Maya chairs, Tom shared, Nia heard it."""
    hour = Spoken(app, quay, (maya, tom, nia))
    hour.number = hour.says("Tom", "Find me on the other thing.")
    return hour


def count():
    with reading() as session:
        return session.scalar(select(func.count()).select_from(Report))


@pytest.fixture
def told(hour, nia):
    """Nia told of it."""
    return report_share(hour.ledger, hour.keyring, nia.membership, hour.meeting, hour.number, "contact", "Quagga words.")


# --- telling ---------------------------------------------------------------------------------------


def test_a_share_is_told_of_and_one_is_back_in_the_room(hour, nia):
    page = nia.get(f"{hour.path}/report?number={hour.number}")
    assert page.status_code == 200 and "About what Tom said" in text_of(page)
    assert "Find me on" not in page.text, "nobody has to read it again"
    answer = nia.post(f"{hour.path}/report", number=hour.number, **TOLD)
    assert (answer.status_code, answer.location) == (303, f"{hour.path}/room")
    assert "Thank you for telling. Those who look after the group read it" in nia.get(answer.location).text
    assert count() == 1


def test_the_person_may_be_meant(hour, nia):
    nia.post(f"{hour.path}/report", number=hour.number, person="y", reason="threats", words="")
    with reading() as session:
        assert session.scalar(select(Report.what)) == "person"


@pytest.mark.parametrize("sent, says, status", [
    ({"reason": ""}, "Please choose one of these.", 422), ({"reason": "because"}, "Please choose one of these.", 422),
    ({"words": "x" * 601}, "This is longer than fits (600 characters).", 422),
    ({"number": "the second"}, "This needs a whole number, in digits.", 422),
    ({"number": ""}, "This needs a whole number, in digits.", 422),
    ({"number": "99999"}, "This share is not in the room", 403),
])
def test_what_makes_no_sense_is_said_in_place_and_the_words_are_kept(hour, nia, sent, says, status):
    answer = nia.post(f"{hour.path}/report", **({"number": str(hour.number)} | TOLD | {"words": "Quagga words."} | sent))
    assert answer.status_code == status and says in answer.text
    assert sent.get("words", "Quagga words.") in answer.text
    assert count() == 0


def test_a_chosen_reason_is_kept_as_well(hour, nia):
    answer = nia.post(f"{hour.path}/report", number=hour.number, reason="unkind", words="x" * 601, person="y")
    assert re.search(r'<input checked [^>]*value="unkind"', answer.text) and re.search(r'checked[^>]*name="person"', answer.text)


def test_who_was_not_inside_and_who_said_it_are_told_kindly(hour, app, nia, tom):
    assert "This is yours. You can take it out" in tom.post(f"{hour.path}/report", number=hour.number, **TOLD).text
    hour.purge()
    answer = nia.post(f"{hour.path}/report", number=hour.number, **TOLD)
    assert answer.status_code == 403 and "gone already" in answer.text and "Please look at this." in answer.text
    assert nia.get(f"{hour.path}/report?number={hour.number}").status_code == 403


def test_outsiders_find_no_such_page(hour, otto, rosa, willow):
    for person in (otto, rosa):
        assert person.post(f"{hour.path}/report", number=hour.number, **TOLD).status_code == 404
        assert person.get(f"{hour.path}/report?number={hour.number}").status_code == 404
    wrong = hour.path.replace(hour.path.split("/")[2], willow.slug)
    assert rosa.get(f"{wrong}/report?number={hour.number}").status_code == 404
    assert count() == 0


def test_a_page_without_a_number_is_no_page(hour, nia):
    for address in ("report", "report?number=", "report?number=two"):
        assert nia.get(f"{hour.path}/{address}").status_code == 404


def test_an_hour_is_told_of_from_the_groups_page(nia, harbour):
    assert of(harbour, "/reports/new") in nia.get(of(harbour)).text
    assert nia.get(of(harbour, "/reports/new")).status_code == 200
    answer = nia.post(of(harbour, "/reports/new"), **TOLD)
    assert (answer.status_code, answer.location) == (303, of(harbour))
    assert "Thank you for telling." in nia.get(of(harbour)).text
    assert count() == 1


def test_which_hour_or_who_is_sealed_with_the_words(app, nia, maya, harbour):
    path, where = of(harbour, "/reports/new"), "Tuesday evening, somebody called Lou"
    answer = nia.post(path, where="x" * 121, **TOLD)
    assert answer.status_code == 422 and "longer than fits (120 characters)" in answer.text and TOLD["words"] in answer.text
    assert nia.post(path, where=where, **TOLD).status_code == 303
    with reading() as session:
        report = session.scalar(select(Report))
    assert where.encode() not in report.sealed_words
    page = maya.get(of(harbour, f"/reports/{report.public_id}")).text
    assert f"<p>{where}</p>" in page and TOLD["words"] in page


def test_a_line_that_is_too_long_is_kept_whole_to_be_shortened(nia, harbour):
    long = "the one on " * 11 + "Tuesday"
    answer = nia.post(of(harbour, "/reports/new"), **TOLD, where=long)
    assert answer.status_code == 422 and long in answer.text and TOLD["words"] in answer.text
    assert "(120 characters)" in answer.text and count() == 0


def test_an_hour_told_of_badly_comes_back_as_it_was(nia, harbour):
    answer = nia.post(of(harbour, "/reports/new"), reason="nothing", words="Quagga words.")
    assert answer.status_code == 422 and "Please choose one of these." in answer.text and "Quagga words." in answer.text
    assert count() == 0


def test_a_form_needs_its_token(app, nia, harbour, hour):
    guard(app)
    assert nia.post(of(harbour, "/reports/new"), **TOLD).status_code == 400
    page = nia.get(of(harbour, "/reports/new"))
    assert nia.post(of(harbour, "/reports/new"), csrf_token=token_in(page), **TOLD).status_code == 303
    page = nia.get(f"{hour.path}/report?number={hour.number}")
    assert nia.post(f"{hour.path}/report", number=hour.number, csrf_token=token_in(page), **TOLD).status_code == 303


# --- hearing back ----------------------------------------------------------------------------------


def test_whoever_told_reads_what_came_of_it_and_not_who_decided(hour, told, nia, maya, tom, harbour):
    assert "It waits to be read." in nia.get(of(harbour, "/reports/mine")).text
    assert "Something you told of was answered" not in nia.get(of(harbour)).text
    decide_report(hour.keyring, maya.membership, told.public_id, "step_taken")
    assert "Something you told of was answered" in nia.get(of(harbour)).text
    assert "Something you told of was answered" not in tom.get(of(harbour)).text
    page = nia.get(of(harbour, "/reports/mine"))
    assert "a step was taken" in page.text and "Maya" not in page.text and "Tom" not in page.text
    assert "Something you told of was answered" not in nia.get(of(harbour)).text
    assert "You told of nothing" in tom.get(of(harbour, "/reports/mine")).text


# --- reading and deciding --------------------------------------------------------------------------


def test_a_moderator_reads_with_the_words_folded_away_and_decides(hour, told, maya, harbour):
    page = maya.get(of(harbour, "/reports"))
    assert "A share of Tom" in text_of(page) and "A way to be reached" in page.text and "Nia" not in page.text
    one = of(harbour, f"/reports/{told.public_id}")
    assert one in page.text and one in maya.get(of(harbour, "/reports")).text
    page = maya.get(one)
    folded = re.search(r'<details class="sheet">.*?</details>', page.text, re.S)[0]
    assert "Quagga words." in folded and "Find me on the other thing." in folded
    rest = page.text.replace(folded, "")
    assert "Quagga words." not in rest and "Find me on" not in rest and "Tom" in rest
    assert f"/g/{harbour.slug}/members/{hour.by['Tom']}" in rest
    answer = maya.post(f"{one}/decision", outcome="spoken_to")
    assert (answer.status_code, answer.location) == (303, one)
    page = maya.get(one)
    assert "Decided. What was kept of it is gone" in page.text and "Spoken to. What was said is gone." in text_of(page)
    assert "Quagga words." not in page.text and "Find me on" not in page.text
    page = text_of(maya.get(of(harbour, "/reports")))
    assert "Nothing waits to be read." in page and "Decided in the last fortnight" in page and "Spoken to" in page


def test_whoever_erased_themselves_since_is_a_gap_on_it(hour, maya, nia, harbour):
    hour.says("Nia", "I had a long week.")
    hour.says("Maya", "Thank you for it.")
    told = report_share(hour.ledger, hour.keyring, nia.membership, hour.meeting, hour.number, "contact", "Quagga words.")
    one = of(harbour, f"/reports/{told.public_id}")
    page = text_of(maya.get(one))
    assert "I had a long week." in page and "Names of those who spoke: Tom , Nia , Maya" in page
    nia.post("/me/erase")
    page = text_of(maya.get(one))
    assert "Nia" not in page and "I had a long week." not in page and "Quagga words." not in page
    assert "Somebody whose account has been erased since Their name and words went with them." in page
    assert "Find me on the other thing." in page and "Names of those who spoke: Tom , Maya" in page


@pytest.mark.parametrize("outcome", ["", "burn_it", "lapsed"])
def test_a_decision_that_is_none_is_asked_again(hour, told, maya, harbour, outcome):
    answer = maya.post(of(harbour, f"/reports/{told.public_id}/decision"), outcome=outcome)
    assert answer.status_code == 422 and "Please choose one of these." in answer.text
    assert "Show what was said" in answer.text


def test_deciding_twice_is_said_kindly(hour, told, maya, harbour):
    one = of(harbour, f"/reports/{told.public_id}")
    maya.post(f"{one}/decision", outcome="spoken_to")
    answer = maya.post(f"{one}/decision", outcome="nothing_needed")
    assert (answer.status_code, answer.location) == (303, one)
    assert "This was decided already" in maya.get(one).text


def test_members_read_and_decide_nothing(hour, told, tom, nia, harbour):
    for person in (tom, nia):
        for path in ("/reports", f"/reports/{told.public_id}"):
            answer = person.get(of(harbour, path))
            assert answer.status_code == 403 and "This is for those who look after the group." in answer.text
        assert person.post(of(harbour, f"/reports/{told.public_id}/decision"), outcome="spoken_to").status_code == 403


def test_nor_do_people_from_elsewhere(hour, told, otto, rosa, harbour, willow):
    for person in (otto, rosa):
        for path in ("/reports", f"/reports/{told.public_id}", "/reports/mine", "/reports/new"):
            assert same_as_nothing(person.get(of(harbour, path)), person, path)
    assert rosa.get(of(willow, f"/reports/{told.public_id}")).status_code == 404
    assert rosa.post(of(willow, f"/reports/{told.public_id}/decision"), outcome="spoken_to").status_code == 404


def test_an_hours_report_names_nobody_and_still_can_be_decided(app, nia, maya, harbour):
    report = report_hour(app.extensions["keyring"], nia.membership, "worried")
    page = maya.get(of(harbour, f"/reports/{report.public_id}"))
    assert "Nothing more was written." in page.text and "Nia" not in page.text
    assert maya.post(of(harbour, f"/reports/{report.public_id}/decision"), outcome="nothing_needed").status_code == 303
