"""What is refused at the door is not offered before: to whoever is kept out of a group, and to anybody where the
room is closed for now."""

import pytest

from groups.rooms.actions import RoomSettings, make_room
from groups.rooms.closing import lock_room, unlock_room
from groups.sentences import sentence
from tests.doors.asking import of
from tests.doors.reading import text_of
from tests.evenings import NOON, one, set_to
from tests.laddered import belongs, removed_at_once

pytestmark = pytest.mark.usefixtures("noon")
PAGES = ("/", "/calendar", "/calendar?view=agenda", "/calendar?view=week", "/calendar?day=2026-11-24")
NO = "You cannot come to this group for a while."


@pytest.fixture
def live(maya, quay):
    """An hour in the Quay that is on now."""
    hour = one(maya, quay, hours=-1 / 3)
    set_to(hour, phase="open")
    return hour


@pytest.fixture
def tonight(maya, quay):
    """One that comes tonight."""
    return one(maya, quay, "Late harbour", hours=8)


def offers(page, harbour) -> list[str]:
    """What a page offers of this group's hours: the ways in to be pressed."""
    return [what for what in ("Come in", of(harbour, "/join"), "/knock", "Join", "Ask to belong", "Anybody may") if what in page.text]


def test_whoever_is_kept_out_is_offered_nothing_that_would_be_refused(tom, otto, maya, harbour, live, tonight):
    assert all(offers(otto.get(page), harbour) for page in PAGES), "there is something to offer"
    removed_at_once(tom, maya)
    for page in (*PAGES, of(harbour), of(harbour, f"/m/{live.public_id}"), of(harbour, f"/m/{tonight.public_id}")):
        assert offers(tom.get(page), harbour) == [], page


def test_the_front_page_does_not_list_what_somebody_cannot_come_to(tom, maya, rosa, grove, harbour, willow, live, tonight):
    removed_at_once(tom, maya)
    assert "There are no hours you can come to yet." in tom.get("/").text
    assert "quiet hour" not in text_of(tom.get("/")).replace("A quiet hour with people", "") and "Late harbour" not in tom.get("/").text
    belongs(tom, willow, "Tim")
    one(rosa, grove, "Willow hour")
    page = tom.get("/").text
    assert "Willow hour" in page and "Late harbour" not in page
    assert "Late harbour" in tom.get("/calendar").text, "the calendar is everybody's"


def test_the_groups_page_says_why_and_leads_on(tom, maya, harbour, live, tonight):
    removed_at_once(tom, maya)
    page = tom.get(of(harbour))
    assert NO in page.text and f'href="{of(harbour, "/steps")}"' in page.text
    assert "Next open hours" not in page.text and "What we agree on" in page.text
    for hour in (live, tonight):
        page = tom.get(of(harbour, f"/m/{hour.public_id}"))
        assert NO in page.text and f'href="{of(harbour, "/steps")}"' in page.text and "The lobby opens" not in page.text


def test_who_may_come_back_finds_everything_again(tom, maya, harbour, live):
    removed_at_once(tom, maya)
    set_to(tom.membership, barred_until=NOON)
    assert offers(tom.get("/"), harbour) and offers(tom.get(of(harbour)), harbour)


@pytest.mark.parametrize("page", PAGES)
def test_to_ask_it_costs_no_question_more(otto, tom, maya, live, tonight, queries, page):
    """One for each page and none for each line: the same as for anybody."""
    otto.get(page), tom.get(page)
    asked = []
    for person in (otto, tom):
        queries.clear()
        person.get(page)
        asked.append(len(queries))
    removed_at_once(tom, maya)
    queries.clear()
    tom.get(page)
    assert len(queries) <= max(asked)


def test_a_room_that_is_closed_for_now_offers_no_way_in(visitor, otto, tom, maya, quay, harbour, live):
    lock_room(maya.membership, quay, "A pipe burst.")
    for person in (visitor, otto, tom):
        for page in PAGES:
            text = person.get(page).text
            assert "Come in" not in text and "on now" in text, (person.name, page)
        page = person.get(of(harbour, f"/m/{live.public_id}"))
        assert "Come in" not in page.text and "This room is closed for now." in page.text
    unlock_room(maya.membership, quay)
    assert "Come in" in tom.get("/").text and "Come in" in tom.get(of(harbour, f"/m/{live.public_id}")).text


def test_whoever_is_inside_a_room_that_was_closed_finds_back_to_their_place(tom, otto, maya, quay, harbour, live):
    lock_room(maya.membership, quay, "A pipe burst.")
    page = of(harbour, f"/m/{live.public_id}")
    assert f'href="{page}/room"' in tom.get(page).text
    assert f'href="{page}/room"' not in otto.get(page).text


def test_a_lobby_that_will_not_open_is_not_promised_any_moment(tom, maya, quay, harbour):
    due = one(maya, quay, "Soon", hours=1 / 6)
    later = one(maya, quay, "Later", hours=3)
    lock_room(maya.membership, quay, "A pipe burst.")
    page = tom.get(of(harbour, f"/m/{due.public_id}")).text
    assert "This room is closed for now." in page and "The lobby opens" not in page
    page = tom.get(of(harbour, f"/m/{later.public_id}")).text
    assert sentence("room_locked_ahead") in page and "Then the lobby opens" in page, "it may be open again by then"


def test_a_room_that_is_closed_for_now_is_not_promised_on_the_front_page(visitor, maya, quay, harbour):
    closed = one(maya, quay, "Early light", hours=3)
    other = make_room(maya.membership, RoomSettings(name="The Cabin"))
    cabin = one(maya, other, "Late light", hours=5)
    assert f'The next hour is <a href="{of(harbour, f"/m/{closed.public_id}")}">' in visitor.get("/").text
    lock_room(maya.membership, quay, "A pipe burst.")
    page = visitor.get("/").text
    assert f'The next hour is <a href="{of(harbour, f"/m/{cabin.public_id}")}">' in page
    lock_room(maya.membership, other, "There too.")
    page = text_of(visitor.get("/"))
    assert "The next hour is" not in page and "The rooms of the next hours are closed for now." in page


def test_the_next_open_room_is_found_behind_any_number_of_closed_ones(visitor, maya, quay, harbour):
    for hours in range(1, 12):
        one(maya, quay, "Early light", hours=hours * 3)
    cabin = one(maya, make_room(maya.membership, RoomSettings(name="The Cabin")), "Late light", hours=24 * 20)
    lock_room(maya.membership, quay, "A pipe burst.")
    assert f'The next hour is <a href="{of(harbour, f"/m/{cabin.public_id}")}">' in visitor.get("/").text


@pytest.mark.parametrize("page", PAGES)
def test_wherever_hours_are_listed_a_closed_room_says_so(visitor, tom, maya, quay, tonight, page):
    for person in (visitor, tom):
        assert "closed for now" not in person.get(page).text
    lock_room(maya.membership, quay, "A pipe burst.")
    for person in (visitor, tom):
        assert "closed for now" in person.get(page).text, person.name


def test_whoever_is_kept_out_is_not_told_that_the_room_is_closed(tom, maya, quay, tonight):
    removed_at_once(tom, maya)
    assert "closed for now" not in tom.get("/calendar").text
