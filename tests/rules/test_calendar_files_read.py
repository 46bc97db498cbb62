"""Calendar files, event by event: rules and their ends, whose clock, dates left out and dates changed."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groups.errors import Invalid
from groups.exchange.archive import DecisionKept
from groups.exchange.fitting import Wish, fit
from groups.exchange.sources import listed
from groups.exchange.sources.candidate import Candidate, Unread
from groups.formats.shipped import FORMATS
from groups.schedule.recurrence import ONCE
from groups.sentences import SENTENCES


def events(*bodies, head=""):
    """The rows of a calendar of events with these lines."""
    whole = [f"BEGIN:VEVENT\n{body.strip()}\nEND:VEVENT" for body in bodies]
    return listed("\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *head.split("\n"), *whole, "END:VCALENDAR"]).replace("\r\n\r\n", "\r\n")).rows


EVENING = "UID:evening\nSUMMARY:Evening circle\nDTSTART;TZID=Europe/London:20261124T190000\nDTEND;TZID=Europe/London:20261124T201500\n"


def evening(more="", **changed):
    lines = EVENING
    for name, value in changed.items():
        lines = "\n".join(f"{name}{value}" if line.split(":")[0].split(";")[0] == name else line for line in lines.split("\n"))
    return lines + more


def one(more="", **changed):
    [row] = events(evening(more, **changed))
    return row


def test_a_weekly_event_is_understood():
    row = one("RRULE:FREQ=WEEKLY;BYDAY=TU")
    assert (row.row, row.source, row.source_id, row.offline) == (1, "ical", "evening", "")
    plan = row.plan
    assert (plan.title, plan.first_day, plan.wall_time, plan.zone, plan.rule, plan.minutes, plan.last_day) == (
        "Evening circle", date(2026, 11, 24), time(19), "Europe/London", "FREQ=WEEKLY;BYDAY=TU", 75, None
    )


@pytest.mark.parametrize("rule, kept, last_day", [
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;WKST=SU", {"FREQ=WEEKLY", "INTERVAL=2", "BYDAY=TU,TH", "WKST=SU"}, None),
    ("FREQ=MONTHLY;BYDAY=-1SU", {"FREQ=MONTHLY", "BYDAY=-1SU"}, None),
    ("FREQ=MONTHLY;BYDAY=WE;BYMONTHDAY=3,4,5,6,7,8,9", {"FREQ=MONTHLY", "BYDAY=WE", "BYMONTHDAY=3,4,5,6,7,8,9"}, None),
    ("FREQ=WEEKLY;COUNT=3", {"FREQ=WEEKLY"}, date(2026, 12, 8)), ("FREQ=DAILY;COUNT=1", {"FREQ=DAILY"}, date(2026, 11, 24)),
    ("FREQ=WEEKLY;UNTIL=20261222T190000Z", {"FREQ=WEEKLY"}, date(2026, 12, 22)),
    ("FREQ=WEEKLY;UNTIL=20261222T185959Z", {"FREQ=WEEKLY"}, date(2026, 12, 21)),
    ("FREQ=WEEKLY;UNTIL=20261222", {"FREQ=WEEKLY"}, date(2026, 12, 22)),
])
def test_rules_are_kept_and_their_ends_become_a_last_day(rule, kept, last_day):
    plan = one(f"RRULE:{rule}").plan
    assert set(plan.rule.split(";")) == kept and plan.last_day == last_day


def test_an_event_without_a_rule_happens_once():
    assert (one().plan.rule, one().plan.last_day) == (ONCE, date(2026, 11, 24))


@pytest.mark.parametrize("start, zone, at", [
    (";TZID=Europe/London:20260707T190000", "Europe/London", time(19)), (":20260707T190000Z", "UTC", time(19)), (":20260707T190000", "", time(19)),
    (";TZID=W. Europe Standard Time:20260707T190000", "Europe/Berlin", time(19)),
    (";TZID=/freeassociation.sourceforge.net/Asia/Kathmandu:20260707T190000", "Asia/Kathmandu", time(19)),
    (";TZID=/citadel.org/20210210_1/America/Argentina/Salta:20260707T190030", "America/Argentina/Salta", time(19)),
])
def test_whose_clock_it_is(start, zone, at):
    plan = one("RRULE:FREQ=WEEKLY", DTSTART=start, DTEND=start.replace("T19", "T20")).plan
    assert (plan.zone, plan.wall_time, plan.minutes) == (zone, at, 60)


def test_a_single_date_in_utc_is_read_by_the_clock_the_calendar_names():
    [row] = events(evening(DTSTART=":20260707T190000Z", DTEND=":20260707T200000Z"), head="X-WR-TIMEZONE:Europe/Berlin")
    assert (row.plan.zone, row.plan.wall_time, row.plan.rule) == ("Europe/Berlin", time(21), ONCE)


@pytest.mark.parametrize("more, changed, reason", [
    ("", {"SUMMARY": ":"}, "import_no_name"), ("", {"DTSTART": ";VALUE=DATE:20261124"}, "import_all_day"),
    ("", {"DTSTART": ":soon"}, "import_broken_event"), ("", {"DTSTART": ";TZID=Nowhere/Land:20261124T190000"}, "import_bad_zone"),
    ("STATUS:CANCELLED", {}, "import_cancelled"), ("RRULE:FREQ=HOURLY", {}, "import_no_rule"), ("RRULE:FREQ=WEEKLY;BYHOUR=9", {}, "import_no_rule"),
    ("RRULE:FREQ=DAILY;COUNT=99999", {}, "import_no_rule"), ("RRULE:FREQ=DAILY\nRRULE:FREQ=WEEKLY", {}, "import_no_rule"),
    ("RRULE:FREQ=WEEKLY\nRDATE:20261230T190000", {}, "import_extra_dates"), ("RECURRENCE-ID:20261201T190000Z", {"UID": ":other"}, "import_alone"),
])
def test_an_event_that_cannot_be_kept_says_why(more, changed, reason):
    row = one(more, **changed)
    assert isinstance(row, Unread) and row.reason == reason


def test_an_event_without_a_start_or_a_name_for_programs():
    assert events("SUMMARY:A\nUID:a")[0].reason == "import_no_day"
    unnamed = events(EVENING.replace("UID:evening\n", ""))[0]
    assert unnamed.source_id and unnamed.source_id == events(EVENING.replace("UID:evening\n", ""))[0].source_id


def test_dates_left_out_moved_and_cancelled_are_decisions_about_them():
    at = ";TZID=Europe/London:"
    found = events(
        evening(f"RRULE:FREQ=WEEKLY\nEXDATE{at}20261222T190000,20261229T190000\nEXDATE;VALUE=DATE:20270105"),
        evening(f"RECURRENCE-ID{at}20261201T190000", DTSTART=f"{at}20261202T200000", DTEND=f"{at}20261202T211500"),
        evening("RECURRENCE-ID:20261208T190000Z\nSTATUS:CANCELLED"),
        evening(f"RECURRENCE-ID{at}20261215T190000", SUMMARY=":A guest", DTSTART=f"{at}20261215T190000", DTEND=f"{at}20261215T203000"),
        "UID:other\nSUMMARY:Other\nDTSTART:20261124T100000Z",
    )
    assert [(row.row, row.name) for row in found] == [(1, "Evening circle"), (2, "Other")]
    assert found[0].decisions == (
        *(DecisionKept(on_day=day, cancelled=True) for day in (date(2026, 12, 22), date(2026, 12, 29), date(2027, 1, 5))),
        DecisionKept(on_day=date(2026, 12, 1), to_day=date(2026, 12, 2), to_time=time(20)),
        DecisionKept(on_day=date(2026, 12, 8), cancelled=True), DecisionKept(on_day=date(2026, 12, 15), title="A guest", minutes=90),
    )


@pytest.mark.parametrize("text", ["BEGIN:VCALENDAR", "BEGIN:VCALENDAR\nnonsense", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a"])
def test_a_file_that_was_cut_off_is_refused(text):
    with pytest.raises(Exception, match="import_broken|import_no_rows"):
        listed(text)


def test_one_bad_event_keeps_nothing_else_back():
    good, bad = evening("RRULE:FREQ=WEEKLY"), evening(UID=":b", DTSTART=":soon")
    assert [isinstance(row, Candidate) for row in events(bad, good, bad.replace(":b", ":c"))] == [False, True, False]


SLIPS = st.lists(st.tuples(st.integers(0, 400), st.sampled_from([*"0129TZ;:=,-/\n\x00é", ""]), st.booleans()), min_size=1, max_size=4)
WISH = Wish(("quay",), "Europe/London", "sharing-60", "en")


@settings(max_examples=200)
@given(SLIPS)
def test_a_file_with_slips_of_the_pen_is_read_or_refused_with_a_sentence(slips):
    text = list("\n".join([
        "BEGIN:VCALENDAR", "BEGIN:VEVENT", evening("RRULE:FREQ=WEEKLY;UNTIL=20271222T190000Z\nEXDATE:20261201T190000Z"), "END:VEVENT",
        "BEGIN:VEVENT", evening("RECURRENCE-ID:20261208T190000Z\nDURATION:PT1H"), "END:VEVENT", "END:VCALENDAR",
    ]))
    for place, letter, instead in slips:
        text[place % len(text) : place % len(text) + instead] = letter
    try:
        found = listed("BEGIN:VCALENDAR" + "".join(text)[15:]).rows
    except Invalid as why:
        assert why.reason in SENTENCES
        return
    for row in found:
        try:
            assert isinstance(row, Unread) or fit(row, WISH, FORMATS, datetime(2026, 11, 24, 12, tzinfo=UTC))
        except Invalid as why:
            assert why.reason in SENTENCES
