"""The doors of asking to belong: for whoever asks, who always reads the same, and for those who answer."""

import re

import pytest

from groups.db import change, reading
from groups.membership.asking import request_of
from groups.membership.models import Access, Group, JoinRequest
from tests.doors.asking import guard, of, same_as_nothing, token_in

ANSWERS = {"answer_1": "I would like company.", "answer_2": "No.", "name": "Otto", "adult": "y"}
SENT = "Sent. Those who look after the group read it. If there is a place, this page lets you in."


@pytest.fixture
def screened(willow):
    with change() as (session, _):
        group = session.get(Group, willow.id)
        group.access, group.questions = Access.SCREENED, "What brings you?\nDoes anybody read along?"
    return group


def asked(person, group):
    assert person.post(of(group, "/ask"), **ANSWERS).location == of(group)
    return request_of(person.account.id, group).public_id


def test_somebody_asks_reads_that_it_is_sent_and_is_let_in_after_a_yes(otto, rosa, screened):
    page = otto.get(of(screened, "/ask")).text
    assert "What brings you?" in page and "Does anybody read along?" in page and "answer_3" not in page
    public = asked(otto, screened)
    assert SENT in otto.get(of(screened)).text
    assert otto.get(of(screened, "/ask")).location == of(screened)
    listed = rosa.get(of(screened, "/requests")).text
    assert "I would like company." in listed and "What brings you?" in listed
    assert "1 waits for an answer" in rosa.get(of(screened)).text
    assert rosa.post(of(screened, f"/requests/{public}/accept")).location == of(screened, "/requests")
    assert SENT not in (page := otto.get(of(screened)).text) and "There is a place for you" in page
    assert 'value="Otto"' in otto.get(of(screened, "/join")).text
    assert otto.post(of(screened, "/join"), agree="y", name="Otto").location == of(screened)
    assert "You go by <strong><bdi>Otto</bdi></strong> here." in otto.get(of(screened)).text


def test_a_visitor_gets_an_account_with_it(visitor, screened):
    assert visitor.post(of(screened, "/ask"), **ANSWERS).location == of(screened)
    page = visitor.get(of(screened)).text
    assert SENT in page and "Keep this account, to find back here" in page
    assert "You asked to belong to" in visitor.get("/me").text


def test_unanswered_and_declined_are_the_same_to_the_letter(otto, rosa, screened):
    public = asked(otto, screened)
    pages = ("", "/ask", "/join")

    def seen():
        answers = [otto.get(of(screened, page)) for page in pages] + [otto.get("/me"), otto.post(of(screened, "/ask"), **ANSWERS)]
        return [(one.status_code, one.location, re.sub(r'(name="csrf_token" value=)"[^"]+"', r"\1", one.text)) for one in answers]

    before = seen()
    rosa.post(of(screened, f"/requests/{public}/decline"))
    assert seen() == before
    page = rosa.get(of(screened, "/requests")).text
    assert "not this time" in page and "There is a place, after all" in page and "Nobody is waiting" in page


def test_two_who_answer_at_once_do_not_undo_each_other_unawares(otto, rosa, screened):
    public = asked(otto, screened)
    yes, no = (of(screened, f"/requests/{public}/{verb}") for verb in ("accept", "decline"))
    assert rosa.post(yes).status_code == 303
    assert rosa.post(no).location == of(screened, "/requests")
    page = rosa.get(of(screened, "/requests")).text
    assert "Somebody answered this already: yes." in page and 'name="seen" value="yes"' in page
    assert request_of(otto.account.id, screened).lets_in
    rosa.post(no, seen="yes")
    assert not request_of(otto.account.id, screened).lets_in, "on purpose"
    rosa.post(yes, seen="x")
    assert "Somebody answered this already: no." in rosa.get(of(screened, "/requests")).text
    rosa.post(yes, seen="no")
    assert request_of(otto.account.id, screened).lets_in


def test_it_is_taken_back(otto, rosa, screened):
    asked(otto, screened)
    assert otto.post(of(screened, "/ask/withdraw")).location == of(screened)
    assert "What you wrote is deleted." in otto.get(of(screened)).text
    assert "Nobody is waiting for an answer." in rosa.get(of(screened, "/requests")).text
    assert otto.get(of(screened, "/ask")).status_code == 200


@pytest.mark.parametrize("field, value, told", [
    ("answer_1", "", "There is nothing written here yet."), ("answer_2", " ", "There is nothing written here yet."),
    ("answer_1", "x" * 1001, "longer than fits (1000 characters)"), ("name", "Mod", "sounds like somebody on duty"),
    ("name", "", "A name here is 2 to 30 letters"), ("adult", "", "Groups here are for adults."),
])
def test_what_will_not_do_is_said_and_what_was_typed_stays(otto, visitor, screened, field, value, told):
    for person in (otto, visitor):
        form = {name: text for name, text in (ANSWERS | {field: value}).items() if text}
        answer = person.post(of(screened, "/ask"), **form)
        errors = dict(re.findall(r'id="(\w+)-error">([^<]+)<', answer.text))
        assert answer.status_code == 422 and list(errors) == [field] and told in errors[field]
        for name in ("answer_1", "answer_2"):
            assert name == field or ANSWERS[name] in answer.text
    assert person.post(of(screened, "/ask")).status_code == 422
    with reading() as session:
        assert session.query(JoinRequest).count() == 0


def test_groups_that_do_not_ask_first_have_no_such_page(otto, visitor, harbour, willow):
    for group in (harbour, willow):
        for person in (otto, visitor):
            for path in ("/ask", "/ask/withdraw"):
                assert person.post(of(group, path), **ANSWERS).status_code == 404
            assert same_as_nothing(person.get(of(group, "/ask")), person, "/ask")


def test_members_are_sent_on_and_do_not_read_who_asks(vera, otto, maya, visitor, screened):
    public = asked(otto, screened)
    assert vera.get(of(screened, "/ask")).location == of(screened)
    for person, status in ((vera, 403), (otto, 404), (maya, 404), (visitor, 404)):
        assert person.get(of(screened, "/requests")).status_code == status
        for verb in ("accept", "decline"):
            assert person.post(of(screened, f"/requests/{public}/{verb}")).status_code == status
    assert request_of(otto.account.id, screened).accepted is None


@pytest.mark.parametrize("public", ["nosuchone", "x", "1", "%00", "a" * 300])
def test_a_request_that_is_not_there_is_not_answered(rosa, screened, public):
    assert rosa.post(of(screened, f"/requests/{public}/accept")).status_code == 404


def test_forms_need_their_token(app, otto, rosa, screened):
    public = asked(otto, screened)
    guard(app)
    for person, path in ((otto, "/ask/withdraw"), (rosa, f"/requests/{public}/accept")):
        assert person.post(of(screened, path)).status_code == 400
    assert rosa.post(of(screened, f"/requests/{public}/accept"), csrf_token=token_in(rosa.get(of(screened, "/requests")))).status_code == 303
