"""The doors of votes and the inventory, and of what is asked after serving."""


from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from groups import clock
from groups.conscience.models import InventoryBallot, Vote, VoteBallot
from groups.conscience.votes import open_vote
from groups.db import change, reading
from groups.membership.models import Role
from groups.rota.models import Debrief, Served
from tests.doors.asking import guard, of, same_as_nothing, token_in
from tests.doors.reading import text_of
from tests.evenings import NOON, count, set_to
from tests.hours import plan

pytestmark = pytest.mark.usefixtures("noon_among_members")
ALL = {"safe": "4", "seen": "3", "supported": "2"}
NONSENSE = "\x00🌊" + "x" * 5000


@pytest.fixture
def vote(maya):
    """A question until Friday."""
    return open_vote(maya.membership, "Shall we begin later?", "Yes\nNo", NOON.date() + timedelta(days=3))


@pytest.fixture
def served(harbour, tom):
    """An hour of yesterday at which Tom served."""
    meeting = plan(begins_in=-60 * 17)
    with change() as (session, _):
        session.add(Debrief(meeting_id=meeting.id, membership_id=tom.membership.id, how="", at=clock.now() - timedelta(hours=16)))
    return meeting


# --- votes ------------------------------------------------------------------------------------------------


def test_asking_answering_and_what_came_of_it(app, maya, tom, harbour, freeze):
    guard(app)
    page = maya.get(of(harbour, "/votes/new"))
    form = {"question": "Shall we begin later?", "choices": "Yes\r\nNo", "until": "2026-11-27", "csrf_token": token_in(page)}
    answer = maya.post(of(harbour, "/votes/new"), **form)
    assert answer.status_code == 303
    page = tom.get(answer.location)
    assert "it cannot be changed afterwards" in text_of(page) and "Until Friday 27 November" in text_of(page)
    assert tom.post(answer.location, choice="2", csrf_token=token_in(page)).status_code == 303
    page = tom.get(answer.location)
    assert "You answered." in text_of(page) and "<button" not in page.text
    again = tom.post(answer.location, choice="1", csrf_token=token_in(tom.get(of(harbour, "/inventory"))))
    assert again.status_code == 403 and "You answered already." in again.text
    assert "Waits for your answer" not in text_of(tom.get(of(harbour)))
    assert "Waits for your answer" in text_of(maya.get(of(harbour)))
    freeze(datetime(2026, 11, 28, 1, tzinfo=UTC))
    maya.sign_in(), tom.sign_in()
    assert "Fewer than five answered, so nothing is shown." in text_of(maya.get(answer.location))
    assert "Ended on Friday 27 November" in text_of(tom.get(of(harbour, "/votes")))


def test_a_question_that_cannot_be_asked_keeps_what_was_typed(maya, tom, harbour):
    answer = maya.post(of(harbour, "/votes/new"), question="Shall we?", choices="Only this", until="2026-13-40")
    assert answer.status_code == 422 and "Shall we?" in answer.text and "Only this" in answer.text
    assert "This is not a date we can read." in text_of(answer)
    answer = maya.post(of(harbour, "/votes/new"), question="Shall we?", choices="Only this", until="2026-11-27")
    assert answer.status_code == 422 and "two to five answers" in answer.text and "Only this" in answer.text
    assert tom.get(of(harbour, "/votes/new")).status_code == tom.post(of(harbour, "/votes/new"), question="Q").status_code == 403
    assert count(Vote) == 0


@pytest.mark.parametrize("choice", ["", "0", "3", "²", "-1", "1.5", "999999999999", NONSENSE])
def test_a_choice_that_is_none_is_said_kindly(tom, harbour, vote, choice):
    answer = tom.post(of(harbour, f"/votes/{vote.public_id}"), choice=choice)
    assert answer.status_code == 422 and "Please choose one of these." in answer.text and count(VoteBallot) == 0


def test_votes_are_the_groups_alone_and_taking_back_is_for_moderators(maya, tom, otto, vera, rosa, visitor, harbour, willow, vote):
    for path in ("/votes", "/votes/new", f"/votes/{vote.public_id}", "/inventory", "/talks"):
        for person in (otto, vera, visitor):
            assert same_as_nothing(person.get(of(harbour, path)), person, path)
    for path in (f"/votes/{vote.public_id}/end", "/inventory/reviewed"):
        for person in (otto, vera, visitor):
            assert person.post(of(harbour, path)).status_code == 404
        assert tom.post(of(harbour, path)).status_code == 403
    assert rosa.post(of(willow, f"/votes/{vote.public_id}/end")).status_code == rosa.get(of(willow, f"/votes/{vote.public_id}")).status_code == 404
    assert tom.get(of(harbour, "/votes/nosuchvote")).status_code == tom.get(of(harbour, "/votes/%00")).status_code == 404
    assert maya.post(of(harbour, f"/votes/{vote.public_id}/end")).location == of(harbour, "/votes") and count(Vote) == 0


def test_who_is_new_reads_when_they_can_answer(tom, harbour, vote):
    set_to(tom.membership, joined_at=NOON)
    for path, form in ((f"/votes/{vote.public_id}", {"choice": "1"}), ("/inventory", ALL)):
        page = tom.get(of(harbour, path))
        assert "have been in the group for a week" in page.text and 'type="radio"' not in page.text
        answer = tom.post(of(harbour, path), **form)
        assert answer.status_code == 403 and "have been in the group for a week" in answer.text
    assert "Waits for your answer" not in tom.get(of(harbour)).text
    assert count(VoteBallot) == count(InventoryBallot) == 0


# --- the inventory ------------------------------------------------------------------------------------------


def test_the_inventory_is_asked_calmly_answered_once_and_shown_later(tom, harbour, freeze):
    assert "Three questions, in a word each" not in text_of(tom.get(of(harbour)))
    freeze(datetime(2026, 12, 2, 12, tzinfo=UTC))
    tom.sign_in()
    assert "Answer for this month" in text_of(tom.get(of(harbour)))
    missing = tom.post(of(harbour, "/inventory"), safe="4", seen="1", supported="9")
    assert missing.status_code == 422 and "Please choose one of these." in missing.text and count(InventoryBallot) == 0
    assert tom.post(of(harbour, "/inventory"), **ALL).status_code == 303
    page = tom.get(of(harbour, "/inventory"))
    assert "You answered for December." in text_of(page) and "<form" not in page.text
    again = tom.post(of(harbour, "/inventory"), **ALL)
    assert again.status_code == 403 and "You answered already." in again.text
    assert "Answer for this month" not in text_of(tom.get(of(harbour)))
    for nonsense in ({}, dict.fromkeys(ALL, NONSENSE)):
        assert tom.post(of(harbour, "/inventory"), **nonsense).status_code in (403, 422)


# --- after serving --------------------------------------------------------------------------------------------


def test_the_day_after_the_front_page_asks_and_the_desk_of_the_others_hears_of_a_wish(app, tom, maya, harbour, served):
    guard(app)
    page = tom.get("/")
    assert "You served at An hour yesterday. Thank you." in text_of(page) and "How was it to serve?" in page.text
    path = of(harbour, f"/m/{served.public_id}/debrief")
    answer = tom.post(path, how="heavy", wants_talk="yes", on="schedule.front", csrf_token=token_in(page))
    assert (answer.status_code, answer.location) == (303, "/")
    assert "How was it to serve?" not in tom.get("/").text
    assert "Tom served yesterday and would like to talk it over" in text_of(maya.get("/desk"))
    page = maya.get(of(harbour, "/talks"))
    assert "Tom served yesterday at An hour" in text_of(page) and "heavy" not in page.text, "the word is theirs to say"
    answer = maya.post(of(harbour, f"/m/{served.public_id}/talk"), name="Tom", csrf_token=token_in(page))
    assert answer.location == of(harbour, "/talks")
    assert "You talk an hour over with Tom" in text_of(maya.get("/desk"))
    assert "Maya would like to talk over An hour with you." in text_of(tom.get("/"))


def test_at_the_end_of_the_hour_it_is_asked_of_who_served(tom, nia, harbour, served):
    set_to(served, phase="purged")
    path = of(harbour, f"/m/{served.public_id}")
    assert "How was it to serve?" in tom.get(f"{path}/room").text and "How was it to serve?" not in nia.get(f"{path}/room").text
    assert tom.post(f"{path}/debrief", how="good").location == f"{path}/room"
    assert "You said how it was to serve. Thank you." in text_of(tom.get(f"{path}/room"))


def test_not_saying_is_fine_and_nonsense_is_refused_kindly(app, tom, nia, maya, otto, vera, harbour, served):
    path = of(harbour, f"/m/{served.public_id}")
    for verb, form in (("debrief", {"how": "fine"}), ("debrief/end", {}), ("talk", {"name": "Tom"})):
        for person in (otto, vera):
            assert person.post(f"{path}/{verb}", **form).status_code == 404
    for how in ("", "awful", NONSENSE):
        assert tom.post(f"{path}/debrief", how=how, on="https://evil.example").location == f"{path}/room"
    assert "Please choose one of these." in text_of(tom.get("/"))
    nia.post(f"{path}/debrief", how="fine")
    assert "There is nothing to answer any more." in text_of(nia.get("/"))
    with reading() as session:
        assert session.scalar(select(Debrief)).how == ""
    assert tom.post(f"{path}/talk", name="Tom").status_code == tom.get(of(harbour, "/talks")).status_code == 403
    assert maya.post(f"{path}/talk", name=NONSENSE).status_code == 303
    assert tom.post(f"{path}/debrief/end", on="schedule.front").location == "/" and count(Debrief) == 0
    guard(app)
    assert tom.post(f"{path}/debrief", how="fine").status_code == 400


def test_a_month_off_is_suggested_on_the_rota_without_a_number(tom, nia, harbour):
    with change() as (session, _):
        session.add(Served(membership_id=tom.membership.id, kind="chair", times=24, last_on=NOON.date()))
    page = text_of(tom.get(of(harbour, "/rota")))
    assert "A month off would be well earned" in page and "24" not in page.split("A month off")[0].split("Rota")[-1]
    assert "A month off" not in text_of(nia.get(of(harbour, "/rota")))


def test_a_wish_shows_to_other_moderators_only(tom, nia, harbour, served):
    set_to(nia.membership, role=Role.MODERATOR)
    tom.post(of(harbour, f"/m/{served.public_id}/debrief"), how="tiring", wants_talk="yes")
    assert "would like to talk it over" in text_of(nia.get("/desk"))
    nia.post(of(harbour, f"/m/{served.public_id}/talk"), name="Tom")
    assert "Nobody asked for it just now." not in text_of(nia.get(of(harbour, "/talks")))
