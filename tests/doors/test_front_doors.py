"""The front door and the clock to read by: right times in two zones, open doors only, one lamp."""

import re
from datetime import timedelta

import pytest

from groups.accounts.models import SignIn
from groups.rooms.actions import RoomSettings, make_room
from groups.rooms.models import Door
from tests.doors.asking import guard, of, token_in
from tests.doors.reading import part, reads_by
from tests.evenings import NOON, count, every_tuesday, one, set_to

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def evening(maya, quay):
    """Tonight at 19:00 London in the Quay, and every Tuesday."""
    return every_tuesday(maya, quay)


@pytest.fixture
def theirs(rosa, grove):
    """An hour of Willow's, which takes people by invitation."""
    return one(rosa, grove, "Willow hour")


def test_an_empty_house_says_so(visitor):
    page = visitor.get("/")
    assert page.status_code == 200 and "No hours are on the calendar yet." in page.text
    assert "peer support, not therapy" in page.text and "Compassion and choice" in page.text


def test_a_visitor_finds_tonight_in_their_own_time(visitor, evening, harbour):
    page = reads_by(visitor, "Europe/Berlin").get("/")
    assert 'data-zone-shown="Europe/Berlin"' in page.text and "Times in Berlin." in page.text
    tonight = part(page, "tonight")
    assert '<time datetime="2026-11-24T19:00Z">20:00</time>' in tonight
    assert "Evening harbour" in tonight and "Harbour" in tonight and "Sharing" in tonight and "19:00 in London" in tonight
    assert of(harbour, f"/m/{evening.public_id}") in tonight
    assert "The next hour is" in part(page, "now") and "in 7 hours" in part(page, "now")
    assert "Tuesday 1 December" in part(page, "week")


def test_the_same_hour_reads_differently_in_another_zone(visitor, evening):
    page = reads_by(visitor, "America/Los_Angeles").get("/")
    assert '<time datetime="2026-11-24T19:00Z">11:00</time>' in part(page, "tonight")
    assert 'id="tonight">Later today<' in page.text
    page = reads_by(visitor, "Asia/Kathmandu").get("/")
    assert '<time datetime="2026-11-24T19:00Z">00:45</time>' in part(page, "tonight")
    assert 'id="tonight">Tonight<' in page.text


def test_what_begins_after_midnight_tonight_says_on_which_day(visitor, maya, quay, evening):
    one(maya, quay, "Late hour", hours=3)
    tonight = part(reads_by(visitor, "Asia/Kathmandu").get("/"), "tonight")
    late, evening = tonight.split("<li")[1:]
    assert ">20:45</time>" in late and "November" not in late
    assert ">00:45</time>" in evening and "Wednesday 25 November" in evening


def test_looking_around_leaves_no_trace_on_either_side(visitor, maya, quay, evening, harbour):
    set_to(one(maya, quay, hours=-1 / 3), phase="open")
    before = count(SignIn)
    for path in ("/", "/calendar", "/calendar?day=2026-11-24", of(harbour, f"/m/{evening.public_id}")):
        assert "Set-Cookie" not in visitor.get(path).headers, path
    assert count(SignIn) == before


def test_without_a_cookie_a_member_reads_by_their_groups_clock(vera, visitor):
    assert "Times in New York." in vera.get("/").text
    assert "Times in UTC." in visitor.get("/").text
    assert "Times in UTC." in reads_by(visitor, "Mars/Olympus").get("/").text


def test_what_is_on_has_one_button_to_come_in(app, visitor, tom, maya, quay, evening, harbour):
    live = one(maya, quay, hours=-1 / 3)
    set_to(live, phase="open")
    now = part(visitor.get("/"), "now")
    assert "on now" in now and "Come in" in now and "The next hour is" not in now
    assert of(harbour, f"/join?meeting={live.public_id}") in now
    guard(app)
    page = tom.get("/")
    now = part(page, "now")
    assert f'action="{of(harbour, f"/m/{live.public_id}/knock")}"' in now and "Your hours" in page.text
    assert token_in(page)
    assert page.text.count('class="button"') == 1, "one lamp on a page"


def test_a_lobby_that_is_due_is_listed_as_now(visitor, evening, freeze):
    freeze(NOON + timedelta(hours=6, minutes=45, seconds=1))
    page = visitor.get("/")
    assert "Evening harbour" in part(page, "now") and 'id="tonight"' not in page.text
    set_to(evening, phase="lobby")
    assert "lobby open" in part(visitor.get("/"), "now")


def test_visitors_see_open_doors_only_and_members_their_own_too(visitor, otto, tom, vera, maya, quay, evening, theirs):
    back = make_room(maya.membership, RoomSettings(name="Back room", door=Door.MEMBERS))
    one(maya, back, "Members alone", hours=8)
    for person in (visitor, otto):
        page = person.get("/").text
        assert "Evening harbour" in page and "Members alone" not in page and "Willow hour" not in page
        assert "yours" not in page
    assert "Members alone" in tom.get("/").text and "Willow hour" not in tom.get("/").text
    assert "Willow hour" in vera.get("/").text and "Members alone" not in vera.get("/").text


def test_a_clock_is_chosen_without_an_account_and_remembered(visitor, evening):
    assert visitor.get("/zone?next=/calendar").status_code == 200
    answer = visitor.post("/zone?next=/calendar", zone="Asia/Kathmandu")
    assert (answer.status_code, answer.location) == (303, "/calendar")
    assert "tz=Asia/Kathmandu" in answer.headers["Set-Cookie"] and "Max-Age=31536000" in answer.headers["Set-Cookie"]
    assert "times in Kathmandu" in visitor.get("/calendar").text
    assert re.search(r'selected value="Asia/Kathmandu"', visitor.get("/zone").text)


@pytest.mark.parametrize("older, name, city", [
    ("Asia/Calcutta", "Asia/Kolkata", "Kolkata"), ("Europe/Kiev", "Europe/Kyiv", "Kyiv"), ("US/Pacific", "America/Los_Angeles", "Los Angeles"),
    ("Iceland", "Atlantic/Reykjavik", "Reykjavík"),
])
def test_a_browser_that_says_an_older_name_is_understood(visitor, evening, older, name, city):
    read = reads_by(visitor, older).get("/calendar").text
    assert f"times in {city}" in read and f'data-zone-shown="{name}"' in read
    assert re.search(rf'selected value="{name}"', visitor.get("/zone").text)
    assert f"tz={name};" in visitor.post("/zone", zone=older).headers["Set-Cookie"], "kept under the name of today"


def test_an_offset_is_no_place_to_read_from(visitor, evening):
    read = reads_by(visitor, "Etc/GMT+5").get("/calendar").text
    assert "times in UTC" in read and "GMT" not in read


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../../etc/passwd", "x" * 9000, "Europe/London\r\nSet-Cookie: a=b", None])
def test_a_zone_nobody_knows_is_refused_beside_the_field_and_no_cookie_is_set(visitor, zone):
    answer = visitor.post("/zone?next=/calendar", **({} if zone is None else {"zone": zone}))
    if zone is None:
        assert answer.status_code == 303, "what was chosen before stands"
        return
    assert answer.status_code == 422 and "We do not know this time zone." in answer.text
    assert "tz=" not in answer.headers.get("Set-Cookie", "")
    assert 'action="/zone?next=/calendar"' in answer.text


@pytest.mark.parametrize("onward", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "", "/" * 999])
def test_choosing_a_clock_leads_to_pages_of_ours_only(visitor, onward):
    answer = visitor.client.post("/zone", query_string={"next": onward} if onward else None, data={"zone": "Europe/Berlin"})
    assert (answer.status_code, answer.location) == (303, "/")


def test_any_page_can_lead_on_with_the_next_open_hours(app, visitor, evening, theirs):
    with app.test_request_context("/"):
        shown = app.jinja_env.get_template("schedule/_next_open.html").render()
    assert shown.count("Evening harbour</bdi>") == 3 and "Willow hour" not in shown and "Tuesday 24 November" in shown
