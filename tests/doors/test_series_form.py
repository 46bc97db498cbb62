"""Every way an hour can repeat, through the form: what is typed is stored as it was meant, what cannot be
is said beside its field, and a stored series comes back out of its own form unchanged."""

import re
from datetime import date, datetime, time
from html import unescape

import pytest
from flask import render_template
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from groups.db import reading
from groups.errors import Invalid
from groups.formats.shipped import FORMATS
from groups.schedule.ends import after_times, settled
from groups.schedule.forms import SeriesForm
from groups.schedule.models import Series
from groups.schedule.pauses import pauses_text
from groups.schedule.plans import Plan
from groups.schedule.recurrence import ONCE, first_date
from tests.doors.asking import of
from tests.doors.filling import form_on
from tests.doors.reading import text_of
from tests.evenings import HOUR, NOON, count, meetings
from tests.rules.choices import month_days, repeats

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def page(harbour, quay):
    """The address of the form."""
    return of(harbour, f"/rooms/{quay.slug}/series/new")


def errors(answer):
    """{field: sentence} of what is said beside the fields."""
    return {name: unescape(said) for name, said in re.findall(r'id="([\w-]+)-error">([^<]+)<', answer.text)}


FIRST = {"kind": "weekday", "nths": ["1", "3"], "month_weekdays": ["2"], "months": "1"}
SUMMER = {"pauses-0-from_day": "15", "pauses-0-from_month": "7", "pauses-0-to_day": "31", "pauses-0-to_month": "8"}

WAYS = [
    ({"kind": "once"}, ONCE, "2026-11-24", "on Tuesday 24 November at 19:00 in London"),
    ({"kind": "once", "first_day": "2026-11-27", "weekdays": [], "ends": "day", "last_day": ""}, ONCE, "2026-11-27",
     "on Friday 27 November at 19:00 in London"),
    ({"every": "3", "weekdays": ["4"]}, "FREQ=WEEKLY;INTERVAL=3;BYDAY=FR", "2026-11-27",
     "every 3 weeks on Friday at 19:00 in London, from 27 November"),
    (FIRST, "FREQ=MONTHLY;BYDAY=1WE,3WE", "2026-12-02", "the first and third Wednesday of the month at 19:00 in London, from 2 December"),
    ({"kind": "weekday", "nths": ["-1"], "month_weekdays": ["6"], "months": "2"}, "FREQ=MONTHLY;INTERVAL=2;BYDAY=-1SU", "2026-11-29",
     "the last Sunday of every second month at 19:00 in London, from 29 November"),
    ({"kind": "date", "month_days": ["31", "-1"], "months": "1"}, "FREQ=MONTHLY;BYMONTHDAY=31,-1", "2026-11-30",
     "the 31st and last day of the month at 19:00 in London, where there is a 31st, from 30 November"),
    ({"kind": "after", "weekday": "2", "nth": "1", "after": "0", "months": "1"}, "FREQ=MONTHLY;BYDAY=WE;BYMONTHDAY=3,4,5,6,7,8,9", "2026-12-09",
     "the Wednesday after the first Monday of the month at 19:00 in London, from 9 December"),
    ({"kind": "yearly_date", "day": "24", "month": "12"}, "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24", "2026-12-24",
     "every year on 24 December at 19:00 in London, from 24 December"),
    ({"kind": "yearly_weekday", "month_nth": "-1", "month_weekday": "6", "month": "11"}, "FREQ=YEARLY;BYMONTH=11;BYDAY=-1SU", "2026-11-29",
     "every year on the last Sunday of November at 19:00 in London, from 29 November"),
    (FIRST | SUMMER | {"ends": "day", "last_day": "2027-12-18"}, "FREQ=MONTHLY;BYDAY=1WE,3WE", "2026-12-02",
     "the first and third Wednesday of the month at 19:00 in London, from 2 December until 18 December 2027, not from 15 July to 31 August"),
    (SUMMER | {"every": "1", "weekdays": ["1"], "ends": "times", "times": "40"}, "FREQ=WEEKLY;BYDAY=TU;COUNT=47", "2026-11-24",
     "every Tuesday at 19:00 in London, 40 times, from 24 November until 12 October 2027, not from 15 July to 31 August"),
]


@pytest.mark.parametrize("typed, rule, first_day, words", WAYS)
def test_every_way_to_repeat_is_said_back_and_stored(maya, quay, page, typed, rule, first_day, words):
    shown = maya.post(page, preview="x", **HOUR | typed)
    assert shown.status_code == 200 and f"{words[0].upper()}{words[1:]}." in text_of(shown) and count(Series) == 0
    answer = maya.post(page, **form_on(shown) | {"save": "x"})
    assert answer.status_code == 303, "what was typed stands on the page as it was typed"
    series = meetings()[0]
    assert f"Evening harbour: {words}." in text_of(maya.get(answer.location))
    assert series.on_day.isoformat() == first_day and series.starts_at.isoformat() == f"{first_day}T19:00:00+00:00"
    assert count(Series) == 1 and stored().rule == rule


def stored():
    """The one series there is."""
    with reading() as session:
        return session.scalars(select(Series)).one()


IMPOSSIBLE = [
    ({"kind": "yearly_date", "day": "30", "month": "2"}, "day", "There is no 30 February in any year. Choose another day, please."),
    ({"kind": "yearly_date", "day": "29", "month": "2"}, "day", "This comes first on 29 February 2028, which is further ahead than the calendar goes."),
    ({"kind": "yearly_weekday", "month_nth": "5", "month_weekday": "4", "month": "2"}, "month_nth", "This comes first on 29 February 2036,"),
    ({"kind": "weekday", "nths": [], "month_weekdays": ["2"], "months": "1"}, "nths", "Tick at least one of these."),
    ({"kind": "weekday", "nths": ["1"], "month_weekdays": [], "months": "1"}, "month_weekdays", "Tick at least one day of the week."),
    (FIRST | {"months": "13"}, "months", "This can be from 1 to 12."), (FIRST | {"nths": ["first"]}, "nths", "Tick at least one of these."),
    ({"kind": "date", "month_days": [], "months": "1"}, "month_days", "Tick at least one day of the month."),
    ({"kind": "after", "weekday": "x", "nth": "1", "after": "0", "months": "1"}, "weekday", "Please choose one of these."),
    ({"kind": "after", "weekday": "2", "nth": "4", "after": "0", "months": "1"}, "nth", "Please choose one of these."),
    ({"kind": "once", "wall_time": "11:59"}, "wall_time", "It is later than that already."),
    ({"ends": "day", "last_day": ""}, "last_day", "This is not a date we can read."),
    ({"ends": "day", "last_day": "soon"}, "last_day", "This is not a date we can read."),
    ({"ends": "day", "last_day": "2026-11-23"}, "last_day", "The first date would be 24 November 2026, and it ends before that."),
    (FIRST | {"ends": "day", "last_day": "2026-11-30"}, "last_day", "The first date would be 2 December 2026, and it ends before that."),
    ({"ends": "day", "last_day": "2099-01-01"}, "last_day", "This ends more than ten years ahead."),
    ({"ends": "times", "times": ""}, "times", "This needs a whole number"), ({"ends": "times", "times": "0"}, "times", "This can be from 1 to 400."),
    ({"ends": "times", "times": "401"}, "times", "This can be from 1 to 400."),
    (FIRST | {"ends": "times", "times": "400"}, "times", "This ends more than ten years ahead."),
    ({"pauses-0-from_day": "30", "pauses-0-from_month": "2", "pauses-0-to_day": "1", "pauses-0-to_month": "3"}, "pauses", "There is no 30 February in any year."),
    (SUMMER | {"pauses-0-to_month": ""}, "pauses", "Give its first and its last day, please"),
    (SUMMER | {"pauses-0-to_month": "July"}, "pauses", "Give its first and its last day, please"),
    ({"pauses-0-from_day": "1", "pauses-0-from_month": "1", "pauses-0-to_day": "31", "pauses-0-to_month": "12"}, "pauses", "These pauses leave no date to meet on."),
    ({"ends": "times", "times": "3", "first_day": "9999-12-31"}, "first_day", "further ahead than the calendar goes"),
]


@pytest.mark.parametrize("typed, beside, told", IMPOSSIBLE)
def test_the_impossible_is_refused_with_a_reason_beside_the_right_field(maya, page, typed, beside, told):
    for button in ("preview", "save"):
        answer = maya.post(page, **HOUR | typed | {button: "x"})
        said = errors(answer)
        assert answer.status_code == 422 and list(said) == [beside] and told in said[beside]
        assert f'href="#{beside}"' in answer.text and f'id="{beside}"' in answer.text, "the summary leads to the field"
    assert count(Series) == 0


def test_what_was_not_chosen_is_not_complained_about(maya, page):
    nonsense = {
        "nths": ["x"], "month_weekdays": ["99"], "month_days": ["0"], "months": "many", "day": "x", "month": "", "month_nth": "x", "weekday": "-",
        "last_day": "never", "times": "often", "nth": "²", "after": "99" * 99,
    }
    assert maya.post(page, save="x", **HOUR | nonsense).status_code == 303
    weekly = {"weekdays": ["x"], "every": "none", "pauses-0-from_day": "x", "ends": "often"}
    assert maya.post(page, save="x", **HOUR | weekly | {"kind": "once", "first_day": "2026-11-25"}).status_code == 303


def test_pauses_get_another_line_when_the_lines_are_full_and_never_more_than_six(maya, page):
    def lines(answer):
        return len(re.findall(r'name="pauses-\d+-from_day"', answer.text))

    def full(n):
        return {f"pauses-{i}-{name}": str(value) for i in range(n) for name, value in (("from_day", 1), ("from_month", i + 1), ("to_day", 2), ("to_month", i + 1))}

    assert lines(maya.get(page)) == 2
    for typed, shown in ((1, 2), (2, 3), (5, 6), (6, 6), (9, 6)):
        assert lines(maya.post(page, preview="x", **HOUR | full(typed))) == shown
    for hostile in ("pauses-²-from_day", "pauses-" + "9" * 5000 + "-to_day", "pauses--1-to_day"):
        assert maya.post(page, preview="x", **HOUR | {hostile: "1"}).status_code == 200
    assert maya.post(page, save="x", **HOUR | full(6)).status_code == 303
    assert stored().pauses == "01-01/01-02,02-01/02-02,03-01/03-02,04-01/04-02,05-01/05-02,06-01/06-02"


def test_who_serves_places_language_and_clock_are_kept(maya, page):
    typed = {"needs": ["timekeeper", "door"], "places": "8", "language": "de", "own_clock_first": "y", "zone": "America/St_Johns"}
    assert maya.post(page, save="x", **HOUR | typed).status_code == 303
    series = stored()
    assert (series.needs, series.places, series.language, series.own_clock_first) == ("chair,door,timekeeper", 8, "de", True)
    assert series.zone == "America/St_Johns" and {meeting.places for meeting in meetings()} == {8}


def through_the_form(app, series, since=None):
    """The plan that comes of opening a series' own form and sending it as it is."""
    with app.test_request_context():
        shown = render_template("schedule/_series_fields.html", form=SeriesForm.of(series, FORMATS, since))
    page = type("Page", (), {"text": shown})
    with app.test_request_context("/", method="POST", data=form_on(page)):
        form = SeriesForm.of(series, FORMATS, since)
        assert form.validate(), form.errors
        return form.plan(NOON)


plans = st.builds(
    Plan, title=st.just("Evening harbour"), first_day=st.dates(date(2026, 11, 25), date(2027, 6, 1)), zone=st.sampled_from(["Europe/London", "Pacific/Apia"]),
    wall_time=st.just(time(19)), rule=repeats.map(lambda choice: choice.rule), minutes=st.just(90), format=st.just("sharing-60"),
    pauses=st.lists(st.tuples(month_days, month_days), max_size=3).map(pauses_text), needs=st.sampled_from(["chair", "chair,door,reader"]),
    places=st.sampled_from([None, 8]), own_clock_first=st.booleans(), language=st.sampled_from(["en", "de"]),
)


@settings(max_examples=25, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=plans, ends=st.sampled_from([None, 1, 7, date(2031, 5, 1)]))
def test_a_stored_series_comes_out_of_its_own_form_unchanged(app, plan, ends):
    first = first_date(plan.rule, plan.first_day)
    plan = Plan(**vars(plan) | {"first_day": first})
    if first > date(2027, 12, 1) or isinstance(ends, date) and ends < first:
        return
    try:
        rule = after_times(plan.rule, first, plan.pauses, ends) if isinstance(ends, int) else plan.rule
    except Invalid:
        return  # so many times are not to be had within ten years
    series = settled(Plan(**vars(plan) | {"rule": rule, "last_day": ends if isinstance(ends, date) else None}))
    assert settled(through_the_form(app, series)) == series


@pytest.mark.parametrize("rule, last_day", [
    ("FREQ=WEEKLY;BYDAY=TU;BYMONTH=1,2,9", None), ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", date(2030, 1, 1)),
    ("FREQ=DAILY;INTERVAL=3;COUNT=9", None), (ONCE, None),
])
def test_an_imported_rule_stays_as_it_is_unless_another_is_chosen(app, rule, last_day):
    first = first_date(rule, date(2026, 11, 25))
    series = settled(Plan("Evening harbour", first, time(19), "Europe/London", rule, 60, "sharing-60", last_day=last_day))
    assert settled(through_the_form(app, series)) == series


def test_from_a_day_on_only_what_is_left_is_asked_for(app):
    series = settled(Plan("Evening harbour", date(2026, 11, 24), time(19), "Europe/London", "FREQ=WEEKLY;BYDAY=TU;COUNT=12", 60, "sharing-60"))
    plan = through_the_form(app, series, since=date(2026, 12, 15))
    assert (plan.first_day, plan.rule) == (date(2026, 12, 15), "FREQ=WEEKLY;BYDAY=TU;COUNT=9")
    assert settled(plan).last_day == series.last_day == date(2027, 2, 9)


def test_the_form_of_a_series_keeps_what_was_typed_over_it(app):
    series = settled(Plan("Evening harbour", date(2026, 11, 24), time(19), "Europe/London", "FREQ=WEEKLY;BYDAY=TU", 60, "sharing-60"))
    with app.test_request_context("/", method="POST", data=HOUR | {"title": "Another name", "weekdays": ["5"]}):
        form = SeriesForm.of(series, FORMATS)
        assert form.validate() and (form.title.data, form.weekdays.data) == ("Another name", [5])
        assert form.plan(datetime.fromisoformat("2026-11-24T12:00+00:00")).rule == "FREQ=WEEKLY;INTERVAL=2;BYDAY=SA"
