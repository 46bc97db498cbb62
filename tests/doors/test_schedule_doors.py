"""The calendar: a real table, an agenda, a day in full; kind to silly addresses."""

import re
from datetime import timedelta

import pytest

from groups.db import change
from groups.rooms.actions import RoomSettings, make_room
from groups.schedule.models import Meeting
from tests.doors.asking import of
from tests.doors.reading import reads_by, text_of
from tests.evenings import NOON, every_tuesday, one, set_to

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def evening(maya, quay):
    """Tonight at 19:00 London in the Quay, and every Tuesday."""
    return every_tuesday(maya, quay)


@pytest.fixture
def theirs(rosa, grove):
    """An hour of Willow's, which takes people by invitation."""
    return one(rosa, grove, "Willow hour")


def test_the_month_is_a_real_table_and_says_today_in_words(visitor, evening, harbour):
    page = reads_by(visitor, "Europe/Berlin").get("/calendar")
    assert page.status_code == 200 and "<title>Calendar</title>" in page.text
    assert '<caption class="visually-hidden">November 2026, times in Berlin</caption>' in page.text
    assert page.text.count('<th scope="col">') == 7 and page.text.count("<td") == 42
    cell = re.search(r'<td id="day-2026-11-24"[^>]*aria-current="date">(.*?)</td>', page.text, re.S)[1]
    assert "24" in cell and "today" in cell and "Evening harbour" in cell and "19:00 in London" in cell
    assert f'href="{of(harbour, f"/m/{evening.public_id}")}"' in cell
    assert 'class="agenda"' in page.text, "for narrow windows"


def test_the_agenda_has_days_with_rows_and_no_table(visitor, evening):
    page = reads_by(visitor, "Asia/Kathmandu").get("/calendar?view=agenda&month=2026-11")
    assert "<table" not in page.text
    assert "Wednesday 25 November" in page.text and "00:45" in page.text and "19:00 in London" in page.text
    assert "Tue 24 Nov, 19:00 in London" in page.text, "it is another day there"


def test_one_turns_from_month_to_month_and_to_a_day(visitor, evening):
    page = visitor.get("/calendar").text
    assert "month=2026-10" in page and "month=2026-12" in page and "day=2026-11-24" in page
    december = visitor.get("/calendar?month=2026-12").text
    assert december.count(">Evening harbour</bdi>") == 2 * 5, "five Tuesdays, in the grid and in the agenda"
    assert 'aria-current="date"' not in december
    day = visitor.get("/calendar?day=2026-12-01").text
    assert "Tuesday 1 December" in day and "Evening harbour" in day and "day=2026-11-30" in day and "day=2026-12-02" in day
    assert "Nothing is planned on this day." in visitor.get("/calendar?day=2026-12-02").text


def test_the_calendar_ends_somewhere(visitor):
    assert 'rel="prev"' not in visitor.get("/calendar?month=2024-11").text
    assert 'rel="next"' not in visitor.get("/calendar?month=2028-01").text
    assert 'rel="next"' not in visitor.get("/calendar?day=2028-01-31").text
    assert 'rel="prev"' not in visitor.get("/calendar?day=2024-11-01").text


def test_a_cancelled_hour_is_struck_through_and_says_so(visitor, evening, harbour):
    set_to(evening, phase="cancelled")
    for path in ("/calendar", "/calendar?view=agenda", "/calendar?day=2026-11-24", of(harbour, f"/m/{evening.public_id}")):
        page = visitor.get(path).text
        assert "cancelled" in text_of(visitor.get(path)) and ("<s>" in page or 'class="cancelled"' in page), path
    assert "2026-11-24T19:00Z" not in visitor.get("/").text, "the front door shows what one can go to"


def test_a_busy_evening_folds_into_a_sentence_that_leads_to_the_day(visitor, tom, maya):
    for n in range(9):
        room = make_room(maya.membership, RoomSettings(name=f"Room {n}"))
        one(maya, room, f"Hour {n}", hours=30 + n / 3)
    page = reads_by(visitor, "Europe/Berlin").get("/calendar").text
    assert "9 meetings, 19:00 to 22:40" in page and "Hour 0" not in page
    mine = reads_by(tom, "Europe/Berlin").get("/calendar").text
    assert "9 meetings, 19:00 to 22:40" in mine and "Hour 1" in mine and "Hour 2" not in mine
    day = visitor.get("/calendar?day=2026-11-25").text
    assert all(f"Hour {n}" in day for n in range(9))


def test_a_day_of_very_many_has_pages(visitor, quay):
    with change() as (session, _):
        session.add_all(
            Meeting(
                room_id=quay.id, title=f"Hour {n}", zone="UTC", starts_at=NOON + timedelta(minutes=n),
                ends_at=NOON + timedelta(minutes=n + 60), format="sharing-60",
            ) for n in range(70)
        )
    first, second = visitor.get("/calendar?day=2026-11-24"), visitor.get("/calendar?day=2026-11-24&page=2")
    assert "Hour 59<" in first.text and "Hour 60<" not in first.text and "page=2" in first.text
    assert "Hour 60<" in second.text and "Hour 69<" in second.text and "page=1" in second.text and "page=3" not in second.text
    assert "Nothing more is planned on this day." in visitor.get("/calendar?day=2026-11-24&page=500").text


def test_a_group_is_a_filter_and_a_closed_one_is_not_there_for_others(visitor, otto, vera, maya, evening, theirs, harbour, willow):
    page = visitor.get(f"/calendar?group={harbour.slug}")
    assert "Evening harbour" in page.text and "Harbour" in page.text
    assert "Willow hour" in vera.get(f"/calendar?group={willow.slug}").text
    assert "Evening harbour" not in vera.get(f"/calendar?group={willow.slug}").text
    for person in (visitor, otto, maya):
        for slug in (willow.slug, "nosuchgroup", "%00", "x" * 500):
            answer = person.get(f"/calendar?group={slug}")
            assert answer.status_code == 404 and "Willow" not in answer.text


@pytest.mark.parametrize("query, told", [
    ("month=x", "This is not a month we can read."), ("month=2026-13", "This is not a month we can read."),
    ("month=" + "9" * 3000, "This is not a month we can read."), ("month=9999-12", "further ahead than the calendar goes"),
    ("month=0001-01", "further back than the calendar is kept"), ("month=2026-11%00", "This is not a month we can read."),
    ("day=2026-02-30", "This is not a date we can read."), ("day=x", "This is not a date we can read."),
    ("day=9999-12-31", "further ahead than the calendar goes"), ("day=0001-01-01", "further back than the calendar is kept"),
    ("view=sideways", "did not arrive whole"), ("day=2026-11-24&page=0", "did not arrive whole"),
    ("day=2026-11-24&page=-1", "did not arrive whole"), ("day=2026-11-24&page=501", "did not arrive whole"),
    ("day=2026-11-24&page=" + "9" * 400, "did not arrive whole"), ("day=2026-11-24&page=%C2%B2", "did not arrive whole"),
])
def test_a_silly_address_gets_this_month_and_a_sentence(visitor, evening, query, told):
    answer = visitor.get(f"/calendar?{query}")
    assert answer.status_code == 422
    assert told in answer.text and "November 2026" in answer.text and "Evening harbour" in answer.text


@pytest.mark.parametrize("zone", ["Pacific/Apia", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Australia/Lord_Howe", "America/St_Johns"])
def test_every_zone_has_a_calendar(visitor, evening, zone):
    for path in ("/", "/calendar", "/calendar?month=2027-03", "/calendar?day=2027-03-28"):
        assert reads_by(visitor, zone).get(path).status_code == 200
