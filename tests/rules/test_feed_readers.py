"""Our dates are the dates that other programs read in the feed, over years, whatever the rule, the
zone, the pauses, the room's days and what was decided about single dates."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groups.schedule.occurrences import RoomDays, occurrences
from groups.schedule.recurrence import days_between
from groups.schedule.rules import WEEKDAYS, weekly_rule
from groups.subscribing.ical import feed_text
from groups.subscribing.pattern import AHEAD, BEHIND, NOTICE
from tests.feed_readers import readers
from tests.feeds import HERE, TODAY, a_feed, a_series, carried, decided, room_day

ZONES = (
    "Europe/London", "America/New_York", "Europe/Berlin", "Australia/Sydney", "Australia/Lord_Howe", "Pacific/Chatham",
    "America/St_Johns", "Africa/Casablanca", "America/Vancouver", "Pacific/Apia", "Asia/Kathmandu", "America/Sao_Paulo",
    "America/Santiago", "Asia/Jerusalem", "Europe/Dublin", "UTC",
)
DAY = timedelta(days=1)
MIDNIGHT = datetime.combine(TODAY, time(), UTC)
SINCE = TODAY - 8 * 365 * DAY
UNTIL = TODAY + AHEAD - 40 * DAY  # as far as every date is told, moved ones too

rules = st.one_of(
    st.builds(weekly_rule, st.lists(st.integers(0, 6), min_size=1, max_size=3), st.integers(1, 4)),
    st.builds("FREQ=MONTHLY;BYDAY={}{}".format, st.sampled_from([-2, -1, 1, 2, 3, 4, 5]), st.sampled_from(WEEKDAYS)),
    st.builds("FREQ=MONTHLY;BYDAY=1{0},3{0}".format, st.sampled_from(WEEKDAYS)),
    st.builds("FREQ=MONTHLY;BYMONTHDAY={}".format, st.sampled_from([1, 29, 30, 31, -1])),
    st.sampled_from([
        "FREQ=DAILY;INTERVAL=3", "FREQ=DAILY;BYMONTH=3,10", "FREQ=MONTHLY", "FREQ=YEARLY", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU",
        "FREQ=MONTHLY;BYDAY=WE;BYMONTHDAY=3,4,5,6,7,8,9", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU", "FREQ=WEEKLY",
    ]),
)
ends = st.one_of(
    st.just(""), st.just(""), st.builds(";COUNT={}".format, st.integers(1, 300)),
    st.builds(";UNTIL={:%Y%m%d}".format, st.dates(SINCE + 100 * DAY, UNTIL)),
)
nights = st.times(time(0), time(4)).map(lambda at: at.replace(second=0, microsecond=0))
wall_times = st.one_of(nights, st.sampled_from([time(7, 30), time(19), time(23, 45)]))
pauses = st.sampled_from(["", "", "07-15/08-31", "12-20/01-05,03-25/04-01"])
first_days = st.one_of(st.dates(SINCE, TODAY + 300 * DAY), st.sampled_from([date(2024, 2, 29), date(2026, 3, 29), TODAY]))
changes = st.one_of(
    st.just({"cancelled": True}), st.just({"held": True}),
    st.builds(dict, minutes=st.integers(20, 150)), st.builds(dict, to_time=wall_times),
    st.builds(lambda by, at: {"move": by, "to_time": at}, st.integers(-31, 31), st.none() | wall_times),
)


@st.composite
def hours(draw):
    """A series, what was decided about some of its dates, and its room's days."""
    series = a_series(
        rule=draw(rules) + draw(ends), first_day=draw(first_days), wall_time=draw(wall_times), zone=draw(st.sampled_from(ZONES)),
        minutes=draw(st.sampled_from([45, 60, 90])), pauses=draw(pauses), last_day=draw(st.none() | st.none() | st.dates(TODAY - 50 * DAY, UNTIL)),
    )
    dates = list(days_between(series, SINCE, UNTIL)) or [TODAY]
    some = st.sampled_from(dates) | st.sampled_from([day for day in dates if abs(day - TODAY) < 20 * DAY] or dates)
    decisions = {}
    for day in draw(st.lists(some, max_size=5)):
        told = draw(changes).copy()
        decisions[day] = decided(**({"to_day": day + told.pop("move") * DAY} if "move" in told else {}), **told)
    days = [
        room_day(day, yearly=draw(st.booleans()), closed=closed, longer=0 if closed else 30)
        for day, closed in draw(st.lists(st.tuples(some, st.booleans()), max_size=3))
    ]
    return series, decisions, days


@pytest.fixture(scope="module")
def programs():
    with readers() as found:
        yield found


@settings(max_examples=40)
@given(hour=hours())
def test_every_program_reads_the_dates_we_hold(programs, hour):
    agree(programs, *hour)


@pytest.mark.parametrize("zone", ZONES)
def test_they_agree_about_nights_on_which_clocks_change(programs, zone):
    for at in (time(0), time(1, 15), time(2, 30), time(3)):
        agree(programs, a_series(rule="FREQ=WEEKLY;BYDAY=FR,SA,SU", wall_time=at, zone=zone, first_day=date(2025, 3, 1)))


@pytest.mark.parametrize("rule, first_day, at", [
    ("FREQ=YEARLY", date(2024, 2, 29), time(19)), ("FREQ=MONTHLY", date(2026, 1, 31), time(19)),
    ("FREQ=WEEKLY;BYDAY=SU;COUNT=80", date(2026, 1, 4), time(2, 30)), ("FREQ=WEEKLY;BYDAY=SU;COUNT=80", date(2026, 3, 29), time(2, 30)),
    ("FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", date(2025, 1, 1), time(2, 30)), ("FREQ=DAILY;COUNT=1", date(2027, 3, 28), time(2, 30)),
    ("FREQ=DAILY;COUNT=1", date(2026, 12, 1), time(19)),
])
def test_they_agree_about_dates_that_are_not_there_every_time(programs, rule, first_day, at):
    agree(programs, a_series(rule=rule, first_day=first_day, wall_time=at, zone="Europe/Berlin"))


def agree(programs, series, decisions=None, days=()):
    """Every program reads in the feed what `occurrences` says, from its first day on."""
    decisions = decisions or {}
    start, end = datetime.combine(series.first_day, time(), UTC) - 40 * DAY, datetime.combine(UNTIL, time(), UTC)
    text = feed_text(a_feed(), [carried(series, decisions, days)], TODAY, HERE)
    ours = list(occurrences(series, decisions, RoomDays(days), start, end + 40 * DAY)) if start < end else []
    held = [one for one in ours if not one.cancelled]
    news = [one for one in ours if one.cancelled and decisions.get(one.day) and decisions[one.day].cancelled and _is_soon(one)]
    wanted = sorted((one.starts_at, one.ends_at, one.cancelled) for one in held + news if start <= one.starts_at < end)
    if all(one.ends_at < MIDNIGHT - BEHIND for one in held + news):
        wanted = []
    for name, read in programs.items():
        assert read(text, start, end) == wanted, name


def _is_soon(one):
    return one.ends_at >= MIDNIGHT and one.starts_at < MIDNIGHT + NOTICE + DAY
