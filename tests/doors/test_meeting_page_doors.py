"""The page of one meeting: what, when, who serves; the way in, and for whom it is not there."""

import re

import pytest

from groups import clock
from groups.accounts.models import Account
from groups.db import change, reading
from groups.meeting import commands as c
from groups.membership.models import Membership
from groups.rooms.closing import lock_room
from groups.rota.actions import serve
from groups.rota.models import Duty
from tests import hours
from tests.doors.asking import guard, of, same_as_nothing, token_in
from tests.doors.reading import reads_by, text_of
from tests.evenings import been_here, count, every_tuesday, one, set_to
from tests.laddered import removed_at_once
from tests.spoken import Spoken

pytestmark = pytest.mark.usefixtures("noon_among_members")


@pytest.fixture
def evening(maya, quay):
    """Tonight at 19:00 London in the Quay, and every Tuesday."""
    return every_tuesday(maya, quay)


@pytest.fixture
def theirs(rosa, grove):
    """An hour of Willow's, which takes people by invitation."""
    return one(rosa, grove, "Willow hour")


def test_a_meeting_says_what_when_and_how_on_both_clocks(visitor, evening, harbour):
    page = reads_by(visitor, "America/New_York").get(of(harbour, f"/m/{evening.public_id}"))
    assert page.status_code == 200 and "<title>The hour</title>" in page.text
    read = text_of(page)
    assert "Tuesday 24 November, 14:00 to 15:00 in New York 19:00 in London" in read
    assert "Sharing, one at a time, one hour." in read and "gone one hour after the close" in read
    assert "The lobby opens at 13:45 ( in 7 hours )." in read
    assert "Still looking for somebody to chair." in read
    assert "Come in" not in page.text and of(harbour, f"/join?meeting={evening.public_id}") in page.text


def test_without_a_cookie_a_meeting_is_read_by_its_groups_clock(visitor, evening, harbour):
    read = text_of(visitor.get(of(harbour, f"/m/{evening.public_id}")))
    assert "Tuesday 24 November, 19:00 to 20:00 in London" in read and "19:00 in London" not in read.replace("20:00 in London", "")


def test_when_the_door_is_open_members_knock_and_newcomers_join(app, visitor, otto, tom, evening, harbour):
    set_to(evening, phase="lobby")
    guard(app)
    path = of(harbour, f"/m/{evening.public_id}")
    for person in (visitor, otto):
        assert f'href="{of(harbour, f"/join?meeting={evening.public_id}")}"' in person.get(path).text
    page = tom.get(path)
    assert f'action="{path}/knock"' in page.text and token_in(page) and "/join" not in page.text


@pytest.mark.parametrize("phase, told", [
    ("cancelled", "This meeting was cancelled."), ("sealed", "This meeting has ended."), ("purged", "This meeting has ended."),
])
def test_a_meeting_that_is_no_more_says_so_and_offers_no_door(visitor, tom, evening, harbour, phase, told):
    set_to(evening, phase=phase)
    for person in (visitor, tom):
        page = person.get(of(harbour, f"/m/{evening.public_id}"))
        assert told in page.text and "Come in" not in page.text and "I will chair" not in page.text


def test_a_later_date_in_a_locked_room_promises_no_lobby(visitor, tom, maya, evening, harbour, quay):
    lock_room(maya.membership, quay, "A pipe burst.")
    for person in (visitor, tom):
        said = text_of(person.get(of(harbour, f"/m/{evening.public_id}")))
        assert "This room is closed for now, and may be open again by then. Then the lobby opens at 18:45" in said


def test_who_serves_is_named_to_members_and_to_nobody_else(visitor, otto, tom, maya, evening, harbour):
    serve(maya.membership, evening, "chair")
    path = of(harbour, f"/m/{evening.public_id}")
    assert "Maya" in tom.get(path).text
    for person in (visitor, otto):
        page = person.get(path).text
        assert "Maya" not in page and "The chair is found." in page


def test_a_meeting_of_a_closed_group_is_not_there_for_outsiders(visitor, otto, maya, vera, theirs, willow):
    path = f"/m/{theirs.public_id}"
    assert vera.get(of(willow, path)).status_code == 200
    for person in (visitor, otto, maya):
        assert same_as_nothing(person.get(of(willow, path)), person, path)


def test_a_meeting_for_members_or_in_an_archived_room_is_not_there_for_others(visitor, tom, evening, harbour, quay):
    path = f"/m/{evening.public_id}"
    set_to(quay, door="members")
    assert same_as_nothing(visitor.get(of(harbour, path)), visitor, path)
    assert tom.get(of(harbour, path)).status_code == 200
    set_to(quay, door="anyone", archived_at=clock.now())
    assert same_as_nothing(visitor.get(of(harbour, path)), visitor, path)


def test_a_group_that_asks_first_shows_its_hours_to_members_only(visitor, tom, evening, harbour):
    set_to(harbour, access="screened")
    assert visitor.get(of(harbour, f"/m/{evening.public_id}")).status_code == 404
    assert "Evening harbour" not in visitor.get("/").text and "Evening harbour" not in visitor.get(of(harbour)).text
    assert "Evening harbour" in tom.get("/").text and "Evening harbour" in tom.get(of(harbour)).text


def test_a_meeting_is_reached_through_its_own_group_only(maya, evening, theirs, harbour):
    for name in (theirs.public_id, "nosuchhour", "%00", "x" * 400):
        assert maya.get(of(harbour, f"/m/{name}")).status_code == 404


def test_a_member_signs_up_and_steps_down(app, tom, evening, harbour):
    path = of(harbour, f"/m/{evening.public_id}")
    page = tom.get(path).text
    assert "I will chair" in page and "I will keep the door" in page and "I will stand by" in page
    answer = tom.post(f"{path}/duties", kind="chair")
    assert (answer.status_code, answer.location) == (303, path)
    page = tom.get(path).text
    assert "Step down" in page and "I will keep the door" not in page, "one duty is enough"
    assert tom.post(f"{path}/duties/end").location == path
    assert count(Duty) == 0 and "I will chair" in tom.get(path).text


def test_a_duty_that_is_taken_is_refused_on_the_same_page(tom, nia, evening, harbour):
    path = of(harbour, f"/m/{evening.public_id}")
    tom.post(f"{path}/duties", kind="chair")
    answer = nia.post(f"{path}/duties", kind="chair")
    assert answer.status_code == 403 and "Somebody already does this." in answer.text and "Tom" in answer.text
    assert tom.post(f"{path}/duties", kind="door").status_code == 403
    set_to(evening, phase="open")
    answer = tom.post(f"{path}/duties/end")
    assert answer.status_code == 403 and "Those on duty settle it in the room now." in answer.text
    assert count(Duty) == 1


@pytest.mark.parametrize("kind", ["", "king", "x" * 5000, None])
def test_a_duty_nobody_knows_is_refused_kindly(tom, evening, harbour, kind):
    form = {} if kind is None else {"kind": kind}
    answer = tom.post(of(harbour, f"/m/{evening.public_id}/duties"), **form)
    assert answer.status_code == 422 and "Please choose one of these." in answer.text and count(Duty) == 0


def test_outsiders_find_no_duties(visitor, otto, vera, evening, theirs, harbour, willow):
    for group, meeting in ((harbour, evening), (willow, theirs)):
        for path in (f"/m/{meeting.public_id}/duties", f"/m/{meeting.public_id}/duties/end"):
            for person in (visitor, otto):
                assert same_as_nothing(person.post(of(group, path), kind="chair"), person, path, kind="chair")
    assert vera.post(of(harbour, f"/m/{evening.public_id}/duties"), kind="chair").status_code == 404
    assert count(Duty) == 0


def test_duties_need_the_forms_token(app, tom, evening, harbour):
    guard(app)
    path = of(harbour, f"/m/{evening.public_id}")
    assert tom.post(f"{path}/duties", kind="chair").status_code == 400
    assert tom.post(f"{path}/duties", kind="chair", csrf_token=token_in(tom.get(path))).status_code == 303


def test_pages_name_no_account_and_are_neutral_in_their_title(maya, tom, evening, harbour, quay):
    account, membership = 987_654_321, 876_543_219  # numbers one would notice on a page
    with change() as (session, _):
        session.add(Account(id=account))
        session.add(Membership(id=membership, account_id=account, group_id=harbour.id, name="Ida", name_key="ida"))
    been_here()
    with reading() as session:
        ida = session.get(Membership, membership)
    serve(ida, evening, "chair")
    for path in (
        "/", "/calendar", "/calendar?view=agenda", "/calendar?day=2026-11-24", "/zone", of(harbour), "/me/shifts", of(harbour, "/rota"),
        of(harbour, f"/m/{evening.public_id}"), of(harbour, f"/rooms/{quay.slug}"), of(harbour, f"/rooms/{quay.slug}/series/new"),
    ):
        page = maya.get(path).text
        for secret in (str(account), str(membership), ida.handle, maya.membership.handle):
            assert secret not in page, path
        title = re.search(r"<title>([^<]*)</title>", page)[1]
        known = ("Lamplight", "Calendar", "The hour", "Your clock", "A new hour", "The room", "Group", "Rota", "Your page")
        assert title in known
    assert "Ida" in maya.get(of(harbour, f"/m/{evening.public_id}")).text


def test_the_group_page_lists_the_next_hours(visitor, tom, evening, harbour):
    for person in (visitor, tom):
        page = person.get(of(harbour)).text
        assert page.count("Evening harbour") >= 5 and "Tuesday 24 November" in page


def test_who_was_put_out_is_led_from_the_room_to_what_was_decided_about_them(app, maya, tom, nia, otto):
    meeting = hours.plan(begins_in=5)
    room = f"/g/{meeting.group.slug}/m/{meeting.public_id}"
    removed_at_once(tom, by=maya, meeting=meeting)
    for answer in (tom.get(f"{room}/room"), tom.post(f"{room}/raise_hand"), tom.post(f"{room}/look", words="x")):
        assert (answer.status_code, answer.location) == (303, f"/g/{meeting.group.slug}/steps")
    page = tom.get(f"/g/{meeting.group.slug}/steps")
    assert page.status_code == 200 and "Maya" not in page.text
    elsewhere = hours.plan("The Grove", begins_in=5)
    for path in (f"{room}/now", f"{room}/entries", f"/g/{meeting.group.slug}/m/{elsewhere.public_id}/room"):
        assert tom.get(path).status_code == 404, path
    assert nia.post(f"/g/{meeting.group.slug}/leave").status_code == 303
    for person in (otto, nia):
        assert person.get(f"{room}/room").status_code == 404, "who left by themselves, or never was here, finds nothing"


@pytest.mark.parametrize("after", ["²", "-1", "1e3", "٣", "9" * 9, ""])
def test_what_is_no_number_of_an_entry_is_said_to_be_none(app, maya, after):
    meeting = hours.plan(begins_in=5)
    answer = maya.get(f"/g/{meeting.group.slug}/m/{meeting.public_id}/entries", query_string={"after": after})
    assert answer.status_code == 422 and "after" in answer.text


def test_whoever_is_put_out_of_an_hour_whose_words_are_gone_is_answered_that_it_is_over(app, quay, maya, tom):
    hour = Spoken(app, quay, (maya, tom))
    hour.do(c.Close(by=hour.chair))
    hour.purge()
    answer = maya.post(f"{hour.path}/remove_now", who=tom.membership.handle, why="threats", agreement="3")
    assert answer.status_code == 303 and "This meeting has ended" in text_of(maya.get("/me"))


def test_whoever_is_signed_out_is_told_to_sign_in_first_at_any_address_alike(visitor, tom, evening, harbour):
    room = of(harbour, f"/m/{evening.public_id}/room")
    told = visitor.get(room)
    assert told.status_code == 404 and "sign in first, and open it again" in text_of(told)
    assert told.text == visitor.get("/g/zzzzzzzzzz/m/zzzzzzzzzz/room").text
    assert "sign in first" not in text_of(tom.get("/g/zzzzzzzzzz/m/zzzzzzzzzz/room"))
