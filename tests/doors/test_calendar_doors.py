"""The calendar's other doors: the week, filters and search, what was moved or called off, two clocks,
hours that are not listed, and what is left of it on paper."""

import re
from datetime import timedelta

import pytest

from groups.db import change
from groups.rooms.actions import RoomSettings, make_room
from groups.rota.actions import serve
from groups.rota.models import Coming
from groups.schedule.filters import hidden, shown, sign
from tests.doors.asking import of
from tests.doors.reading import part, reads_by, text_of
from tests.evenings import NOON, every_tuesday, one, set_to

pytestmark = pytest.mark.usefixtures("noon_among_members")


@pytest.fixture
def evening(maya, quay):
    """Tonight at 19:00 London in the Quay, and every Tuesday."""
    return every_tuesday(maya, quay)


def links(page, words: str) -> str:
    """Where the link of these words leads."""
    return re.search(rf'href="([^"]*)"[^>]*>\s*{words}\s*<', page.text)[1].replace("&amp;", "&")


def test_a_week_is_a_table_of_days_in_parts_and_a_list(visitor, evening, maya, quay):
    one(maya, quay, "Morning light", hours=44)
    page = reads_by(visitor, "Europe/Berlin").get("/calendar?view=week")
    assert page.status_code == 200 and "<title>Calendar</title>" in page.text
    assert "23 to 29 November 2026" in page.text and page.text.count('<th scope="col"') == 7
    assert re.findall(r'<th scope="row">(\w+)</th>', page.text) == ["Morning", "Evening"]
    cell = re.search(r'<td id="day-2026-11-24-evening"[^>]*>(.*?)</td>', page.text, re.S)
    assert "Evening harbour" in cell[1] and "19:00 in London" in cell[1]
    assert 'data-name="Tuesday 24 November, evening, today, one meeting"' in cell[0]
    assert 'data-name="Friday 27 November, evening, nothing planned"' in page.text
    assert page.text.count("Nothing planned") == 4, "in the list for narrow windows, which leaves out an empty day gone by"
    assert "Week before" in page.text and links(page, "Week after") == "/calendar?view=week&week=2026-11-30"
    assert "This week" not in text_of(page) and "This week" in text_of(visitor.get("/calendar?view=week&week=2026-12-05"))
    assert "Nothing is planned in this week." in visitor.get("/calendar?view=week&week=2026-02-05").text


def test_weeks_that_are_over_are_marked_in_this_month_and_in_no_other(visitor, evening):
    weeks = re.findall(r'<tr( class="past")?>\s*<td id="day-(\S+)"', visitor.get("/calendar").text)
    assert [(bool(past), monday) for past, monday in weeks] == [
        (True, "2026-10-26"), (True, "2026-11-02"), (True, "2026-11-09"), (True, "2026-11-16"), (False, "2026-11-23"), (False, "2026-11-30"),
    ]
    assert 'class="past"' not in visitor.get("/calendar?month=2026-10").text, "there all of it is, and is what was asked for"


def test_a_busy_part_of_a_day_folds_alone(visitor, tom, maya, quay):
    for n in range(8):
        one(maya, make_room(maya.membership, RoomSettings(name=f"Room {n}")), f"Hour {n}", hours=30 + n / 4)
    one(maya, quay, "Morning light", hours=20)
    week = visitor.get("/calendar?view=week").text
    assert "8 meetings, 18:00 to 20:45" in week and "Morning light" in week and "Hour 0" not in week
    assert "Hour 0" in tom.get("/calendar?view=week").text, "one's own stay in sight"


def test_every_view_knows_the_same_time_in_the_others(visitor, evening):
    december = visitor.get("/calendar?month=2026-12")
    assert links(december, "Week") == "/calendar?view=week&week=2026-12-01"
    assert links(december, "Agenda") == "/calendar?view=agenda&month=2026-12"
    week = visitor.get("/calendar?view=week&week=2026-12-03")
    assert links(week, "Month") == "/calendar?month=2026-11" or links(week, "Month") == "/calendar?month=2026-12"
    day = visitor.get("/calendar?view=week&day=2026-12-01")
    assert links(day, "The whole week") == "/calendar?view=week&week=2026-12-01"
    assert links(day, "Today") == "/calendar?view=week&day=2026-11-24"
    assert links(visitor.get("/calendar"), "Week") == "/calendar?view=week"


def test_a_day_of_very_many_is_listed_by_the_hour(visitor, tom, maya):
    for n in range(14):
        one(maya, make_room(maya.membership, RoomSettings(name=f"Room {n}")), f"Hour {n}", hours=30 + n / 5)
    day = visitor.get("/calendar?day=2026-11-25").text
    assert re.findall(r"<strong>(\d\d:00)</strong> (\d meetings)", day) == [("18:00", "5 meetings"), ("19:00", "5 meetings"), ("20:00", "4 meetings")]
    assert all(f"<bdi>Hour {n}</bdi>" in day or f">Hour {n}</bdi>" in day for n in range(14))
    assert "In your groups" not in day and "In your groups" in tom.get("/calendar?day=2026-11-25").text


def test_a_filter_stays_while_one_turns_and_says_what_is_on(visitor, evening, harbour):
    chosen = f"kind={sign('sharing')}&group={harbour.slug}"
    page = visitor.get(f"/calendar?{chosen}")
    assert page.status_code == 200 and "Showing only Sharing, Harbour" in text_of(page).replace("sharing", "Sharing").replace(" ,", ",")
    for words in ("December", "Week", "Agenda"):
        address = links(page, words)
        assert f"kind={sign('sharing')}" in address and f"group={harbour.slug}" in address, words
        assert "Evening harbour" in visitor.get(address).text
    assert re.search(rf'<option value="{harbour.slug}" selected>', page.text)
    assert links(page, "Show all hours") == "/calendar"
    day = visitor.get(f"/calendar?day=2026-12-01&{chosen}")
    assert '<input type="hidden" name="day" value="2026-12-01">' in day.text and f"kind={sign('sharing')}" in links(day, "Day after")


def test_words_somebody_looked_for_do_not_stand_in_the_address(visitor, evening):
    answer = visitor.get("/calendar?words=Évening++harbour&view=week&day=&language=")
    assert answer.status_code == 303 and "harbour" not in answer.location.lower() and "words" not in answer.location
    query = dict(pair.split("=") for pair in answer.location.partition("?")[2].split("&"))
    assert query["view"] == "week" and shown(query["q"]) == "Évening harbour" and set(query) == {"view", "q"}
    page = visitor.get(answer.location)
    assert page.status_code == 200 and "Evening harbour</bdi>" in page.text and 'value="Évening harbour"' in page.text
    assert visitor.get("/calendar?words=+&q=" + hidden("old")).location == "/calendar", "nothing typed is no search"
    assert len(visitor.get("/calendar?words=" + "x" * 5000).location) < 120


def test_where_nothing_fits_the_page_says_so_and_offers_less(visitor, evening, harbour):
    page = visitor.get(f"/calendar?month=2027-01&kind={sign('check-in')}&group={harbour.slug}")
    assert page.status_code == 200 and "No hour in January 2027 fits all of this." in text_of(page)
    assert "<table" not in page.text and page.text.count('class="button"') == 1, "one lamp"
    assert links(page, "Show all hours") == "/calendar?month=2027-01"
    fewer = re.search(r'href="([^"]*)"><span>Without <bdi>check-in</bdi>', page.text)[1]
    assert "Evening harbour" in visitor.get(fewer.replace("&amp;", "&")).text
    page = visitor.get(f"/calendar?month=2026-10&group={harbour.slug}")
    assert "No hour in October 2026 fits." in text_of(page) and "The next one that fits is Evening harbour" in text_of(page)


def test_on_the_last_days_of_a_month_the_list_leads_on_to_the_next_that_fits(visitor, evening, harbour, freeze):
    freeze.forward(days=3)  # Friday 27 November; the grid goes on to Sunday 6 December, the list does not
    narrow = f"group={harbour.slug}&kind={sign('sharing')}"
    for path in (f"/calendar?view=agenda&{narrow}", f"/calendar?{narrow}"):
        said = text_of(visitor.get(path))
        assert "Nothing more in November 2026 fits. The next one that fits is Evening harbour , Tuesday 1 December at 19:00." in said, path
    set_to(evening, starts_at=evening.starts_at - timedelta(days=40), ends_at=evening.ends_at - timedelta(days=40))
    page = visitor.get(f"/calendar?view=agenda&{narrow}")
    assert "No hour this month fits" in text_of(page) and "Tuesday 1 December" in text_of(page) and "On paper" not in text_of(page)
    assert "<table" in visitor.get(f"/calendar?{narrow}").text, "the grid has that Tuesday"
    assert "The next one that fits" not in text_of(visitor.get(f"/calendar?view=week&week=2026-12-01&{narrow}"))


def test_the_grids_say_of_todays_hours_what_is_over(visitor, maya, quay, freeze):
    one(maya, quay, "Early hour", hours=1)
    one(maya, quay, "Late hour", hours=5)
    freeze.forward(hours=3)
    for path in ("/calendar", "/calendar?view=week"):
        grid = visitor.get(path).text.split("<table")[1].split("</table")[0]
        early, late = (item for item in re.findall(r"<li.*?</li>", grid, re.S) if "Early" in item or "Late" in item)
        assert 'class="over"' in early and "over</span>" in early and "over" not in late
    freeze.forward(days=1)
    grid = visitor.get("/calendar").text.split("<table")[1].split("</table")[0]
    assert grid.count('class="over"') == 2 and "over</span>" not in grid, "a day that is over says so by its date"


@pytest.mark.parametrize("query", [
    "language=xx", "kind=sharing", "for=anybody", "who=members", "room=x", "group=mine", "serve=1", "q=%25", "q=%00", "language=en%00", "for=" + "9" * 4000,
])
def test_a_choice_nobody_knows_is_left_out_with_a_sentence(visitor, evening, query):
    answer = visitor.get(f"/calendar?month=2026-12&{query}")
    assert answer.status_code == 422 and "It was left out; the others stand." in answer.text
    assert "December 2026" in answer.text and "Evening harbour" in answer.text


@pytest.mark.parametrize("query", ["view=week&week=x", "view=week&week=9999-12-31", "view=week&week=2026-02-30", "paper=all"])
def test_a_silly_week_gets_this_month_and_a_sentence(visitor, evening, query):
    answer = visitor.get(f"/calendar?{query}")
    assert answer.status_code == 422 and "November 2026" in answer.text and "Evening harbour" in answer.text


def test_what_was_moved_or_called_off_says_so_everywhere(visitor, maya, quay, evening, harbour):
    late = one(maya, quay, "Late hour", hours=32)
    set_to(late, own_start=late.starts_at - timedelta(days=1), why="The room was taken.")
    set_to(evening, phase="cancelled", why="A holiday.")
    reads_by(visitor, "Europe/Berlin")
    for path in ("/calendar", "/calendar?view=week", "/calendar?view=agenda"):
        said = text_of(visitor.get(path))
        assert "moved from Tue 21:00: The room was taken." in said and "A holiday." in said and "cancelled" in said, path
    assert "moved from Tue 21:00: The room was taken." in text_of(visitor.get("/"))
    moved = text_of(visitor.get(of(harbour, f"/m/{late.public_id}")))
    assert "Moved from Tue 21:00." in moved and "The room was taken." in moved
    assert "A holiday." in text_of(visitor.get(of(harbour, f"/m/{evening.public_id}")))


def test_where_people_meet_by_it_the_meetings_own_clock_is_read_first(visitor, maya, quay, harbour):
    hour = one(maya, quay, "Sea hour", hours=7)
    set_to(hour, own_clock_first=True)
    reads_by(visitor, "Asia/Kathmandu")
    for path in ("/", "/calendar", "/calendar?view=week", "/calendar?view=agenda", "/calendar?day=2026-11-25"):
        page = visitor.get(path)
        assert '<time datetime="2026-11-24T19:00Z">19:00</time>' in page.text, path
        assert "London, Tue 24 Nov" in page.text and "00:45 in Kathmandu" in page.text, path
    page = text_of(visitor.get(of(harbour, f"/m/{hour.public_id}")))
    assert "Tuesday 24 November, 19:00 to 20:00 in London" in page and "00:45 in Kathmandu" in page


def test_an_hour_that_is_not_listed_is_there_for_its_own_group_alone(visitor, otto, vera, tom, evening, harbour):
    set_to(evening, is_listed=False)
    page = of(harbour, f"/m/{evening.public_id}")
    for person in (visitor, otto, vera):
        for path in ("/", "/calendar?day=2026-11-24", "/calendar?view=week", "/calendar?q=" + hidden("evening")):
            assert "2026-11-24T19:00Z" not in person.get(path).text, (person.name, path)
        assert person.get(page).status_code == 404
    assert "2026-11-24T19:00Z" in tom.get("/").text and tom.get(page).status_code == 200


def test_a_member_finds_what_is_next_for_them_and_what_is_open_elsewhere(tom, vera, maya, rosa, quay, grove, evening):
    soon = one(rosa, grove, "Willow hour", hours=3, zone="America/New_York")
    page = reads_by(vera, "Europe/London").get("/")
    assert "Your hours" in page.text and "Willow hour" in part(page, "next") and "in 3 hours" in part(page, "next")
    assert "Evening harbour" in part(page, "elsewhere") and "Evening harbour" not in part(page, "next")
    assert page.text.count('class="button"') == 1 and 'class="button"' in part(page, "next")
    set_to(soon, phase="open", starts_at=NOON - timedelta(minutes=5))
    later = reads_by(tom, "Europe/London").get("/")
    assert "Evening harbour" in part(later, "next") and "Tuesday 1 December" in part(later, "later")
    assert "elsewhere" not in later.text, "Willow takes nobody in from the street"
    now = vera.get("/")
    assert "Come in" in part(now, "now") and "Nothing more is planned in your groups yet." in part(now, "next")
    assert now.text.count('class="button"') == 1 and 'class="button"' in part(now, "now")


def test_hours_where_i_serve_or_plan_to_come_say_so_to_me_alone(tom, nia, visitor, maya, quay, evening):
    other = one(maya, quay, "Thursday", hours=54)
    serve(tom.membership, evening, "chair")
    with change() as (session, _):
        session.add(Coming(meeting_id=other.id, membership_id=tom.membership.id))
    for path in ("/", "/calendar", "/calendar?view=week", "/calendar?view=agenda"):
        page = tom.get(path).text
        assert "you serve" in page and "you plan to come" in page, path
        for person in (nia, maya, visitor):
            assert "you serve" not in person.get(path).text and "you plan to come" not in person.get(path).text
    mine = tom.get("/calendar?serve=1")
    assert mine.status_code == 200 and "Evening harbour" in mine.text and ">Thursday</bdi>" not in mine.text


def test_paper_gets_times_unless_somebody_asks_for_names(visitor, evening):
    plain, named = visitor.get("/calendar"), visitor.get("/calendar?paper=names")
    assert '<div class="calendar">' in plain.text and '<div class="calendar named">' in named.text
    assert 'media="print"' in plain.text and links(plain, "Print with names") == "/calendar?paper=names"
    cell = re.search(r'<td id="day-2026-11-24"[^>]*>(.*?)</td>', plain.text, re.S)[1]
    left = re.sub(r'<(\w+) class="[^"]*unprinted[^"]*"[^>]*>.*?</\1>', "", cell, flags=re.S)
    assert " ".join(re.sub(r"<[^>]+>", " ", left).split()) == "24 19:00 to 20:00"
