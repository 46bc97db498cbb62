"""What a calendar is given by somebody's link: nothing that tells, nothing in common with another's, and
no work where nothing is new."""

import re
from contextlib import contextmanager

import pytest
from icalendar import Calendar
from sqlalchemy import event

from groups import db
from groups.telling import TELLING
from tests.doors.asking import guard, of
from tests.doors.linking import decide, make
from tests.doors.reading import text_of
from tests.evenings import NOON, every_tuesday, one

# What must not be in a discreet feed, in any byte of it, its head and its name.
FORBIDDEN = (
    "recovery recover addict addiction sex sexual porn therapy therapist support compulsive compulsion relapse sober sobriety abstinence"
    " betrayal steps twelve anonymous partner affair fellowship sponsor sponsee rehab detox craving urge urges lust infidelity"
    " counselling trauma psych intimacy meeting group member peer circle share sharing room lobby chair door lamplight lamp harbour"
    " willow quay grove evening guest maya tom nia saa slaa sa-anon sanon cosa itaa healing shame wellness help"
).split()
CONSTANT = {
    "VCALENDAR", "VERSION", "PRODID", "Calendar", "CALSCALE", "GREGORIAN", "CALNAME", "REFRESH", "INTERVAL", "DURATION", "PUBLISHED",
    "VTIMEZONE", "STANDARD", "DAYLIGHT", "DTSTART", "TZNAME", "TZOFFSETFROM", "TZOFFSETTO", "YEARLY", "BYMONTH", "Europe", "London",
    "VEVENT", "SUMMARY", "DTSTAMP", "SEQUENCE", "MODIFIED", "RECURRENCE", "STATUS", "CANCELLED", "PRIVATE", "TRANSP", "OPAQUE", "WEEKLY",
    "VALARM", "ACTION", "DISPLAY", "DESCRIPTION", "TRIGGER",
}


@pytest.fixture(autouse=True)
def tuesday(freeze):
    """It is Tuesday noon in London."""
    freeze(NOON)


@contextmanager
def statements():
    """What is asked of the database meanwhile."""
    asked = []

    def note(_, __, statement, *___):
        asked.append(statement)

    event.listen(db.engine(), "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(db.engine(), "before_cursor_execute", note)


def test_nothing_new_is_answered_from_three_questions_and_nothing_is_built(tom, maya, harbour, quay, visitor, freeze):
    every_tuesday(maya, quay)
    path = make(tom, harbour)
    first = visitor.get(path)
    assert not first.headers["ETag"].startswith("W/") and first.headers["Last-Modified"]
    with statements() as asked:
        again = visitor.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    asked = [one for one in asked if not one.startswith("BEGIN")]
    assert len(asked) == 3 and not any("date_changes" in one or "room_days" in one for one in asked)
    with statements() as asked:
        assert visitor.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
    assert any("date_changes" in one for one in asked)
    weakened = visitor.get(path, headers={"If-None-Match": f'W/{first.headers["ETag"]}'})
    assert weakened.status_code == 304
    freeze.forward(days=1)
    assert visitor.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_a_change_is_there_at_the_next_fetch(tom, maya, harbour, quay, visitor, freeze):
    meeting = every_tuesday(maya, quay)
    path = make(tom, harbour)
    mark = visitor.get(path).headers["ETag"]
    freeze.forward(minutes=5)
    decide(meeting, cancelled=True, why="Maya is ill")
    answer = visitor.get(path, headers={"If-None-Match": mark})
    assert answer.status_code == 200 and "STATUS:CANCELLED" in answer.text and "ill" not in answer.text


def test_every_link_that_opens_nothing_gets_one_answer_and_no_cookie(tom, harbour, visitor):
    old = make(tom, harbour)
    tom.post("/me/feeds/discreet/link")
    guard(tom.client.application)
    paths = (old, f"/c/{'t' * 43}.ics", "/c/x.ics", f"/c/{'a' * 3000}.ics", "/c/%F0%9F%92%A1.ics")
    answers = [person.get(path) for person in (visitor, tom) for path in paths]
    assert {(answer.status_code, answer.text) for answer in answers} == {(404, answers[0].text)}
    assert not any("Set-Cookie" in answer.headers for answer in answers)


def test_no_byte_of_a_discreet_feed_gives_anything_away(tom, maya, harbour, quay, visitor):
    meeting = every_tuesday(maya, quay)
    decide(meeting, title="A guest from recovery", why="Maya is ill", minutes=90)
    answer = visitor.get(make(tom, harbour, word="Appointment"))
    theirs = ("Content-Security-Policy", "Permissions-Policy")  # the same for every page of every site like ours
    head = "".join(f"{name}: {value}\n" for name, value in answer.headers if name not in theirs)
    whole = head + re.sub(r"BYDAY=[\w,-]+", "", answer.text.replace("\r\n ", ""))
    assert "RECURRENCE-ID" in whole and "filename" in whole
    assert [word for word in FORBIDDEN if re.search(rf"\b{word}", whole, re.IGNORECASE)] == []
    assert not TELLING.search(whole)


def test_two_members_feeds_have_nothing_in_common_but_the_times(tom, nia, maya, harbour, quay, visitor, freeze):
    meeting = every_tuesday(maya, quay)
    one(maya, quay, hours=30)
    paths = [make(tom, harbour)]
    freeze.forward(minutes=7)
    paths.append(make(nia, harbour))
    freeze.forward(hours=2)
    decide(meeting, cancelled=True)  # the moment of it is in both
    answers = [visitor.get(path) for path in paths]
    said = [set(re.findall(r"[A-Za-z0-9]{6,}", answer.text + answer.headers["ETag"])) for answer in answers]
    times = set(re.findall(r"(?:DTSTART|DTEND|RECURRENCE-ID)[^:]*:(\w+)", answers[0].text))
    assert len(times) > 4
    assert said[0] & said[1] - times <= CONSTANT
    assert answers[0].headers["Last-Modified"] != answers[1].headers["Last-Modified"]


def test_a_full_feed_leads_to_pages_that_are_there(tom, maya, harbour, quay, visitor):
    meeting = every_tuesday(maya, quay)
    decide(meeting, minutes=90)
    text = Calendar.from_ical(visitor.get(make(tom, harbour, kind="full")).data)
    links = {str(found["URL"]).removeprefix("http://localhost") for found in text.walk("VEVENT")}
    assert links == {of(harbour), of(harbour, f"/m/{meeting.public_id}")}
    assert all(tom.get(link).status_code == 200 for link in links)
    assert {str(found["SUMMARY"]) for found in text.walk("VEVENT")} == {"Evening harbour"}


def test_a_group_that_was_left_is_in_no_feed_any_more(tom, maya, harbour, quay, visitor):
    every_tuesday(maya, quay)
    path = make(tom, harbour)
    tom.post(of(harbour, "/leave"))
    answer = visitor.get(path)
    assert answer.status_code == 200 and "VEVENT" not in answer.text
    assert "It carries no group any more." in text_of(tom.get("/me/feeds"))
