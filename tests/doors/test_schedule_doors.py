"""The front door, the calendar, one meeting, a new weekly hour, and the clock to read by: each page
works, shows right times in two zones, is closed to outsiders, and answers nonsense kindly."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import func, select

from groups import clock
from groups.db import change, reading
from groups.membership.models import Group
from groups.rooms.actions import RoomSettings, make_room
from groups.rooms.models import Door, Room
from groups.schedule.actions import add_one_meeting, schedule_series, serve
from groups.schedule.models import Duty, Meeting, Series
from groups.schedule.plans import Plan
from tests.doors.asking import guard, of, same_as_nothing, token_in

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR = {
    "title": "Evening harbour", "weekdays": ["1", "3"], "every": "2", "first_day": "2026-11-24", "wall_time": "19:00",
    "zone": "Europe/London", "minutes": "60", "format": "sharing-60",
}


@pytest.fixture(autouse=True)
def noon(freeze):
    """It is Tuesday noon in London."""
    freeze(NOON)


@pytest.fixture
def evening(maya, quay):
    """Tuesdays at 19:00 London in the Quay; the first is tonight."""
    plan = Plan("Evening harbour", date(2026, 11, 24), time(19), "Europe/London", "FREQ=WEEKLY", 60, "sharing-60")
    series = schedule_series(maya.membership, quay, plan)
    with reading() as session:
        return session.scalar(select(Meeting).where(Meeting.series_id == series.id).order_by(Meeting.starts_at).limit(1))


@pytest.fixture
def theirs(rosa, grove):
    """An hour of Willow's, which takes people by invitation."""
    return one(rosa, grove, "Willow hour", NOON + timedelta(hours=7))


def one(by, room, title, starts_at, zone="Europe/London"):
    return add_one_meeting(by.membership, room, title=title, starts_at=starts_at, zone=zone, minutes=60, format="sharing-60")


def set_to(thing, **values):
    with change() as (session, _):
        for name, value in values.items():
            setattr(session.get(type(thing), thing.id), name, value)


def count(kind):
    with reading() as session:
        return session.scalar(select(func.count()).select_from(kind))


def reads_by(person, zone):
    person.client.set_cookie("tz", zone)
    return person


def text_of(page):
    """What one reads, without the markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def part(page, name):
    """The section under the heading of that id."""
    return re.search(rf'<section[^>]*aria-labelledby="{name}">(.*?)</section>\s*(?=<section|<p>|</main)', page.text, re.S)[1]


# --- front door --------------------------------------------------------------------------------


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


def test_without_a_cookie_a_member_reads_by_their_groups_clock(vera, visitor):
    assert "Times in New York." in vera.get("/").text
    assert "Times in UTC." in visitor.get("/").text
    assert "Times in UTC." in reads_by(visitor, "Mars/Olympus").get("/").text


def test_what_is_on_has_one_button_to_come_in(app, visitor, tom, maya, quay, evening, harbour):
    live = one(maya, quay, "A quiet hour", NOON - timedelta(minutes=20))
    set_to(live, phase="open")
    now = part(visitor.get("/"), "now")
    assert "on now" in now and "Come in" in now and "The next hour is" not in now
    assert of(harbour, f"/join?meeting={live.public_id}") in now
    guard(app)
    page = tom.get("/")
    now = part(page, "now")
    assert f'action="{of(harbour, f"/m/{live.public_id}/knock")}"' in now and "yours" in now
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
    one(maya, back, "Members alone", NOON + timedelta(hours=8))
    for person in (visitor, otto):
        page = person.get("/").text
        assert "Evening harbour" in page and "Members alone" not in page and "Willow hour" not in page
        assert "yours" not in page
    assert "Members alone" in tom.get("/").text and "Willow hour" not in tom.get("/").text
    assert "Willow hour" in vera.get("/").text and "Members alone" not in vera.get("/").text


# --- calendar ----------------------------------------------------------------------------------


def test_the_month_is_a_real_table_and_says_today_in_words(visitor, evening, harbour):
    page = reads_by(visitor, "Europe/Berlin").get("/calendar")
    assert page.status_code == 200 and "<title>Calendar</title>" in page.text
    assert '<caption class="visually-hidden">November 2026, times in Berlin</caption>' in page.text
    assert page.text.count('<th scope="col">') == 7 and page.text.count("<td") == 42
    cell = re.search(r'<td aria-current="date">(.*?)</td>', page.text, re.S)[1]
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
    assert december.count("<bdi>Evening harbour</bdi>") == 2 * 5, "five Tuesdays, in the grid and in the agenda"
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
        one(maya, room, f"Hour {n}", NOON + timedelta(days=1, hours=6, minutes=20 * n))
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
    ("month=0001-01", "further ahead than the calendar goes"), ("month=2026-11%00", "This is not a month we can read."),
    ("day=2026-02-30", "This is not a date we can read."), ("day=x", "This is not a date we can read."),
    ("day=9999-12-31", "further ahead than the calendar goes"), ("day=0001-01-01", "further ahead than the calendar goes"),
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


# --- one meeting -------------------------------------------------------------------------------


def test_a_meeting_says_what_when_and_how_on_both_clocks(visitor, evening, harbour):
    page = reads_by(visitor, "America/New_York").get(of(harbour, f"/m/{evening.public_id}"))
    assert page.status_code == 200 and "<title>The hour</title>" in page.text
    read = text_of(page)
    assert "Tuesday 24 November, 14:00 to 15:00 in New York 19:00 in London" in read
    assert "Sharing, one at a time, one hour." in read and "gone one hour after the close" in read
    assert "The lobby opens at 13:45 (in 7 hours)." in read
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


# --- duties ------------------------------------------------------------------------------------


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
    assert answer.status_code == 403 and "Somebody already does this tonight." in answer.text and "Tom" in answer.text
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


# --- a weekly hour -----------------------------------------------------------------------------


def test_a_moderator_adds_a_weekly_hour_and_is_told_what_was_understood(maya, harbour, quay):
    path = of(harbour, f"/rooms/{quay.slug}/series/new")
    assert maya.get(path).status_code == 200
    answer = reads_by(maya, "Europe/Berlin").post(path, save="x", **HOUR)
    assert answer.status_code == 303 and answer.location.startswith(of(harbour, f"/rooms/{quay.slug}#"))
    read = text_of(maya.get(answer.location.split("#")[0]))
    assert "Every second Tuesday and Thursday at 19:00 in London, from 24 November." in read
    assert (
        "Tuesday 24 November (Tuesday 24 November, 20:00) Thursday 26 November (Thursday 26 November, 20:00) "
        "Tuesday 8 December (Tuesday 8 December, 20:00)"
    ) in read
    assert count(Meeting) == 58


def test_the_dates_are_shown_without_storing_anything(maya, harbour, quay):
    answer = maya.post(of(harbour, f"/rooms/{quay.slug}/series/new"), preview="x", **HOUR)
    read = text_of(answer)
    assert answer.status_code == 200 and "This is what we understood" in read and "Nothing is stored yet." in read
    assert "Tuesday 24 November" in read and "Tuesday 22 December" in read and "Thursday 24 December" not in read, "five dates"
    assert 'value="Evening harbour"' in answer.text and "Tuesday 24 November (" not in read, "both clocks agree"
    assert count(Series) == count(Meeting) == 0


def test_an_odd_local_time_is_said_before_it_happens(maya, harbour, quay):
    odd = HOUR | {"wall_time": "02:30", "zone": "Europe/Berlin", "weekdays": ["6"], "every": "1"}
    read = text_of(maya.post(of(harbour, f"/rooms/{quay.slug}/series/new"), preview="x", **odd))
    assert "There is no 02:30 on 28 March in Berlin: clocks jump to 03:00. We took 03:30." in read
    assert "On 31 October 02:30 comes twice in Berlin: clocks go back. We took the first." in read


BAD = [
    ("title", "", "title", "There is nothing written here yet."), ("title", "x" * 61, "title", "longer than fits"),
    ("weekdays", [], "weekdays", "Tick at least one day"), ("weekdays", ["7"], "weekdays", "Tick at least one day"),
    ("weekdays", ["x"], "weekdays", "Tick at least one day"), ("every", "3", "every", "Please choose one of these."),
    ("every", "x", "every", "Please choose one of these."),
    ("first_day", "", "first_day", "This is not a date we can read."), ("first_day", "24.11.2026", "first_day", "not a date we can read"),
    ("first_day", "2020-01-01", "first_day", "This would begin in the past."),
    ("first_day", "9999-12-31", "first_day", "further ahead than the calendar goes"),
    ("first_day", "0001-01-01", "first_day", "This would begin in the past."),
    ("first_day", "2028-01-04", "first_day", "further ahead than the calendar goes"),
    ("wall_time", "", "wall_time", "This is not a time we can read."), ("wall_time", "25:00", "wall_time", "not a time we can read"),
    ("wall_time", "7pm", "wall_time", "This is not a time we can read."),
    ("zone", "Mars/Olympus", "zone", "We do not know this time zone."), ("zone", "", "zone", "We do not know this time zone."),
    ("zone", "x" * 9000, "zone", "We do not know this time zone."),
    ("minutes", "", "minutes", "This needs a whole number"), ("minutes", "an hour", "minutes", "This needs a whole number"),
    ("minutes", "9" * 60, "minutes", "This can be from 10 to 240."), ("minutes", "-60", "minutes", "This can be from 10 to 240."),
    ("minutes", "12", "minutes", "This format needs at least"), ("format", "karaoke", "format", "Please choose one of these."),
]


@pytest.mark.parametrize("field, value, beside, told", BAD)
def test_what_makes_no_sense_is_said_beside_its_field_and_nothing_typed_is_lost(maya, harbour, quay, field, value, beside, told):
    for button in ("preview", "save"):
        answer = maya.post(of(harbour, f"/rooms/{quay.slug}/series/new"), **HOUR | {field: value, button: "x"})
        assert answer.status_code == 422
        errors = {found[1]: found[2] for found in re.finditer(r'id="(\w+)-error">([^<]+)<', answer.text)}
        assert list(errors) == [beside] and told in errors[beside]
        if field != "title":
            assert 'value="Evening harbour"' in answer.text
        if field not in ("weekdays", "first_day"):
            assert re.search(r'checked[^>]*name="weekdays"[^>]*value="3"', answer.text)
    assert count(Series) == count(Meeting) == 0


def test_a_room_in_use_is_a_refusal_beside_the_time(maya, harbour, quay, evening):
    answer = maya.post(of(harbour, f"/rooms/{quay.slug}/series/new"), save="x", **HOUR | {"wall_time": "19:30:00"})
    assert answer.status_code == 403
    assert "The room is already taken then, by “Evening harbour”." in re.search(r'id="wall_time-error">([^<]+)<', answer.text)[1]
    assert 'value="19:30:00"' in answer.text and count(Series) == 1


def test_an_empty_form_is_answered_like_any_other(maya, harbour, quay):
    assert maya.post(of(harbour, f"/rooms/{quay.slug}/series/new")).status_code == 422


def test_weekly_hours_are_for_moderators_and_outsiders_find_nothing(tom, otto, visitor, rosa, harbour, quay, grove):
    path = f"/rooms/{quay.slug}/series/new"
    for answer in (tom.get(of(harbour, path)), tom.post(of(harbour, path), save="x", **HOUR)):
        assert answer.status_code == 403 and "This is for those who look after the group." in answer.text
    for person in (otto, visitor, rosa):
        assert same_as_nothing(person.get(of(harbour, path)), person, path)
        assert same_as_nothing(person.post(of(harbour, path), save="x", **HOUR), person, path, save="x", **HOUR)
    assert count(Series) == 0


def test_a_weekly_hour_needs_the_forms_token(app, maya, harbour, quay):
    guard(app)
    path = of(harbour, f"/rooms/{quay.slug}/series/new")
    assert maya.post(path, save="x", **HOUR).status_code == 400
    assert maya.post(path, save="x", csrf_token=token_in(maya.get(path)), **HOUR).status_code == 303


# --- the clock to read by ----------------------------------------------------------------------


def test_a_clock_is_chosen_without_an_account_and_remembered(visitor, evening):
    assert visitor.get("/zone?next=/calendar").status_code == 200
    answer = visitor.post("/zone?next=/calendar", zone="Asia/Kathmandu")
    assert (answer.status_code, answer.location) == (303, "/calendar")
    assert "tz=Asia/Kathmandu" in answer.headers["Set-Cookie"] and "Max-Age=31536000" in answer.headers["Set-Cookie"]
    assert "times in Kathmandu" in visitor.get("/calendar").text
    assert re.search(r'selected value="Asia/Kathmandu"', visitor.get("/zone").text)


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


# --- every page --------------------------------------------------------------------------------


def test_pages_name_no_account_and_are_neutral_in_their_title(app, maya, tom, evening, harbour, quay):
    serve(tom.membership, evening, "chair")
    with reading() as session:
        ids = {group.id for group in session.scalars(select(Group))} | {room.id for room in session.scalars(select(Room))}
    assert ids
    for path in (
        "/", "/calendar", "/calendar?view=agenda", "/calendar?day=2026-11-24", "/zone",
        of(harbour, f"/m/{evening.public_id}"), of(harbour, f"/rooms/{quay.slug}/series/new"),
    ):
        page = maya.get(path).text
        assert tom.membership.handle not in page and maya.membership.handle not in page
        assert "account" not in page.lower() or path == "/"
        title = re.search(r"<title>([^<]*)</title>", page)[1]
        assert title in ("Lamplight", "Calendar", "The hour", "Your clock", "A weekly hour")


def test_the_group_page_lists_the_next_hours(visitor, tom, evening, harbour):
    for person in (visitor, tom):
        page = person.get(of(harbour)).text
        assert page.count("Evening harbour") >= 5 and "Tuesday 24 November" in page
