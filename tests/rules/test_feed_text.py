"""What a feed says of a series, and how it is written."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from icalendar import Calendar

from groups.subscribing.ical import Said, feed_text, single_text
from tests.feeds import HERE, MADE, TODAY, a_feed, a_series, carried, decided, events, line, read, room_day

DAY = timedelta(days=1)
TONIGHT = TODAY  # a Tuesday, with an hour at seven


def said(series, decisions=None, days=(), **how):
    """The events of one series."""
    return events(read(carried(series, decisions, days), **how))


def test_a_weekly_hour_is_one_event_on_its_own_wall_clock():
    event, = said(a_series())
    assert line(event, "DTSTART") == "TZID=Europe/London:20261020T190000"
    assert line(event, "DTEND") == "TZID=Europe/London:20261020T200000"
    assert line(event, "RRULE") == "FREQ=WEEKLY;BYDAY=TU"
    assert "EXDATE" not in event and "RECURRENCE-ID" not in event
    assert (event["SEQUENCE"], event["CLASS"], event["TRANSP"]) == (3, "PRIVATE", "OPAQUE")


def test_the_calendar_itself_has_a_neutral_name_and_says_how_often_to_ask():
    head = read(carried(a_series())).content_lines()[:9]
    assert list(head)[:8] == [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Calendar//EN", "CALSCALE:GREGORIAN", "NAME:Calendar", "X-WR-CALNAME:Calendar",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H", "X-PUBLISHED-TTL:PT6H",
    ]


@pytest.mark.parametrize("title", ["Reading", "Lesen für alle", "x" * 66, "x" * 67, "x" * 68, "ü" * 50, "a, b; c\\d " * 12])
@pytest.mark.parametrize("kind", ["discreet", "full"])
@pytest.mark.parametrize("remind", [None, 30])
def test_every_line_is_folded_as_the_library_folds_it(title, kind, remind):
    feed = a_feed(kind=kind, word=title, remind_minutes=remind)
    text = feed_text(feed, [carried(a_series(title=title), group=title, kinds={})], TODAY, HERE)
    assert all(len(one) <= 75 for one in text.split(b"\r\n"))
    assert [event.to_ical() in text for event in Calendar.from_ical(text).walk("VEVENT")] == [True]


def test_an_hour_that_happens_once_is_an_event_without_a_rule():
    event, = said(a_series(rule="FREQ=DAILY;COUNT=1", first_day=TODAY + 3 * DAY, last_day=TODAY + 3 * DAY))
    assert "RRULE" not in event and "RECURRENCE-ID" not in event
    assert line(event, "DTSTART") == "TZID=Europe/London:20261127T190000"


@pytest.mark.parametrize("told, rule", [
    ({"last_day": date(2027, 6, 29)}, "FREQ=WEEKLY;UNTIL=20270629T180000Z;BYDAY=TU"),  # seven in London is six in UTC
    ({"rule": "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270629"}, "FREQ=WEEKLY;UNTIL=20270629T180000Z;BYDAY=TU"),
    ({"rule": "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270629T235959Z", "last_day": date(2027, 1, 5)}, "FREQ=WEEKLY;UNTIL=20270105T190000Z;BYDAY=TU"),
    ({"rule": "FREQ=WEEKLY;BYDAY=TU;COUNT=12"}, "FREQ=WEEKLY;COUNT=12;BYDAY=TU"),
    ({"rule": "FREQ=WEEKLY;BYDAY=TU;COUNT=12", "last_day": date(2026, 12, 1)}, "FREQ=WEEKLY;UNTIL=20261201T190000Z;BYDAY=TU"),
    ({"rule": "FREQ=WEEKLY;BYDAY=SU;COUNT=40", "wall_time": time(1, 30)}, "FREQ=WEEKLY;UNTIL=20270725T003000Z;BYDAY=SU"),
    ({"rule": "FREQ=YEARLY", "first_day": date(2024, 2, 29)}, "FREQ=YEARLY;BYMONTHDAY=29;BYMONTH=2"),
])
def test_the_end_of_a_rule_is_a_count_or_a_moment_in_utc(told, rule):
    assert line(said(a_series(**told))[0], "RRULE") == rule


def test_the_rule_counts_from_its_own_first_date_and_not_from_the_day_it_was_made():
    event, = said(a_series(rule="FREQ=MONTHLY;BYDAY=-1SU", first_day=date(2026, 10, 5)))
    assert line(event, "DTSTART") == "TZID=Europe/London:20261025T190000"


def test_pauses_and_a_rooms_closed_days_are_taken_out_of_the_rule():
    event, = said(a_series(pauses="12-20/01-06"), days=[room_day(TODAY + 7 * DAY), room_day(date(2020, 2, 2), yearly=True)])
    assert line(event, "EXDATE").startswith("TZID=Europe/London:20261201T190000,20261222T190000,20261229T190000,20270105T190000")
    assert "20280202" not in line(event, "EXDATE"), "the second of February is no Tuesday"


def test_a_room_that_is_longer_that_day_makes_that_date_longer():
    _, evening = said(a_series(), days=[room_day(TODAY + 7 * DAY, closed=False, longer=30)])
    assert line(evening, "RECURRENCE-ID") == "TZID=Europe/London:20261201T190000"
    assert line(evening, "DTEND") == "TZID=Europe/London:20261201T203000"


@pytest.mark.parametrize("days, is_shown", [(0, True), (7, True), (14, True), (21, False), (70, False), (-7, False), (-28, False)])
def test_a_date_cancelled_within_a_fortnight_is_seen_as_cancelled_and_any_other_is_not_there(days, is_shown):
    first, *others = said(a_series(), {TONIGHT + days * DAY: decided(cancelled=True, why="No")})
    if not is_shown:
        assert line(first, "EXDATE") == f"TZID=Europe/London:{TONIGHT + days * DAY:%Y%m%d}T190000" and not others
        return
    off, = others
    assert (off["STATUS"], off["UID"], off["SEQUENCE"]) == ("CANCELLED", first["UID"], 4)
    assert line(off, "RECURRENCE-ID") == line(off, "DTSTART") == f"TZID=Europe/London:{TONIGHT + days * DAY:%Y%m%d}T190000"
    assert "EXDATE" not in first and not off.subcomponents


def test_a_moved_date_keeps_its_own_start_as_its_name():
    _, moved = said(a_series(), {TONIGHT: decided(to_day=TODAY + DAY, to_time=time(20, 15), minutes=90)})
    assert line(moved, "RECURRENCE-ID") == "TZID=Europe/London:20261124T190000"
    assert (line(moved, "DTSTART"), line(moved, "DTEND")) == (
        "TZID=Europe/London:20261125T201500", "TZID=Europe/London:20261125T214500",
    )
    assert "STATUS" not in moved


def test_an_hour_that_is_held_on_a_closed_day_is_as_any_other():
    assert len(said(a_series(), {TONIGHT: decided(held=True)}, [room_day(TONIGHT)])) == 1


def test_a_night_on_which_clocks_change_stands_apart_in_utc():
    rule, *apart = said(a_series(rule="FREQ=DAILY", wall_time=time(2, 30), zone="Europe/Berlin", first_day=date(2026, 10, 1)))
    assert "20270328T023000" in line(rule, "EXDATE") and "20261025T023000" in line(rule, "EXDATE")
    assert [line(one, "DTSTART") for one in apart[:2]] == ["20261025T003000Z", "TZID=Europe/Berlin:20270328T033000"]
    assert len({one["UID"] for one in [rule, *apart]}) == 1 + len(apart)


def test_a_time_in_utc_needs_no_zone():
    calendar = read(carried(a_series(zone="UTC")))
    assert line(events(calendar)[0], "DTSTART") == "20261020T190000Z"
    assert not calendar.walk("VTIMEZONE")


@pytest.mark.parametrize("told, is_there", [
    ({"last_day": TODAY - 25 * DAY}, True), ({"last_day": TODAY - 45 * DAY, "first_day": date(2026, 1, 6)}, False),
    ({"rule": "FREQ=WEEKLY;BYDAY=TU;COUNT=3", "first_day": date(2026, 1, 6)}, False),
    ({"last_day": date(2026, 10, 1)}, False), ({"first_day": date(2020, 1, 7)}, True),
])
def test_what_has_been_over_for_a_month_is_left_out(told, is_there):
    calendar = read(carried(a_series(**told)))
    assert bool(calendar.walk("VEVENT")) == bool(calendar.walk("VTIMEZONE")) == is_there


def test_a_reminder_says_the_same_word():
    event, = said(a_series(), feed=a_feed(word="Class", remind_minutes=15))
    alarm, = event.subcomponents
    assert (alarm["ACTION"], alarm["DESCRIPTION"], line(alarm, "TRIGGER")) == ("DISPLAY", "Class", "-PT15M")


def test_a_full_feed_has_names_a_way_in_and_no_more():
    decisions = {TONIGHT: decided(title="A guest", format="open-talk-60"), TONIGHT + 7 * DAY: decided(needs="chair,door")}
    names = {"slug": "harbour22", "group": "Harbour; quiet, and late", "kinds": {"sharing-60": "sharing", "open-talk-60": "open talk"}}
    calendar = read(carried(a_series(), decisions, meetings={TONIGHT: "mmmm"}, **names), feed=a_feed(kind="full"))
    rule, guest = events(calendar)
    assert (rule["SUMMARY"], rule["DESCRIPTION"]) == ("Evening harbour", "Harbour; quiet, and late\nSharing")
    assert (guest["SUMMARY"], guest["DESCRIPTION"]) == ("A guest", "Harbour; quiet, and late\nOpen talk")
    assert line(rule, "URL") == f"{HERE}/g/harbour22"
    assert line(guest, "URL") == f"{HERE}/g/harbour22/m/mmmm"
    assert line(guest, "CONFERENCE") == f"FEATURE=CHAT;LABEL=Open;VALUE=URI:{HERE}/g/harbour22/m/mmmm"
    assert not {"ORGANIZER", "ATTENDEE", "GEO", "CATEGORIES", "ATTACH", "LOCATION"} & (rule.keys() | guest.keys())


def test_a_discreet_feed_says_when_in_one_word_and_nothing_else():
    decisions = {TONIGHT: decided(title="A guest", format="x"), TONIGHT + 7 * DAY: decided(cancelled=True, why="Maya is ill")}
    names = {"slug": "harbour22", "group": "Harbour", "kinds": {}, "meetings": {TONIGHT: "mmmm"}}
    rule, off = said_named(decisions, names)
    for event in (rule, off):
        assert event["SUMMARY"] == "Appointment"
        assert event.keys() <= {
            "SUMMARY", "DTSTART", "DTEND", "DTSTAMP", "LAST-MODIFIED", "UID", "SEQUENCE", "RRULE", "EXDATE", "RECURRENCE-ID", "STATUS",
            "CLASS", "TRANSP",
        }


def said_named(decisions, names):
    return events(read(carried(a_series(), decisions, **names)))


def test_the_same_facts_give_the_same_bytes_and_a_later_day_may_give_others():
    those = [carried(a_series(public_id=name, pauses="07-15/08-31"), {TONIGHT: decided(cancelled=True)}) for name in ("one", "two")]
    text = feed_text(a_feed(), those, TODAY, HERE)
    assert text == feed_text(a_feed(), those[::-1], TODAY, HERE)
    assert text != feed_text(a_feed(), those, TODAY + DAY, HERE)


def test_stamps_follow_every_change_and_are_not_the_second_at_which_a_series_was_changed():
    at = MADE + 5 * DAY
    event, = said(a_series(changed_at=at))
    assert at - timedelta(hours=1) < event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt < at
    newer, = said(a_series(changed_at=at), feed=a_feed(changed_at=at + DAY))
    assert newer["DTSTAMP"].dt == at + DAY


def test_lines_are_folded_at_75_octets_and_end_as_the_rfc_wants():
    title = "Später, am Fluß; mit \\ und – so weit — ganz ohne Eile, denn wir haben alle Zeit der Welt"
    text = feed_text(a_feed(kind="full"), [carried(a_series(title=title, pauses="07-01/09-30"), slug="s", group="Über\nuns")], TODAY, HERE)
    assert text.endswith(b"END:VCALENDAR\r\n") and not re.search(rb"(?<!\r)\n|\r(?!\n)", text)
    assert max(len(one) for one in text.split(b"\r\n")) <= 75
    text.decode()
    for one in text.split(b"\r\n"):
        one.decode()  # no letter is cut in two
    unfolded = text.replace(b"\r\n ", b"").decode()
    assert f"SUMMARY:{title}".replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;") in unfolded
    assert "DESCRIPTION:Über\\nuns\\nMeeting" in unfolded
    assert Calendar.from_ical(text).walk("VEVENT")[0]["SUMMARY"] == title


def test_one_date_alone_is_a_moment():
    start = datetime(2026, 11, 24, 19, tzinfo=UTC)
    event, = Calendar.from_ical(single_text(Said("Call"), "some-id", start, start + timedelta(hours=1), MADE, True)).walk("VEVENT")
    assert (line(event, "DTSTART"), line(event, "DTEND"), event["STATUS"]) == ("20261124T190000Z", "20261124T200000Z", "CANCELLED")
    assert (event["SUMMARY"], event["UID"], event["CLASS"]) == ("Call", "some-id", "PRIVATE")
